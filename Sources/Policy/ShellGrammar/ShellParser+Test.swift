// bash's `[[ … ]]`: only the words matter, but a shell that does not like the rest runs nothing.
extension ShellParser {
    mutating func readTest() -> CompoundCommand {
        let start = position
        advance(2)
        var words: [WordNode] = []
        readTestOr(into: &words)
        skipLines()
        if peekPlainWord() != "]]" {
            complainUnclosed("`]]`", from: start)
            skipToTestEnd(into: &words)
        }
        if peekPlainWord() == "]]" { advance(2) }
        return .test(words)
    }

    private mutating func readTestOr(into words: inout [WordNode]) {
        guard enter() else { return }
        defer { leave() }
        repeat {
            repeat { readTestPrimary(into: &words) } while takeTestOperator("&&")
        } while takeTestOperator("||")
    }

    private mutating func takeTestOperator(_ text: StaticString) -> Bool {
        skipLines()
        return take(text)
    }

    private mutating func readTestPrimary(into words: inout [WordNode]) {
        skipLines()
        while peekPlainWord() == "!" {
            advance()
            skipLines()
        }
        if take("(") {
            readTestOr(into: &words)
            skipLines()
            if !take(")") { complain("`)`") }
            return
        }
        guard peekPlainWord() != "]]", let first = readWord(.plain) else { return complain("a condition") }
        words.append(first)
        skipBlanks()
        if first.plainText.map(Self.isUnaryOperator) ?? false, let operand = readTestOperand() {
            words.append(operand)
            return
        }
        guard let mode = takeBinaryOperator() else { return }
        skipBlanks()
        guard let right = readWord(mode) else { return complain("a word") }
        words.append(right)
    }

    /// What a unary operator looks at; nil where a binary operator follows, as in `[[ -f == x ]]`, or nothing.
    private mutating func readTestOperand() -> WordNode? {
        let next = peekPlainWord()
        if let next, next == "]]" || ["=", "==", "!=", "=~"].contains(next) || Self.comparisons.contains(next) { return nil }
        return readWord(.plain)
    }

    private static let comparisons: Set<String> = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]

    private static func isUnaryOperator(_ word: [UInt8]) -> Bool {
        word.count == 2 && word[0] == UInt8(ascii: "-") && word[1].isLetter
    }

    /// Nil where the condition is one word.
    private mutating func takeBinaryOperator() -> WordMode? {
        if peek() == UInt8(ascii: "<") || peek() == UInt8(ascii: ">") {
            guard peek(1) != UInt8(ascii: "(") else { return nil }
            advance()
            return .plain
        }
        guard let word = peekPlainWord() else { return nil }
        switch word {
        case "=~":
            advance(2)
            return .regularExpression
        case "=", "==", "!=":
            advance(word.utf8.count)
            return .pattern
        case _ where Self.comparisons.contains(word):
            advance(3)
            return .plain
        default: return nil
        }
    }

    private mutating func skipToTestEnd(into words: inout [WordNode]) {
        while !isAtEnd, peekPlainWord() != "]]", peek() != UInt8(ascii: "\n"), peek() != UInt8(ascii: ";") {
            if let word = readWord(.plain) { words.append(word) } else { advance() }
        }
    }
}
