/// The part of a statement behind its first words: what it reads, its WHERE, and the changes in its parentheses.
extension SQLStatementReader {
    /// What a scan came upon.
    struct Scan {
        /// Tables behind FROM and JOIN, at any depth.
        var reads = Names()
        /// A query is in it, with or without a table.
        var selects = false
        /// The tokens of the statement's own condition.
        var condition: Range<Int>?
        /// The statement's own INTO.
        var into: Int?
        /// `ON CONFLICT … DO UPDATE`, `ON DUPLICATE KEY UPDATE`.
        var updatesOnConflict = false
        /// What tables are called in it. Only where asked for.
        var aliases: [String: String] = [:]
    }

    struct ScanStart {
        /// FROM begins a list of tables. Not where it is part of an expression, or of `COPY … FROM`.
        var isQuery = true
        /// A table comes first.
        var expectsTable = false
        /// `DELETE FROM a USING b`, `MERGE INTO a USING b`; elsewhere USING names columns.
        var usingNamesTables = false
        var wantsAliases = false
    }

    /// What is known of one pair of parentheses, or of the statement itself.
    private struct Level {
        var isQuery: Bool
        var isInTableList = false
        var expectsTable = false
    }

    mutating func scan(_ range: Range<Int>, depth: Int, _ start: ScanStart = ScanStart()) -> Scan {
        var scan = Scan()
        var levels = [Level(isQuery: start.isQuery, isInTableList: start.expectsTable, expectsTable: start.expectsTable)]
        var conditionStart: Int?
        var index = range.lowerBound
        while index < range.upperBound, !findings.isFull {
            let token = tokens[index]
            let last = levels.count - 1
            if token.isSymbol("(") {
                index = open(index, in: range, depth: depth, &scan, &levels)
                continue
            }
            if levels[last].expectsTable, token.isName || token.kind == .string,
                let next = table(at: index, in: range, &scan, start)
            {
                levels[last].expectsTable = false
                index = next
                continue
            }
            if token.kind == .symbol {
                if token.isSymbol(")"), levels.count > 1 { levels.removeLast() }
                if token.isSymbol(","), levels[last].isInTableList { levels[last].expectsTable = true }
            } else if token.isName {
                lookAtFunction(index, in: range)
                if token.kind == .word, !follows(".", index, in: range) {
                    if last == 0, let conditionBegan = conditionStart, scan.condition == nil,
                        Self.afterCondition.contains(token.word)
                    {
                        scan.condition = conditionBegan..<index
                    }
                    keyword(index, in: range, start, &scan, &levels[last], isOuter: last == 0)
                    if last == 0, token.word == "WHERE", conditionStart == nil { conditionStart = index + 1 }
                }
            }
            index += 1
        }
        if let conditionStart, scan.condition == nil { scan.condition = conditionStart..<range.upperBound }
        return scan
    }

    /// Behind a condition. Only such as no column is called without quotes, or a condition could be cut before its `OR 1=1`.
    private static let afterCondition: Set<String> = [
        "EXCEPT", "GROUP", "HAVING", "INTERSECT", "INTO", "LIMIT", "ON", "ORDER", "RETURNING", "UNION",
    ]

    private static let beforeNewTable: Set<String> = ["INTO", "TEMP", "TEMPORARY", "UNLOGGED", "LOCAL", "GLOBAL", "LOCK", "WITH"]

    private mutating func keyword(
        _ index: Int, in range: Range<Int>, _ start: ScanStart, _ scan: inout Scan, _ level: inout Level, isOuter: Bool
    ) {
        switch tokens[index].word {
        case "SELECT":
            if isOuter || level.isQuery {
                level = Level(isQuery: true)
                scan.selects = true
            }
        case "FROM":
            guard level.isQuery, !isDistinctFrom(index, in: range) else { return }
            level.isInTableList = true
            level.expectsTable = true
        case "JOIN", "STRAIGHT_JOIN":
            guard previous(index, in: range) != "FOR" else { return }
            level.isInTableList = true
            level.expectsTable = true
        case "USING":
            guard start.usingNamesTables, isOuter else { return }
            level.isInTableList = true
            level.expectsTable = true
        case "TABLE":
            // `… UNION TABLE t`, `INSERT INTO a TABLE t`, `CREATE TABLE a AS TABLE t`; not `INTO TEMP TABLE a`.
            let before = previous(index, in: range)
            let isQuery = before == "AS" || (level.isQuery && !Self.beforeNewTable.contains(before))
            guard isQuery, index + 1 < range.upperBound, tokens[index + 1].isName else { return }
            level.expectsTable = true
            scan.selects = true
        case "INTO":
            if isOuter, scan.into == nil { scan.into = index }
        case "UPDATE":
            if isOuter, ["DO", "KEY"].contains(previous(index, in: range)) { scan.updatesOnConflict = true }
        case "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "WINDOW", "UNION", "EXCEPT", "INTERSECT", "RETURNING", "SET", "VALUES":
            // `FROM a USE INDEX FOR ORDER BY (i), b`
            guard previous(index, in: range) != "FOR" else { return }
            level.isInTableList = false
            level.expectsTable = false
        default: break
        }
    }

