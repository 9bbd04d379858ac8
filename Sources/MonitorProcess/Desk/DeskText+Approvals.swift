internal import MonitorProtocol

extension DeskText {
    /// A request as programs get it. The keys are a contract.
    struct ApprovalDocument: Encodable, Sendable {
        var approval: UInt64
        var kind, user, target, login, command: String
        var understood: [String]
        var rule: String?
        var uncertain: [String]
        var askedSecondsAgo, expiresInSeconds: UInt64
        var approvedBy: [String]
        var needed: UInt32
        var needsReason: Bool
        var reason: String?

        init(_ row: DeskApprovalRow) {
            approval = row.number
            kind = row.kind
            user = row.user
            target = row.target
            login = row.login
            command = String(decoding: row.command, as: UTF8.self)
            understood = row.understood
            rule = row.rule
            uncertain = row.uncertain
            askedSecondsAgo = row.askedSecondsAgo
            expiresInSeconds = row.expiresInSeconds
            approvedBy = row.approvedBy
            needed = row.needed
            needsReason = row.needsReason
            reason = row.requesterReason
        }
    }

    static func approvals(_ rows: [DeskApprovalRow], total: Int) -> String {
        guard !rows.isEmpty else { return "Nothing waits for you.\n" }
        var text = rows.map { approval($0) }.joined(separator: "\n")
        if total > rows.count {
            text += "\n\(rows.count) of \(total); the next: approvals --after \(rows.last?.number ?? 0)\n"
        }
        return text
            + "\nssh BASTION approvals NUMBER shows one with the last screenful of its session; approve NUMBER and deny NUMBER decide.\n"
    }

    /// One of them, all of its command.
    static func approval(_ row: DeskApprovalRow) -> String {
        var text =
            "\(row.number)  \(escaped(row.user, limit: 80)) as \(escaped(row.login, limit: 80)) on \(escaped(row.target, limit: 80)), "
            + "\(subject(row.kind)), asked \(duration(row.askedSecondsAgo)) ago, ends in \(duration(row.expiresInSeconds))\n"
        for line in visibleLines(row.command) { text += "    | \(line)\n" }
        if row.isCut { text += "    (cut here: too long to be decided at the desk)\n" }
        for command in row.understood { text += "    runs: \(escaped(command, limit: 1000))\n" }
        text += "    rule: \(row.rule.map { escaped($0, limit: 64) } ?? "none")\n"
        for reason in row.uncertain { text += "    uncertain: \(escaped(reason, limit: 1000))\n" }
        if let reason = row.requesterReason { text += "    reason: \(escaped(reason, limit: 1000))\n" }
        let by = row.approvedBy.isEmpty ? "" : ": \(row.approvedBy.map { escaped($0, limit: 80) }.joined(separator: ", "))"
        text +=
            "    approved by \(row.approvedBy.count) of \(row.needed)\(by)\(row.needsReason ? "; a decision needs a reason" : "")\n"
        return text
    }

    private static func subject(_ kind: String) -> String {
        switch Approval.Kind(rawValue: kind) {
        case .command: "a command"
        case .line: "a typed line"
        case .file: "a file"
        case .session: "a session"
        case .access: "access"
        case nil: escaped(kind, limit: 20)
        }
    }

    /// The command line by line, so that nothing in it can look like a line of ours.
    private static func visibleLines(_ command: [UInt8]) -> [String] {
        command.split(separator: 0x0A, omittingEmptySubsequences: false).map { escaped(Array($0), limit: .max / 8) }
    }

    static func duration(_ seconds: UInt64) -> String {
        switch seconds {
        case 0..<120: "\(seconds) s"
        case 120..<7200: "\(seconds / 60) min"
        default: "\(seconds / 3600) h"
        }
    }
}
