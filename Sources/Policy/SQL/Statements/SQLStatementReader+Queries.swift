/// SELECT, VALUES, TABLE and WITH.
extension SQLStatementReader {
    /// - Parameter range: may begin with parentheses: `(SELECT …) UNION …`.
    mutating func query(_ range: Range<Int>, depth: Int) {
        let head = range.first { !tokens[$0].isSymbol("(") } ?? range.lowerBound
        // `TABLE t` is `SELECT * FROM t`; ClickHouse and DuckDB begin with FROM.
        let isTable = tokens[head].word == "TABLE"
        let scan = scan(isTable ? head + 1..<range.upperBound : range, depth: depth, ScanStart(expectsTable: isTable))
        if tokens[head].word == "VALUES", !scan.selects { return add("VALUES", nil, scan.reads, in: range) }
        let target = scan.into.flatMap { writes($0, before: range.upperBound) }
        add("SELECT", target.map { "INTO \($0.object)" }, scan.reads, in: range)
        guard let target else { return }
        add("SELECT INTO", target.object, target.names, in: range)
        if target.object == "TABLE" { add("CREATE", "TABLE", target.names, in: range) }
    }

    /// What `SELECT … INTO` writes, if it is not into variables.
    private mutating func writes(_ into: Int, before end: Int) -> (object: String, names: Names)? {
        let what = word(into + 1, before: end)
        switch what {
        case "OUTFILE", "DUMPFILE":
            guard into + 2 < end, tokens[into + 2].kind == .string else { return (what, Names()) }
            findings.opens(content(into + 2), .write)
            return (what, Names())
        default:
            // In MySQL, and in the body of a function, what stands there is a variable.
            guard syntax.dialect == .postgres, !syntax.isBody else { return nil }
            let start = skip(["TEMP", "TEMPORARY", "UNLOGGED", "LOCAL", "GLOBAL", "TABLE"], from: into + 1, before: end)
            guard let name = name(at: start, before: end) else { return nil }
            var names = Names()
            names.add(name.text)
            return ("TABLE", names)
        }
    }

    /// A SELECT beside another statement, for what that reads.
    mutating func addReads(_ scan: Scan, in range: Range<Int>) {
        guard scan.selects || !scan.reads.texts.isEmpty || scan.reads.hasUnknown else { return }
        add("SELECT", nil, scan.reads, in: range)
    }

    // MARK: - WITH

    private static let afterWith: Set<String> = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "VALUES", "TABLE"]

    /// `WITH [RECURSIVE] name [(columns)] AS [[NOT] MATERIALIZED] (statement), … statement`.
    ///
    /// A name hides a table of that name from what stands behind it, and with RECURSIVE from its own query too.
    mutating func with(_ range: Range<Int>, depth: Int) {
        let end = range.upperBound
        var index = range.lowerBound + 1
        let isRecursive = word(index, before: end) == "RECURSIVE"
        if isRecursive { index += 1 }
        var scopes: [String] = []
        defer { for scope in scopes { commonTables[scope, default: 1] -= 1 } }
        var expectsName = true
        while index < end {
            let token = tokens[index]
            if expectsName {
                expectsName = false
                if let name = name(at: index, before: end) {
                    let body = queryBody(from: name.next, before: end)
                    if isRecursive, let text = name.text { enter(text, &scopes) }
                    if let body { commonTable(body, depth: depth) }
                    if !isRecursive, let text = name.text { enter(text, &scopes) }
                    index = body.map { min(end, $0.upperBound + 1) } ?? name.next
                    continue
                }
            }
            if token.isSymbol("(") {
                // The main statement in parentheses, or a form that is not known here.
                if index + 1 < end, Self.afterWith.contains(tokens[index + 1].word) || tokens[index + 1].isSymbol("(") {
                    return statement(index..<end, depth: depth + 1)
                }
                index = closing[index]
            } else if token.isSymbol(",") {
                expectsName = true
            } else if Self.afterWith.contains(token.word) {
                return statement(index..<end, depth: depth + 1)
            }
            index += 1
        }
        // ClickHouse has `WITH 1 AS x SELECT`; here nothing was found that runs.
        if !syntax.isBody, !hasUnknownName(range) {
            findings.doubt(.syntax, "it is not known what this runs: \(description(range, limit: 80))")
        }
    }

    private mutating func enter(_ name: String, _ scopes: inout [String]) {
        scopes.append(name)
        commonTables[name, default: 0] += 1
    }

    /// What is in the parentheses behind AS.
    private func queryBody(from start: Int, before end: Int) -> Range<Int>? {
        var index = start
        // The columns.
        if isSymbol("(", index, before: end) { index = closing[index] + 1 }
        guard word(index, before: end) == "AS" else { return nil }
        index = skip(["AS", "NOT", "MATERIALIZED"], from: index, before: end)
        guard isSymbol("(", index, before: end) else { return nil }
        return index + 1..<max(index + 1, min(closing[index], end))
    }

    private mutating func commonTable(_ body: Range<Int>, depth: Int) { statement(body, depth: depth + 1) }
}
