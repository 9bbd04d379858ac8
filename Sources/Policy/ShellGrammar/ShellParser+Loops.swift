extension ShellParser {
    /// `for x in a b; do …`, `for x; do …`, `for ((…)) …`, zsh's `for x (a b) …`, and `select`.
    mutating func readIteration(_ keyword: String) -> CompoundCommand {
        advance(keyword.utf8.count)
        skipBlanks()
        let changes = directoryChanges
        if keyword == "for", peek() == UInt8(ascii: "("), peek(1) == UInt8(ascii: "("), dialect != .posix {
            advance(2)
            let expressions = readArithmetic(.parentheses)
            skipBlanks()
            if peek() == UInt8(ascii: ";") { advance() }
            let body = readLoopBody(takesOneCommand: true)
            let count = WordNode(
                parts: [.expansion(Expansion(kind: .arithmetic(expressions), source: ""), isQuoted: true)], source: "")
            return .loop(condition: nil, words: [count], body: body, changesDirectory: directoryChanges > changes)
        }
        let names = readLoopNames()
        var words: [WordNode]?
        if peek() == UInt8(ascii: "("), dialect != .posix {
            advance()
            words = readWordsInParentheses()
            let body = readLoopBody(takesOneCommand: true)
            return .iteration(names: names, words: words, body: body, changesDirectory: directoryChanges > changes)
        }
        if peek() == UInt8(ascii: ";") {
            advance()
        } else {
            skipLines()
            if peekPlainWord() == "in" {
                advance(2)
                words = readWordsToSeparator()
            }
        }
        let body = readLoopBody(takesOneCommand: dialect.isZsh)
        return .iteration(names: names, words: words, body: body, changesDirectory: directoryChanges > changes)
    }

    /// The name of the variable; zsh takes several.
    private mutating func readLoopNames() -> [String] {
        var names: [String] = []
        while true {
            skipBlanks()
            if !names.isEmpty, ["in", "do", "{"].contains(peekPlainWord()) { return names }
            guard let word = readWord(.plain) else {
                if names.isEmpty { complain("a name", mayFollow: false) }
                return names
            }
            // bash finds out that it is no name when it runs the loop, that is never.
            if !names.isEmpty, !dialect.isZsh { complain("`in`") }
            names.append(String(decoding: word.plainText ?? [], as: UTF8.self))
        }
    }

    private mutating func readWordsToSeparator() -> [WordNode] {
        var words: [WordNode] = []
        while true {
            skipBlanks()
            guard let word = readWord(.plain) else { break }
            words.append(word)
        }
        switch peek() {
        case UInt8(ascii: ";"): advance()
        case UInt8(ascii: "\n"): skipLines()
        default: complain("`;`")
        }
        return words
    }

    /// Behind the opening parenthesis: words, newlines and comments, over the closing one.
    mutating func readWordsInParentheses() -> [WordNode] {
        let start = position
        var words: [WordNode] = []
        divergences.insert(.fish)
        while true {
            skipLines()
            if let word = readWord(.element) {
                words.append(word)
            } else if take(")") {
                return words
            } else if isAtEnd {
                complain("`)`", at: start)
                return words
            } else {
                complain("a word")
                advance()
            }
        }
    }

    /// zsh's `repeat n …` and `foreach x (…) … end`; in the other shells these are programs.
    ///
    /// The body of `foreach` is not read here: its commands follow like any others, and `end` is one that does nothing.
    mutating func readForeignLoop(_ keyword: String) -> CompoundCommand? {
        let start = position
        let changes = directoryChanges
        advance(keyword.utf8.count)
        skipBlanks()
        if keyword == "repeat" {
            guard let count = readWord(.plain) else {
                position = start
                return nil
            }
            skipBlanks()
            if peek() == UInt8(ascii: ";") { advance() }
            let body = readLoopBody(takesOneCommand: true)
            return .loop(condition: nil, words: [count], body: body, changesDirectory: directoryChanges > changes)
        }
        guard let name = peekPlainWord() else {
            position = start
            return nil
        }
        advance(name.utf8.count)
        skipBlanks()
        let words: [WordNode]
        if take("(") {
            words = readWordsInParentheses()
        } else if peekPlainWord() == "in" {
            advance(2)
            words = readWordsToSeparator()
        } else {
            position = start
            return nil
        }
        return .iteration(names: [name], words: words, body: CommandList(), changesDirectory: false)
    }

    /// `case word in (pattern | pattern) … ;; esac`
    mutating func readSelection() -> CompoundCommand? {
        let start = position
        advance(4)
        skipBlanks()
        let subject = readWord(.plain)
        if subject == nil { complain("a word") }
        skipLines()
        let isBraced = dialect != .posix && peekPlainWord() == "{"
        if isBraced { advance() } else { expect("in") }
        var clauses: [(patterns: [WordNode], body: CommandList)] = []
        while true {
            skipLines()
            if peekPlainWord() == (isBraced ? "}" : "esac") {
                advance(isBraced ? 1 : 4)
                break
            }
            if isAtEnd {
                complain("`esac`", at: start)
                break
            }
            let before = position
            let patterns = readPatterns()
            let body = readList()
            clauses.append((patterns, body))
            let isEnded = takeClauseEnd()
            skipLines()
            if !isEnded, !isAtEnd, peekPlainWord() != (isBraced ? "}" : "esac") { complain("`;;`") }
            if position == before { advance() }
        }
        return .selection(subject: subject ?? WordNode(parts: [], source: ""), clauses: clauses)
    }

    private mutating func readPatterns() -> [WordNode] {
        if peek() == UInt8(ascii: "(") { advance() }
        var patterns: [WordNode] = []
        while true {
            skipBlanks()
            guard let pattern = readWord(.pattern) else {
                complain("a pattern")
                break
            }
            patterns.append(pattern)
            skipBlanks()
            guard peek() == UInt8(ascii: "|") else { break }
            advance()
        }
        if !take(")") { complain("`)`") }
        return patterns
    }

    /// `;;`, `;&`, `;;&` of bash, `;|` of zsh.
    private mutating func takeClauseEnd() -> Bool {
        guard peek() == UInt8(ascii: ";") else { return false }
        let second = peek(1)
        guard second == UInt8(ascii: ";") || second == UInt8(ascii: "&") || second == UInt8(ascii: "|") else { return false }
        advance(2)
        if second == UInt8(ascii: ";"), peek() == UInt8(ascii: "&") { advance() }
        return true
    }
}

extension AndOrList {
    /// zsh's `foreach`, whose body is still to be read.
    var isForeach: Bool {
        guard case .compound(.iteration(_, _, let body, _), _)? = first.elements.first, rest.isEmpty else { return false }
        return body.items.isEmpty
    }
}
