/// Names of tables and other objects.
extension SQLStatementReader {
    struct Name {
        /// Without quotes, in lower case where it had none; nil if part of it is only known when it runs.
        var text: String?
        /// Behind it.
        var next: Int
    }

    /// What a statement says that it is about.
    struct Names {
        private(set) var texts: [String] = []
        var hasUnknown = false

        mutating func add(_ name: String?) {
            guard let name else { return hasUnknown = true }
            // `db.*` of MySQL's GRANT.
            if name.hasSuffix("*") { hasUnknown = true }
            guard !texts.contains(name) else { return }
            guard texts.count < SQLBounds.tables else { return hasUnknown = true }
            texts.append(name)
        }
    }

    /// Words that no server takes for a table's name without quotes, at the places where one is looked for.
    private static let reserved: Set<String> = [
        "AND", "AS", "BY", "CROSS", "EXCEPT", "FROM", "FULL", "GROUP", "HAVING", "INNER", "INTERSECT", "INTO", "JOIN",
        "LATERAL", "LEFT", "LIMIT", "NATURAL", "NOT", "ON", "ONLY", "OR", "ORDER", "RETURNING", "RIGHT", "SELECT", "SET",
        "STRAIGHT_JOIN", "TABLE", "UNION", "USING", "VALUES", "WHEN", "WHERE", "WINDOW", "WITH",
    ]

    func isReserved(_ index: Int) -> Bool { tokens[index].kind == .word && Self.reserved.contains(tokens[index].word) }

    /// `name`, `schema.name`, `"Schema".name`, `db.*`, with strings too where the server takes them for names.
    func name(at start: Int, before end: Int) -> Name? {
        guard start < end, isNamePart(start), !isReserved(start) else { return nil }
        var parts: [String?] = [part(start)]
        var next = start + 1
        while isSymbol(".", next, before: end) {
            // `db..table`
            while isSymbol(".", next, before: end) { next += 1 }
            if isSymbol("*", next, before: end) {
                parts.append("*")
                next += 1
            } else if next < end, isNamePart(next) {
                parts.append(part(next))
                next += 1
            }
        }
        // U&"d!0061ta" UESCAPE '!'
        if word(next, before: end) == "UESCAPE" {
            parts.append(nil)
            next = min(end, next + 2)
        }
        let known = parts.compactMap(\.self)
        return Name(text: known.count == parts.count ? known.joined(separator: ".") : nil, next: next)
    }

    private func isNamePart(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.isName { return true }
        guard token.kind == .string else { return false }
        // MySQL under ANSI_QUOTES takes "x" for a name, SQLite 'x' wherever no value can stand; accounts are strings in MySQL.
        return syntax.dialect != .postgres
    }

    private func part(_ index: Int) -> String? {
        let token = tokens[index]
        guard !token.hasHole else { return nil }
        guard token.kind == .word else { return String(decoding: content(index).bytes, as: UTF8.self) }
        return String(decoding: text.bytes[token.start..<token.end].lazy.map(\.inLowerCase), as: UTF8.self)
    }

    private static let beforeNames: Set<String> = ["IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "TABLE", "TABLES"]

    func skip(_ words: Set<String>, from start: Int, before end: Int) -> Int {
        var index = start
        while index < end, words.contains(tokens[index].word) { index += 1 }
        return index
    }

    /// The words that can stand in front of a name, as long as something follows that can be the name.
    func skipToName(from start: Int, before end: Int) -> Int {
        var index = start
        while index < end {
            if isSymbol("(", index, before: end) {
                index += 1
            } else if Self.beforeNames.contains(tokens[index].word), index + 1 < end, !isSymbol(",", index + 1, before: end),
                !isSymbol(".", index + 1, before: end)
            {
                index += 1
            } else {
                return index
            }
        }
        return index
    }

    /// `a, ONLY b, c (int), "D" *`. Ends at the first token that belongs to none of them.
    func names(from start: Int, before end: Int) -> (names: Names, next: Int) {
        var names = Names()
        var index = start
        while let name = name(at: skipToName(from: index, before: end), before: end) {
            names.add(name.text)
            index = name.next
            // The arguments of a function, and `*` for the tables that inherit; `@host` of an account.
            if isSymbol("(", index, before: end) { index = min(end, closing[index] + 1) }
            while index < end, tokens[index].isSymbol("*") || tokens[index].isSymbol(")") || tokens[index].kind == .variable {
                index += 1
            }
            guard isSymbol(",", index, before: end) else { break }
            index += 1
        }
        return (names, index)
    }

    mutating func add(
        _ kind: SQLStatement.Kind, _ object: String? = nil, _ names: Names = Names(), unknownObject: Bool = false,
        mayTouchOtherTables: Bool = false, hasWhere: Bool = false, in range: Range<Int>
    ) {
        findings.add(
            SQLStatement(
                kind: kind, object: object, objectIsUnknown: unknownObject, tables: names.texts,
                mayTouchOtherTables: mayTouchOtherTables || names.hasUnknown || hasUnknownName(range), hasWhere: hasWhere,
                text: description(range)))
    }
}
