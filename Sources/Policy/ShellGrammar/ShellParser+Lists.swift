extension ShellParser {
    /// The whole text.
    mutating func readProgram() -> CommandList {
        if byte(at: 0) == UInt8(ascii: "^") { peculiarities.insert(.history) }
        return readList(isWholeText: true)
    }

    /// Commands up to what can only end a list: a closing bracket or word, `;;`, the end of the text.
    ///
    /// - Parameter endsAtBrace: zsh's `if [[ … ]] { … }`: `{` directly behind a compound command ends the list.
    mutating func readList(isWholeText: Bool = false, endsAtBrace: Bool = false) -> CommandList {
        var list = CommandList()
        // A shell runs line by line: of a text with a mistake, what stands in lines before it.
        var runnable = 0
        while true {
            let startedLine = skipLines()
            if startedLine, complaints.isEmpty { runnable = list.items.count }
            if isAtListEnd() {
                guard isWholeText, !isAtEnd else { break }
                complain("a command")
                skipCloser()
                continue
            }
            let start = position
            if var item = readAndOrList() {
                skipBlanks()
                item.isBackground = takeSeparator(after: item, endsAtBrace: endsAtBrace)
                list.items.append(item)
                if endsAtBrace, peekPlainWord() == "{" { break }
            } else if dialect.isZsh || dialect == .fish, take(";") {
                continue
            } else {
                complain("a command")
            }
            if position == start { advance() }
        }
        if isWholeText, !pendingHereDocuments.isEmpty { noteOpenHereDocument() }
        if isWholeText, dialect.isStrict, !complaints.isEmpty { list.items.removeSubrange(runnable...) }
        return list
    }

    /// A list where the grammar wants at least one command.
    mutating func readCommands(endsAtBrace: Bool = false) -> CommandList {
        let list = readList(endsAtBrace: endsAtBrace)
        if list.items.isEmpty, !dialect.isZsh { complain("a command") }
        return list
    }

    /// True for `&`.
    private mutating func takeSeparator(after item: AndOrList, endsAtBrace: Bool) -> Bool {
        switch peek() {
        case UInt8(ascii: ";"):
            if !isAtListEnd() { advance() }
            return false
        case UInt8(ascii: "&"):
            advance()
            // zsh: `&|` and `&!` disown it.
            if peek() == UInt8(ascii: "!") { divergences.insert(.zsh) }
            if peek() == UInt8(ascii: "|") || dialect.isZsh && peek() == UInt8(ascii: "!") { advance() }
            return true
        case UInt8(ascii: "\n"), 0: return false
        default:
            if !isAtListEnd(), !(endsAtBrace && peekPlainWord() == "{"), !item.isForeach { complain("the end of the command") }
            return false
        }
    }

    private mutating func readAndOrList() -> AndOrList? {
        guard let first = readPipeline() else { return nil }
        var list = AndOrList(first: first)
        while true {
            skipBlanks()
            let connective: AndOrList.Connective
            if take("&&") {
                connective = .and
            } else if take("||") {
                connective = .or
            } else {
                return list
            }
            skipToNextCommand()
            guard let next = readPipeline() else {
                complain("a command")
                return list
            }
            list.rest.append((connective, next))
        }
    }

    private mutating func readPipeline() -> Pipeline? {
        let hasPrefix = skipPipelinePrefix()
        var pipeline = Pipeline()
        guard let first = readCommand() else { return hasPrefix ? pipeline : nil }
        pipeline.elements.append(first)
        while true {
            skipBlanks()
            guard peek() == UInt8(ascii: "|"), peek(1) != UInt8(ascii: "|") else { return pipeline }
            advance()
            if peek() == UInt8(ascii: "&") { advance() }
            skipToNextCommand()
            if peekPlainWord() == "!" {
                complain("a command")
                advance()
                skipBlanks()
            }
            guard let next = readCommand() else {
                complain("a command")
                return pipeline
            }
            pipeline.elements.append(next)
        }
    }

    /// Behind `|`, `&&` and `||`: newlines, which for zsh semicolons are as well.
    private mutating func skipToNextCommand() {
        skipLines()
        while dialect.isZsh, peek() == UInt8(ascii: ";"), !isAtListEnd() {
            advance()
            skipLines()
        }
    }

    /// `!` and `time -p --`, which are reserved words.
    private mutating func skipPipelinePrefix() -> Bool {
        var found = false
        while true {
            skipBlanks()
            switch peek() {
            case UInt8(ascii: "!") where peekPlainWord() == "!" && !(dialect.isZsh && peek(1) == UInt8(ascii: "(")): advance()
            case UInt8(ascii: "t") where peekPlainWord() == "time" && dialect != .posix && dialect != .fish:
                advance(4)
                skipBlanks()
                while let option = peekPlainWord(), option == "-p" || option == "--" {
                    advance(2)
                    skipBlanks()
                }
                // A program like any other in dash, with options that take a value: `time -f %e rm x`.
                if peek() == UInt8(ascii: "-") { divergences.insert(.posix) }
            default: return found
            }
            found = true
        }
    }
}

