/// Backslash escapes of the C kind, as `$'…'`, `echo -e`, `printf` and fish take them.
enum EscapeReader {
    enum Style {
        case bashQuotes, zshQuotes, kshQuotes, fish
        /// Octal as `\0nnn`.
        case echo
        /// The format of `printf`: octal as `\nnn`.
        case format
    }

    /// The bytes that the escape at `position` stands for, and goes over it. Where it stands for nothing, its characters.
    static func read(_ text: [UInt8], at position: inout Int, end: Int, style: Style) -> [UInt8] {
        position += 1
        guard position < end else { return [UInt8(ascii: "\\")] }
        let letter = text[position]
        position += 1
        switch letter {
        case UInt8(ascii: "a"): return [7]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "e"): return [27]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "v"): return [11]
        case UInt8(ascii: "\\"): return [letter]
        case UInt8(ascii: "E") where style != .fish: return [27]
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "?"):
            if style != .echo { return [letter] }
        case UInt8(ascii: "0") where style == .echo:
            return [byte(number(text, at: &position, end: end, digits: 3, octal: true) ?? 0)]
        case UInt8(ascii: "0")...UInt8(ascii: "7") where style != .echo:
            position -= 1
            return [byte(number(text, at: &position, end: end, digits: 3, octal: true) ?? 0)]
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            guard letter == UInt8(ascii: "x") || style == .fish else { break }
            if style == .bashQuotes, position < end, text[position] == UInt8(ascii: "{") {
                return braced(text, at: &position, end: end)
            }
            if let value = number(text, at: &position, end: end, digits: 2, octal: false) { return [byte(value)] }
            if style == .zshQuotes { return [0] }
        case UInt8(ascii: "u"):
            if let value = number(text, at: &position, end: end, digits: 4, octal: false) { return character(value) }
        case UInt8(ascii: "U"):
            if let value = number(text, at: &position, end: end, digits: 8, octal: false) { return character(value) }
        case UInt8(ascii: "M") where style == .zshQuotes, UInt8(ascii: "C") where style == .zshQuotes:
            return modified(text, by: letter, at: &position, end: end)
        case UInt8(ascii: "c") where style == .bashQuotes || style == .kshQuotes || style == .fish:
            guard position < end else { break }
            position += 1
            return [text[position - 1] & 0x1F]
        default: break
        }
        return switch style {
        case .zshQuotes, .kshQuotes, .fish: [letter]
        case .bashQuotes, .echo, .format: [UInt8(ascii: "\\"), letter]
        }
    }

    /// `\x{…}`: any number of digits, of which the last byte counts.
    private static func braced(_ text: [UInt8], at position: inout Int, end: Int) -> [UInt8] {
        position += 1
        var value: UInt32 = 0
        while position < end, let digit = text[position].hexadecimalValue {
            value = value << 4 & 0xFF | digit
            position += 1
        }
        if position < end, text[position] == UInt8(ascii: "}") { position += 1 }
        return [byte(value)]
    }

    /// zsh's `\M-x` and `\C-x`. Before the closing quote they are nothing.
    private static func modified(_ text: [UInt8], by letter: UInt8, at position: inout Int, end: Int) -> [UInt8] {
        if position < end, text[position] == UInt8(ascii: "-") { position += 1 }
        guard position < end, text[position] != UInt8(ascii: "'"), text[position] != UInt8(ascii: "\\") else { return [] }
        position += 1
        return [letter == UInt8(ascii: "M") ? text[position - 1] | 0x80 : text[position - 1] & 0x9F]
    }

    private static func number(_ text: [UInt8], at position: inout Int, end: Int, digits: Int, octal: Bool) -> UInt32? {
        var value: UInt32?
        var count = 0
        while count < digits, position < end, let digit = octal ? text[position].octalValue : text[position].hexadecimalValue {
            value = (value ?? 0) << (octal ? 3 : 4) | digit
            position += 1
            count += 1
        }
        return value
    }

    private static func byte(_ value: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value) }

    private static func character(_ value: UInt32) -> [UInt8] {
        value == 0 ? [0] : Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    }
}
