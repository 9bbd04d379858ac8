import Testing

@testable import Policy

/// A text, the statements that are to be found in it, and the kinds of doubt.
struct SQLVector: CustomTestStringConvertible, Sendable {
    var text: String
    /// As `SQLStatement.summary` writes them.
    var statements: [String]
    var doubts: Set<Doubt.Kind>
    var dialect: SQLDialect

    init(_ text: String, _ statements: String..., doubts: Set<Doubt.Kind> = [], dialect: SQLDialect = .postgres) {
        self.text = text
        self.statements = statements
        self.doubts = doubts
        self.dialect = dialect
    }

    var testDescription: String { "\(dialect): \(text.debugDescription)" }

    var reading: SQLReading { SQLReader.read(text, dialect: dialect) }
}

extension SQLStatement {
    /// `DELETE where a, b …`: the verb, the object, whether there is a WHERE, the tables, and dots if it may be about others.
    var summary: String {
        var words = [kind.rawValue]
        if let object { words.append(object) }
        if objectIsUnknown { words.append("?") }
        if hasWhere { words.append("where") }
        if !tables.isEmpty { words.append(tables.joined(separator: ", ")) }
        if mayTouchOtherTables { words.append("…") }
        return words.joined(separator: " ")
    }
}

extension SQLReading {
    var summaries: [String] { statements.map(\.summary) }
    var doubtKinds: Set<Doubt.Kind> { Set(doubts.map(\.kind)) }
    /// Those that are wholly known, trimmed of spaces.
    var commands: [String] {
        shellCommands.compactMap { $0.known.map { String($0.drop { $0 == " " }) } }.map {
            $0.last == " " ? String($0.dropLast()) : $0
        }
    }
    var files: [String] { redirections.map { "\($0.operation) \($0.target.known ?? "?")" } }
}

extension CommandWord {
    /// Text with unknown parts: `word("DROP TABLE ", nil)`.
    static func parts(_ parts: String?..., candidates: [String] = []) -> CommandWord {
        CommandWord(
            pieces: parts.map { $0.map { .text($0) } ?? .unknown(Unknown(source: "$x", candidates: candidates, splits: false)) },
            source: parts.map { $0 ?? "$x" }.joined())
    }
}
