/// `sql:` of a rule: one statement that the command has a database run is of one of these kinds, and about one of these tables.
package struct SQLMatcher: Sendable {
    /// One of them; empty for all.
    package var statements: [SQLStatementPattern] = []
    /// One of them; empty for all.
    package var tables: [SQLTablePattern] = []

    package init() {}

    func match(_ facts: CommandFacts) -> Match {
        guard let reading = facts.sql else {
            guard facts.programMayBe(Self.clients) else { return .no }
            return facts.doubt(facts.command.words.first?.source, "a database client")
        }
        let match = reading.statements.any { self.match($0, facts) }
        guard match != .yes else { return .yes }
        return match.or(reading.doubts.any { self.match($0, facts) })
    }

    /// The clients that a name which is not known may be.
    private static let clients = ["psql", "mysql", "mariadb", "sqlite3", "dropdb", "mysqladmin"]

    private func match(_ statement: SQLStatement, _ facts: CommandFacts) -> Match {
        let kind = statements.isEmpty ? Match.yes : statements.any { $0.match(statement, facts) }
        guard kind != .no, !tables.isEmpty else { return kind }
        return kind.and(tableMatch(statement, facts))
    }

    private func tableMatch(_ statement: SQLStatement, _ facts: CommandFacts) -> Match {
        let match = statement.tables.any { name in tables.any { $0.match(name, facts) } }
        guard match == .no, statement.mayTouchOtherTables else { return match }
        return facts.maybe("which tables \(Doubt.quoted(statement.text)) is about is known only when it runs")
    }

    /// SQL that is not in view may be any.
    private func match(_ doubt: Doubt, _ facts: CommandFacts) -> Match {
        // At a terminal the statements are typed later, and judged then.
        if doubt.kind == .interactive, facts.standardInput == .terminal { return .no }
        return facts.maybe(doubt.text, doubt.kind == .interactive ? .pipedProgram : doubt.kind)
    }

    /// Whether nothing of what the command does is outside of what the rule names. For rules that excuse.
    func surelyMatches(_ facts: CommandFacts) -> Bool {
        guard let reading = facts.sql, reading.doubts.isEmpty, reading.shellCommands.isEmpty, reading.redirections.isEmpty else {
            return false
        }
        return !reading.statements.isEmpty
            && reading.statements.allSatisfy { match($0, facts) == .yes && !$0.mayTouchOtherTables }
    }
}

/// An item of `statements`: `DROP`, `DROP TABLE`, `COPY PROGRAM`, `DELETE without WHERE`. In any case.
package struct SQLStatementPattern: Hashable, Sendable {
    private let kind: SQLStatement.Kind
    private let object: String?
    private let lacksWhere: Bool
    /// As written.
    package let source: String

    /// Nil if the first word, or the first two, are no verb that is understood.
    package init?(_ source: String) {
        self.source = source
        var words = source.uppercased().split(separator: " ").map(String.init)
        lacksWhere = words.count > 2 && words.suffix(2) == ["WITHOUT", "WHERE"]
        if lacksWhere { words.removeLast(2) }
        let known = SQLStatement.Kind.understood
        if words.count >= 2, known.contains(words[0] + " " + words[1]) {
            kind = SQLStatement.Kind(rawValue: words[0] + " " + words[1])
            words.removeFirst(2)
        } else if let verb = words.first, known.contains(verb) {
            kind = SQLStatement.Kind(rawValue: verb)
            words.removeFirst()
        } else {
            return nil
        }
        // Only these have one that is looked at.
        if lacksWhere, !["DELETE", "UPDATE"].contains(kind.rawValue) { return nil }
        object = words.isEmpty ? nil : words.joined(separator: " ")
    }

    func match(_ statement: SQLStatement, _ facts: CommandFacts) -> Match {
        guard statement.kind == kind else { return .no }
        if lacksWhere, statement.hasWhere { return .no }
        guard let object else { return .yes }
        switch statement.concerns(object) {
        case true?: return .yes
        case false?: return .no
        case nil: return facts.maybe("what \(Doubt.quoted(statement.text)) is done to is known only when it runs")
        }
    }
}

/// An item of `tables`: a glob, compared without case, with the schema in front or without.
package struct SQLTablePattern: Hashable, Sendable {
    private let whole: GlobProgram
    /// Without its schema, if it has one.
    private let last: GlobProgram?

    package init?(_ source: String) {
        let text = source.lowercased().filter { !"\"`[]".contains($0) || source.contains("[!") }
        guard !text.isEmpty, let whole = GlobProgram(text: text) else { return nil }
        self.whole = whole
        guard let dot = text.lastIndex(of: ".") else {
            last = nil
            return
        }
        last = GlobProgram(text: String(text[text.index(after: dot)...]))
    }

    func match(_ table: String, _ facts: CommandFacts) -> Match {
        let name = table.lowercased()
        func fits(_ glob: GlobProgram, _ name: some StringProtocol) -> Bool {
            glob.matches(WordText(String(name)).symbols, .couldMatch, facts.effort)
        }
        if fits(whole, name) { return .yes }
        if let dot = name.lastIndex(of: ".") { return last == nil && fits(whole, name[name.index(after: dot)...]) ? .yes : .no }
        guard let last, fits(last, name) else { return .no }
        return facts.maybe("which schema \(Doubt.quoted(table)) is in is decided by the database")
    }
}
