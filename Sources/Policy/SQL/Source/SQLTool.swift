/// A program that does without saying SQL what a statement does: `dropdb x` is `DROP DATABASE x`.
struct SQLTool {
    let name: String
    let options: [SQLClientOption]
    /// What it amounts to.
    let statements: @Sendable (SQLClientArguments) -> [SQLStatement]
    var isMySQL = false

    func reading(of words: ArraySlice<CommandWord>) -> SQLReading {
        let arguments = SQLClientArguments(words, options, loosely: isMySQL)
        var reading = SQLReading(doubts: arguments.doubts)
        guard !arguments.has(.ends) else { return reading }
        let text = ([name] + words.prefix(16).map(\.source)).joined(separator: " ")
        for var statement in statements(arguments).prefix(SQLBounds.statements) {
            statement.program = name
            statement.text = SQLText(text).description(0..<text.utf8.count, limit: 200)
            reading.statements.append(statement)
        }
        for sql in arguments.values(.statement) {
            let dialect = isMySQL ? SQLDialect.mysql : .postgres
            reading.formUnion(SQLReader.read(sql, dialect, SQLSyntax(dialect: dialect)))
        }
        for file in arguments.values(.file) {
            reading.add(Doubt(.commandFile, "\(name) runs a file of SQL: \(file.word.source.prefix(100))"))
        }
        for output in arguments.values(.output) { reading.redirections.append(.init(operation: .write, target: output.word)) }
        for file in arguments.values(.startFile) {
            reading.add(Doubt(.commandFile, "\(name) starts with what a file says: \(file.word.source.prefix(100))"))
        }
        return reading
    }

    static func named(_ name: String) -> SQLTool? { tools[name] }

    private static let tools: [String: SQLTool] = Dictionary(
        uniqueKeysWithValues: (postgres + mysql + mysql.compactMap(\.underMariaDBsName)).map { ($0.name, $0) })

    /// MariaDB calls mysqldump mariadb-dump.
    private var underMariaDBsName: SQLTool? {
        SQLTool(name: "mariadb-" + name.dropFirst("mysql".count), options: options, statements: statements, isMySQL: true)
    }

    /// A statement about the objects that the texts name.
    private static func statement(
        _ kind: SQLStatement.Kind, _ object: String?, _ names: [SQLText], others: Bool = false
    ) -> SQLStatement {
        let known = names.compactMap(\.word.known)
        let isPattern = known.contains { $0.contains("*") || $0.contains("?") }
        return SQLStatement(
            kind: kind, object: object, tables: Array(known.prefix(SQLBounds.tables)),
            mayTouchOtherTables: others || isPattern || known.count < names.count || known.count > SQLBounds.tables)
    }

    // MARK: - PostgreSQL

    /// Options that all tools of PostgreSQL have.
    private static let connection: [SQLClientOption] = [
        .init("h host", .required), .init("p port", .required), .init("U username", .required), .init("w no-password"),
        .init("W password"),
        .init("V version", .none, .ends), .init("? help", .none, .ends),
    ]
    private static let dump: [SQLClientOption] =
        connection + [
            .init("t table", .required, .table), .init("table-and-children", .required, .table),
            .init("f file", .required, .output),
            .init("d dbname", .required, .database), .init("n schema", .required), .init("N exclude-schema", .required),
            .init("T exclude-table", .required), .init("exclude-table-data", .required), .init("E encoding", .required),
            .init("F format", .required), .init("j jobs", .required), .init("Z compress", .required),
            .init("S superuser", .required),
            .init("e extension", .required), .init("role", .required), .init("filter", .required), .init("l database", .required),
        ]
    private static let maintenance: [SQLClientOption] =
        connection + [
            .init("t table", .required, .table), .init("d dbname", .required, .database), .init("j jobs", .required),
            .init("n schema", .required), .init("i index", .required), .init("S system"), .init("P parallel", .required),
            .init("maintenance-db", .required),
        ]

