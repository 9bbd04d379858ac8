internal import OpenSSHKeys

/// A line that a user typed at a terminal.
package struct LineAction: Codable, Equatable, Sendable {
    /// Of the session's questions, from 1. Reports about the line have the same.
    package var number: UInt32
    /// The exact bytes, in base64 (RFC 4648 §4), with all lines of a command over several.
    package var base64: String
    /// What was understood of it, in the order of the text. At most `CommandAction.most`.
    package var commands: [UnderstoodCommand]
    /// How many more there were.
    package var omitted: Int
    /// Who read it: `bash`, `zsh`, `fish`, `shell`, `psql`, `mysql`, `sqlite3`.
    package var language: String
    /// Who says that this was the line: `editor`, `screen`, `keys`.
    package var witnesses: [String]

    package init(number: UInt32, bytes: [UInt8], commands: [UnderstoodCommand], language: String, witnesses: [String]) {
        self.number = number
        base64 = Base64.encode(bytes)
        self.commands = Array(commands.prefix(CommandAction.most))
        omitted = max(0, commands.count - CommandAction.most)
        self.language = language
        self.witnesses = witnesses
    }

    package var bytes: [UInt8] { Base64.decode(base64) ?? [] }
    /// For people: invalid UTF-8 as U+FFFD, not escaped.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What a session told of a line that was judged before, or of the terminal as a whole.
package struct LineReportAction: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// The command is over; `status` is what it exited with.
        case ended
        /// It was allowed and did not run.
        case withdrawn
        /// What was typed behind a refused line was dropped; `text` says how much.
        case dropped
        /// The shell does not do what its integration should make it do.
        case alarm
        /// From here on lines are read by what `text` names.
        case reading
    }
    /// The line's; 0 for none.
    package var number: UInt32
    package var kind: Kind
    package var status: UInt8?
    /// For people.
    package var text: String?

    package init(number: UInt32, kind: Kind, status: UInt8? = nil, text: String? = nil) {
        self.number = number
        self.kind = kind
        self.status = status
        self.text = text
    }
}
