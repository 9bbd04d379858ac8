internal import TerminalStream

/// One thing that is shown: a character, or the mark that stands for what must not reach a terminal as it is.
struct VisibleCharacter: Equatable, Sendable {
    /// Only printable characters, whatever was read.
    var text: String
    /// Columns: that of `TerminalStream.CharacterWidths`, and for a mark one for each letter of it.
    var width: Int
    /// Columns on a terminal that shows more characters wide than ours: never fewer than any terminal takes.
    var widest: Int
    /// Written by us in place of something else.
    var isMark = false
    /// A line feed was read: the mark shows it, and a new line begins.
    var endsLine = false
}

/// Reads bytes of a peer as visible characters, one at a time. What comes depends only on the bytes from where reading began.
///
/// Marks: `\x1b` for a control or a byte that is not UTF-8, `\u{202E}` for everything else that is not plainly seen (`Unicode.Scalar.isPlainlySeen`),
/// `↵` for a line feed. A backslash before something that would read as a mark, or before a mark, is doubled. So no two inputs look alike.
struct VisibleReader {
    private let bytes: [UInt8]
    private(set) var position: Int
    /// How many more combining characters the last character may take.
    private var room = 0

    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        position = start
    }

    mutating func next() -> VisibleCharacter? {
        guard position < bytes.count else { return nil }
        guard let (scalar, length) = scalar(at: position) else {
            position += 1
            return mark(Self.hexadecimal(bytes[position - 1]))
        }
        position += length
        if scalar.value < 0x80 { return ascii(scalar) }
        let width = CharacterWidths.width(of: scalar)
        if width == 0 {
            // More than two on one letter hide what stands above and below.
            guard room > 0, scalar.isOrdinaryCombining else { return mark(Self.number(scalar)) }
            room -= 1
            return VisibleCharacter(text: String(scalar), width: 0, widest: 0)
        }
        guard scalar.isPlainlySeen else { return mark(Self.number(scalar)) }
        room = scalar.properties.isAlphabetic ? 2 : 0
        return VisibleCharacter(text: String(scalar), width: width, widest: 2)
    }

    private mutating func ascii(_ scalar: Unicode.Scalar) -> VisibleCharacter {
        room = scalar.properties.isAlphabetic ? 2 : 0
        switch scalar {
        case "\n": return VisibleCharacter(text: "↵", width: 1, widest: 2, isMark: true, endsLine: true)
        case "\\" where nextIsAmbiguous: return mark("\\\\")
        case " "..."~": return VisibleCharacter(text: String(scalar), width: 1, widest: 1)
        default: return mark(Self.hexadecimal(UInt8(scalar.value)))
        }
    }

    /// What follows a backslash would make it look like a mark, or is shown as one.
    private var nextIsAmbiguous: Bool {
        guard position < bytes.count else { return false }
        guard let (next, _) = scalar(at: position) else { return true }
        switch next {
        case "x", "u", "\\": return true
        case " "..."~": return false
        default: return next.value < 0x80 || CharacterWidths.width(of: next) == 0 || !next.isPlainlySeen
        }
    }

    private mutating func mark(_ text: String) -> VisibleCharacter {
        room = 0
        return VisibleCharacter(text: text, width: text.utf8.count, widest: text.utf8.count, isMark: true)
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private static func number(_ scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }

    /// The well-formed character at an index (Unicode 3.9, table 3-7).
    private func scalar(at index: Int) -> (Unicode.Scalar, length: Int)? {
        let lead = bytes[index]
        let (length, least): (Int, UInt32)
        switch lead {
        case ..<0x80: return (Unicode.Scalar(lead), 1)
        case 0xC2..<0xE0: (length, least) = (2, 0x80)
        case 0xE0..<0xF0: (length, least) = (3, 0x800)
        case 0xF0..<0xF5: (length, least) = (4, 0x10000)
        default: return nil
        }
        guard index + length <= bytes.count else { return nil }
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for byte in bytes[(index + 1)..<(index + length)] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }
}
