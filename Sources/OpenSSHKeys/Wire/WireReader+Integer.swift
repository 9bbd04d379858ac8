extension WireReader {
    /// RFC 4251 §5: `mpint` that is greater than zero, as its big-endian bytes without leading zeros.
    ///
    /// Zero, negative numbers and unnecessary leading bytes are refused, so that one number has one encoding and keys can be
    /// compared by their blobs.
    /// - Parameter bits: the longest number accepted.
    package mutating func readPositiveInteger(bits: Int) throws(WireError) -> ArraySlice<UInt8> {
        let encoded = try readString(limit: bits / 8 + 1)
        guard let first = encoded.first else { throw .malformed("integer that is zero") }
        guard first < 0x80 else { throw .malformed("integer that is negative") }
        guard first == 0 else { return try limited(encoded, to: bits) }
        let magnitude = encoded.dropFirst()
        guard let second = magnitude.first, second >= 0x80 else { throw .malformed("integer with unnecessary leading zeros") }
        return try limited(magnitude, to: bits)
    }

    private func limited(_ magnitude: ArraySlice<UInt8>, to bits: Int) throws(WireError) -> ArraySlice<UInt8> {
        let length = bitCount(ofMagnitude: magnitude)
        guard length <= bits else { throw .tooLong(length: length, limit: bits) }
        return magnitude
    }
}

extension WireWriter {
    /// RFC 4251 §5: `mpint` of a number that is not negative, given as big-endian bytes.
    package mutating func writeInteger(_ magnitude: some Collection<UInt8>) {
        let significant = Array(magnitude.drop { $0 == 0 })
        writeString((significant.first ?? 0) >= 0x80 ? [0] + significant : significant)
    }
}

/// How many bits the number of these big-endian bytes (no leading zero) has.
func bitCount(ofMagnitude magnitude: ArraySlice<UInt8>) -> Int {
    guard let first = magnitude.first else { return 0 }
    return magnitude.count * 8 - first.leadingZeroBitCount
}
