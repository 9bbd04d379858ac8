/// Who asks, where and when. Nil is "not said": conditions on it hold, so that a question that leaves something out gets the strictest answer
/// anybody could get.
package struct Situation: Sendable {
    package var user: UserName?
    package var target: Target?
    /// The account on the target, as `Grant.login` has it.
    package var login: String?
    package var channel: AccessChannel?
    /// Milliseconds since 1970.
    package var at: Int64?
    /// Lines typed on this channel run only once they may: programs that read lines can be followed.
    package var isGuarded: Bool

    package init(
        user: UserName? = nil, target: Target? = nil, login: String? = nil, channel: AccessChannel? = nil, at: Int64? = nil,
        isGuarded: Bool = false
    ) {
        self.user = user
        self.target = target
        self.login = login
        self.channel = channel
        self.at = at
        self.isGuarded = isGuarded
    }
}
