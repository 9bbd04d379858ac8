/// Whether a condition can be false for one row and true for another.
///
/// `WHERE 1=1`, `WHERE true`, `WHERE id = 5 OR 'a' = 'a'` and `WHERE id = id` cannot. Limits: nothing is computed, so that `WHERE id > 0`,
/// `WHERE id IS NOT NULL` or `WHERE EXISTS (SELECT 1 FROM t)` count as conditions though every row may fulfil them.
extension SQLStatementReader {
    func dependsOnRow(_ condition: Range<Int>) -> Bool { value(of: condition, depth: 0) != .always }

    private enum Value { case always, never, depends }

    /// - Parameter depth: of parentheses that were taken off. What is nested deeper is not looked into.
    private func value(of range: Range<Int>, depth: Int) -> Value {
        guard depth < SQLBounds.nesting else { return .always }
        // `||` is OR in MySQL, and joins strings elsewhere: there it does not stand between conditions.
        let alternatives = split(range) { tokens[$0].word == "OR" || isDoubleBar($0, before: range.upperBound) }
        if alternatives.count > 1 {
            let values = alternatives.map { value(of: $0, depth: depth + 1) }
            return values.contains(.always) ? .always : values.contains(.depends) ? .depends : .never
        }
        let all = split(range) { tokens[$0].word == "AND" || isDoubleAmpersand($0, before: range.upperBound) }
        if all.count > 1 {
            let values = all.map { value(of: $0, depth: depth + 1) }
            return values.contains(.never) ? .never : values.contains(.depends) ? .depends : .always
        }
        guard let first = range.first else { return .always }
        if tokens[first].word == "NOT" || (tokens[first].isSymbol("!") && !isSymbol("=", first + 1, before: range.upperBound)) {
            return switch value(of: first + 1..<range.upperBound, depth: depth + 1) {
            case .always: .never
            case .never: .always
            case .depends: .depends
            }
        }
        if tokens[first].isSymbol("("), closing[first] == range.upperBound - 1 {
            return value(of: first + 1..<closing[first], depth: depth + 1)
        }
        return atom(range)
    }

    private func isDoubleBar(_ index: Int, before end: Int) -> Bool {
        syntax.dialect == .mysql && tokens[index].isSymbol("|") && isSymbol("|", index + 1, before: end)
    }

    private func isDoubleAmpersand(_ index: Int, before end: Int) -> Bool {
        syntax.dialect == .mysql && tokens[index].isSymbol("&") && isSymbol("&", index + 1, before: end)
    }

    private func split(_ range: Range<Int>, at isSeparator: (Int) -> Bool) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for index in outer(range) where index >= start && isSeparator(index) {
            parts.append(start..<index)
            start = min(range.upperBound, tokens[index].kind == .symbol ? index + 2 : index + 1)
        }
        parts.append(start..<range.upperBound)
        return parts
    }

    /// A comparison, a constant, or anything else without AND and OR.
    private func atom(_ range: Range<Int>) -> Value {
        guard let last = range.last else { return .always }
        // Cut short: by a word that was mistaken for the end of the condition.
        if tokens[last].kind == .symbol, !")]}".utf8.contains(tokens[last].symbol) { return .always }
        if comparesWithItself(range) { return .always }
        if range.contains(where: { isColumn($0, in: range) }) { return .depends }
        return isFalse(range) ? .never : .always
    }

    private static let constants: Set<String> = [
        "ALL", "AND", "ANY", "AS", "BETWEEN", "BINARY", "CASE", "CAST", "COLLATE", "CURRENT_DATE", "CURRENT_ROLE", "CURRENT_TIME",
        "CURRENT_TIMESTAMP", "CURRENT_USER", "DIV", "DISTINCT", "ELSE", "END", "ESCAPE", "EXISTS", "FALSE", "FROM", "GLOB",
        "ILIKE", "IN",
        "INTERVAL", "IS", "ISNULL", "LIKE", "LOCALTIME", "LOCALTIMESTAMP", "MATCH", "MOD", "NOT", "NOTNULL", "NULL", "OFF", "ON",
        "OR",
        "REGEXP", "RLIKE", "SELECT", "SESSION_USER", "SIMILAR", "SOME", "SYMMETRIC", "THEN", "TO", "TRUE", "UNKNOWN", "UNION",
        "VALUES",
        "WHEN", "XOR",
    ]

    private func isColumn(_ index: Int, in range: Range<Int>) -> Bool {
        let token = tokens[index]
        guard token.isName else { return false }
        if token.hasHole { return true }
        if token.kind == .word, Self.constants.contains(token.word) { return false }
        // A function's name, or that of a type: `date '2026-01-01'`, `1::int`, `CAST(1 AS int)`.
        if index + 1 < range.upperBound, tokens[index + 1].isSymbol("(") || tokens[index + 1].kind == .string { return false }
        guard index > range.lowerBound else { return true }
        let before = tokens[index - 1]
        // `1_000` and `0x1f`, numbers since PostgreSQL 16
        if before.kind == .number, before.end == token.start { return false }
        let isType = before.isSymbol(":") && before.end - before.start == 2
        return !isType && !["AS", "COLLATE"].contains(before.word)
    }

    /// `id = id`, `id <=> id`, `name LIKE name`.
    private func comparesWithItself(_ range: Range<Int>) -> Bool {
        let count = range.count
        guard count >= 3 else { return false }
        let middle = range.filter { index in
            let token = tokens[index]
            return ["LIKE", "ILIKE", "IS"].contains(token.word)
                || (token.kind == .symbol && [0x3C, 0x3D, 0x3E].contains(token.symbol))
        }
        guard let first = middle.first, let last = middle.last, last - first + 1 == middle.count, middle.count <= 3 else {
            return false
        }
        let left = range.lowerBound..<first
        let right = last + 1..<range.upperBound
        guard left.count == right.count, !left.isEmpty else { return false }
        let operation = text.bytes[tokens[first].start..<tokens[last].end]
        guard !operation.elementsEqual("<>".utf8), !operation.elementsEqual("<".utf8), !operation.elementsEqual(">".utf8) else {
            return false
        }
        return zip(left, right).allSatisfy { isSame($0, $1) }
    }

    private func isSame(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (tokens[left], tokens[right])
        guard first.kind == second.kind, !first.hasHole, !second.hasHole else { return false }
        let bytes = text.bytes[first.start..<first.end]
        let others = text.bytes[second.start..<second.end]
        guard first.kind == .word else { return bytes.elementsEqual(others) }
        return bytes.lazy.map(\.inLowerCase).elementsEqual(others.lazy.map(\.inLowerCase))
    }

    /// `false`, `null`, `0`, `1 = 0`.
    private func isFalse(_ range: Range<Int>) -> Bool {
        let first = tokens[range.lowerBound]
        if range.count == 1 {
            return ["FALSE", "NULL"].contains(first.word)
                || (first.kind == .number && text.bytes[first.start..<first.end].elementsEqual("0".utf8))
        }
        guard range.count == 3, tokens[range.lowerBound + 1].isSymbol("=") else { return false }
        let second = tokens[range.lowerBound + 2]
        let areNumbers = first.kind == .number && second.kind == .number
        // Only digits: 1 and 1.0 are the same, and so are 1 and 01.
        let left = text.bytes[first.start..<first.end]
        let right = text.bytes[second.start..<second.end]
        return areNumbers && left.allSatisfy(\.isSQLDigit) && right.allSatisfy(\.isSQLDigit)
            && !left.drop { $0 == UInt8(ascii: "0") }.elementsEqual(right.drop { $0 == UInt8(ascii: "0") })
    }
}
