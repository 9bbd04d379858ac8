/// CREATE, DROP, ALTER, RENAME, GRANT and REVOKE: what is done to which objects.
extension SQLStatementReader {
    struct Object {
        var text: String?
        var isUnknown = false
        /// Behind it.
        var next: Int
    }

    /// Words between the verb and the kind of object.
    private static let modifiers: Set<String> = [
        "ALGORITHM", "CONSTRAINT", "FULLTEXT", "GLOBAL", "LOCAL", "OFFLINE", "ONLINE", "OR", "PROCEDURAL", "RECURSIVE", "REPLACE",
        "SPATIAL",
        "SQL", "SECURITY", "INVOKER", "TEMP", "TEMPORARY", "TRUSTED", "UNDEFINED", "UNIQUE", "UNLOGGED", "VIRTUAL",
        "NONCLUSTERED",
        "CLUSTERED", "ALTER", "IGNORE", "TEMPTABLE", "MERGE", "NOT", "EXISTS",
    ]
    /// Kinds of two words or more, by their first.
    private static let compound: [String: [String]] = [
        "ACCESS": ["METHOD"], "DEFAULT": ["PRIVILEGES"], "EVENT": ["TRIGGER"], "FOREIGN": ["DATA", "WRAPPER", "TABLE"],
        "LARGE": ["OBJECT"], "MATERIALIZED": ["VIEW"], "OPERATOR": ["CLASS", "FAMILY"], "PACKAGE": ["BODY"],
        "RESOURCE": ["GROUP"],
        "LOGFILE": ["GROUP"], "TEXT": ["SEARCH", "CONFIGURATION", "DICTIONARY", "PARSER", "TEMPLATE"], "USER": ["MAPPING"],
        "AGGREGATE": ["FUNCTION"],
    ]

    func object(from start: Int, before end: Int) -> Object {
        var index = start
        while index < end, tokens[index].kind == .word {
            let token = tokens[index]
            if token.hasHole { return Object(text: nil, isUnknown: true, next: index + 1) }
            if token.word == "DEFINER" {
                index = definer(index + 1, before: end)
            } else if token.word == "IF" || Self.modifiers.contains(token.word) {
                index += 1
                // ALGORITHM = MERGE
                if isSymbol("=", index, before: end) { index += 1 }
            } else {
                return kind(at: index, before: end)
            }
        }
        // Cut short, or something that is no name: it may be any.
        return Object(text: nil, isUnknown: true, next: index)
    }

    private func kind(at start: Int, before end: Int) -> Object {
        var words = [tokens[start].word]
        var index = start + 1
        let more = Self.compound[tokens[start].word] ?? []
        while index < end, more.contains(tokens[index].word) {
            words.append(tokens[index].word)
            index += 1
        }
        if words == ["AGGREGATE", "FUNCTION"] { words = ["FUNCTION"] }
        return Object(text: words.joined(separator: " "), next: index)
    }

    /// ``= `root`@`localhost` `` or `= CURRENT_USER()`.
    private func definer(_ start: Int, before end: Int) -> Int {
        var index = start
        if isSymbol("=", index, before: end) { index += 1 }
        index += 1
        if index < end, tokens[index].kind == .variable { index += 1 }
        if isSymbol("(", index, before: end) { index = closing[index] + 1 }
        return min(index, end)
    }

    // MARK: - CREATE, DROP, ALTER

    mutating func create(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        let object = object(from: range.lowerBound + 1, before: end)
        var names = Names()
        let start = skip(["IF", "NOT", "EXISTS", "CONCURRENTLY", "FOR"], from: object.next, before: end)
        var next = start
        if let name = name(at: start, before: end) {
            names.add(name.text)
            next = name.next
        }
        addTables(after: next, before: end, of: object.text, to: &names)
        add("CREATE", object.text, names, unknownObject: object.isUnknown, in: range)
        alias(object.text, "CREATE", names, range)
        if let kind = object.text, Self.code.contains(kind) {
            return foreignCode(kind, names, from: next, in: range, depth: depth)
        }
        let scan = scan(min(next, end)..<end, depth: depth, ScanStart(isQuery: false))
        addReads(scan, in: range)
        // `CREATE SCHEMA s CREATE TABLE t … GRANT …`
        if object.text == "SCHEMA" {
            let starts = outer(next..<end).filter { ["CREATE", "GRANT"].contains(tokens[$0].word) }
            for (index, start) in starts.enumerated() {
                statement(start..<(index + 1 < starts.count ? starts[index + 1] : end), depth: depth + 1)
            }
        }
    }

    mutating func drop(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        let object = object(from: range.lowerBound + 1, before: end)
        let (names, next) = names(from: skip(["BY", "FOR", "IF", "EXISTS"], from: object.next, before: end), before: end)
        var all = names
        addTables(after: next, before: end, of: object.text, to: &all)
        let isContainer = ["DATABASE", "SCHEMA", "OWNED", "TABLESPACE"].contains(object.text)
        add(
            "DROP", object.text, all, unknownObject: object.isUnknown,
            mayTouchOtherTables: isContainer || object.text == nil || all.texts.isEmpty, in: range)
        alias(object.text, "DROP", all, range, mayTouchOtherTables: true)
    }

