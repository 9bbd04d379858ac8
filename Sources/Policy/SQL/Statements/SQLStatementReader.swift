/// Reads the tokens of one statement, up to its `;`: what kind it is, and which further statements are in it.
///
/// It does not check syntax: it finds the words that decide, at the places where they decide. What it makes of a text that the server would
/// refuse does no harm, since then nothing runs. It looks at each token a few times at most.
struct SQLStatementReader {
    let text: SQLText
    let tokens: [SQLToken]
    let syntax: SQLSyntax
    var findings: SQLFindings
    /// For each `(` the index of its `)`, or the count of the tokens.
    let closing: [Int]
    /// The names that `WITH` gives to queries, as often as they are in scope. They are no tables.
    var commonTables: [String: Int] = [:]

    init(text: SQLText, tokens: [SQLToken], syntax: SQLSyntax, findings: SQLFindings) {
        self.text = text
        self.tokens = tokens
        self.syntax = syntax
        self.findings = findings
        var closing = Array(repeating: tokens.count, count: tokens.count)
        var open: [Int] = []
        for (index, token) in tokens.enumerated() where token.kind == .symbol {
            if token.isSymbol("(") {
                open.append(index)
            } else if token.isSymbol(")"), let start = open.popLast() {
                closing[start] = index
            }
        }
        self.closing = closing
    }

    mutating func read() {
        if syntax.isBody { return procedural(0..<tokens.count, depth: 0) }
        statement(0..<tokens.count, depth: 0)
    }

    /// - Parameter range: from its first word to the end of the text or of the parentheses around it.
    mutating func statement(_ range: Range<Int>, depth: Int) {
        guard let head = range.first.map({ tokens[$0] }), !findings.isFull else { return }
        guard depth < SQLBounds.nesting else {
            return findings.doubt(.tooLarge, "statements are nested deeper than is looked at")
        }
        if head.isSymbol("(") { return parenthesised(range, depth: depth) }
        guard head.kind == .word else {
            if !syntax.isBody, !head.hasHole {
                findings.doubt(.syntax, "no statement begins with \(description(range, limit: 60))")
            }
            return
        }
        // The doubt about the hole stands for whatever statement this is. It may be empty.
        guard !head.hasHole else { return behindHole(range, depth: depth) }
        switch head.word {
        // PERFORM is PL/pgSQL's SELECT.
        case "SELECT", "PERFORM", "FROM", "TABLE", "VALUES": query(range, depth: depth)
        case "WITH": with(range, depth: depth)
        case "INSERT", "REPLACE", "UPSERT": insert(range, depth: depth)
        case "UPDATE": update(range, depth: depth)
        case "DELETE": delete(range, depth: depth)
        case "MERGE": merge(range, depth: depth)
        case "CREATE": create(range, depth: depth)
        case "DROP": drop(range, depth: depth)
        case "ALTER": alter(range, depth: depth)
        case "TRUNCATE": truncate(range)
        case "RENAME": rename(range)
        case "GRANT", "REVOKE": grant(range)
        case "COPY": copy(range, depth: depth, byClient: false)
        case "LOAD": load(range, depth: depth)
        case "EXPLAIN", "ANALYZE", "ANALYSE", "DESCRIBE", "DESC": explain(range, depth: depth)
        case "PREPARE": prepare(range, depth: depth)
        case "EXECUTE", "EXEC": execute(range, depth: depth)
        case "DO": anonymousBlock(range, depth: depth)
        case "CALL": call(range, depth: depth)
        case "SET": set(range, depth: depth)
        case "BEGIN", "END": block(range, depth: depth)
        default: other(range, depth: depth)
        }
    }

    /// `$x DROP TABLE t`
    private mutating func behindHole(_ range: Range<Int>, depth: Int) {
        guard let next = range.first(where: { !tokens[$0].hasHole }), Self.statementHeads.contains(tokens[next].word) else {
            return
        }
        statement(next..<range.upperBound, depth: depth + 1)
    }

    /// `(SELECT …) UNION (SELECT …)`, or a statement with parentheses too many.
    private mutating func parenthesised(_ range: Range<Int>, depth: Int) {
        let inner = range.drop { tokens[$0].isSymbol("(") }
        let isChange = inner.first.map { !["SELECT", "VALUES", "TABLE"].contains(tokens[$0].word) } ?? true
        guard isChange else { return query(range, depth: depth) }
        let end = min(closing[range.lowerBound], range.upperBound)
        statement(range.lowerBound + 1..<end, depth: depth + 1)
    }
}

// MARK: - Looking at tokens

extension SQLStatementReader {
    func word(_ index: Int, before end: Int) -> String { index < end ? tokens[index].word : "" }

    func isSymbol(_ character: Unicode.Scalar, _ index: Int, before end: Int) -> Bool {
        index < end && tokens[index].isSymbol(character)
    }

    /// The indices of the tokens that are in no parentheses of the range.
    func outer(_ range: Range<Int>) -> OuterIndices { OuterIndices(range: range, tokens: tokens, closing: closing) }

    struct OuterIndices: Sequence, IteratorProtocol {
        private var following: Int
        private let end: Int
        private let tokens: [SQLToken]
        private let closing: [Int]

        init(range: Range<Int>, tokens: [SQLToken], closing: [Int]) {
            following = range.lowerBound
            end = range.upperBound
            self.tokens = tokens
            self.closing = closing
        }

        /// The `(` itself is one of them, what is behind it up to and with its `)` is not.
        mutating func next() -> Int? {
            guard following < end else { return nil }
            defer { following = tokens[following].isSymbol("(") ? closing[following] + 1 : following + 1 }
            return following
        }
    }

    func description(_ range: Range<Int>, limit: Int = 200) -> String {
        guard let first = range.first else { return "" }
        return text.description(tokens[first].start..<tokens[range.upperBound - 1].end, limit: limit)
    }

    /// Whether a name or a keyword in it is only known when it runs. In strings it does not matter here.
    func hasUnknownName(_ range: Range<Int>) -> Bool {
        tokens[range].contains { $0.hasHole && $0.kind != .string }
    }

    func content(_ index: Int) -> SQLText { SQLLiteral(text: text, dialect: syntax.dialect).content(of: tokens[index]) }
}
