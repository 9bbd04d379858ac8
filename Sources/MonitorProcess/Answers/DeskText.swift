internal import MonitorProtocol
internal import Policy

/// What the desk says: who you are, and where you may go. Plain text for a terminal, `\n` its only control character.
struct DeskText: Sendable {
    struct Row: Sendable {
        var target: String
        var aliases: [String]
        var logins: [String]
    }

    var user: String
    var serial: UInt64
    /// Seconds since 1970; `UInt64.max` for never (PROTOCOL.certkeys).
    var validUntil: UInt64
    var now: Timestamp
    var targets: [Row]

    func reply(to command: [UInt8]) -> DeskReply {
        let words = String(decoding: command, as: UTF8.self).split {
            $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" || $0 == "\r"
        }
        switch words {
        case []: return DeskReply(text: bounded(greeting + "\n" + table + "\n" + usage), exitStatus: 0)
        case ["targets"]: return DeskReply(text: bounded(table), exitStatus: 0)
        case ["help"]: return DeskReply(text: bounded(usage), exitStatus: 0)
        default:
            let text = "sallyport: \"\(escaped(command, limit: 80))\" is not a word the desk knows.\n" + usage
            return DeskReply(text: text, exitStatus: 1)
        }
    }

    private var greeting: String {
        "You are \(escaped(user)). Your certificate (serial \(serial)) is valid \(validity).\n"
    }

    private var validity: String {
        let now = UInt64(max(0, now.seconds))
        guard validUntil < UInt64(Int64.max) / 1000 else { return "without end" }
        let until = "until \(LineLog.time(Int64(validUntil) * 1000).prefix(16).replacing("T", with: " ")) UTC"
        let left = validUntil > now ? (validUntil - now) / 60 : 0
        return "\(until), \(left / 60) h \(left % 60) min from now"
    }

    private var table: String {
        guard !targets.isEmpty else { return "You may reach no target now. Ask the administrator for a grant.\n" }
        let names = targets.map { row in
            escaped(row.aliases.isEmpty ? row.target : "\(row.target) (\(row.aliases.joined(separator: ", ")))", limit: 80)
        }
        let width = max("TARGET".count, names.map(\.count).max() ?? 0)
        var text = "TARGET" + String(repeating: " ", count: width - 6) + "  LOGINS\n"
        for (name, row) in zip(names, targets) {
            text += name + String(repeating: " ", count: width - name.count) + "  "
            text += escaped(row.logins.joined(separator: ", "), limit: 200) + "\n"
        }
        return text
    }

    private var usage: String {
        """
        ssh -J BASTION LOGIN@TARGET    a session on a target
        ssh LOGIN@TARGET@BASTION       the same, without -J
        ssh BASTION targets            where you may go
        ssh BASTION help               these lines

        """
    }

    /// Messages are at most 128 KiB long; a list that is longer is cut at a line.
    private func bounded(_ text: String) -> String {
        guard text.utf8.count > Self.longest else { return text }
        var result = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if result.utf8.count + line.utf8.count > Self.longest { break }
            result += line + "\n"
        }
        return result + "… (the list is longer than can be shown)\n"
    }

    private static let longest = 60_000
}