    mutating func alter(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        let object = object(from: range.lowerBound + 1, before: end)
        var names = Names()
        let start = skip(["IF", "EXISTS", "ONLY", "FOR"], from: object.next, before: end)
        let name = object.text == "SYSTEM" || object.text == "DEFAULT PRIVILEGES" ? nil : name(at: start, before: end)
        if let name { names.add(name.text) }
        let rest = min(name?.next ?? start, end)..<end
        // `ALTER TABLE ALL IN TABLESPACE x`
        let isAll = names.texts == ["all"] && word(rest.lowerBound, before: end) == "IN"
        for index in outer(rest) where ["ATTACH", "DETACH", "EXCHANGE", "INHERIT", "RENAME"].contains(tokens[index].word) {
            let other = skip(["PARTITION", "TO", "AS"], from: index + 1, before: end)
            if let other = self.name(at: other, before: end), !["column", "constraint"].contains(other.text) {
                names.add(other.text)
            }
        }
        add("ALTER", object.text, names, unknownObject: object.isUnknown, mayTouchOtherTables: isAll, in: range)
        alias(object.text, "ALTER", names, range)
        lookAtSettings(rest, before: end)
        if object.text == "EVENT" { return foreignCode("EVENT", names, from: rest.lowerBound, in: range, depth: depth) }
        let scan = scan(rest, depth: depth, ScanStart(isQuery: false))
        if object.text == "TABLE", let action = mutation(rest) {
            add(.init(rawValue: action), nil, names, hasWhere: scan.condition.map { dependsOnRow($0) } ?? false, in: range)
        }
        addReads(scan, in: range)
    }

    /// ClickHouse: `ALTER TABLE t [ON CLUSTER c] DELETE WHERE …`, `… UPDATE x = 1 WHERE …`; not `ON DELETE CASCADE`.
    private func mutation(_ range: Range<Int>) -> String? {
        let action = outer(range).first { index in
            let isMutation = ["DELETE", "UPDATE"].contains(tokens[index].word) && previous(index, in: range) != "ON"
            return isMutation && index + 1 < range.upperBound && tokens[index + 1].isName
        }
        return action.map { tokens[$0].word }
    }

    /// MySQL's SCHEMA is its DATABASE.
    private mutating func alias(
        _ object: String?, _ kind: SQLStatement.Kind, _ names: Names, _ range: Range<Int>, mayTouchOtherTables: Bool = false
    ) {
        guard object == "SCHEMA", syntax.dialect == .mysql else { return }
        add(kind, "DATABASE", names, mayTouchOtherTables: mayTouchOtherTables, in: range)
    }

    /// `INDEX i ON t`, `TRIGGER x … ON t`, `RULE r AS ON INSERT TO t`, `TABLE t PARTITION OF p`.
    private func addTables(after start: Int, before end: Int, of object: String?, to names: inout Names) {
        switch object {
        case "INDEX", "TRIGGER", "POLICY", "RULE":
            for index in outer(min(start, end)..<end) where tokens[index].word == (object == "RULE" ? "TO" : "ON") {
                if let table = name(at: skip(["ONLY"], from: index + 1, before: end), before: end) { names.add(table.text) }
                return
            }
        case "TABLE":
            guard word(start, before: end) == "PARTITION", word(start + 1, before: end) == "OF" else { return }
            if let table = name(at: start + 2, before: end) { names.add(table.text) }
        default: break
        }
    }

    // MARK: - RENAME, GRANT, REVOKE

    /// MySQL: `RENAME TABLE a TO b, c TO d`.
    mutating func rename(_ range: Range<Int>) {
        let end = range.upperBound
        let object = object(from: range.lowerBound + 1, before: end)
        var names = Names()
        var index = object.next
        while index < end {
            if let name = name(at: index, before: end), tokens[index].word != "TO" {
                names.add(name.text)
                index = max(index + 1, name.next)
            } else {
                index += 1
            }
        }
        add("RENAME", object.text == "TABLES" ? "TABLE" : object.text, names, unknownObject: object.isUnknown, in: range)
    }

    private static let grantable: Set<String> = [
        "TABLE", "SEQUENCE", "DATABASE", "SCHEMA", "FUNCTION", "PROCEDURE", "ROUTINE", "LANGUAGE", "LARGE", "TABLESPACE", "TYPE",
        "DOMAIN",
        "FOREIGN", "PARAMETER", "PACKAGE",
    ]

    /// `GRANT SELECT, DELETE ON [TABLE] a, b TO c`, `GRANT role TO c`.
    mutating func grant(_ range: Range<Int>) {
        let end = range.upperBound
        let kind = SQLStatement.Kind(rawValue: tokens[range.lowerBound].word)
        guard let on = outer(range).first(where: { tokens[$0].word == "ON" }) else { return add(kind, "ROLE", in: range) }
        // `ON ALL TABLES IN SCHEMA x`
        if word(on + 1, before: end) == "ALL" { return add(kind, "TABLE", mayTouchOtherTables: true, in: range) }
        let what = word(on + 1, before: end)
        let isNamed = Self.grantable.contains(what) && on + 2 < end && tokens[on + 2].isName
        let object = isNamed ? self.kind(at: on + 1, before: end) : Object(text: "TABLE", next: on + 1)
        if isSymbol("*", on + 1, before: end) { return add(kind, "TABLE", mayTouchOtherTables: true, in: range) }
        let (names, _) = names(from: object.next, before: end)
        add(kind, object.text, names, mayTouchOtherTables: names.texts.isEmpty, in: range)
    }
}
