/// What the policy says to one command or file operation, from the mildest to the strictest. The raw value is the word in `policy.yaml`,
/// in JSON and in the ledger.
package enum PolicyVerdict: String, CaseIterable, Comparable, Sendable {
    case allow
    /// Run, and have its output masked.
    case mask
    /// Held until somebody else says yes.
    case approve
    case block

    package static func < (a: PolicyVerdict, b: PolicyVerdict) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .allow: 0
        case .mask: 1
        case .approve: 2
        case .block: 3
        }
    }
}
