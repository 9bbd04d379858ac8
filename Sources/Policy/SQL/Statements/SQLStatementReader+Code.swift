/// Statements that run code or text: PREPARE, EXECUTE, DO, CALL, the bodies of functions, and what is in them.
extension SQLStatementReader {
    /// What is created with code in it.
    static let code: Set<String> = [
        "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT TRIGGER", "EVENT", "RULE", "PACKAGE", "PACKAGE BODY", "LANGUAGE",
    ]

    /// The code is a doubt. What statements it has in plain view are read all the same, so that a rule about them is not passed by.
    mutating func foreignCode(_ kind: String, _ names: Names, from start: Int, in range: Range<Int>, depth: Int) {
        let name = names.texts.first.map { " \($0)" } ?? ""
        findings.doubt(.foreignCode, "the \(kind.lowercased())\(name) is code that runs later")
        readBodies(min(start, range.upperBound)..<range.upperBound)
        procedural(min(start, range.upperBound)..<range.upperBound, depth: depth)
    }

    mutating func anonymousBlock(_ range: Range<Int>, depth: Int) {
        add("DO", in: range)
        // MySQL's DO computes an expression.
        guard syntax.dialect != .mysql else {
            let scan = scan(range, depth: depth, ScanStart(isQuery: false))
            return addReads(scan, in: range)
        }
        findings.doubt(.foreignCode, "DO runs code: \(description(range, limit: 80))")
        readBodies(range)
    }

    private mutating func readBodies(_ range: Range<Int>) {
        for index in outer(range) where tokens[index].kind == .string { readText(content(index), isBody: true) }
    }

    /// Reads SQL that is in a string.
    /// - Parameter isBody: it is code, or put together here of pieces: what is not understood in it is no doubt beyond the one there is.
    mutating func readText(_ content: SQLText, isBody: Bool) {
        guard !content.bytes.isEmpty, !findings.isFull else { return }
        guard findings.nesting < SQLBounds.nestedTexts else {
            return findings.doubt(.tooLarge, "SQL is nested in strings deeper than is looked at")
        }
        var inner = syntax
        inner.obeysClientCommands = false
        inner.isBody = isBody
        var taken = findings.take()
        taken.nesting += 1
        var script = SQLScript(content, inner, findings: taken)
        script.run()
        findings = script.findings.take()
        findings.nesting -= 1
    }

    // MARK: - Within code

    static let statementHeads: Set<String> = [
        "ALTER", "CALL", "COPY", "CREATE", "DELETE", "DO", "DROP", "EXECUTE", "GRANT", "INSERT", "LOAD", "LOCK", "MERGE",
        "PERFORM", "PREPARE", "REPLACE",
        "REVOKE", "SELECT", "SET", "TRUNCATE", "UPDATE", "WITH",
    ]
    private static let beforeStatements: Set<String> = [
        "ALSO", "ATOMIC", "BEGIN", "DO", "ELSE", "FOR", "IN", "INSTEAD", "IS", "LOOP", "QUERY", "ROW", "STATEMENT", "THEN",
    ]

    /// Finds the statements in a piece of code between two semicolons: `IF x THEN DELETE FROM t`, `FOR r IN SELECT …`.
    mutating func procedural(_ range: Range<Int>, depth: Int) {
        let starts = outer(range).filter { beginsStatement($0, in: range) }
        for (position, start) in starts.enumerated() {
            statement(start..<(position + 1 < starts.count ? starts[position + 1] : range.upperBound), depth: depth + 1)
        }
        guard starts.first ?? range.upperBound > range.lowerBound else { return }
        // x := (SELECT …), RETURN f(), IF EXISTS (SELECT …) THEN
        let rest = range.lowerBound..<(starts.first ?? range.upperBound)
        let scan = scan(rest, depth: depth, ScanStart(isQuery: false))
        addReads(scan, in: rest)
    }

    private func beginsStatement(_ index: Int, in range: Range<Int>) -> Bool {
        let before = index > range.lowerBound ? tokens[index - 1] : nil
        let isBehind = before.map { Self.beforeStatements.contains($0.word) } ?? syntax.isBody
        // `DO ALSO (DELETE …; DELETE …)`
        if tokens[index].isSymbol("(") {
            return isBehind && Self.statementHeads.contains(word(index + 1, before: range.upperBound))
        }
        guard Self.statementHeads.contains(tokens[index].word) else { return false }
        let next = word(index + 1, before: range.upperBound)
        switch tokens[index].word {
        case "SELECT", "PERFORM", "WITH": break
        // `FOR UPDATE`; `DO UPDATE SET`, `THEN UPDATE SET`
        case "UPDATE": if before?.word == "FOR" || next == "SET" || index + 1 == range.upperBound { return false }
        case "INSERT": if next != "INTO" && (next.isEmpty || next == "VALUES" || next == "DEFAULT") { return false }
        case "DELETE": if next != "FROM" && syntax.dialect != .mysql { return false }
        // `FOR … LOOP` is no DO, `ON CONFLICT DO NOTHING` neither.
        case "DO": if index + 1 == range.upperBound || (tokens[index + 1].kind != .string && next != "LANGUAGE") { return false }
        case "REPLACE": if isSymbol("(", index + 1, before: range.upperBound) { return false }
        // `FOR EACH ROW EXECUTE FUNCTION f()`
        case "EXECUTE": if next == "FUNCTION" || next == "PROCEDURE" { return false }
        default: if before?.word == "FOR" || before?.word == "IN" { return false }
        }
        // Also MySQL's `CREATE PROCEDURE p() DELETE FROM t`, and a label: `<<x>> DELETE`, `x: BEGIN`.
        return isBehind || before.map { $0.isSymbol(":") || $0.isSymbol(">") || ($0.isSymbol(")") && !syntax.isBody) } ?? false
    }

