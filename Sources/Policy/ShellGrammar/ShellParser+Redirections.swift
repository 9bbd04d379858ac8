// POSIX.1-2024 XCU 2.7, with those of bash, ksh and zsh.
extension ShellParser {
    mutating func readRedirections() -> [RedirectionNode] {
        var redirections: [RedirectionNode] = []
        while true {
            skipBlanks()
            guard let redirection = readRedirection() else { return redirections }
            redirections.append(redirection)
        }
    }

    /// The redirection at the next byte, with the number in front of it.
    mutating func readRedirection() -> RedirectionNode? {
        let before = position
        var descriptor: Int?
        var isNamed = false
        switch peek() {
        case UInt8(ascii: "<"), UInt8(ascii: ">"): break
        case UInt8(ascii: "&"):
            guard peek(1) == UInt8(ascii: ">") else { return nil }
            // In dash the first one ends the command.
            divergences.insert(.posix)
            if dialect == .posix { return nil }
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            guard let number = takeNumber() else {
                position = before
                return nil
            }
            // dash and zsh have none of two digits.
            if position > before + 1 {
                divergences.formUnion([.posix, .zsh])
                guard dialect == .common || dialect == .fish else {
                    position = before
                    return nil
                }
            }
            descriptor = number
        case UInt8(ascii: "{"):
            guard dialect != .posix, takeNamedDescriptor() else {
                position = before
                return nil
            }
            isNamed = true
            divergences.insert(.posix)
        default: return nil
        }
        guard let kind = takeOperator() else {
            position = before
            return nil
        }
        return readTarget(of: kind, descriptor: descriptor, isNamed: isNamed)
    }

    /// Digits right before an operator.
    private mutating func takeNumber() -> Int? {
        var number = 0
        while peek().isDigit {
            number = min(number * 10 + Int(peek() - UInt8(ascii: "0")), 1 << 20)
            advance()
        }
        if peek() == UInt8(ascii: "&"), peek(1) == UInt8(ascii: ">") {
            divergences.insert(.zsh)
            return dialect.isZsh ? number : nil
        }
        return peek() == UInt8(ascii: "<") || peek() == UInt8(ascii: ">") ? number : nil
    }

    /// `{fd}` right before an operator.
    private mutating func takeNamedDescriptor() -> Bool {
        advance()
        guard peek().startsName else { return false }
        while peek().isInName { advance() }
        return take("}") && (peek() == UInt8(ascii: "<") || peek() == UInt8(ascii: ">"))
    }

    private mutating func takeOperator() -> RedirectionNode.Kind? {
        if take("&>") {
            if !take(">") { skipClobber() }
            return .write
        }
        if take("<<") {
            if dialect == .fish { complain("no here-document") }
            if peek() == UInt8(ascii: "<"), dialect != .posix {
                advance()
                return .hereString
            }
            return .hereDocument(HereDocument())
        }
        if peek() == UInt8(ascii: "<") {
            if peek(1) == UInt8(ascii: "("), dialect != .posix { return nil }
            advance()
            if take(">") { return .readWrite }
            return take("&") ? .duplicate(reads: true) : .read
        }
        if peek(1) == UInt8(ascii: "("), dialect != .posix { return nil }
        if dialect == .fish, peek(1) == UInt8(ascii: "|") {
            // A pipe, of the descriptor before it.
            advance()
            return .duplicate(reads: false)
        }
        advance()
        if take(">") {
            skipClobber()
            return .append
        }
        if take("&") {
            skipClobber()
            return .duplicate(reads: false)
        }
        skipClobber()
        return .write
    }

    /// `>|`, and `>!` of zsh at a distance from its file: `>!name` is also a file of that name elsewhere.
    private mutating func skipClobber() {
        if peek() == UInt8(ascii: "|") {
            divergences.insert(.fish)
            advance()
        } else if peek() == UInt8(ascii: "!") {
            divergences.insert(.zsh)
            if dialect.isZsh { advance() }
        }
    }

    private mutating func readTarget(of kind: RedirectionNode.Kind, descriptor: Int?, isNamed: Bool) -> RedirectionNode {
        var stripsTabs = false
        if case .hereDocument = kind, take("-") { stripsTabs = true }
        let isClosing = dialect == .common && peek() == UInt8(ascii: "-")
        if case .duplicate = kind, isClosing || dialect == .fish && peek() == UInt8(ascii: "|") {
            // bash closes the descriptor and takes what follows for the next word.
            if isClosing {
                divergences.insert(.zsh)
                advance()
            }
            let target = WordNode(parts: [.plain([UInt8(ascii: "-")])], source: "-")
            return RedirectionNode(kind: kind, descriptor: descriptor, isNamedDescriptor: isNamed, target: target)
        }
        while peek().isBlank { advance() }
        let start = position
        guard peek() != UInt8(ascii: "#") || dialect == .zshAtPrompt, let target = readWord(.plain) else {
            complain("a word behind the redirection", mayFollow: false)
            let none = WordNode(parts: [], source: "")
            return RedirectionNode(kind: kind, descriptor: descriptor, isNamedDescriptor: isNamed, target: none)
        }
        if case .hereDocument(let document) = kind {
            let isQuoted = target.parts.contains { if case .quoted = $0 { true } else { false } }
            let pending = PendingHereDocument(
                document: document, delimiter: delimiter(target, typed: text[start..<position]), isQuoted: isQuoted,
                stripsTabs: stripsTabs, isInSubstitution: substitutions > 0)
            pendingHereDocuments.append(pending)
            if pending.delimiter.contains(UInt8(ascii: "\n")) { peculiarities.insert(.newlineInDelimiter) }
        }
        return RedirectionNode(kind: kind, descriptor: descriptor, isNamedDescriptor: isNamed, target: target)
    }

    /// The word without its quotes; what expands elsewhere is text here.
    private func delimiter(_ word: WordNode, typed: ArraySlice<UInt8>) -> [UInt8] {
        var delimiter: [UInt8] = []
        for part in word.parts {
            switch part {
            case .plain(let bytes), .quoted(let bytes): delimiter += bytes
            case .group, .expansion, .array: return Array(typed)
            }
        }
        return delimiter
    }
}
