/// What the user wants the session to do.
package enum DeskAction: Equatable, Sendable {
    case connect(target: String, login: String)
    /// A request was opened: the last screenful of its session is wanted.
    case open(UInt64)
    case approve(UInt64, reason: String?)
    case deny(UInt64, reason: String?)
    case leave
}
