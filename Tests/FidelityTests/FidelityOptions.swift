import Foundation

/// What `script/fidelity` asks for, by environment variables; nothing of it is set in `script/test`.
struct FidelityOptions {
    /// Everything is played, not only the part that fits into `script/test`.
    var isComplete: Bool
    var modes: [Mode]
    var shells: Set<Shell>
    var groups: Set<Scenario.Group>
    /// Only scenarios whose name contains it.
    var name: String?
    var seed: UInt64
    /// Random sessions for each shell.
    var count: Int

    /// Whether what is only uncertain is printed too.
    var isVerbose: Bool

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        isComplete = environment["FIDELITY"] == "all"
        modes = try Self.values(environment["FIDELITY_MODE"])
        shells = Set(try Self.values(environment["FIDELITY_SHELL"]) as [Shell])
        groups = Set(try Self.values(environment["FIDELITY_GROUP"]) as [Scenario.Group])
        name = environment["FIDELITY_NAME"]
        seed = environment["FIDELITY_SEED"].flatMap { UInt64($0) } ?? 1
        isVerbose = environment["FIDELITY_VERBOSE"] == "1"
        count = environment["FIDELITY_COUNT"].flatMap { Int($0) } ?? 20
    }

    /// Words with commas between them; all there are if there is no text.
    private static func values<Value: RawRepresentable & CaseIterable>(_ text: String?) throws -> [Value]
    where Value.RawValue == String {
        guard let text, !text.isEmpty else { return Array(Value.allCases) }
        return try text.split(separator: ",").map { word in
            guard let value = Value(rawValue: String(word)) else { throw UnknownWord(word: String(word)) }
            return value
        }
    }

    struct UnknownWord: Error { var word: String }

    func chosen(_ scenarios: [Scenario]) -> [Scenario] {
        scenarios.filter { scenario in groups.contains(scenario.group) && name.map { scenario.name.contains($0) } ?? true }
    }
}
