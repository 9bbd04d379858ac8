/// A request that waits for approval, as the monitor tells of it. Whatever is text in it may come from a hostile user.
package struct DeskApproval: Equatable, Sendable {
    package var number: UInt64
    /// `command`, `line`, `file`, `session` or `access`.
    package var kind: String
    /// Who asks.
    package var user: String
    package var target: String
    package var login: String
    /// The exact bytes that would run; empty where nothing runs.
    package var command: [UInt8]
    /// One line for each command as the policy understood it.
    package var understood: [String]
    /// The rule that asks for approval.
    package var rule: String?
    /// Why the policy is not certain what would run.
    package var uncertain: [String]
    package var askedSecondsAgo: UInt64
    package var expiresInSeconds: UInt64
    /// Who said yes so far, and how many are needed.
    package var approvedBy: [String]
    package var needed: Int
    /// A decision needs a reason.
    package var needsReason: Bool
    /// The user of this desk may decide it.
    package var mayDecide: Bool
    /// Why the requester asks.
    package var requesterReason: String?

    package init(
        number: UInt64, kind: String, user: String, target: String, login: String, command: [UInt8], understood: [String] = [],
        rule: String? = nil, uncertain: [String] = [], askedSecondsAgo: UInt64, expiresInSeconds: UInt64,
        approvedBy: [String] = [], needed: Int = 1, needsReason: Bool = false, mayDecide: Bool = true,
        requesterReason: String? = nil
    ) {
        self.number = number
        self.kind = kind
        self.user = user
        self.target = target
        self.login = login
        self.command = command
        self.understood = understood
        self.rule = rule
        self.uncertain = uncertain
        self.askedSecondsAgo = askedSecondsAgo
        self.expiresInSeconds = expiresInSeconds
        self.approvedBy = approvedBy
        self.needed = needed
        self.needsReason = needsReason
        self.mayDecide = mayDecide
        self.requesterReason = requesterReason
    }

    /// What is asked is the same; times and votes may differ.
    func asksTheSame(as other: DeskApproval) -> Bool {
        var same = other
        (same.askedSecondsAgo, same.expiresInSeconds) = (askedSecondsAgo, expiresInSeconds)
        (same.approvedBy, same.mayDecide) = (approvedBy, mayDecide)
        return same == self
    }

    /// How many more have to say yes and who did: what may change while it is looked at.
    func hasTheVotes(of other: DeskApproval) -> Bool { approvedBy == other.approvedBy && mayDecide == other.mayDecide }
}
