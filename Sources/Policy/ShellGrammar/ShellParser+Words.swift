/// Where a word stands, which decides what ends it.
enum WordMode {
    case plain
    /// Where it can assign: `a[1 + 2]=`, `a=(…)`.
    case assignment
    /// In `a=(…)`.
    case element
    /// Of `case`, and behind `==` in `[[`: parentheses group.
    case pattern
    /// Behind `=~`: `|` is a character too.
    case regularExpression
}

extension ShellParser {
    /// The next word; nil where none starts. Blanks before it are not skipped.
    mutating func readWord(_ mode: WordMode) -> WordNode? {
        _ = peek()
        let start = position
        var parts = WordParts()
        while readPart(mode, into: &parts) {}
        guard !parts.isEmpty else { return nil }
        return WordNode(parts: parts.finish(), source: source(from: start, limit: GrammarLimits.wordSource))
    }

    /// False at the word's end.
    private mutating func readPart(_ mode: WordMode, into parts: inout WordParts) -> Bool {
        let next = peek()
        switch next {
        case UInt8(ascii: "'"): readSingleQuotes(into: &parts)
        case UInt8(ascii: "\""): readDoubleQuotes(into: &parts)
        case UInt8(ascii: "\\"): readEscape(into: &parts)
        case UInt8(ascii: "$"): readDollar(isQuoted: false, into: &parts)
        case UInt8(ascii: "`") where dialect != .fish: readBackquotes(isQuoted: false, into: &parts)
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            guard peek(1) == UInt8(ascii: "("), dialect != .posix else { return false }
            readProcess(reads: next == UInt8(ascii: "<"), into: &parts)
        case UInt8(ascii: "=") where peek(1) == UInt8(ascii: "("):
            if mode == .assignment, assignsArray(parts) {
                advance()
                parts.plain(next)
                return readArray(into: &parts)
            }
            if parts.isEmpty, dialect != .posix {
                readProcess(reads: true, into: &parts)
            } else {
                advance()
                parts.plain(next)
            }
        case UInt8(ascii: "("): return readParenthesisInWord(mode, into: &parts)
        case UInt8(ascii: "|") where mode == .regularExpression:
            advance()
            parts.plain(next)
        case UInt8(ascii: "["): readBracket(mode, into: &parts)
        case UInt8(ascii: "\r") where dialect == .fish: return false
        case UInt8(ascii: "\r"):
            divergences.insert(.fish)
            advance()
            parts.plain(next)
        case UInt8(ascii: "!"):
            noteHistory()
            advance()
            parts.plain(next)
        case UInt8(ascii: "{"):
            if parts.isEmpty, mode == .assignment { divergences.insert(.zsh) }
            advance()
            parts.plain(next)
            parts.openBraces += 1
        case UInt8(ascii: "}"):
            // zsh: a brace that nothing in the word opens ends a group, if the word ends with it.
            if parts.openBraces == 0, peek(1).endsWord {
                divergences.insert(.zsh)
                if dialect.isZsh { return false }
            }
            advance()
            parts.plain(next)
            parts.openBraces = max(0, parts.openBraces - 1)
        case UInt8(ascii: "#") where !parts.isEmpty && text[position - 1].endsWord:
            // Behind an escaped blank fish takes the rest of the line for one word, quotes and all.
            divergences.insert(.fish)
            guard dialect == .fish else { fallthrough }
            let start = position
            while !isAtEnd, text[position] != UInt8(ascii: "\n") { position += 1 }
            parts.quoted(text[start..<position])
        default:
            guard !next.endsWord else { return false }
            let start = position
            repeat { position += 1 } while byte(at: position).isOrdinary
            parts.plain(text[start..<position])
        }
        return true
    }

