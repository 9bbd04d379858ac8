/// Whose SQL it is: quoting, comments and the client's own commands differ.
package enum SQLDialect: String, CaseIterable, Hashable, Sendable {
    /// PostgreSQL 9.6 to 18 and psql; standard_conforming_strings is on, as it is since 9.1.
    case postgres
    /// MySQL 5.7 to 9 and MariaDB 10 to 12, in the default sql_mode.
    case mysql
    /// SQLite 3 and its shell.
    case sqlite
    /// Not known: read as each of them, and a doubt where they do not find the same statements.
    case any
}

/// What a database client will run, and what cannot be known of it.
package struct SQLReading: Hashable, Sendable {
    /// In the order of the text; at most `SQLBounds.statements`.
    package var statements: [SQLStatement]
    package var doubts: [Doubt]
    /// Shell commands that run with it, here or on the server: `\! cmd`, `.shell cmd`, `COPY … PROGRAM 'cmd'`. Each is the text of a command line.
    /// Unknown parts are in them as pieces, and there is a doubt for them too.
    package var shellCommands: [CommandWord]
    /// Files that the client or the server opens for it: `\o file`, `INTO OUTFILE 'file'`, `COPY … FROM 'file'`.
    package var redirections: [RunCommand.Redirection]

    package init(
        statements: [SQLStatement] = [], doubts: [Doubt] = [], shellCommands: [CommandWord] = [],
        redirections: [RunCommand.Redirection] = []
    ) {
        self.statements = statements
        self.doubts = doubts
        self.shellCommands = shellCommands
        self.redirections = redirections
    }
}

extension SQLReading {
    /// Takes in what another way to read the same command gives; what is there already is not repeated.
    mutating func formUnion(_ other: SQLReading) {
        append(other.statements, to: \.statements, limit: SQLBounds.statements)
        append(other.shellCommands, to: \.shellCommands, limit: SQLBounds.sideEffects)
        append(other.redirections, to: \.redirections, limit: SQLBounds.sideEffects)
        for doubt in other.doubts { add(doubt) }
    }

    private mutating func append<Item: Hashable>(_ items: [Item], to list: WritableKeyPath<SQLReading, [Item]>, limit: Int) {
        guard !items.isEmpty else { return }
        guard !self[keyPath: list].isEmpty else { return self[keyPath: list] = items }
        // A set pays only for many: thousands of `-c` come one by one.
        let known = items.count > 8 ? Set(self[keyPath: list]) : []
        let new = items.filter { known.isEmpty ? !self[keyPath: list].contains($0) : !known.contains($0) }
        let room = limit - self[keyPath: list].count
        self[keyPath: list] += new.prefix(max(0, room))
        if new.count > room { add(Doubt(.tooLarge, "there are more statements than are looked at")) }
    }

    /// A kind of doubt is never lost; of its sentences the first few are kept.
    mutating func add(_ doubt: Doubt) {
        guard hasRoom(for: doubt.kind), !doubts.contains(doubt) else { return }
        doubts.append(doubt)
    }

    func hasRoom(for kind: Doubt.Kind) -> Bool { doubts.count < SQLBounds.doubts || !doubts.contains { $0.kind == kind } }
}
