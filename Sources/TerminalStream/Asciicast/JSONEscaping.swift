extension [UInt8] {
    /// Appends text that is JSON already.
    package mutating func append(json: String) { append(contentsOf: json.utf8) }

    /// Appends well-formed UTF-8 as the inside of a JSON string (RFC 8259 §7), one pass, runs copied whole.
    ///
    /// Escaped are, besides what JSON demands, DEL, the C1 controls (U+0080…U+009F) and U+2028/U+2029: so that printing a recording's file
    /// does nothing to a terminal, and no reader takes them for the end of a line.
    package mutating func appendEscaped(_ text: Span<UInt8>) {
        var copied = 0
        var position = 0
        while position < text.count {
            if text[position] < 0x80 {
                position = text.endOfPlainText(from: position)
                guard position < text.count else { break }
            }
            guard let escape = text.escape(at: position) else {
                position += 1
                continue
            }
            if position > copied { append(text.extracting(copied..<position)) }
            appendEscape(escape.value)
            position += escape.length
            copied = position
        }
        append(text.extracting(copied..<text.count))
    }

    /// Appends one character as the inside of a JSON string.
    mutating func appendEscaped(_ scalar: Unicode.Scalar) {
        let character = UTF8.encode(scalar).unsafelyUnwrapped  // every scalar has an encoding
        appendEscaped([UInt8](character).span)
    }

    private mutating func append(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
    }

    private mutating func appendEscape(_ value: UInt16) {
        append(UInt8(ascii: "\\"))
        switch value {
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x22, 0x5C: append(UInt8(truncatingIfNeeded: value))
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0C: append(UInt8(ascii: "f"))
        default:
            append(UInt8(ascii: "u"))
            for shift in stride(from: 12, through: 0, by: -4) { append(Self.hexadecimalDigit(value >> UInt16(shift))) }
        }
    }

    private static func hexadecimalDigit(_ value: UInt16) -> UInt8 {
        let digit = UInt8(truncatingIfNeeded: value & 0xF)
        return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }

    /// Appends bytes as lower-case hexadecimal digits.
    mutating func appendHexadecimal(_ bytes: [UInt8]) {
        for byte in bytes {
            append(Self.hexadecimalDigit(UInt16(byte >> 4)))
            append(Self.hexadecimalDigit(UInt16(byte)))
        }
    }
}

extension Span<UInt8> {
    /// The character at `position` and its length in bytes if it has to be escaped. The text is well-formed, so a lead byte has its followers.
    fileprivate func escape(at position: Int) -> (value: UInt16, length: Int)? {
        switch self[position] {
        case let byte where byte < 0x80:
            (UInt16(byte), 1)
        case 0xC2 where self[position + 1] < 0xA0:
            (UInt16(self[position + 1]), 2)
        case 0xE2 where self[position + 1] == 0x80 && (self[position + 2] == 0xA8 || self[position + 2] == 0xA9):
            (0x2000 + UInt16(self[position + 2] & 0x3F), 3)
        default:
            nil
        }
    }
}
