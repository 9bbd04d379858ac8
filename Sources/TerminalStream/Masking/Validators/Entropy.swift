/// Shannon's, of the bytes of a value.
enum Entropy {
    /// In 1/1024 bits for each byte, rounded down a little: fixed point, as pure targets have no logarithm.
    static func of(_ value: ArraySlice<UInt8>) -> Int {
        guard value.count > 1 else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in value { counts[Int(byte)] += 1 }
        let sum = counts.reduce(0) { $1 > 0 ? $0 + $1 * log2($1) : $0 }
        return log2(value.count) - sum / value.count
    }

    /// In 1/1024, for 1 and more: the whole part from the highest bit, each further bit from a square.
    static func log2(_ number: Int) -> Int {
        let whole = Int.bitWidth - 1 - number.leadingZeroBitCount
        // 1 to 2, with 30 bits behind the point.
        var fraction = whole > 30 ? number >> (whole - 30) : number << (30 - whole)
        var result = whole
        for _ in 0..<10 {
            fraction = (fraction * fraction) >> 30
            result <<= 1
            if fraction >= 1 << 31 {
                fraction >>= 1
                result |= 1
            }
        }
        return result
    }
}
