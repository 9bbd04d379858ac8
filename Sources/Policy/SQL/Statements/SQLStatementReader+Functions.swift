/// Functions of the servers that run text, read files or load code. What else a function does is not known: see `SQLSource`.
extension SQLStatementReader {
    private enum Reach {
        /// Its text arguments are SQL.
        case sql
        /// It reads or writes files, or names tables in strings.
        case files
        /// Its text arguments are shell commands.
        case shell
        /// It loads or runs other code.
        case code
    }

    private static let functions: [String: Reach] = {
        var functions: [String: Reach] = [:]
        for name in [
            // PostgreSQL and its extensions
            "QUERY_TO_XML", "QUERY_TO_XMLSCHEMA", "QUERY_TO_XML_AND_XMLSCHEMA", "DBLINK", "DBLINK_EXEC", "DBLINK_OPEN",
            "DBLINK_SEND_QUERY", "TS_STAT", "TS_REWRITE", "CROSSTAB", "CROSSTAB2", "CROSSTAB3", "CROSSTAB4", "CROSSTABN",
            "XPATH_TABLE", "CONNECTBY", "RUN_COMMAND_ON_WORKERS", "RUN_COMMAND_ON_SHARDS", "RUN_COMMAND_ON_PLACEMENTS",
            "RUN_COMMAND_ON_COORDINATOR", "RUN_COMMAND_ON_ALL_NODES", "SCHEDULE", "SCHEDULE_IN_DATABASE", "ALTER_JOB",
            "EXECUTE_IMMEDIATE", "PLPGSQL_CHECK_FUNCTION",
            // others: SQL Server, MySQL's sys
            "SP_EXECUTESQL", "OPENROWSET", "OPENQUERY", "EXECUTE_PREPARED_STMT",
        ] { functions[name] = .sql }
        for name in [
            "PG_READ_FILE", "PG_READ_BINARY_FILE", "PG_READ_FILE_OLD", "PG_LS_DIR", "PG_STAT_FILE", "PG_FILE_WRITE",
            "PG_FILE_RENAME", "PG_FILE_UNLINK", "PG_FILE_SYNC", "PG_LOGDIR_LS", "LO_IMPORT", "LO_EXPORT", "TABLE_TO_XML",
            "TABLE_TO_XML_AND_XMLSCHEMA", "SCHEMA_TO_XML", "SCHEMA_TO_XML_AND_XMLSCHEMA", "DATABASE_TO_XML",
            "DATABASE_TO_XML_AND_XMLSCHEMA", "CURSOR_TO_XML", "LOAD_FILE", "WRITEFILE", "READFILE", "FSDIR", "LSDIR",
            "ZIPFILE",
        ] { functions[name] = .files }
        for name in ["SYS_EXEC", "SYS_EVAL", "XP_CMDSHELL", "EDIT"] { functions[name] = .shell }
        for name in ["LOAD_EXTENSION", "FTS3_TOKENIZER", "SP_OACREATE", "SP_ADDEXTENDEDPROC"] { functions[name] = .code }
        return functions
    }()

    /// ClickHouse's that are called in the place of a table only. Elsewhere these are names that anybody may use.
    private static let tableFunctions: Set<String> = [
        "EXECUTABLE", "FILE", "HDFS", "JDBC", "MYSQL", "ODBC", "POSTGRESQL", "REMOTE", "REMOTESECURE", "S3", "SQLITE", "URL",
    ]
    /// Of the functions with a path, those that write. The others read.
    private static let writing: Set<String> = ["WRITEFILE", "LO_EXPORT", "PG_FILE_WRITE", "PG_FILE_RENAME", "PG_FILE_UNLINK"]

    /// - Parameter index: of a name; it is a call if a `(` is behind it, and in SQL Server without one.
    mutating func lookAtFunction(_ index: Int, in range: Range<Int>, isTable: Bool = false) {
        let end = range.upperBound
        let isCall = isSymbol("(", index + 1, before: end)
        guard isCall || tokens[index].word.hasPrefix("XP_") else { return }
        let name = tokens[index].kind == .word ? tokens[index].word : quotedFunction(index)
        let arguments = isCall ? index + 2..<max(index + 2, min(closing[index + 1], end)) : index + 1..<end
        if name == "SET_CONFIG" { return lookAtSettings(outer(arguments), before: arguments.upperBound) }
        let isTableFunction = isTable && Self.tableFunctions.contains(name)
        guard let reach = isTableFunction ? .files : Self.functions[name], belongs(name, index, in: range) else { return }
        doubt(reach, name, arguments)
        switch reach {
        case .sql:
            for index in outer(arguments) where tokens[index].kind == .string { readText(content(index), isBody: true) }
        case .files:
            guard !isTableFunction, let path = outer(arguments).first(where: { tokens[$0].kind == .string }) else { return }
            findings.opens(content(path), Self.writing.contains(name) ? .write : .read)
        case .shell:
            for index in outer(arguments) where tokens[index].kind == .string { findings.runs(content(index)) }
        case .code: break
        }
    }

    /// A hostile text calls thousands; sentences are made only while there is room for them.
    private mutating func doubt(_ reach: Reach, _ name: String, _ arguments: Range<Int>) {
        let kind: Doubt.Kind = reach == .sql ? .evaluated : .foreignCode
        guard findings.reading.hasRoom(for: kind) else { return }
        let what =
            switch reach {
            case .sql: "runs text as SQL"
            case .files: "reaches beyond the tables in view"
            case .shell: "runs a program"
            case .code: "runs code"
            }
        findings.doubt(kind, "\(name.lowercased())() \(what): \(description(arguments, limit: 80))")
    }

    /// Whether the name means that function where it could be anybody's: pg_cron's are in the schema cron, `edit()` is SQLite's.
    private func belongs(_ name: String, _ index: Int, in range: Range<Int>) -> Bool {
        switch name {
        case "SCHEDULE", "SCHEDULE_IN_DATABASE", "ALTER_JOB":
            index >= range.lowerBound + 2 && tokens[index - 1].isSymbol(".") && tokens[index - 2].word == "CRON"
        case "EDIT": syntax.dialect == .sqlite
        default: true
        }
    }

    private func quotedFunction(_ index: Int) -> String {
        guard tokens[index].kind == .quotedName, tokens[index].end - tokens[index].start <= 60 else { return "" }
        return String(decoding: content(index).bytes.lazy.map(\.inCapitals), as: UTF8.self)
    }
}
