/// The text that a string or a quoted name stands for.
///
/// A string can be SQL itself (`EXECUTE 'DROP …'`), a shell command (`PROGRAM '…'`) or a path, so its escapes have to be undone as the server does.
struct SQLLiteral {
    let text: SQLText
    let dialect: SQLDialect

    /// - Parameter token: a string or a quoted name of that text.
    func content(of token: SQLToken) -> SQLText {
        let bytes = text.bytes
        var content = SQLText()
        var index = token.start
        guard index < token.end else { return content }
        if bytes[index] == UInt8(ascii: "$") { return dollarQuoted(token) }
        // psql puts the value of `:'x'` there, as one literal.
        guard bytes[index] != UInt8(ascii: ":") else {
            content.append(CommandWord.Unknown(source: text.description(token.start..<token.end, limit: 80), splits: false))
            return content
        }
        let letter = bytes[index].inCapitals
        let escapes: Escapes =
            dialect == .mysql && bytes[index] != UInt8(ascii: "`")
            ? .mysql : letter == UInt8(ascii: "E") ? .postgres : letter == UInt8(ascii: "U") ? .unicode : .none
        // `E'a'⏎'b'` is several quoted pieces.
        while index < token.end {
            let byte = bytes[index]
            index += 1
            guard let closing = Self.closing(byte) else { continue }
            index = piece(from: index, to: token.end, closing: closing, escapes: escapes, into: &content)
        }
        return content
    }

    private enum Escapes { case none, postgres, mysql, unicode }

    private static func closing(_ opening: UInt8) -> UInt8? {
        switch opening {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): opening
        case UInt8(ascii: "["): UInt8(ascii: "]")
        default: nil
        }
    }

    /// Returns where the next piece can begin: behind the closing quote.
    private func piece(from start: Int, to end: Int, closing: UInt8, escapes: Escapes, into content: inout SQLText) -> Int {
        let bytes = text.bytes
        var index = start
        while index < end {
            let byte = bytes[index]
            if byte == closing {
                guard index + 1 < end, bytes[index + 1] == closing, closing != UInt8(ascii: "]") else { return index + 1 }
                content.append(byte)
                index += 2
            } else if byte == UInt8(ascii: "\\"), escapes != .none, index + 1 < end {
                index = escape(at: index + 1, to: end, escapes, into: &content)
            } else {
                copy(index, into: &content)
                index += 1
            }
        }
        return end
    }

    private func dollarQuoted(_ token: SQLToken) -> SQLText {
        let bytes = text.bytes
        guard let second = bytes[(token.start + 1)..<token.end].firstIndex(of: UInt8(ascii: "$")) else { return SQLText() }
        let tag = token.start..<second + 1
        let isClosed =
            token.end - tag.count >= tag.upperBound && bytes[token.end - tag.count..<token.end].elementsEqual(bytes[tag])
        return text.slice(tag.upperBound..<(isClosed ? token.end - tag.count : token.end))
    }
}

// MARK: - Escapes

extension SQLLiteral {
    /// Stands behind the backslash; returns where the text goes on.
    private func escape(at index: Int, to end: Int, _ escapes: Escapes, into content: inout SQLText) -> Int {
        let byte = text.bytes[index]
        switch (escapes, byte) {
        case (.unicode, UInt8(ascii: "\\")):
            content.append(byte)
            return index + 1
        case (.unicode, UInt8(ascii: "+")): return scalar(from: index + 1, digits: 6, to: end, into: &content)
        case (.unicode, _): return scalar(from: index, digits: 4, to: end, into: &content)
        case (.postgres, UInt8(ascii: "u")): return scalar(from: index + 1, digits: 4, to: end, into: &content)
        case (.postgres, UInt8(ascii: "U")): return scalar(from: index + 1, digits: 8, to: end, into: &content)
        case (.postgres, UInt8(ascii: "x")): return byteValue(from: index + 1, digits: 2, radix: 16, to: end, into: &content)
        case (.postgres, UInt8(ascii: "0")...UInt8(ascii: "7")):
            return byteValue(from: index, digits: 3, radix: 8, to: end, into: &content)
        case (_, UInt8(ascii: "n")): content.append(0x0A)
        case (_, UInt8(ascii: "r")): content.append(0x0D)
        case (_, UInt8(ascii: "t")): content.append(0x09)
        case (_, UInt8(ascii: "b")): content.append(0x08)
        case (.postgres, UInt8(ascii: "f")): content.append(0x0C)
        case (.mysql, UInt8(ascii: "0")): content.append(0)
        case (.mysql, UInt8(ascii: "Z")): content.append(0x1A)
        default: copy(index, into: &content)
        }
        return index + 1
    }

    private func copy(_ index: Int, into content: inout SQLText) {
        if text.bytes[index] == SQLText.hole {
            content.append(text, index..<index + 1)
        } else {
            content.append(text.bytes[index])
        }
    }

    private func digits(from start: Int, atMost count: Int, radix: UInt32, to end: Int) -> (value: UInt32, end: Int) {
        var value: UInt32 = 0
        var index = start
        while index < end, index < start + count, let digit = Character(Unicode.Scalar(text.bytes[index])).hexDigitValue,
            UInt32(digit) < radix
        {
            value = value * radix + UInt32(digit)
            index += 1
        }
        return (value, index)
    }

    private func scalar(from start: Int, digits count: Int, to end: Int, into content: inout SQLText) -> Int {
        // Eight hexadecimal digits fit 32 bits.
        let (value, next) = digits(from: start, atMost: count, radix: 16, to: end)
        for byte in String(Unicode.Scalar(value).map(Character.init) ?? "\u{FFFD}").utf8 { content.append(byte) }
        return max(next, start)
    }

    private func byteValue(from start: Int, digits count: Int, radix: UInt32, to end: Int, into content: inout SQLText) -> Int {
        let (value, next) = digits(from: start, atMost: count, radix: radix, to: end)
        let byte = UInt8(truncatingIfNeeded: value)
        // A byte above ASCII could make the hole's, or half a character.
        content.append(byte < 0x80 ? byte : UInt8(ascii: "?"))
        return next
    }
}
