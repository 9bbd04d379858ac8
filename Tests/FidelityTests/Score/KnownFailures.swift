import EndToEndHarness
import Foundation

/// What is known not to succeed: `known-failures.txt`, one a line as `MODE SHELL/GROUP/NAME | WHY`.
///
/// Whoever is in the list has to fail, so that the list stays true; where chance decides, the reason begins with `sometimes:`.
struct KnownFailures {
    private var reasons: [String: String] = [:]

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("known-failures.txt").path
        try self.init(text: contents(of: file))
    }

    init(text: String) throws {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: "|", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[1].isEmpty else {
                throw HarnessError("known-failures.txt has a line without a reason: \(line)")
            }
            reasons[parts[0]] = parts[1]
        }
    }

    private func reason(_ result: ScenarioResult, _ mode: Mode) -> String? { reasons["\(mode.rawValue) \(result.key)"] }

    /// Those that failed and are not known to.
    func unknown(_ failed: [ScenarioResult], _ mode: Mode) -> [ScenarioResult] { failed.filter { reason($0, mode) == nil } }

    /// Those that are in the list and succeeded.
    func repaired(_ played: [ScenarioResult], failed: [ScenarioResult], _ mode: Mode) -> [ScenarioResult] {
        let failedKeys = Set(failed.map(\.key))
        return played.filter { result in
            reason(result, mode).map { !$0.hasPrefix("sometimes:") } ?? false && !failedKeys.contains(result.key)
        }
    }

    /// Scenarios in the list that there are not. Random sessions exist for every seed.
    func misspelt(_ scenarios: [Scenario]) -> [String] {
        let keys = Set(
            scenarios.flatMap { scenario in
                Mode.allCases.flatMap { mode in scenario.shells.map { "\(mode.rawValue) \(scenario.key($0))" } }
            })
        return reasons.keys.filter { !keys.contains($0) && !$0.contains("/random/") }.sorted()
    }
}