    /// `BEGIN` is a transaction; with something behind it that is none it is code of MariaDB: `BEGIN NOT ATOMIC DELETE …`.
    mutating func block(_ range: Range<Int>, depth: Int) {
        let next = word(range.lowerBound + 1, before: range.upperBound)
        if !syntax.isBody, !["IF", "LOOP", "WHILE", "CASE", "REPEAT", "FOR"].contains(next) {
            add(.init(rawValue: tokens[range.lowerBound].word), in: range)
        }
        guard range.count > 1 else { return }
        if word(range.lowerBound + 1, before: range.upperBound) == "NOT" {
            findings.doubt(.foreignCode, "BEGIN NOT ATOMIC runs code: \(description(range, limit: 80))")
        }
        procedural(range.lowerBound..<range.upperBound, depth: depth)
    }

    // MARK: - PREPARE, EXECUTE, CALL

    /// PostgreSQL: `PREPARE name [(types)] AS statement`. MySQL: `PREPARE name FROM 'text'` or `FROM @variable`.
    mutating func prepare(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        add("PREPARE", word(range.lowerBound + 1, before: end) == "TRANSACTION" ? "TRANSACTION" : nil, in: range)
        guard let name = name(at: range.lowerBound + 1, before: end) else { return }
        let index = isSymbol("(", name.next, before: end) ? closing[name.next] + 1 : name.next
        switch word(index, before: end) {
        case "AS":
            statement(index + 1..<end, depth: depth + 1)
            if let text = name.text { findings.prepared.insert(text) }
        case "FROM":
            let isKnown = runText(index + 1..<end, "PREPARE")
            if isKnown, let text = name.text { findings.prepared.insert(text) }
        default: break
        }
    }

    /// `EXECUTE name (…)` of what was prepared; `EXECUTE IMMEDIATE text` of MariaDB, `EXECUTE text` of PL/pgSQL.
    mutating func execute(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        add("EXECUTE", in: range)
        var start = range.lowerBound + 1
        if word(start, before: end) == "IMMEDIATE" { start += 1 }
        let last = outer(min(start, end)..<end).first { ["INTO", "USING"].contains(tokens[$0].word) } ?? end
        guard start < last else { return }
        // Within PL/pgSQL a name is that of a variable with text.
        if !syntax.isBody, start == range.lowerBound + 1, let name = name(at: start, before: end), let text = name.text {
            if !findings.prepared.contains(text) {
                findings.doubt(.evaluated, "EXECUTE runs \(text), and what was prepared under that name is not in view")
            }
            let scan = scan(name.next..<end, depth: depth, ScanStart(isQuery: false))
            return addReads(scan, in: range)
        }
        _ = runText(start..<last, "EXECUTE")
    }

    /// Text that is run as SQL. Returns whether all of it is known.
    private mutating func runText(_ range: Range<Int>, _ verb: String) -> Bool {
        if range.count == 1, let index = range.first, tokens[index].kind == .string, !tokens[index].hasHole {
            readText(content(index), isBody: false)
            return true
        }
        findings.doubt(.evaluated, "the SQL that \(verb) runs is only known when it runs: \(description(range, limit: 80))")
        if range.count == 1, let index = range.first, tokens[index].kind == .variable {
            // Once: many PREPAREs of one long text would take long.
            if let text = findings.assigned.removeValue(forKey: variable(index)) { readText(text, isBody: true) }
        } else {
            readText(joinedStrings(range), isBody: true)
        }
        return false
    }

    /// `'DR' || 'OP TABLE t'`, `concat('DROP ', 'TABLE t')`: what the strings give one after the other.
    func joinedStrings(_ range: Range<Int>) -> SQLText {
        var joined = SQLText()
        for index in range where tokens[index].kind == .string {
            let part = content(index)
            joined.append(part, 0..<part.bytes.count)
        }
        return joined
    }

    func variable(_ index: Int) -> String {
        String(decoding: text.bytes[tokens[index].start..<tokens[index].end].lazy.map(\.inLowerCase), as: UTF8.self)
    }

    mutating func call(_ range: Range<Int>, depth: Int) {
        let name = name(at: range.lowerBound + 1, before: range.upperBound)
        var names = Names()
        if let name { names.add(name.text) }
        add("CALL", "PROCEDURE", names, in: range)
        findings.doubt(.foreignCode, "CALL runs the procedure \(name?.text ?? "?"), which is not in view")
        let scan = scan(range, depth: depth, ScanStart(isQuery: false))
        addReads(scan, in: range)
    }
}