    private static let postgres: [SQLTool] = [
        SQLTool(
            name: "dropdb",
            options: connection + [
                .init("maintenance-db", .required), .init("f force"), .init("i interactive"), .init("e echo"), .init("if-exists"),
            ],
            statements: { [statement("DROP", "DATABASE", $0.operands, others: true)] }),
        SQLTool(
            name: "createdb",
            options: connection + [
                .init("D tablespace", .required), .init("E encoding", .required), .init("l locale", .required),
                .init("O owner", .required),
                .init("S strategy", .required), .init("T template", .required), .init("maintenance-db", .required),
                .init("lc-collate", .required), .init("lc-ctype", .required), .init("icu-locale", .required),
                .init("icu-rules", .required),
                .init("locale-provider", .required), .init("builtin-locale", .required),
            ],
            statements: { [statement("CREATE", "DATABASE", Array($0.operands.prefix(1)))] }),
        SQLTool(
            name: "dropuser", options: connection + [.init("i interactive"), .init("e echo"), .init("if-exists")],
            statements: { [statement("DROP", "ROLE", $0.operands)] }),
        SQLTool(
            name: "createuser",
            options: connection + [
                .init("c connection-limit", .required), .init("g role member-of", .required),
                .init("m with-member member", .required),
                .init("a with-admin admin", .required), .init("v valid-until", .required),
            ],
            statements: { [statement("CREATE", "ROLE", $0.operands)] }),
        SQLTool(name: "pg_dump", options: dump, statements: { [reads($0)] }),
        SQLTool(name: "pg_dumpall", options: dump, statements: { _ in [statement("SELECT", nil, [], others: true)] }),
        SQLTool(
            name: "pg_restore",
            options: connection + [
                .init("c clean", .none, .clean), .init("C create", .none, .all), .init("d dbname", .required, .database),
                .init("l list", .none, .ends), .init("f file", .required, .output), .init("t table", .required, .table),
                .init("I index", .required), .init("j jobs", .required), .init("L use-list", .required),
                .init("n schema", .required),
                .init("N exclude-schema", .required), .init("P function", .required), .init("S superuser", .required),
                .init("T trigger", .required), .init("F format", .required), .init("role", .required),
                .init("section", .required),
            ],
            statements: { restores($0) }),
        SQLTool(
            name: "vacuumdb", options: maintenance,
            statements: { [statement("VACUUM", nil, tables($0), others: !$0.has(.table))] }),
        SQLTool(
            name: "reindexdb", options: maintenance,
            statements: { [statement("REINDEX", nil, tables($0), others: !$0.has(.table))] }),
        SQLTool(
            name: "clusterdb", options: maintenance,
            statements: { [statement("CLUSTER", nil, tables($0), others: !$0.has(.table))] }),
        SQLTool(
            name: "pgbench",
            options: connection + [
                .init("f file", .required, .file), .init("c client", .required), .init("j jobs", .required),
                .init("t transactions", .required),
                .init("T time", .required), .init("s scale", .required), .init("D define", .required),
                .init("b builtin", .required),
                .init("i initialize", .none, .clean),
            ],
            // -i makes its own tables anew.
            statements: { $0.has(.clean) ? [statement("DROP", "TABLE", []), statement("CREATE", "TABLE", [])] : [] }),
    ]

    private static func tables(_ arguments: SQLClientArguments) -> [SQLText] { arguments.values(.table) }

    private static func reads(_ arguments: SQLClientArguments) -> SQLStatement {
        statement("SELECT", nil, tables(arguments), others: !arguments.has(.table))
    }

    /// It writes a script unless it is told a database. What is in the archive is not in view.
    private static func restores(_ arguments: SQLClientArguments) -> [SQLStatement] {
        guard arguments.has(.database) else { return [] }
        var statements = [statement("RESTORE", nil, tables(arguments), others: true)]
        if arguments.has(.clean) {
            statements.append(statement("DROP", "TABLE", tables(arguments), others: true))
            if arguments.has(.all) { statements.append(statement("DROP", "DATABASE", [], others: true)) }
        }
        return statements
    }

