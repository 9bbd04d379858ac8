internal import MonitorProtocol
internal import Policy
internal import TerminalStream

/// The policy's mask rules, compiled once and in memory that every session process maps.
final class CompiledMasks: Sendable {
    let memory: SealedMemory
    /// Of the rules, in the order of the actions that a session is told.
    let names: [String]
    private let set: MaskSet
    /// What the rules do to what is written down, whoever it is of.
    private let actions: [MaskAction]

    init(_ policy: PolicyRules) throws {
        set = try policy.masking.compiled()
        memory = try SealedMemory(set.image)
        names = policy.masking.rules.map(\.name)
        actions = policy.maskActions(in: Situation())
    }

    /// What a session calls the rule with this number; nil for a number that no rule has.
    func name(_ rule: UInt32) -> String? {
        let index = Int(rule)
        if index < names.count { return names[index] }
        return index - names.count < Self.besideRules.count ? Self.besideRules[index - names.count] : nil
    }

    /// What is found by other means, behind the rules: the login's password, and columns of tables.
    private static let besideRules = ["known-value", "column"]

    /// A command line as it is written down: secrets that were typed into it are masked.
    func masked(_ command: [UInt8]) -> [UInt8] { set.masked(command, actions: actions) }
    func masked(words: [String]) -> [String] { set.masked(words: words, actions: actions) }
}
