/// Whether a rule is about a command: three-valued, since some words are known only when it runs.
package enum Match: Hashable, Sendable {
    case no
    /// It depends on something that is not known.
    case maybe(Doubt)
    case yes

    /// Both have to hold.
    func and(_ other: @autoclosure () -> Match) -> Match {
        switch self {
        case .no: .no
        case .yes: other()
        case .maybe: if other() == .no { .no } else { self }
        }
    }

    /// One has to hold.
    func or(_ other: @autoclosure () -> Match) -> Match {
        switch self {
        case .yes: .yes
        case .no: other()
        case .maybe: if other() == .yes { .yes } else { self }
        }
    }
}
