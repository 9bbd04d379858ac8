/// SET, EXPLAIN and the statements that need no more than their names.
extension SQLStatementReader {
    // MARK: - EXPLAIN

    private static let explainable: Set<String> = [
        "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "VALUES", "TABLE", "WITH", "EXECUTE", "DECLARE", "CREATE",
        "REFRESH",
    ]

    /// EXPLAIN runs nothing, EXPLAIN ANALYZE does; MariaDB's ANALYZE in front of a statement is that too.
    mutating func explain(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        let head = tokens[range.lowerBound].word
        let inner = outer(range.lowerBound + 1..<end).first { index in
            Self.explainable.contains(tokens[index].word) || (tokens[index].isSymbol("(") && beginsQuery(index + 1, before: end))
        }
        let options = range.lowerBound..<(inner ?? end)
        var runs = tokens[options].contains { ["ANALYZE", "ANALYSE"].contains($0.word) || $0.hasHole }
        // `ANALYZE TABLE t` gathers statistics.
        if let inner, head.hasPrefix("ANALY"), ["TABLE", "VALUES"].contains(tokens[inner].word) { runs = false }
        guard let inner, runs || !head.hasPrefix("ANALY") else {
            let start = skip(["VERBOSE", "TABLE", "LOCAL", "NO_WRITE_TO_BINLOG"], from: range.lowerBound + 1, before: end)
            let (names, _) = names(from: start, before: end)
            return add(head.hasPrefix("ANALY") ? "ANALYZE" : .init(rawValue: head), nil, names, in: range)
        }
        add(head.hasPrefix("ANALY") ? "ANALYZE" : .init(rawValue: head), nil, in: range)
        if runs { statement(inner..<end, depth: depth + 1) }
    }

    private func beginsQuery(_ index: Int, before end: Int) -> Bool {
        isSymbol("(", index, before: end) || ["SELECT", "WITH", "VALUES", "TABLE"].contains(word(index, before: end))
    }

    // MARK: - SET

    private static let setObjects: Set<String> = [
        "ROLE", "GLOBAL", "PASSWORD", "PERSIST", "PERSIST_ONLY", "NAMES", "TRANSACTION", "CONSTRAINTS", "RESOURCE", "SESSION",
    ]

    mutating func set(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        add("SET", setObject(range), in: range)
        assign(range)
        lookAtSettings(range, before: end)
        let scan = scan(range, depth: depth, ScanStart(isQuery: false))
        addReads(scan, in: range)
    }

    private func setObject(_ range: Range<Int>) -> String? {
        // MySQL: `SET @a = 1, GLOBAL b = 2`, `SET @@global.b = 2`
        for index in outer(range) {
            if tokens[index].word == "GLOBAL" { return "GLOBAL" }
            if tokens[index].kind == .variable, variable(index).hasPrefix("@@global") { return "GLOBAL" }
            if tokens[index].kind == .variable, variable(index).hasPrefix("@@persist") { return "PERSIST" }
        }
        let object = word(range.lowerBound + 1, before: range.upperBound)
        guard Self.setObjects.contains(object) else { return nil }
        let isLogin = object == "SESSION" && word(range.lowerBound + 2, before: range.upperBound) == "AUTHORIZATION"
        return isLogin ? "SESSION AUTHORIZATION" : object
    }

    /// Keeps what `SET @x = 'text'` says, for a later PREPARE.
    private mutating func assign(_ range: Range<Int>) {
        guard syntax.dialect == .mysql else { return }
        var name: String?
        var start = range.lowerBound
        let ends = outer(range).filter { tokens[$0].isSymbol(",") } + [range.upperBound]
        for end in ends {
            let first = outer(start..<end).first { tokens[$0].kind == .variable }
            name = first.map(variable)
            if let first, let name, findings.assigned.count < SQLBounds.sideEffects {
                findings.assigned[name] = joinedStrings(first + 1..<end)
            }
            start = min(end + 1, range.upperBound)
        }
    }

