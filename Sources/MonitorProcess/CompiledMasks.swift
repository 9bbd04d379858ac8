internal import MonitorProtocol
internal import Policy
internal import TerminalStream

/// The policy's mask rules, compiled once and in memory that every session process maps.
final class CompiledMasks: Sendable {
    let memory: SealedMemory
    /// Of the rules, in the order of the actions that a session is told.
    let names: [String]

    init(_ masking: MaskPolicy) throws {
        memory = try SealedMemory(try masking.compiled().image)
        names = masking.rules.map(\.name)
    }

    /// What a session calls the rule with this number; nil for a number that no rule has.
    func name(_ rule: UInt32) -> String? {
        let index = Int(rule)
        if index < names.count { return names[index] }
        return index - names.count < Self.besideRules.count ? Self.besideRules[index - names.count] : nil
    }

    /// What is found by other means, behind the rules: the login's password, and columns of tables.
    private static let besideRules = ["known-value", "column"]
}
