/// Reads a text as the client does: statement by statement, obeying the client's own commands between and within them.
///
/// One reading under one syntax. `SQLReader` makes several where it is doubtful which is right, and puts them together.
struct SQLScript {
    let text: SQLText
    let syntax: SQLSyntax
    var lexer: SQLLexer
    /// Of the statement that is being read.
    var tokens: [SQLToken] = []
    var findings: SQLFindings
    /// Lines were taken for the data of a COPY.
    private(set) var skippedData = false
    /// How often SQL follows a command of psql in its line.
    var linesBehindCommands = 0
    /// The end of the last line with a command of psql in it.
    var lineWithCommand: Int?
    /// The text ends inside of a statement, a comment or a quote.
    private(set) var isUnfinished = false
    /// A part of the text without a newline, up to one.
    private var line: Range<Int>?

    init(_ text: SQLText, _ syntax: SQLSyntax, findings: SQLFindings = SQLFindings()) {
        self.text = text
        self.syntax = syntax
        self.findings = findings
        lexer = SQLLexer(text, syntax)
    }

    mutating func run() {
        while !findings.isFull {
            lexer.isAtStatementStart = tokens.isEmpty && syntax.obeysClientCommands
            if obeysLineCommand() { continue }
            guard let token = lexer.next() else { break }
            switch token.kind {
            case .separator: finish(at: token.start)
            case .backslash: obeyBackslash(at: token.start)
            default:
                if syntax.endsStatementsWithLines, let last = tokens.last, text.bytes[last.end..<token.start].contains(0x0A) {
                    finish(at: last.end)
                }
                if isTerminatorLine(token) { finish(at: token.start) } else { tokens.append(token) }
            }
        }
        isUnfinished = !tokens.isEmpty || isOpen
        finish(at: lexer.position)
        if lexer.openVersionComments > 0 { lexer.oddities.insert(.openComment) }
        if !syntax.isBody { doubtOddities() }
    }

    /// Ends the statement: with a `;`, the end of the text, or a command that sends it.
    mutating func finish(at end: Int) {
        guard !tokens.isEmpty, !findings.isFull else { return }
        if syntax.obeysClientCommands, syntax.dialect == .mysql, obeysMySQLStatement(endingAt: end) { return tokens.removeAll() }
        var reader = SQLStatementReader(text: text, tokens: tokens, syntax: syntax, findings: findings.take())
        reader.read()
        findings = reader.findings.take()
        let isCopy = tokens[0].word == "COPY" && tokens.contains { $0.word == "STDIN" }
        tokens.removeAll(keepingCapacity: true)
        if isCopy { skipCopyData() }
    }

    private mutating func obeysLineCommand() -> Bool {
        guard syntax.obeysClientCommands else { return false }
        switch syntax.dialect {
        case .mysql where tokens.isEmpty || syntax.namesCommandsAnywhere:
            lexer.skipSpaceAndComments()
            return obeysMySQLLine()
        case .sqlite where tokens.isEmpty:
            lexer.skipSpaceAndComments()
            return obeysDotCommand()
        default: return false
        }
    }

    private mutating func obeyBackslash(at start: Int) {
        if syntax.dialect == .mysql { obeyMySQLBackslash(at: start) } else { obeyPsqlCommand(at: start) }
    }

    // MARK: - Lines

    /// Where the line ends: at its newline, or with the text. With the text also where the client takes it as one command.
    ///
    /// Remembered, since one line can hold thousands of commands that ask.
    mutating func lineEnd(from start: Int) -> Int {
        if syntax.isOneCommand { return lexer.end }
        if let line, line.lowerBound <= start, start <= line.upperBound { return line.upperBound }
        let end = text.bytes[start..<lexer.end].firstIndex(of: 0x0A) ?? lexer.end
        line = start..<end
        return end
    }

    /// Nothing but white space is before it in its line.
    func isFirstInLine(_ index: Int) -> Bool {
        let before = text.bytes[..<index]
        let start = before.lastIndex { !($0.isSQLSpace && $0 != 0x0A) }
        return start.map { text.bytes[$0] == 0x0A } ?? true
    }

    /// sqlite3 takes a line of `go` or `/` for a semicolon.
    private mutating func isTerminatorLine(_ token: SQLToken) -> Bool {
        guard syntax.dialect == .sqlite, token.word == "GO" || token.isSymbol("/"), isFirstInLine(token.start) else {
            return false
        }
        return text.bytes[token.end..<lineEnd(from: token.end)].allSatisfy(\.isSQLSpace)
    }

    /// psql reads data from where it reads commands, up to a line of `\.`.
    mutating func skipCopyData() {
        guard syntax.skipsCopyData, syntax.obeysClientCommands, syntax.interpolates, syntax.dialect == .postgres else { return }
        let lineEnd = lineEnd(from: lexer.position)
        // What follows on the line is run after the data; that is left to the reading in which the data are SQL.
        let rest = text.bytes[lexer.position..<lineEnd].drop { $0.isSQLSpace }
        guard rest.isEmpty || rest.starts(with: "--".utf8) else { return }
        skippedData = true
        var start = min(lineEnd + 1, lexer.end)
        while start < lexer.end {
            let end = text.bytes[start..<lexer.end].firstIndex(of: 0x0A) ?? lexer.end
            let line = text.bytes[start..<end]
            start = min(end + 1, lexer.end)
            if line.elementsEqual(#"\."#.utf8) || line.elementsEqual("\\.\r".utf8) { break }
        }
        lexer.position = start
    }

    private var isOpen: Bool {
        lexer.openVersionComments > 0 || !lexer.oddities.isDisjoint(with: [.openString, .openComment, .openName])
    }

    // MARK: - Doubts

    /// That something has no end. Said of a text that goes on, it is no doubt.
    static let openEnds = Set(sentences.filter { $0.1 == .syntax }.map(\.2))

    private static let sentences: [(SQLLexer.Oddities, Doubt.Kind, String)] = [
        (.openString, .syntax, "a string in the SQL has no end"),
        (.openComment, .syntax, "a comment in the SQL has no end"),
        (.openName, .syntax, "a quoted name in the SQL has no end"),
        (.nul, .dialect, "a NUL byte is in the SQL, and clients differ in whether they read on"),
        (.nestedVersionComment, .dialect, "comments that some servers run are nested in the SQL"),
        (.oddSpace, .dialect, "white space is in the SQL that servers do not take for it"),
        (.oddComment, .dialect, "a comment in the SQL is one to the server only, or to the client only"),
        (.oddDelimiter, .dialect, "the delimiter of statements is unusual, so that it is not known where they end"),
        (.unsettled, .dialect, "whether psql keeps or drops part of a statement depends on how its commands end"),
        (.oddCommand, .dialect, "a command of mysql has a quote behind it, which only some versions take for part of it"),
        (.oddName, .dialect, "a backslash is in a quoted name of the SQL, which only some clients of MySQL take for an escape"),
        (.oddNumber, .dialect, "an exponent without digits is in the SQL, which psql and its server cut differently"),
        (.interpolation, .evaluated, "a variable of psql is in the SQL, and can hold any"),
    ]

    private mutating func doubtOddities() {
        for (oddity, kind, sentence) in Self.sentences where lexer.oddities.contains(oddity) { findings.doubt(kind, sentence) }
    }
}
