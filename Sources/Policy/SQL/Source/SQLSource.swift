/// Which SQL a command has a database run: in its arguments, in its standard input as far as that is in view, and by what tools do without SQL.
///
/// Limits: start files that nobody named (`~/.psqlrc`, `~/.my.cnf`, `~/.sqliterc`) are not looked at, nor are variables that an earlier
/// command exported. A function of the database that does harm is no doubt, unless it is one that runs text, files or programs.
package enum SQLSource {
    /// Nil if the program is no database client or tool that is known here.
    ///
    /// - Returns: No statements and a doubt where the SQL is not in view: `.interactive` if it comes from wherever the command line as a whole
    ///   gets its input, `.pipedProgram`, `.commandFile`, `.evaluated`. A word that may be an option that is not in view is `.unknownWord`.
    package static func statements(of command: RunCommand) -> SQLReading? {
        guard let path = command.words.first?.known, let name = path.split(separator: "/").last else { return nil }
        var words = command.words.dropFirst()
        switch name {
        case "psql": return SQLClient.psql.reading(of: command, words)
        case "pgcli": return SQLClient.pgcli.reading(of: command, words)
        case "mysql", "mariadb": return SQLClient.mysql.reading(of: command, words)
        case "mycli": return SQLClient.mycli.reading(of: command, words)
        case "sqlite3", "sqlite": return SQLiteArguments.reading(of: command, words)
        case "litecli": return SQLClient.litecli.reading(of: command, words)
        case "usql": return SQLClient.usql.reading(of: command, words)
        case "clickhouse-client", "clickhouse-local": return SQLClient.clickhouse.reading(of: command, words)
        case "clickhouse", "ch":
            guard let subcommand = words.popFirst()?.known, ["client", "local"].contains(subcommand) else { return nil }
            return SQLClient.clickhouse.reading(of: command, words)
        case "cockroach":
            guard words.popFirst()?.known == "sql" else { return nil }
            return SQLClient.cockroach.reading(of: command, words)
        default:
            if unreadClients.contains(String(name)) { return guess(command, String(name), words) }
            return SQLTool.named(String(name))?.reading(of: words)
        }
    }

    // MARK: - Clients of other servers

    /// Their SQL has other rules, and their options are not known here.
    private static let unreadClients: Set<String> = [
        "beeline", "bq", "cqlsh", "db2", "duckdb", "fisql", "hdbsql", "hive", "impala-shell", "isql", "isql-fb", "mysqlsh",
        "osql",
        "presto", "snowsql", "spark-sql", "sqlcl", "sqlcmd", "sqlplus", "trino", "tsql", "vsql",
    ]

    /// Always a doubt; what looks like statements in their arguments and their input is reported beside it.
    private static func guess(_ command: RunCommand, _ name: String, _ words: ArraySlice<CommandWord>) -> SQLReading {
        var reading = SQLReading(doubts: [Doubt(.foreignCode, "the SQL of \(name) is of a kind that is not read")])
        var texts = words.prefix(mostGuesses).map { SQLText($0) }
        if case .text(let input) = command.input { texts.append(SQLText(input)) }
        for text in texts {
            // `-QTEXT`, `--query=TEXT`
            let isOption = text.bytes.first == UInt8(ascii: "-")
            let start = isOption ? text.bytes.firstIndex(of: UInt8(ascii: "=")).map { $0 + 1 } ?? min(2, text.bytes.count) : 0
            let found = SQLReader.read(text.slice(start..<text.bytes.count), .any, SQLSyntax(dialect: .postgres))
            let understood = found.statements.filter { SQLStatement.Kind.understood.contains($0.kind.rawValue) }
            reading.formUnion(SQLReading(statements: understood, doubts: found.doubts.filter { $0.kind == .evaluated }))
        }
        return reading
    }

    /// Words of such a client; the doubt is there for the rest.
    private static let mostGuesses = 64
}
