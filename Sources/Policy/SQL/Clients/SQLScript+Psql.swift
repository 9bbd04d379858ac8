/// The backslash commands of psql: psql(1) of PostgreSQL 18, psqlscanslash.l.
extension SQLScript {
    /// Commands that show something or set how things are shown, and run nothing that is not in view.
    private static let harmless: Set<String> = [
        ".", "?", "C", "H", "T", "a", "bind", "bind_named", "cd", "close", "close_prepared", "conninfo", "copyright", "echo",
        "encoding", "endpipeline", "errverbose", "f", "flush", "flushrequest", "getenv", "getresults", "h", "help", "html",
        "l", "list", "listx", "lx", "p", "print", "prompt", "pset", "q", "qecho", "quit", "restrict", "sf", "startpipeline",
        "sv", "syncpipeline", "t", "timing", "unrestrict", "unset", "warn", "x", "z",
    ]

    /// The lexer stands behind the backslash.
    mutating func obeyPsqlCommand(at start: Int) {
        switch lexer.peek() {
        // `\;` keeps what follows in the same message to the server, `\\` goes back from commands to SQL.
        case UInt8(ascii: ";"):
            lexer.position += 1
            finish(at: start)
            return goOnBehindCommand(isSure: false)
        case UInt8(ascii: "\\"):
            lexer.position += 1
            return goOnBehindCommand(isSure: true)
        case UInt8(ascii: ":"):
            lexer.position += 1
            return goOnBehindCommand(isSure: false)
        default: break
        }
        let lineEnd = lineEnd(from: lexer.position)
        let nameStart = lexer.position
        // `\!ls` and `\! ls`
        if lexer.peek() == UInt8(ascii: "!") {
            findings.runs(text.slice(nameStart + 1..<lineEnd))
            lexer.position = lineEnd
            return
        }
        while lexer.position < lineEnd, !lexer.peek().isSQLSpace, lexer.peek() != UInt8(ascii: "\\") { lexer.position += 1 }
        let name = text.slice(nameStart..<lexer.position)
        guard name.holes.isEmpty else {
            lexer.position = lineEnd
            return findings.doubt(.evaluated, "a command of psql is only known when it runs")
        }
        let command = String(decoding: name.bytes, as: UTF8.self)
        // The only one whose case does not matter.
        obey(command.lowercased() == "copy" ? "copy" : command, at: start, lineEnd)
    }

    /// SQL goes on in a line that had a command before, unless that has failed: then the line is dropped.
    /// - Parameter isSure: no need to look whether it had one.
    private mutating func goOnBehindCommand(isSure: Bool) {
        let lineEnd = lineEnd(from: lexer.position)
        guard isSure || lineEnd == lineWithCommand else { return }
        linesBehindCommands += 1
        if syntax.dropsBehindCommands { lexer.position = lineEnd }
    }

