// POSIX.1-2024 XCU 2.2, each from its opening character on.
extension ShellParser {
    mutating func readSingleQuotes(into parts: inout WordParts) {
        let start = position
        position += 1
        if dialect == .fish { return readFishQuotes(from: start, into: &parts) }
        while !isAtEnd, text[position] != UInt8(ascii: "'") { position += 1 }
        let inside = text[start + 1..<position]
        // fish takes `\'` as a quote that does not close.
        if inside.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count % 2 == 1 { divergences.insert(.fish) }
        parts.quoted(inside)
        if isAtEnd { complainUnclosed("`'`", from: start) } else { position += 1 }
    }

    private mutating func readFishQuotes(from start: Int, into parts: inout WordParts) {
        parts.quoted([])
        while !isAtEnd {
            let next = text[position]
            position += 1
            if next == UInt8(ascii: "'") { return }
            if next == UInt8(ascii: "\\"), [UInt8(ascii: "'"), UInt8(ascii: "\\")].contains(byte(at: position)) {
                parts.quoted(text[position])
                position += 1
            } else {
                parts.quoted(next)
            }
        }
        complainUnclosed("`'`", from: start)
    }

    mutating func readDoubleQuotes(into parts: inout WordParts) {
        let start = position
        guard enter() else { return }
        defer { leave() }
        position += 1
        parts.quoted([])
        while readQuotedPart(closing: UInt8(ascii: "\""), into: &parts) {}
        if isAtEnd { complainUnclosed("`\"`", from: start) } else { position += 1 }
    }

    /// Text in double quotes, or in a here-document where `closing` is nil; false at its end.
    mutating func readQuotedPart(closing: UInt8?, into parts: inout WordParts) -> Bool {
        let next = peek()
        switch next {
        case closing, 0: return false
        case UInt8(ascii: "$"): readDollar(isQuoted: true, into: &parts)
        case UInt8(ascii: "`") where dialect != .fish:
            if closing != nil { divergences.insert(.fish) }
            readBackquotes(isQuoted: true, into: &parts)
        case UInt8(ascii: "\\"):
            switch byte(at: position + 1) {
            case UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"), UInt8(ascii: "\""):
                if byte(at: position + 1) == UInt8(ascii: "\""), closing == nil { fallthrough }
                parts.quoted(text[position + 1])
                position += 2
            default:
                parts.quoted(next)
                position += 1
            }
        default:
            if next == UInt8(ascii: "!") { noteHistory() }
            let start = position
            repeat { position += 1 } while isUnremarkable(byte(at: position))
            parts.quoted(text[start..<position])
        }
        return true
    }

    private func isUnremarkable(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, UInt8(ascii: "!"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"),
            UInt8(ascii: "}"),
            UInt8(ascii: "'"):
            false
        default: true
        }
    }

    /// `\x` outside of quotes.
    mutating func readEscape(into parts: inout WordParts) {
        position += 1
        let next = byte(at: position)
        switch next {
        case 0:
            // zsh and ksh drop it, the others keep it; at a prompt the next line takes its place.
            if complaints.isEmpty, origin == nil, position >= text.count { isUnfinished = true }
            divergences.insert(.zsh)
            return parts.quoted(dialect.isZsh ? [] : [UInt8(ascii: "\\")])
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "u"), UInt8(ascii: "U"), UInt8(ascii: "c"),
            UInt8(ascii: "0")...UInt8(ascii: "7"):
            divergences.insert(.fish)
            peculiarities.insert(.foreignEscape)
            if dialect == .fish {
                position -= 1
                return parts.quoted(EscapeReader.read(text, at: &position, end: end, style: .fish))
            }
        default: break
        }
        position += 1
        parts.quoted(next)
    }

    /// `$'…'`, from the quote on.
    mutating func readAnsiQuotes(into parts: inout WordParts) {
        let start = position
        position += 1
        parts.quoted([])
        divergences.insert(.posix)
        var isCut = false
        let style: EscapeReader.Style = dialect.isZsh ? .zshQuotes : dialect == .ksh ? .kshQuotes : .bashQuotes
        while !isAtEnd, text[position] != UInt8(ascii: "'") {
            guard text[position] == UInt8(ascii: "\\") else {
                if !isCut { parts.quoted(text[position]) }
                position += 1
                continue
            }
            let decoded = EscapeReader.read(text, at: &position, end: end, style: style)
            if decoded.first == UInt8(ascii: "\\"), decoded.count > 1 {
                divergences.formUnion([.zsh, .ksh])
                if decoded[1] == UInt8(ascii: "x") { peculiarities.insert(.nulInQuotes) }
            }
            // What C would take as the string's end is it for bash as well; zsh hands it on, and then it ends the program's argument.
            if decoded.contains(0) {
                isCut = true
                peculiarities.insert(.nulInQuotes)
            }
            if !isCut { parts.quoted(decoded) }
        }
        if isAtEnd { complainUnclosed("`'`", from: start) } else { position += 1 }
    }
}