    /// `@(…)` and its kin; in patterns, and in zsh everywhere, without the character before it too.
    private mutating func readParenthesisInWord(_ mode: WordMode, into parts: inout WordParts) -> Bool {
        if dialect == .fish {
            readCommandSubstitution(isQuoted: false, dollar: false, into: &parts)
            return true
        }
        let extends =
            switch parts.plainRun.last {
            case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "!"): dialect != .posix
            default: false
            }
        let groups = mode == .pattern || mode == .regularExpression || dialect.isZsh && (mode == .plain || !parts.isEmpty)
        guard extends || groups else { return false }
        if groupsStayOpen {
            advance()
            parts.plain(UInt8(ascii: "("))
            return true
        }
        if extends { divergences.insert(.fish) }
        let prefix = extends ? parts.takeLast().map { [$0] } ?? [] : []
        readPatternGroup(prefix, opening: UInt8(ascii: "("), closing: UInt8(ascii: ")"), into: &parts)
        return true
    }

    /// A bracket, or with what stands before it an element of an array.
    private mutating func readBracket(_ mode: WordMode, into parts: inout WordParts) {
        let name = parts.plainRun
        let isElement =
            mode == .assignment && parts.parts.isEmpty && name.first?.startsName ?? false && name.allSatisfy(\.isInName)
            || mode == .element && parts.isEmpty
        // bash takes everything up to the bracket, newlines and operators too.
        guard isElement, dialect == .common else {
            advance()
            parts.plain(UInt8(ascii: "["))
            return
        }
        readPatternGroup([], opening: UInt8(ascii: "["), closing: UInt8(ascii: "]"), into: &parts)
        if case .group(let typed, _)? = parts.parts.last, typed.contains(where: \.endsWord) {
            divergences.formUnion([.posix, .zsh, .ksh])
        }
    }

    /// At a prompt a `!` before almost anything is history.
    mutating func noteHistory() {
        switch peek(1) {
        case 0, UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "="), UInt8(ascii: "("),
            UInt8(ascii: "\""):
            break
        default: peculiarities.insert(.history)
        }
    }

    private func assignsArray(_ parts: WordParts) -> Bool {
        guard dialect.hasArrays else { return false }
        var name = parts.plainRun
        if name.last == UInt8(ascii: "+") { name.removeLast() }
        if parts.parts.isEmpty { return name.first?.startsName ?? false && name.allSatisfy(\.isInName) }
        guard parts.parts.count == 2, name.isEmpty, case .group(let bytes, _) = parts.parts[1] else { return false }
        return bytes.first == UInt8(ascii: "[")
    }

    /// Behind `a=`. Nothing of the word follows.
    private mutating func readArray(into parts: inout WordParts) -> Bool {
        advance()
        guard enter() else { return false }
        defer { leave() }
        parts.append(.array(readWordsInParentheses()))
        return true
    }

    /// From the opening bracket over the closing one, as typed. Substitutions in it run.
    private mutating func readPatternGroup(_ prefix: [UInt8], opening: UInt8, closing: UInt8, into parts: inout WordParts) {
        guard enter() else { return }
        defer { leave() }
        let start = position
        var inner = WordParts()
        var open = 0
        while true {
            let next = peek()
            switch next {
            case 0:
                // One group that is never closed says the same of all behind it: reading anew from each would cost the square.
                if dialect.isZsh, !groupsStayOpen {
                    groupsStayOpen = true
                    position = start + 1
                    return parts.plain(prefix + [opening])
                }
                complainUnclosed("`\(Character(Unicode.Scalar(closing)))`", from: start)
                parts.append(.group(prefix + text[start..<position], inner.finish()))
                return
            case UInt8(ascii: "'"): readSingleQuotes(into: &inner)
            case UInt8(ascii: "\""): readDoubleQuotes(into: &inner)
            case UInt8(ascii: "\\"): readEscape(into: &inner)
            case UInt8(ascii: "$"): readDollar(isQuoted: false, into: &inner)
            case UInt8(ascii: "`"): readBackquotes(isQuoted: false, into: &inner)
            default:
                advance()
                inner.plain(next)
                if next == opening { open += 1 }
                if next == closing { open -= 1 }
                if open == 0 {
                    parts.append(.group(prefix + text[start..<position], inner.finish()))
                    return
                }
            }
        }
    }
}
