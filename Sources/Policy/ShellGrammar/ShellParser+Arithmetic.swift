extension ShellParser {
    enum ArithmeticEnd {
        /// `))`
        case parentheses
        /// `]`
        case bracket
    }

    /// `$((…))`
    mutating func readArithmeticExpansion(isQuoted: Bool, into parts: inout WordParts) {
        let start = position
        advance(3)
        let inner = readArithmetic(.parentheses)
        append(.arithmetic(inner), from: start, isQuoted: isQuoted, to: &parts)
    }

    /// Behind the opening, over the closing. Only substitutions are understood; the rest is text.
    mutating func readArithmetic(_ ending: ArithmeticEnd) -> [WordPart] {
        let start = position
        var parts = WordParts()
        guard enter() else { return [] }
        defer { leave() }
        var open = 0
        while true {
            let next = peek()
            switch next {
            case 0:
                complainUnclosed(ending == .bracket ? "`]`" : "`))`", from: start)
                return parts.finish()
            case UInt8(ascii: "'"): readSingleQuotes(into: &parts)
            case UInt8(ascii: "\""): readDoubleQuotes(into: &parts)
            case UInt8(ascii: "\\"): readEscape(into: &parts)
            case UInt8(ascii: "$"): readDollar(isQuoted: true, into: &parts)
            case UInt8(ascii: "`"): readBackquotes(isQuoted: true, into: &parts)
            case UInt8(ascii: "(") where ending == .parentheses, UInt8(ascii: "[") where ending == .bracket:
                advance()
                parts.plain(next)
                open += 1
            case UInt8(ascii: ")") where ending == .parentheses, UInt8(ascii: "]") where ending == .bracket:
                advance()
                if open == 0 {
                    if ending == .parentheses, !take(")") { complain("`))`") }
                    return parts.finish()
                }
                parts.plain(next)
                open -= 1
            default:
                advance()
                parts.plain(next)
            }
        }
    }

    /// Where the inner one of the two parentheses before `start` is closed if that is not at once followed by the outer one's end: then it is
    /// a subshell in a subshell, or in `$(…)`. Nil for arithmetic.
    ///
    /// What is looked at is counted, since in `((((…` each parenthesis asks.
    mutating func closingParenthesis(from start: Int) -> Int? {
        var index = start
        var open = 0
        while index < end {
            guard lookahead > 0 else {
                giveUp()
                return nil
            }
            lookahead -= 1
            switch text[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""): index = closingQuote(from: index)
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")"):
                if open == 0 { return byte(at: index + 1) == UInt8(ascii: ")") ? nil : outerParenthesis(from: index + 1) }
                open -= 1
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Where the next parenthesis closes that none behind `start` opens; the end of the text where none does.
    private mutating func outerParenthesis(from start: Int) -> Int {
        var index = start
        var open = 0
        while index < end, lookahead > 0 {
            lookahead -= 1
            switch text[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""): index = closingQuote(from: index)
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")"):
                if open == 0 { return index }
                open -= 1
            default: break
            }
            index += 1
        }
        return end
    }

    /// The end of what is quoted from there, roughly: substitutions inside of double quotes are not looked at.
    private mutating func closingQuote(from start: Int) -> Int {
        var index = start + 1
        while index < end, text[index] != text[start] {
            if text[index] == UInt8(ascii: "\\"), text[start] == UInt8(ascii: "\"") { index += 1 }
            index += 1
            lookahead -= 1
        }
        return index
    }
}