    /// Settings that change how text is cut into statements.
    private static let lexing: Set<String> = ["STANDARD_CONFORMING_STRINGS", "SQL_MODE", "BACKSLASH_QUOTE"]
    /// Settings that name programs, libraries or SQL that the server runs by itself.
    private static let running: Set<String> = [
        "ARCHIVE_COMMAND", "ARCHIVE_CLEANUP_COMMAND", "RESTORE_COMMAND", "RECOVERY_END_COMMAND", "SSL_PASSPHRASE_COMMAND",
        "SESSION_PRELOAD_LIBRARIES", "SHARED_PRELOAD_LIBRARIES", "LOCAL_PRELOAD_LIBRARIES", "DYNAMIC_LIBRARY_PATH",
        "ARCHIVE_LIBRARY", "INIT_CONNECT", "INIT_FILE", "INIT_REPLICA", "INIT_SLAVE",
    ]

    mutating func lookAtSettings(_ indices: some Sequence<Int>, before end: Int) {
        for index in indices {
            let token = tokens[index]
            guard token.isName || token.kind == .variable || token.kind == .string else { continue }
            let name = token.kind == .word ? token.word : settingName(index)
            if Self.running.contains(name) {
                findings.doubt(.foreignCode, "the setting \(name.lowercased()) has the server run something later")
            } else if Self.lexing.contains(name), changesLexing(index, before: end, isMode: name == "SQL_MODE") {
                findings.doubt(.redefinition, "the setting \(name.lowercased()) changes how the rest is read")
            }
        }
    }

    /// `"archive_command"`, `@@global.sql_mode`; strings are looked at where set_config() names settings so.
    private func settingName(_ index: Int) -> String {
        let token = tokens[index]
        guard token.end - token.start <= 60 else { return "" }
        let bytes = token.kind == .variable ? text.slice(token.start..<token.end).bytes : content(index).bytes
        return String(decoding: bytes.lazy.filter { $0 != UInt8(ascii: "@") }.map(\.inCapitals), as: UTF8.self)
    }

    /// The mode that dumps set, `'NO_AUTO_VALUE_ON_ZERO'`, changes nothing here.
    private func changesLexing(_ index: Int, before end: Int, isMode: Bool) -> Bool {
        guard isMode, index + 2 < end, isSymbol("=", index + 1, before: end) || isSymbol(":", index + 1, before: end),
            tokens[index + 2].kind == .string, !tokens[index + 2].hasHole
        else { return !isMode || isSymbol("=", index + 1, before: end) || isSymbol(":", index + 1, before: end) }
        let value = String(decoding: content(index + 2).bytes.lazy.map(\.inCapitals), as: UTF8.self)
        let isLast = index + 3 == end || isSymbol(",", index + 3, before: end)
        let modes = value.split(separator: ",").map { $0.drop { $0 == " " } }
        let harmless: Set<Substring> = [
            "", "NO_AUTO_VALUE_ON_ZERO", "STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "NO_ZERO_DATE", "NO_ZERO_IN_DATE",
            "TRADITIONAL", "ERROR_FOR_DIVISION_BY_ZERO", "NO_ENGINE_SUBSTITUTION", "ONLY_FULL_GROUP_BY",
            "NO_AUTO_CREATE_USER", "PIPES_AS_CONCAT",
        ]
        return !isLast || !modes.allSatisfy(harmless.contains)
    }

    // MARK: - All others

    /// Verbs with tables behind them.
    private static let withTables: Set<String> = [
        "CHECK", "CHECKSUM", "CLUSTER", "HANDLER", "LOCK", "OPTIMIZE", "REFRESH", "REINDEX", "REPAIR", "VACUUM",
    ]
    private static let betweenVerbAndTables: Set<String> = [
        "TABLE", "TABLES", "FULL", "FREEZE", "VERBOSE", "ANALYZE", "CONCURRENTLY", "LOCAL", "NO_WRITE_TO_BINLOG",
        "MATERIALIZED", "VIEW", "INDEX", "DATABASE", "SCHEMA", "SYSTEM", "USING",
    ]
    private static let objects: Set<String> = [
        "TABLE", "FULL", "MATERIALIZED", "VIEW", "INDEX", "DATABASE", "SCHEMA", "SYSTEM",
    ]
    /// Verbs whose next words say to what: `FLUSH PRIVILEGES`.
    private static let withObject: Set<String> = [
        "BACKUP", "CACHE", "CHANGE", "COMMENT", "DISCARD", "EXPORT", "FLUSH", "IMPORT", "INSTALL", "PRAGMA", "PURGE",
        "REASSIGN", "RESET", "RESTORE", "SECURITY", "SHOW", "START", "STOP", "UNINSTALL",
    ]
    /// What code consists of besides SQL.
    private static let procedural: Set<String> = [
        "CASE", "CONTINUE", "ELSE", "ELSEIF", "ELSIF", "EXCEPTION", "EXIT", "FOR", "FOREACH", "IF", "ITERATE", "LEAVE",
        "LOOP", "OPEN", "RAISE", "REPEAT", "RETURN", "UNTIL", "WHEN", "WHILE",
    ]

