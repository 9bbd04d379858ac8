/// One UTF-8 character on its way: what of it was read, and which byte may follow (Unicode 3.9, table 3-7).
struct CarriedCharacter: Equatable, Sendable {
    private var scalar: UInt32
    private var missing: UInt8
    /// The range of the next byte. Narrower than 80…BF after E0, ED, F0 and F4: no overlong forms, no surrogates, nothing above U+10FFFF.
    private var lowest: UInt8
    private var highest: UInt8

    /// No character is on its way.
    static let none = CarriedCharacter(scalar: 0, missing: 0, lowest: 0x80, highest: 0xBF)

    /// True while bytes are missing.
    var isUnfinished: Bool { missing > 0 }

    private init(scalar: UInt32, missing: UInt8, lowest: UInt8, highest: UInt8) {
        self.scalar = scalar
        self.missing = missing
        self.lowest = lowest
        self.highest = highest
    }

    /// Nil if no character of two to four bytes begins with this byte.
    init?(leadByte: UInt8) {
        switch leadByte {
        case 0xC2...0xDF: self.init(scalar: UInt32(leadByte & 0x1F), missing: 1, lowest: 0x80, highest: 0xBF)
        case 0xE0: self.init(scalar: 0, missing: 2, lowest: 0xA0, highest: 0xBF)
        case 0xED: self.init(scalar: 0xD, missing: 2, lowest: 0x80, highest: 0x9F)
        case 0xE1...0xEF: self.init(scalar: UInt32(leadByte & 0x0F), missing: 2, lowest: 0x80, highest: 0xBF)
        case 0xF0: self.init(scalar: 0, missing: 3, lowest: 0x90, highest: 0xBF)
        case 0xF1...0xF3: self.init(scalar: UInt32(leadByte & 0x07), missing: 3, lowest: 0x80, highest: 0xBF)
        case 0xF4: self.init(scalar: 4, missing: 3, lowest: 0x80, highest: 0x8F)
        default: return nil
        }
    }

    /// Adds one byte if it may follow. False, and nothing changed, if it may not.
    mutating func extend(by byte: UInt8) -> Bool {
        guard lowest <= byte, byte <= highest else { return false }
        scalar = scalar << 6 | UInt32(byte & 0x3F)
        missing -= 1
        (lowest, highest) = (0x80, 0xBF)
        return true
    }

    enum Step: Equatable {
        /// The byte was added and more are missing.
        case unfinished
        /// The byte was the last.
        case complete(Unicode.Scalar)
        /// The byte may not follow; what was carried is given up, and the byte was not taken.
        case illFormed
    }

    /// Continues a character that an earlier input began.
    mutating func take(_ byte: UInt8) -> Step {
        guard extend(by: byte) else {
            self = .none
            return .illFormed
        }
        guard missing == 0 else { return .unfinished }
        defer { self = .none }
        // The byte ranges leave only scalar values; U+FFFD stands here because the compiler cannot know.
        return .complete(Unicode.Scalar(scalar) ?? "\u{FFFD}")
    }
}
