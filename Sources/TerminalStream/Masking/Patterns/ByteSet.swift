/// A set of byte values: what one place of a pattern may be.
struct ByteSet: Hashable, Sendable {
    private var words = SIMD4<UInt64>()

    init() {}

    init(_ bytes: ClosedRange<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    static let all = ByteSet(0...255)

    var isEmpty: Bool { words == SIMD4() }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    mutating func remove(_ byte: UInt8) { words[Int(byte >> 6)] &= ~(1 << UInt64(byte & 63)) }

    mutating func formUnion(_ other: ByteSet) { words |= other.words }

    func intersection(_ other: ByteSet) -> ByteSet {
        var set = self
        set.words &= other.words
        return set
    }

    var inverted: ByteSet {
        var set = self
        set.words = ~words
        return set
    }

    /// With the other case of each ASCII letter.
    var ignoringCase: ByteSet {
        var set = self
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
            if contains(letter) { set.insert(letter - 0x20) }
            if contains(letter - 0x20) { set.insert(letter) }
        }
        return set
    }

    /// 32 bytes; bit n of byte m stands for the value 8m + n.
    var bitmap: [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }
}
