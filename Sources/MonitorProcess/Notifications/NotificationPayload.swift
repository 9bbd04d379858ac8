internal import Foundation
internal import MonitorProtocol
internal import Store

/// What a notification says, in JSON (docs/approvals.md). Everything that somebody wrote is escaped as approvers see it, and bounded.
struct NotificationPayload: Encodable {
    /// Of these fields. A new one for what old receivers would misunderstand.
    let version = 1
    /// The same when a notification comes twice, because its first delivery was not confirmed.
    let id: Int64
    let event: String
    let approval: Request
    /// What happened; nil only for a step that the ledger does not tell.
    let step: Step?

    /// As it is now, which may be later than the event.
    struct Request: Encodable {
        let number: Int64
        let kind: String
        let state: String
        let user: String
        let target: String
        let login: String
        let command: String
        let rule: String?
        let uncertain: [String]
        let approvers: [String]
        let count: Int
        let approvedBy: [String]
        let reason: String?
        let seconds: UInt32?
        let createdAt: String
        let expiresAt: String
        let how: String

        enum CodingKeys: String, CodingKey {
            case number, kind, state, user, target, login, command, rule, uncertain, approvers, count, reason, seconds, how
            case approvedBy = "approved-by"
            case createdAt = "created-at"
            case expiresAt = "expires-at"
        }
    }

    struct Step: Encodable {
        let kind: String
        let at: String
        let by: String?
        let reason: String?
    }

    /// Characters of the command: what chat and mail show.
    static let longestCommand = 2000
    /// Reasons, approvers: more than a message is read for.
    static let longestList = 32

    /// - Parameters:
    ///   - steps: of this request, in their order.
    ///   - bastion: what users write behind `ssh`.
    init(_ notification: QueuedNotification, _ request: Approval, steps: [ApprovalStep], bastion: String) {
        id = notification.id
        event = notification.kind.event
        approval = Request(
            number: request.number, kind: request.kind.rawValue, state: request.state.rawValue, user: escaped(request.user),
            target: escaped(request.target), login: escaped(request.login), command: Self.visible(request.bytes),
            rule: request.rule.map { escaped($0) }, uncertain: Self.visible(request.uncertain),
            approvers: Self.visible(request.approvers), count: request.count, approvedBy: Self.visible(request.approvedBy),
            reason: request.reason.map { escaped($0, limit: 1024) }, seconds: request.seconds,
            createdAt: LineLog.time(request.createdAt.milliseconds), expiresAt: LineLog.time(request.expiresAt.milliseconds),
            how: "ssh \(bastion) approve \(request.number)")
        step = steps.last { $0.kind == notification.kind }.map { step in
            Step(
                kind: step.kind.rawValue, at: LineLog.time(step.at.milliseconds), by: step.person.map { escaped($0) },
                reason: step.text.map { escaped($0, limit: 1024) })
        }
    }

    /// One line of UTF-8, the same for the same notification. At most some 100 KiB.
    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    private static func visible(_ bytes: [UInt8]) -> String {
        let text = escaped(bytes, limit: longestCommand)
        // What had to be escaped is longer now.
        return text.count <= longestCommand + 1 ? text : text.prefix(longestCommand) + "…"
    }

    private static func visible(_ texts: [String]) -> [String] { texts.prefix(longestList).map { escaped($0, limit: 256) } }
}

extension ApprovalStep.Kind {
    /// For receivers: what they need not tell apart is one word.
    var event: String {
        switch self {
        case .approved, .denied: "decided"
        case .accessExpired, .revoked: "access-ended"
        case .requested, .withdrawn, .expired, .void, .used, .granted, .refused, .notified, .notificationFailed: rawValue
        }
    }
}
