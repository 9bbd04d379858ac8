/// Reads the few forms of JSON (RFC 8259) that lines of a recording have. Each method reads one thing and says whether it was there; after a no, where it
/// stands means nothing.
struct JSONScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A { position += 1 }
    }

    /// Nothing but blanks follows.
    var isAtEnd: Bool {
        var rest = self
        rest.skipSpace()
        return rest.next == nil
    }

    /// Takes a character that stands by itself.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// A number without sign, fraction and exponent.
    mutating func wholeNumber() -> UInt64? {
        skipSpace()
        let start = position
        var value: UInt64 = 0
        while let digit = next.flatMap(Self.decimal) {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            guard !isTooLarge, product <= UInt64.max - digit else { return nil }
            value = product + digit
            position += 1
        }
        return position > start ? value : nil
    }

    /// Seconds, as nanoseconds: `12.345678` is 12,345,678,000. Digits behind the ninth are dropped.
    mutating func nanoseconds() -> UInt64? {
        guard let seconds = wholeNumber(), seconds < UInt64.max / 2_000_000_000 else { return nil }
        var fraction: UInt64 = 0
        if next == UInt8(ascii: ".") {
            position += 1
            var scale: UInt64 = 1_000_000_000
            while let digit = next.flatMap(Self.decimal) {
                scale /= 10
                fraction += digit * scale
                position += 1
            }
        }
        return seconds * 1_000_000_000 + fraction
    }

    private static func decimal(_ byte: UInt8) -> UInt64? { (0x30...0x39).contains(byte) ? UInt64(byte - 0x30) : nil }

    // MARK: Strings

    /// A string, as UTF-8. Half a surrogate pair becomes U+FFFD.
    mutating func string() -> [UInt8]? {
        guard take("\"") else { return nil }
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): guard escape(into: &text) else { return nil }
            case ..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(into text: inout [UInt8]) -> Bool {
        guard let byte = next else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"):
            guard let unit = codeUnit() else { return false }
            text += String(scalar(unit)).utf8
        default: return false
        }
        return true
    }

    private mutating func codeUnit() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte & 0xDF) - 0x37)
            default: return nil
            }
        }
        position += 4
        return value
    }

    /// The character of a code unit, and of the other half of its pair if that follows.
    private mutating func scalar(_ unit: UInt32) -> Unicode.Scalar {
        guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
        let behind = position
        if next == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") {
            position += 2
            if let low = codeUnit(), low & 0xFC00 == 0xDC00 {
                return Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)) ?? "\u{FFFD}"
            }
        }
        position = behind
        return "\u{FFFD}"
    }

    // MARK: What is not needed

    /// Skips a value, nested no deeper than a header's are.
    mutating func skipValue(depth: Int = 8) -> Bool {
        skipSpace()
        switch next {
        case UInt8(ascii: "\""): return string() != nil
        case UInt8(ascii: "{"): return depth > 0 && skipAll(until: "}", named: true, depth: depth - 1)
        case UInt8(ascii: "["): return depth > 0 && skipAll(until: "]", named: false, depth: depth - 1)
        default:
            let start = position
            while let byte = next,
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45].contains(byte)
            {
                position += 1
            }
            return position > start
        }
    }

    private mutating func skipAll(until end: Unicode.Scalar, named: Bool, depth: Int) -> Bool {
        position += 1
        if take(end) { return true }
        repeat {
            if named { guard string() != nil, take(":") else { return false } }
            guard skipValue(depth: depth) else { return false }
        } while take(",")
        return take(end)
    }
}