    /// Stands at a `(`. Returns where to go on: inside, or behind a change that was read as a statement of its own.
    private mutating func open(
        _ index: Int, in range: Range<Int>, depth: Int, _ scan: inout Scan, _ levels: inout [Level]
    ) -> Int {
        let last = levels.count - 1
        let expectsTable = levels[last].expectsTable
        levels[last].expectsTable = false
        if beginsChange(index + 1, before: range.upperBound) {
            let end = min(closing[index], range.upperBound)
            statement(index + 1..<end, depth: depth + 1)
            return min(end + 1, range.upperBound)
        }
        switch word(index + 1, before: range.upperBound) {
        case "SELECT", "VALUES":
            scan.selects = true
            levels.append(Level(isQuery: true))
        case "TABLE" where index + 2 < range.upperBound && tokens[index + 2].isName:
            scan.selects = true
            levels.append(Level(isQuery: true, expectsTable: true))
            return index + 2
        case "FROM" where expectsTable:
            scan.selects = true
            levels.append(Level(isQuery: true))
        default:
            levels.append(Level(isQuery: false, isInTableList: expectsTable, expectsTable: expectsTable))
        }
        return index + 1
    }

    /// Whether a statement begins here that changes data, or a `WITH` that can hold one. Names can be called as those words are.
    private func beginsChange(_ index: Int, before end: Int) -> Bool {
        guard index + 1 < end else { return false }
        let next = tokens[index + 1]
        switch tokens[index].word {
        case "DELETE": return next.word == "FROM" || next.hasHole
        case "INSERT", "REPLACE", "MERGE": return next.word == "INTO" || next.word == "OR" || next.hasHole
        case "UPDATE", "WITH": return next.isName
        default: return false
        }
    }

    /// Stands where a table is expected. Nil where there is none: at a word that only leads to one.
    private mutating func table(at index: Int, in range: Range<Int>, _ scan: inout Scan, _ start: ScanStart) -> Int? {
        let end = range.upperBound
        // `FROM ROWS FROM (f())`, and `{ OJ a LEFT JOIN b }` of ODBC
        if word(index, before: end) == "ROWS", word(index + 1, before: end) == "FROM" { return nil }
        if word(index, before: end) == "OJ", follows("{", index, in: range) { return nil }
        guard let name = name(at: index, before: end) else { return nil }
        guard !isSymbol("(", name.next, before: end) else {
            lookAtFunction(name.next - 1, in: range, isTable: true)
            return name.next
        }
        if let text = name.text, commonTables[text, default: 0] > 0 { return name.next }
        scan.reads.add(name.text)
        guard start.wantsAliases, let text = name.text else { return name.next }
        let alias = word(name.next, before: end) == "AS" ? name.next + 1 : name.next
        if let alias = self.name(at: alias, before: end)?.text { scan.aliases[alias] = text }
        return name.next
    }

    func previous(_ index: Int, in range: Range<Int>) -> String { index > range.lowerBound ? tokens[index - 1].word : "" }

    private func follows(_ character: Unicode.Scalar, _ index: Int, in range: Range<Int>) -> Bool {
        index > range.lowerBound && tokens[index - 1].isSymbol(character)
    }

    /// `IS [NOT] DISTINCT FROM`, an operator.
    private func isDistinctFrom(_ index: Int, in range: Range<Int>) -> Bool {
        index >= range.lowerBound + 2 && tokens[index - 1].word == "DISTINCT" && ["IS", "NOT"].contains(tokens[index - 2].word)
    }
}
