// POSIX.1-2024 XCU 2.6, from the opening character on.
extension ShellParser {
    mutating func readDollar(isQuoted: Bool, into parts: inout WordParts) {
        let start = position
        let next = peek(1)
        switch next {
        case UInt8(ascii: "("):
            if peek(2) == UInt8(ascii: "("), dialect != .fish {
                let before = position
                advance(3)
                let close = closingParenthesis(from: position)
                position = before
                guard let close else { return readArithmeticExpansion(isQuoted: isQuoted, into: &parts) }
                readCommandSubstitution(isQuoted: isQuoted, dollar: true, into: &parts)
                // Without looking into comments and `case`, bash counts parentheses here, the others do not.
                if position != close + 1 { peculiarities.insert(.countedParentheses) }
                return
            }
            readCommandSubstitution(isQuoted: isQuoted, dollar: true, into: &parts)
        case UInt8(ascii: "{"): readBracedExpansion(isQuoted: isQuoted, into: &parts)
        case UInt8(ascii: "[") where dialect != .posix && dialect != .fish && dialect != .ksh:
            divergences.insert(.posix)
            advance(2)
            let inner = readArithmetic(.bracket)
            append(.arithmetic(inner), from: start, isQuoted: isQuoted, to: &parts)
        case UInt8(ascii: "'") where !isQuoted && dialect != .posix && dialect != .fish:
            advance()
            readAnsiQuotes(into: &parts)
        case UInt8(ascii: "\"") where !isQuoted && dialect == .common:
            divergences.formUnion([.posix, .zsh])
            advance()
            readDoubleQuotes(into: &parts)
        case UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: "^"):
            // zsh: `$=x` splits, `$~x` makes patterns of it. Elsewhere these are characters.
            guard peek(2).startsName, dialect != .posix, dialect != .fish else { fallthrough }
            advance()
            readSimpleParameter(from: start, isQuoted: isQuoted, into: &parts)
        default:
            readSimpleParameter(from: start, isQuoted: isQuoted, into: &parts)
        }
    }

    func append(_ kind: Expansion.Kind, from start: Int, isQuoted: Bool, to parts: inout WordParts) {
        let expansion = Expansion(kind: kind, source: source(from: start, limit: GrammarLimits.unknownSource))
        parts.append(.expansion(expansion, isQuoted: isQuoted))
    }

    /// `$x`, `$1`, `$@`; or a dollar that is one.
    private mutating func readSimpleParameter(from start: Int, isQuoted: Bool, into parts: inout WordParts) {
        advance()
        let first = peek()
        var name: [UInt8] = []
        if first.startsName {
            while peek().isInName {
                name.append(peek())
                advance()
            }
        } else if first.isDigit || Self.isSpecialParameter(first) {
            name.append(first)
            advance()
        } else {
            if isQuoted { parts.quoted(UInt8(ascii: "$")) } else { parts.plain(UInt8(ascii: "$")) }
            return
        }
        let parameter = ParameterNode(name: String(decoding: name, as: UTF8.self), operation: .none)
        append(.parameter(parameter), from: start, isQuoted: isQuoted, to: &parts)
    }

    static func isSpecialParameter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "-"), UInt8(ascii: "$"),
            UInt8(ascii: "!"):
            true
        default: false
        }
    }

    /// `$(…)`; fish's `(…)` without the dollar.
    mutating func readCommandSubstitution(isQuoted: Bool, dollar: Bool, into parts: inout WordParts) {
        let start = position
        advance(dollar ? 2 : 1)
        let list = readSubstituted(from: start)
        append(.command(list), from: start, isQuoted: isQuoted, to: &parts)
    }

    /// `<(…)`, `>(…)`, zsh's `=(…)`.
    mutating func readProcess(reads: Bool, into parts: inout WordParts) {
        let start = position
        advance(2)
        let list = readSubstituted(from: start)
        append(.process(reads: reads, list), from: start, isQuoted: true, to: &parts)
    }

    private mutating func readSubstituted(from start: Int) -> CommandList {
        guard enter() else { return CommandList() }
        defer { leave() }
        let waiting = pendingHereDocuments.count
        substitutions += 1
        let list = readList()
        substitutions -= 1
        if take(")") {
            endHereDocuments(behind: waiting)
        } else if isAtEnd {
            complain("`)`", at: start)
        } else {
            complain("`)`")
        }
        return list
    }

    /// `` `…` ``: a backslash in it protects `$`, `` ` `` and `\`, and in double quotes `"`.
    mutating func readBackquotes(isQuoted: Bool, into parts: inout WordParts) {
        let start = position
        position += 1
        var inner: [UInt8] = []
        while !isAtEnd, text[position] != UInt8(ascii: "`") {
            if text[position] == UInt8(ascii: "\\"), position + 1 < end {
                let next = text[position + 1]
                let isEscape =
                    next == UInt8(ascii: "$") || next == UInt8(ascii: "`") || next == UInt8(ascii: "\\")
                    || isQuoted && next == UInt8(ascii: "\"")
                if !isEscape { inner.append(UInt8(ascii: "\\")) }
                inner.append(next)
                position += 2
            } else {
                inner.append(text[position])
                position += 1
            }
        }
        if isAtEnd { complainUnclosed("`` ` ``", from: start) } else { position += 1 }
        guard enter() else { return }
        defer { leave() }
        let list = readCopy(inner, at: start)
        append(.command(list), from: start, isQuoted: isQuoted, to: &parts)
    }

    private mutating func readCopy(_ inner: [UInt8], at start: Int) -> CommandList {
        var parser = nested(inner, at: start)
        let list = parser.readProgram()
        join(parser)
        return list
    }
}
