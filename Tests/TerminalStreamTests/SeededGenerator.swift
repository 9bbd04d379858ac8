/// Random numbers that a failing test can repeat: SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func bytes(count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }

    /// Text of all lengths of character with ill-formed sequences in it, where decoders differ most.
    mutating func almostText(count: Int) -> [UInt8] {
        let fragments: [[UInt8]] = [
            Array("plain ".utf8), Array("é".utf8), Array("€".utf8), Array("😀".utf8), Array("\u{1B}[1m\r\n\"\\".utf8),
            Array("\u{85}\u{2028}".utf8),
            [0xC0], [0xE0, 0x80], [0xED, 0xA0], [0xF0, 0x9F], [0xF4, 0x90], [0xFF], [0xE2, 0x82], [0x80],
        ]
        var bytes: [UInt8] = []
        while bytes.count < count {
            bytes += Bool.random(using: &self) ? fragments.randomElement(using: &self) ?? [] : self.bytes(count: 1)
        }
        return bytes
    }

    /// The same bytes in pieces of 0 to 9.
    mutating func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = Int.random(in: 0...9, using: &self)
            pieces.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return pieces
    }
}
