internal import MonitorProtocol

extension DeskText {
    /// A request as programs get it. The keys are a contract.
    struct ApprovalDocument: Encodable, Sendable {
        var approval: UInt64
        var kind, user, target, login, command: String
        /// There is more of it, which is not here.
        var commandIsCut: Bool
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
            commandIsCut = row.isCut
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

    /// As many of them as fit into a message: the others are for `--after`.
    static func json(_ rows: [DeskApprovalRow]) -> String {
        var count = rows.count
        while true {
            let text = json(rows.prefix(count).map(ApprovalDocument.init))
            if count <= 1 || text.utf8.count <= longest { return text }
            count -= 1
        }
    }

    /// One of them. Of a command of which escapes make too much for a message, the beginning.
    static func json(_ row: DeskApprovalRow) -> String {
        var row = row
        while true {
            let text = json(ApprovalDocument(row))
            if text.utf8.count <= longest || row.command.isEmpty { return text }
            row.command.removeLast((row.command.count + 1) / 2)
            row.isCut = true
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
        let (lines, isWhole) = visibleLines(row.command)
        for line in lines { text += "    | \(line)\n" }
        if row.isCut, row.command.count <= DeskApprovalRow.longestInList {
            text += "    (cut here: approvals \(row.number) shows more)\n"
        } else if row.isCut {
            text += "    (cut here: too long to be decided at the desk)\n"
        } else if !isWhole {
            text += "    (CUT HERE: this is not all that would run. ssh -t BASTION shows all of it)\n"
        }
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

    /// The command line by line, so that nothing in it can look like a line of ours; and whether it is all of it. Escapes make much of little, and what is
    /// behind the command has to fit into the message too.
    private static func visibleLines(_ command: [UInt8]) -> (lines: [String], isWhole: Bool) {
        var lines: [String] = []
        var room = longestCommand
        for line in command.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let text = escaped(Array(line), limit: .max / 8)
            room -= text.utf8.count + 8
            guard room >= 0 else { return (lines + [cut(text, atBytes: max(0, room + text.utf8.count))], false) }
            lines.append(text)
        }
        return (lines, true)
    }

    /// Of one command as it is shown: half of what a text may have.
    private static let longestCommand = longest / 2

    static func duration(_ seconds: UInt64) -> String {
        switch seconds {
        case 0..<120: "\(seconds) s"
        case 120..<7200: "\(seconds / 60) min"
        default: "\(seconds / 3600) h"
        }
    }
}