    // MARK: - MySQL

    private static let mysqlConnection: [SQLClientOption] = [
        .init("h host", .required), .init("u user", .required), .init("p password", .optional), .init("P port", .required),
        .init("S socket", .required), .init("protocol", .required), .init("defaults-file", .required, .startFile),
        .init("defaults-extra-file", .required, .startFile), .init("default-character-set", .required),
        .init("login-path", .required),
        .init("V version", .none, .ends), .init("? help", .none, .ends), .init("init-command", .required, .statement),
    ]

    private static let mysql: [SQLTool] = [
        SQLTool(
            name: "mysqldump",
            options: mysqlConnection + [
                .init("r result-file", .required, .output), .init("w where", .required), .init("A all-databases", .none, .all),
                .init("B databases", .none, .all), .init("ignore-table", .required), .init("T tab", .required),
            ],
            statements: { arguments in
                let tables = Array(arguments.operands.dropFirst())
                return [
                    statement("SELECT", nil, arguments.has(.all) ? [] : tables, others: arguments.has(.all) || tables.isEmpty)
                ]
            }, isMySQL: true),
        SQLTool(
            name: "mysqladmin",
            options: mysqlConnection + [
                .init("c count", .required), .init("i sleep", .required), .init("w wait", .optional), .init("f force"),
            ],
            statements: { administers($0.operands) }, isMySQL: true),
        SQLTool(
            name: "mysqlimport",
            options: mysqlConnection + [.init("c columns", .required), .init("fields-terminated-by", .required)],
            statements: { [statement("LOAD", "DATA", [], others: $0.operands.count > 1)] }, isMySQL: true),
        SQLTool(
            name: "mysqlslap",
            options: mysqlConnection + [
                .init("q query", .required, .statement), .init("create", .required, .statement),
                .init("pre-query", .required, .statement),
                .init("post-query", .required, .statement), .init("pre-system", .required), .init("post-system", .required),
                .init("c concurrency", .required), .init("i iterations", .required), .init("create-schema", .required),
                .init("e engine", .required), .init("number-of-queries", .required),
            ],
            statements: { _ in [] }, isMySQL: true),
    ]

    /// `mysqladmin drop x flush-hosts`: one command after the other, each known by a beginning of its name.
    private static func administers(_ words: [SQLText]) -> [SQLStatement] {
        var statements: [SQLStatement] = []
        var words = words[...]
        while let word = words.popFirst() {
            guard let command = word.word.known, !command.isEmpty else {
                statements.append(statement("DROP", "DATABASE", [], others: true))
                continue
            }
            func takeName() -> [SQLText] { words.popFirst().map { [$0] } ?? [] }
            if "drop".hasPrefix(command) {
                statements.append(statement("DROP", "DATABASE", takeName(), others: true))
            } else if "create".hasPrefix(command) {
                statements.append(statement("CREATE", "DATABASE", takeName()))
            } else if "kill".hasPrefix(command) {
                _ = takeName()
                statements.append(statement("KILL", nil, []))
            } else if "shutdown".hasPrefix(command) {
                statements.append(statement("SHUTDOWN", nil, []))
            } else if "password".hasPrefix(command) || "old-password".hasPrefix(command) {
                _ = takeName()
                statements.append(statement("ALTER", "USER", []))
            } else if command.hasPrefix("flush") || "reload".hasPrefix(command) || "refresh".hasPrefix(command) {
                statements.append(statement("FLUSH", nil, []))
            } else if command.hasPrefix("stop-") || command.hasPrefix("start-") {
                statements.append(statement(command.hasPrefix("stop-") ? "STOP" : "START", nil, []))
            }
        }
        return statements
    }
}
