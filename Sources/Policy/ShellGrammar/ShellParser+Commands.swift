extension ShellParser {
    /// One element of a pipeline, with what stands in it and its redirections; nil where no command starts.
    mutating func readCommand() -> CommandNode? {
        skipBlanks()
        guard enter() else { return nil }
        defer { leave() }
        if closerLength() != nil { return nil }
        if let compound = readCompound() { return .compound(compound, readRedirections()) }
        return readSimpleCommand()
    }

    private mutating func readCompound() -> CompoundCommand? {
        // fish ends all of its blocks with `end`: what is a reserved word here is only a word in front of a command there.
        if dialect == .fish { return nil }
        let first = peek()
        if first == UInt8(ascii: "(") { return readParentheses() }
        if first == UInt8(ascii: "{"), dialect.isZsh { return readGroup() }
        guard first.isLetter || first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let word = peekPlainWord() else {
            return nil
        }
        switch word {
        case "{": return readGroup()
        case "if": return readConditional()
        case "while", "until": return readLoop()
        case "for", "select": return readIteration(word)
        case "case": return readSelection()
        case "[[":
            divergences.insert(.posix)
            return dialect == .posix ? nil : readTest()
        case "function": return dialect == .posix ? nil : readFunctionKeyword()
        case "in":
            if !dialect.isZsh { complain("a command") }
            return nil
        case "coproc": return dialect == .posix ? nil : readCoprocess()
        case "repeat", "foreach": return dialect == .posix ? nil : readForeignLoop(word)
        default: return nil
        }
    }

    /// `(…)`, `((…))`, and zsh's `() { … }`.
    private mutating func readParentheses() -> CompoundCommand? {
        if peek(1) == UInt8(ascii: "("), dialect != .posix {
            divergences.insert(.posix)
            if closingParenthesis(from: position + 2) == nil {
                advance(2)
                return .arithmetic(readArithmetic(.parentheses))
            }
        }
        let start = position
        advance()
        skipBlanks()
        if peek() == UInt8(ascii: ")"), dialect != .posix {
            advance()
            return readFunctionBody(names: [], isCalled: true)
        }
        let isDouble = dialect == .posix && peek() == UInt8(ascii: "(") && text[position - 1] == UInt8(ascii: "(")
        if isDouble { doubleParentheses += 1 }
        let list = readCommands()
        if isDouble { doubleParentheses -= 1 }
        if !take(")") { complain("`)`", at: start) }
        return .subshell(list)
    }

    /// `{ …; }`, with zsh's `always { …; }`.
    mutating func readGroup() -> CompoundCommand {
        let list = readBraces()
        let before = position
        skipBlanks()
        guard dialect != .posix, peekPlainWord() == "always" else {
            position = before
            return .group(list)
        }
        advance(6)
        skipLines()
        guard peekPlainWord() == "{" || dialect.isZsh && peek() == UInt8(ascii: "{") else {
            complain("`{`")
            return .group(list)
        }
        return .always(list, readBraces())
    }

    /// From `{` over `}`.
    mutating func readBraces() -> CommandList {
        let start = position
        advance()
        let list = readCommands()
        if closerLength() == 1 { advance() } else { complain("`}`", at: start) }
        return list
    }

    private mutating func readConditional() -> CompoundCommand {
        var branches: [(condition: CommandList?, body: CommandList)] = []
        let start = position
        advance(2)
        while true {
            let condition = readCommands(endsAtBrace: true)
            let isBraced = peekPlainWord() == "{"
            let body = isBraced ? readBraces() : readThen()
            branches.append((condition, body))
            if isBraced { skipBlanks() }
            switch peekPlainWord() {
            case "elif":
                advance(4)
                continue
            case "else":
                advance(4)
                skipLines()
                let isBraced = isBraced && peekPlainWord() == "{"
                branches.append((nil, isBraced ? readBraces() : readCommands()))
                if isBraced { return .conditional(branches) }
            default:
                if isBraced { return .conditional(branches) }
            }
            if peekPlainWord() == "fi" { advance(2) } else { complain("`fi`", at: start) }
            return .conditional(branches)
        }
    }

    private mutating func readThen() -> CommandList {
        expect("then")
        return readCommands()
    }

    private mutating func readLoop() -> CompoundCommand {
        advance(5)
        let changes = directoryChanges
        let condition = readCommands(endsAtBrace: true)
        let body = readLoopBody()
        return .loop(condition: condition, words: [], body: body, changesDirectory: directoryChanges > changes)
    }

    /// `do …; done`, or `{ …; }` as all but POSIX take it; zsh also takes a single command.
    mutating func readLoopBody(takesOneCommand: Bool = false) -> CommandList {
        skipLines()
        let start = position
        switch peekPlainWord() {
        case "do":
            advance(2)
            let list = readCommands()
            if peekPlainWord() == "done" { advance(4) } else { complain("`done`", at: start) }
            return list
        case "{" where dialect != .posix: return readBraces()
        default:
            guard takesOneCommand, dialect != .posix, let command = readCommand() else {
                if !dialect.isZsh { complain("`do`") }
                return CommandList()
            }
            return CommandList(items: [AndOrList(first: Pipeline(elements: [command]))])
        }
    }
}
