extension ShellParser {
    /// `function name [()] …`; zsh takes several names, or none.
    mutating func readFunctionKeyword() -> CompoundCommand? {
        advance(8)
        var names: [WordNode] = []
        while true {
            skipBlanks()
            if peekPlainWord() == "{" { break }
            guard let name = readWord(.plain) else { break }
            names.append(name)
            // Only braces tell further names of zsh from a body of one command.
            if !dialect.isZsh { break }
        }
        skipBlanks()
        if peek() == UInt8(ascii: "("), followsClosing() {
            advance()
            skipBlanks()
            advance()
        }
        return readFunctionBody(names: names, isCalled: names.isEmpty)
    }

    /// Whether the parenthesis at the next byte closes at once.
    func followsClosing() -> Bool {
        var copy = self.position + 1
        while byte(at: copy).isBlank { copy += 1 }
        return byte(at: copy) == UInt8(ascii: ")")
    }

    /// Behind `name ()`. bash wants a compound command there; dash, ksh and zsh take any.
    mutating func readFunctionBody(names: [WordNode], isCalled: Bool) -> CompoundCommand {
        skipLines()
        var arguments: [WordNode] = []
        guard let body = readCommand() else {
            complain("the body of a function")
            return .function(names: names, body: [], arguments: [])
        }
        if isCalled {
            while true {
                skipBlanks()
                guard !isAtListEnd(), let word = readWord(.plain) else { break }
                arguments.append(word)
            }
        }
        return .function(names: names, body: [body], arguments: arguments)
    }

    /// `coproc [NAME] command`; the name only in front of a compound command.
    mutating func readCoprocess() -> CompoundCommand {
        advance(6)
        skipBlanks()
        let before = position
        // Not `readWord`: what a substitution in it says would be read twice, and a nested one four times.
        while peek().isInName { advance() }
        if position > before {
            skipBlanks()
            let next = peekPlainWord()
            let isCompound = ["{", "if", "while", "until", "for", "case", "select", "[["].contains(next)
            if !isCompound, peek() != UInt8(ascii: "(") || followsClosing() { position = before }
        }
        skipLines()
        guard let command = readCommand() else {
            complain("a command")
            return .coprocess([])
        }
        return .coprocess([command])
    }
}
