/// Which characters the bytes of ASCII stand for (ECMA-35; DEC's SCS and shifts).
struct CharacterSets: Equatable, Sendable {
    enum CharacterSet: Equatable, Sendable {
        case ascii
        /// DEC special graphics: lines and corners for lower-case letters.
        case lineDrawing
        /// As ASCII, but `#` is `£`.
        case unitedKingdom
    }

    /// G0 to G3.
    private var designated: (CharacterSet, CharacterSet, CharacterSet, CharacterSet) = (.ascii, .ascii, .ascii, .ascii)
    private var locked = 0
    private var single: Int?

    static func == (left: Self, right: Self) -> Bool {
        left.designated == right.designated && left.locked == right.locked && left.single == right.single
    }

    /// The set of the next character, not counting a single shift.
    var current: CharacterSet { self[locked] }

    /// True if every byte stands for itself.
    var isPlain: Bool { current == .ascii && single == nil }

    private subscript(index: Int) -> CharacterSet {
        switch index {
        case 0: designated.0
        case 1: designated.1
        case 2: designated.2
        default: designated.3
        }
    }

    /// Puts a set into G0…G3. False if the set is not known; then it is ASCII.
    mutating func designate(_ index: Int, final: UInt8) -> Bool {
        let set: CharacterSet =
            switch final {
            case UInt8(ascii: "0"): .lineDrawing
            case UInt8(ascii: "A"): .unitedKingdom
            default: .ascii
            }
        switch index {
        case 0: designated.0 = set
        case 1: designated.1 = set
        case 2: designated.2 = set
        default: designated.3 = set
        }
        return set != .ascii || final == UInt8(ascii: "B") || final == UInt8(ascii: "1")
    }

    /// SI, SO, LS2, LS3.
    mutating func lock(_ index: Int) { locked = index }

    /// SS2, SS3: for the next character only.
    mutating func shiftOnce(_ index: Int) { single = index }

    /// What selects G0 and the shifts again, where ASCII was selected as G0 in between.
    var selection: [UInt8] {
        guard !isPlain else { return [] }
        let final: UInt8 =
            switch designated.0 {
            case .ascii: UInt8(ascii: "B")
            case .lineDrawing: UInt8(ascii: "0")
            case .unitedKingdom: UInt8(ascii: "A")
            }
        let shift: [UInt8] =
            switch locked {
            case 0: [0x0F]
            case 1: [0x0E]
            case 2: [0x1B, UInt8(ascii: "n")]
            default: [0x1B, UInt8(ascii: "o")]
            }
        let single: [UInt8] = self.single.map { [0x1B, UInt8(ascii: "L") + UInt8($0)] } ?? []
        return [0x1B, UInt8(ascii: "("), final] + shift + single
    }

    /// What a byte of printable ASCII stands for. Ends a single shift.
    mutating func character(_ byte: UInt8) -> (value: UInt32, isLineDrawing: Bool) {
        let set = self[single ?? locked]
        single = nil
        switch set {
        case .ascii: return (UInt32(byte), false)
        case .unitedKingdom: return (byte == 0x23 ? 0xA3 : UInt32(byte), false)
        case .lineDrawing:
            guard (0x60...0x7E).contains(byte) else { return (UInt32(byte), false) }
            return (Self.lines[Int(byte) - 0x60], true)
        }
    }

    /// Ends a single shift: a character came that is in none of the sets.
    mutating func endSingleShift() { single = nil }

    /// From ` to ~ (VT220 Programmer Reference, table 2-4; Unicode's mapping as in xterm).
    private static let lines: [UInt32] = [
        0x25C6, 0x2592, 0x2409, 0x240C, 0x240D, 0x240A, 0x00B0, 0x00B1, 0x2424, 0x240B, 0x2518, 0x2510, 0x250C, 0x2514, 0x253C,
        0x23BA,
        0x23BB, 0x2500, 0x23BC, 0x23BD, 0x251C, 0x2524, 0x2534, 0x252C, 0x2502, 0x2264, 0x2265, 0x03C0, 0x2260, 0x00A3, 0x00B7,
    ]
}