    mutating func other(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        let head = tokens[range.lowerBound].word
        if Self.procedural.contains(head) { return procedural(range, depth: depth) }
        let kind = SQLStatement.Kind(rawValue: head)
        if Self.withTables.contains(head) {
            let first = range.lowerBound + 1
            let options = isSymbol("(", first, before: end) ? min(end, closing[first] + 1) : first
            let start = skip(Self.betweenVerbAndTables, from: options, before: end)
            let words = tokens[options..<start].map { $0.word == "TABLES" ? "TABLE" : $0.word }.filter(Self.objects.contains)
            let object = words.isEmpty ? nil : words.joined(separator: " ")
            let names = tableList(from: start, before: end)
            add(kind, object, names, in: range)
            if head == "HANDLER" { add("SELECT", nil, names, in: range) }
            if head == "VACUUM" { vacuumInto(range) }
            return
        }
        if Self.withObject.contains(head) {
            let object = word(range.lowerBound + 1, before: end)
            add(kind, object.isEmpty ? nil : object, named(range), in: range)
            if head == "INSTALL" {
                findings.doubt(.foreignCode, "INSTALL has the server run a library: \(description(range, limit: 80))")
            }
        } else if SQLStatement.Kind.understood.contains(head) {
            add(kind, in: range)
            if head == "ATTACH" { attach(range) }
        } else {
            guard !syntax.isBody else { return procedural(range, depth: depth) }
            if !head.isEmpty { add(kind, in: range) }
            findings.doubt(.syntax, "it is not known what this runs: \(description(range, limit: 80))")
        }
        let scan = scan(range, depth: depth, ScanStart(isQuery: false))
        if scan.selects { addReads(scan, in: range) }
    }

    /// `LOCK TABLES a READ, b AS c WRITE`
    private func tableList(from start: Int, before end: Int) -> Names {
        let (first, next) = names(from: start, before: end)
        var all = first
        for index in outer(min(next, end)..<end) where tokens[index].isSymbol(",") {
            let (more, _) = names(from: index + 1, before: end)
            for name in more.texts { all.add(name) }
            all.hasUnknown = all.hasUnknown || more.hasUnknown
        }
        return all
    }

    /// `COMMENT ON TABLE t IS …`, `SECURITY LABEL ON TABLE t IS …`, `FLUSH TABLES a, b`.
    private func named(_ range: Range<Int>) -> Names {
        let end = range.upperBound
        switch tokens[range.lowerBound].word {
        case "COMMENT", "SECURITY":
            guard let on = outer(range).first(where: { tokens[$0].word == "ON" }) else { return Names() }
            return names(from: object(from: on + 1, before: end).next, before: end).names
        case "FLUSH" where ["TABLE", "TABLES"].contains(word(range.lowerBound + 1, before: end)):
            return names(from: range.lowerBound + 2, before: end).names
        default: return Names()
        }
    }

    /// SQLite: `VACUUM main INTO 'file'`.
    private mutating func vacuumInto(_ range: Range<Int>) {
        guard let into = outer(range).first(where: { tokens[$0].word == "INTO" }) else { return }
        openFile(into + 1..<range.upperBound, .write, "VACUUM")
    }

    /// SQLite: `ATTACH [DATABASE] 'file' AS name`.
    private mutating func attach(_ range: Range<Int>) {
        let start = skip(["DATABASE"], from: range.lowerBound + 1, before: range.upperBound)
        let end = outer(start..<range.upperBound).first { tokens[$0].word == "AS" } ?? range.upperBound
        openFile(start..<end, .readWrite, "ATTACH")
    }

    private mutating func openFile(_ range: Range<Int>, _ operation: RunCommand.Redirection.Operation, _ verb: String) {
        if range.count == 1, let index = range.first, tokens[index].kind == .string || tokens[index].kind == .quotedName {
            return findings.opens(content(index), operation)
        }
        findings.doubt(.evaluated, "the file that \(verb) opens is only known when it runs: \(description(range, limit: 80))")
    }
}