    private mutating func obey(_ name: String, at start: Int, _ lineEnd: Int) {
        lineWithCommand = lineEnd
        switch name {
        case "copy":
            let line = text.description(start..<lineEnd, limit: 200)
            copy(from: start, to: lineEnd)
            if line.lowercased().contains("stdin") { skipCopyData() }
            return
        case "g", "gx", "gexec", "gset", "gdesc", "crosstabview", "watch", "r", "reset", "parse", "sendpipeline":
            finish(at: start)
        case "if", "elif", "else", "endif":
            // What stands in a branch that is not taken is dropped, and what stood before it stays.
            if !tokens.isEmpty { lexer.oddities.insert(.unsettled) }
            finish(at: start)
        default: break
        }
        let arguments = psqlArguments(to: lineEnd)
        let first = arguments.first ?? SQLText()
        switch name {
        case "i", "include", "ir", "include_relative":
            findings.doubt(.commandFile, "psql runs the file \(first.word.source.prefix(100))")
            findings.opens(first, .read)
        case "o", "out", "g", "gx", "w", "write":
            // `\g (format=csv) file`
            let options =
                first.bytes.first == UInt8(ascii: "(") ? arguments.firstIndex { $0.bytes.last == UInt8(ascii: ")") } : nil
            let target = options.map { arguments.dropFirst($0 + 1).first } ?? first
            guard let target else { return }
            if target.bytes.first == UInt8(ascii: "|") {
                findings.runs(target.slice(1..<target.bytes.count))
            } else {
                findings.opens(target, .write)
            }
        case "s": findings.opens(first, .write)
        case "lo_export": findings.opens(arguments.dropFirst().first ?? SQLText(), .write)
        case "lo_import": findings.opens(first, .read)
        case "gexec": findings.doubt(.evaluated, #"\gexec runs what a query returns"#)
        case "e", "edit", "ef", "ev": findings.doubt(.interactive, "psql opens an editor")
        case "c", "connect": addClientStatement("USE", nil, from: start)
        case "password":
            addClientStatement("ALTER", "ROLE", from: start)
            findings.doubt(.interactive, #"\password asks for a password"#)
        case "setenv": findings.doubt(.redefinition, "psql changes the environment of the programs that it starts")
        case "set", "pset":
            // A prompt can hold a command in backquotes: %`command`
            if arguments.contains(where: { $0.bytes.contains(UInt8(ascii: "`")) }) {
                findings.doubt(.evaluated, "a prompt of psql runs a command")
            }
            if first.bytes.elementsEqual("SINGLELINE".utf8) {
                findings.doubt(.dialect, "psql is told to end statements with their lines")
            }
        case "gset", "gdesc", "crosstabview", "watch", "r", "reset", "parse", "sendpipeline", "if", "elif", "else", "endif": break
        default:
            // \d lists objects, with letters for which; `+` is for more of them.
            let plain = name.last == "+" ? String(name.dropLast()) : name
            guard Self.harmless.contains(plain) || name.first == "d" else {
                return findings.doubt(.syntax, "psql has no command that is known here as \\\(name.prefix(40))")
            }
        }
    }

    private mutating func addClientStatement(_ kind: SQLStatement.Kind, _ object: String?, from start: Int) {
        findings.add(SQLStatement(kind: kind, object: object, text: text.description(start..<lexer.position, limit: 200)))
    }

    /// `\copy t from …`: psql opens the file or starts the program, and sends a COPY.
    private mutating func copy(from start: Int, to end: Int) {
        var inner = syntax
        inner.obeysClientCommands = false
        var lexer = SQLLexer(text, inner, from: self.lexer.position, to: end)
        var tokens = [SQLToken(kind: .word, start: start, end: self.lexer.position, word: "COPY")]
        var isFirst = true
        while true {
            let token = lexer.next()
            if let token, token.kind != .separator {
                tokens.append(token)
                continue
            }
            // What follows a semicolon goes to the server behind the COPY.
            var reader = SQLStatementReader(text: text, tokens: tokens, syntax: inner, findings: findings.take())
            if isFirst { reader.copy(0..<tokens.count, depth: 0, byClient: true) } else { reader.read() }
            findings = reader.findings.take()
            isFirst = false
            tokens.removeAll()
            if token == nil { break }
        }
        self.lexer.oddities.formUnion(lexer.oddities)
        self.lexer.position = end
    }

    // MARK: - Arguments

    /// The arguments up to the end of the line or the next command, without the semicolons that psql takes off too.
    private mutating func psqlArguments(to end: Int) -> [SQLText] {
        rawArguments(to: end).map { argument in
            let kept = argument.bytes.lastIndex { $0 != UInt8(ascii: ";") }.map { $0 + 1 } ?? 0
            return kept < argument.bytes.count ? argument.prefix(kept) : argument
        }
    }

    /// What is in backquotes is run by a shell, whatever the command.
    private mutating func rawArguments(to end: Int) -> [SQLText] {
        var arguments: [SQLText] = []
        var argument: SQLText?
        while lexer.position < end {
            let byte = lexer.peek()
            switch byte {
            case UInt8(ascii: "\\"):
                if let argument { arguments.append(argument) }
                return arguments
            case 0x09...0x0D, 0x20:
                if let finished = argument { arguments.append(finished) }
                argument = nil
                lexer.position += 1
            // `\o |command` takes the rest of the line.
            case UInt8(ascii: "|") where argument == nil:
                arguments.append(text.slice(lexer.position..<end))
                lexer.position = end
                return arguments
            case UInt8(ascii: "`"):
                let start = lexer.position + 1
                let close = text.bytes[start..<end].firstIndex(of: byte) ?? end
                findings.runs(text.slice(start..<close))
                lexer.position = min(end, close + 1)
                // Its output is the argument.
                argument = argument ?? SQLText()
                argument?.append(
                    CommandWord.Unknown(source: text.description(start - 1..<lexer.position, limit: 80), splits: false))
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                let quoted = quotedArgument(to: end)
                argument = argument ?? SQLText()
                argument?.append(quoted, 0..<quoted.bytes.count)
            default:
                argument = argument ?? SQLText()
                argument?.append(text, lexer.position..<lexer.position + 1)
                lexer.position += 1
            }
        }
        if let argument { arguments.append(argument) }
        return arguments
    }

    /// In single quotes there are escapes, as in `E'…'`.
    private mutating func quotedArgument(to end: Int) -> SQLText {
        let quote = lexer.peek()
        let start = lexer.position
        lexer.position += 1
        while lexer.position < end, lexer.peek() != quote {
            lexer.position += lexer.peek() == UInt8(ascii: "\\") && quote == UInt8(ascii: "'") ? 2 : 1
        }
        lexer.position = min(end, lexer.position + 1)
        let token = SQLToken(kind: .string, start: start, end: lexer.position)
        return SQLLiteral(text: text, dialect: quote == UInt8(ascii: "'") ? .mysql : .postgres).content(of: token)
    }
}