// MARK: - Between commands

extension ShellParser {
    /// Spaces, tabs, a comment.
    mutating func skipBlanks() {
        while true {
            let next = peek()
            if next.isBlank {
                position += 1
            } else if dialect == .fish, foreignBlankLength > 0 {
                position += foreignBlankLength
            } else if next == UInt8(ascii: "#"), dialect != .zshAtPrompt {
                skipComment()
            } else {
                return
            }
        }
    }

    /// How many bytes at the next one are white space that only fish skips before a word: of Unicode, and control characters.
    var foreignBlankLength: Int {
        switch byte(at: position) {
        case 0x0B, 0x0C, 0x0D: 1
        case 0xC2: byte(at: position + 1) == 0x85 || byte(at: position + 1) == 0xA0 ? 2 : 0
        case 0xE1 where byte(at: position + 1) == 0x9A: byte(at: position + 2) == 0x80 ? 3 : 0
        case 0xE2 where byte(at: position + 1) == 0x80:
            switch byte(at: position + 2) {
            case 0x80...0x8A, 0xA8, 0xA9, 0xAF: 3
            default: 0
            }
        case 0xE2 where byte(at: position + 1) == 0x81: byte(at: position + 2) == 0x9F ? 3 : 0
        case 0xE3 where byte(at: position + 1) == 0x80: byte(at: position + 2) == 0x80 ? 3 : 0
        default: 0
        }
    }

    /// Blanks and newlines, with the here-documents that start at these. True if there was a newline.
    @discardableResult
    mutating func skipLines() -> Bool {
        var found = false
        while true {
            skipBlanks()
            guard peek() == UInt8(ascii: "\n") else { return found }
            position += 1
            found = true
            if !pendingHereDocuments.isEmpty { readHereDocuments() }
        }
    }

    private mutating func skipComment() {
        while !isAtEnd, text[position] != UInt8(ascii: "\n") {
            switch text[position] {
            case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "$"), UInt8(ascii: "'"),
                UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: "\\"):
                divergences.insert(.zshAtPrompt)
            default: break
            }
            position += 1
        }
    }

    /// Whether a list can only end here.
    mutating func isAtListEnd() -> Bool {
        switch peek() {
        case 0, UInt8(ascii: ")"): return true
        case _ where dialect == .fish: return false
        case UInt8(ascii: ";"): return [UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|")].contains(peek(1))
        default: return closerLength() != nil
        }
    }

    mutating func closerLength() -> Int? {
        if dialect == .fish { return nil }
        switch peek() {
        case UInt8(ascii: "t"), UInt8(ascii: "d"), UInt8(ascii: "f"), UInt8(ascii: "e"), UInt8(ascii: "}"): break
        default: return nil
        }
        return switch peekPlainWord() {
        case "then", "else", "elif", "done", "esac": 4
        case "do", "fi": 2
        case "}": 1
        case _ where dialect.isZsh && peek() == UInt8(ascii: "}"): 1
        default: nil
        }
    }

    /// Goes over a closing word or operator that closes nothing.
    private mutating func skipCloser() {
        switch peek() {
        case UInt8(ascii: ";"): advance(2)
        case UInt8(ascii: ")"): advance()
        default: advance(closerLength() ?? 1)
        }
    }

    /// The next word if it is short, unquoted and ends at once: where the grammar looks for reserved words.
    mutating func peekPlainWord() -> String? {
        let longest = 10
        var word: [UInt8] = []
        _ = peek()
        var index = position
        while true {
            if joinsLines, byte(at: index) == UInt8(ascii: "\\"), byte(at: index + 1) == UInt8(ascii: "\n") {
                index += 2
                continue
            }
            let next = byte(at: index)
            if next.endsWord || dialect == .fish && next == UInt8(ascii: "\r") { break }
            switch next {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"): return nil
            default: word.append(next)
            }
            guard word.count <= longest else { return nil }
            index += 1
        }
        return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
    }

    /// Goes over a reserved word, or says that it is missing.
    @discardableResult
    mutating func expect(_ word: String) -> Bool {
        skipBlanks()
        guard peekPlainWord() == word else {
            complain("`\(word)`")
            return false
        }
        advance(word.utf8.count)
        return true
    }
}
