/// Skipping over bytes that need no thought, many at a time: nearly all of what a terminal shows is plain ASCII.
extension Span<UInt8> {
    /// The first position from `position` on whose byte is not ASCII; the count if there is none.
    func endOfASCII(from position: Int) -> Int {
        end(from: position) {
            $0.highBits
        } orByte: {
            $0 < 0x80
        }
    }

    /// The first position from `position` on whose byte is not printable ASCII, or is `"` or `\`; the count if there is none.
    func endOfPlainText(from position: Int) -> Int {
        end(from: position) {
            $0.highBits | $0.bytes(below: 0x20) | $0.bytes(0x22) | $0.bytes(0x5C) | $0.bytes(0x7F)
        } orByte: {
            0x20 <= $0 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C
        }
    }

    /// The first position from `position` on whose byte is not printable ASCII; the count if there is none.
    func endOfPrintableASCII(from position: Int) -> Int {
        end(from: position) {
            $0.highBits | $0.bytes(below: 0x20) | $0.bytes(0x7F)
        } orByte: {
            0x20 <= $0 && $0 < 0x7F
        }
    }

    /// The first position from `position` on whose byte is not ASCII, or is ESC; the count if there is none.
    func endOfUnescaped(from position: Int) -> Int {
        end(from: position) {
            $0.highBits | $0.bytes(0x1B)
        } orByte: {
            $0 < 0x80 && $0 != 0x1B
        }
    }

    /// - Parameter word: sets the high bit of each byte that stops.
    @inline(__always) private func end(
        from position: Int, stopsIn word: (UInt64) -> UInt64, orByte continues: (UInt8) -> Bool
    ) -> Int {
        withUnsafeBytes { bytes in
            func stops(at position: Int) -> UInt64 { word(bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)) }
            var position = position
            while position + 32 <= bytes.count,
                stops(at: position) | stops(at: position + 8) | stops(at: position + 16) | stops(at: position + 24) == 0
            {
                position += 32
            }
            while position + 8 <= bytes.count {
                let found = stops(at: position)
                // The first byte is the lowest one.
                if found != 0 { return position + found.littleEndian.trailingZeroBitCount / 8 }
                position += 8
            }
            while position < bytes.count, continues(bytes[position]) { position += 1 }
            return position
        }
    }
}

/// Bytes in a word, after "Bit Twiddling Hacks" (S. E. Anderson): the lowest bit that is set is right, and all are where no byte has its high bit set.
extension UInt64 {
    fileprivate var highBits: UInt64 { self & 0x8080_8080_8080_8080 }

    fileprivate func bytes(below limit: UInt8) -> UInt64 {
        (self &- UInt64(limit) &* 0x0101_0101_0101_0101) & ~self & 0x8080_8080_8080_8080
    }

    fileprivate func bytes(_ value: UInt8) -> UInt64 { (self ^ UInt64(value) &* 0x0101_0101_0101_0101).bytes(below: 1) }
}
