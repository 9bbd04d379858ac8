internal import OpenSSHKeys

/// One request for an approval, as the ledger keeps it and the tool shows it.
package struct Approval: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// An exec request.
        case command
        /// A typed line.
        case line
        /// An operation on a file.
        case file
        /// That a session begins at all.
        case session
        /// Access for some time.
        case access
    }

    package enum State: String, Codable, CaseIterable, Sendable {
        case waiting
        /// Enough people said yes; what was asked for has not been done yet.
        case approved
        /// Approved and done: it cannot be used again.
        case used
        case denied
        /// Whoever asked took it back or left.
        case withdrawn
        /// Nobody decided in time.
        case expired
        /// Something that it was bound to has changed: the policy, the approvers, the session, the bastion's start.
        case void

        /// Nothing can come of it any more.
        package var isOver: Bool {
            switch self {
            case .waiting, .approved: false
            case .used, .denied, .withdrawn, .expired, .void: true
            }
        }
    }

    /// What users and approvers call it; counts up from 1. 0 until it is in the ledger.
    package var number: Int64
    package var kind: Kind
    package var state: State
    package var createdAt: Timestamp
    /// When it times out while it waits.
    package var expiresAt: Timestamp
    package var endedAt: Timestamp?
    package var connectionID: String
    /// Nil for what is not part of a session yet.
    package var session: SessionID?
    /// Who asks.
    package var user: String
    package var target: String
    package var login: String
    /// What is to be run: the exact bytes, but for secrets, which are masked, in base64 (RFC 4648 §4). Of a file the operation and its path as text.
    /// Of access the words of the request. Empty for a session.
    package var base64: String
    /// As it was understood.
    package var commands: [UnderstoodCommand]
    /// The rule, or the grant, that wants it; nil for the policy's `default` and `uncertain`.
    package var rule: String?
    /// Why it cannot be known what would happen, a sentence each.
    package var uncertain: [String]
    /// Users and groups, as `access.yaml` writes them, sorted.
    package var approvers: [String]
    /// How many distinct people have to say yes.
    package var count: Int
    package var needsReason: Bool
    /// The requester's own words, where there were any.
    package var reason: String?
    /// Of access: for how long, in seconds.
    package var seconds: UInt32?
    /// Who said yes so far, in that order.
    package var approvedBy: [String]

    package init(
        number: Int64 = 0, kind: Kind, state: State = .waiting, createdAt: Timestamp, expiresAt: Timestamp,
        endedAt: Timestamp? = nil,
        connectionID: String, session: SessionID?, user: String, target: String, login: String, bytes: [UInt8],
        commands: [UnderstoodCommand], rule: String?, uncertain: [String], approvers: [String], count: Int, needsReason: Bool,
        reason: String? = nil, seconds: UInt32? = nil, approvedBy: [String] = []
    ) {
        self.number = number
        self.kind = kind
        self.state = state
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.endedAt = endedAt
        self.connectionID = connectionID
        self.session = session
        self.user = user
        self.target = target
        self.login = login
        base64 = Base64.encode(bytes)
        self.commands = commands
        self.rule = rule
        self.uncertain = uncertain
        self.approvers = approvers
        self.count = count
        self.needsReason = needsReason
        self.reason = reason
        self.seconds = seconds
        self.approvedBy = approvedBy
    }

    package var bytes: [UInt8] { Base64.decode(base64) ?? [] }
    /// For people: invalid UTF-8 as U+FFFD, not escaped.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// One thing that happened to a request, or to the access that came of it.
package struct ApprovalStep: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case requested, approved, denied, withdrawn, expired, void, used
        /// Of access: it began, and how it ended.
        case granted, accessExpired = "access-expired", revoked
        /// A decision that was not taken: the person may not, or somebody was first.
        case refused
        /// A notification went out, or was given up.
        case notified
        case notificationFailed = "notification-failed"
    }

    package enum Channel: String, Codable, Sendable {
        /// `ssh bastion …`, with a certificate.
        case desk
        /// `sallyport approval …`, by the local administrator.
        case local
        /// The bastion itself.
        case bastion
    }

    package var approval: Int64
    package var at: Timestamp
    package var kind: Kind
    /// Who did it; nil for the bastion itself. Of the local administrator `uid N`.
    package var person: String?
    package var through: Channel
    /// Their reason, or why it happened. At most 1 KiB.
    package var text: String?

    package init(approval: Int64, at: Timestamp, kind: Kind, person: String?, through: Channel, text: String? = nil) {
        self.approval = approval
        self.at = at
        self.kind = kind
        self.person = person
        self.through = through
        self.text = text
    }
}

/// Access that was asked for and given, for some time.
package struct TimedAccess: Codable, Equatable, Sendable {
    package enum State: String, Codable, Sendable { case granted, expired, revoked }
    /// The request it came of.
    package var approval: Int64
    package var state: State
    package var user: String
    package var target: String
    package var login: String
    /// Words of `access.yaml`.
    package var channels: [String]
    /// `off`, `observe` or `enforce`.
    package var guardMode: String
    package var from: Timestamp
    package var until: Timestamp
    package var endsSessions: Bool
    /// The entry of `requests:` it was given by.
    package var rule: String

    package init(
        approval: Int64, state: State = .granted, user: String, target: String, login: String, channels: [String],
        guardMode: String, from: Timestamp, until: Timestamp, endsSessions: Bool, rule: String
    ) {
        self.approval = approval
        self.state = state
        self.user = user
        self.target = target
        self.login = login
        self.channels = channels
        self.guardMode = guardMode
        self.from = from
        self.until = until
        self.endsSessions = endsSessions
        self.rule = rule
    }
}
