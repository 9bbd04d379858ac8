/// Not an answer: what was asked waits for people, and the answer comes when they have decided. May come several times before it.
package struct HeldNotice: Equatable, Sendable {
    /// The request's number, as approvers call it.
    package var approval: UInt64
    /// One sentence for the user, without control characters. At most 1 KiB.
    package var message: String
    /// Who can decide: users and groups, as `access.yaml` writes them. At most `MessageLimit.reasons` arrive.
    package var approvers: [String]
    /// How long it still waits.
    package var seconds: UInt32
    /// The rule that wants it.
    package var rule: String?
    package init(approval: UInt64, message: String, approvers: [String], seconds: UInt32, rule: String?) {
        self.approval = approval
        self.message = message
        self.approvers = approvers
        self.seconds = seconds
        self.rule = rule
    }
}

/// What the desk's screens show of the bastion.
package enum DeskView: Equatable, Sendable {
    /// The targets that the user may reach, those behind the first `after`.
    case targets(after: UInt32)
    /// The requests that the user may decide, the newest.
    case approvals
    /// One of them; beside the answer is the recording of its session, for the last screenful.
    case approval(UInt64)
    /// Whether the user may still watch that session. Answered by `.accepted`, or `.refused` where it is over or the right is gone.
    case watched(String)
}

/// What a person at the desk's screens decides about a request.
package struct Decide: Equatable, Sendable {
    package var approval: UInt64
    package var approves: Bool
    /// At most 1 KiB.
    package var reason: String?
    package init(approval: UInt64, approves: Bool, reason: String?) {
        self.approval = approval
        self.approves = approves
        self.reason = reason
    }
}

/// A target that the user may reach.
package struct DeskTargetRow: Equatable, Sendable {
    package var name: String
    package var aliases: [String]
    package var logins: [String]
    package init(name: String, aliases: [String], logins: [String]) {
        self.name = name
        self.aliases = aliases
        self.logins = logins
    }
}

/// A request that the user may decide.
package struct DeskApprovalRow: Equatable, Sendable {
    package var number: UInt64
    /// A word of `Approval.Kind`.
    package var kind: String
    package var user: String
    package var target: String
    package var login: String
    /// Exactly, but for secrets, which are masked. Cut to `longestCommand`: more cannot be decided on a screen.
    package var command: [UInt8]
    package var isCut: Bool
    /// One sentence for each command that was understood.
    package var understood: [String]
    package var rule: String?
    package var uncertain: [String]
    package var askedSecondsAgo: UInt64
    package var expiresInSeconds: UInt64
    package var approvedBy: [String]
    package var needed: UInt32
    package var needsReason: Bool
    package var requesterReason: String?

    package static let longestCommand = 32 * 1024
    /// Of the command in a list of several, and of sentences beside it.
    package static let longestInList = 1024

    package init(
        number: UInt64, kind: String, user: String, target: String, login: String, command: [UInt8], isCut: Bool,
        understood: [String], rule: String?, uncertain: [String], askedSecondsAgo: UInt64, expiresInSeconds: UInt64,
        approvedBy: [String], needed: UInt32, needsReason: Bool, requesterReason: String?
    ) {
        self.number = number
        self.kind = kind
        self.user = user
        self.target = target
        self.login = login
        self.command = command
        self.isCut = isCut
        self.understood = understood
        self.rule = rule
        self.uncertain = uncertain
        self.askedSecondsAgo = askedSecondsAgo
        self.expiresInSeconds = expiresInSeconds
        self.approvedBy = approvedBy
        self.needed = needed
        self.needsReason = needsReason
        self.requesterReason = requesterReason
    }
}

/// The answer to a `DeskView`.
package enum DeskPage: Equatable, Sendable {
    case targets([DeskTargetRow], isLast: Bool)
    /// The newest, at most `MessageLimit.deskApprovals`, and how many there are.
    case approvals([DeskApprovalRow], total: UInt32)
}

/// The recording beside a `DeskReply`, and what is to be done with it.
package struct DeskRecording: Equatable, Sendable {
    package enum Use: UInt8, CaseIterable, Sendable {
        /// Replayed at a terminal with its pauses; without one the file's bytes.
        case play = 1
        /// Followed while the session goes on, beginning with what its user sees now.
        case watch = 2
        /// The last screenful of it, behind the text.
        case lastScreen = 3
    }
    package var use: Use
    /// The session's name, to ask whether it may still be watched.
    package var session: String
    package init(_ use: Use, of session: String) {
        self.use = use
        self.session = session
    }
}
