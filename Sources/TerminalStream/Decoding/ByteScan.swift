/// Skipping over bytes that need no thought, eight at a time: nearly all of what a terminal shows is plain ASCII.
extension Span<UInt8> {
    /// The first position from `position` on whose byte is not ASCII; the count if there is none.
    func endOfASCII(from position: Int) -> Int {
        end(from: position) {
            $0.hasHighBit
        } orByte: {
            $0 < 0x80
        }
    }

    /// The first position from `position` on whose byte is not printable ASCII, or is `"` or `\`; the count if there is none.
    func endOfPlainText(from position: Int) -> Int {
        end(from: position) { word in
            word.hasHighBit || word.hasByte(below: 0x20) || word.hasByte(0x22) || word.hasByte(0x5C) || word.hasByte(0x7F)
        } orByte: {
            0x20 <= $0 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C
        }
    }

    /// The first position from `position` on whose byte is not printable ASCII; the count if there is none.
    func endOfPrintableASCII(from position: Int) -> Int {
        end(from: position) { word in
            word.hasHighBit || word.hasByte(below: 0x20) || word.hasByte(0x7F)
        } orByte: {
            0x20 <= $0 && $0 < 0x7F
        }
    }

    /// The first position from `position` on whose byte is not ASCII, or is ESC; the count if there is none.
    func endOfUnescaped(from position: Int) -> Int {
        end(from: position) { word in
            word.hasHighBit || word.hasByte(0x1B)
        } orByte: {
            $0 < 0x80 && $0 != 0x1B
        }
    }

    @inline(__always) private func end(
        from position: Int, stopsIn word: (UInt64) -> Bool, orByte continues: (UInt8) -> Bool
    ) -> Int {
        withUnsafeBytes { bytes in
            var position = position
            while position + 8 <= bytes.count, !word(bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)) {
                position += 8
            }
            while position < bytes.count, continues(bytes[position]) { position += 1 }
            return position
        }
    }
}

/// Bytes in a word, after "Bit Twiddling Hacks" (S. E. Anderson): exact for words without a high bit, which is asked first.
extension UInt64 {
    fileprivate var hasHighBit: Bool { self & 0x8080_8080_8080_8080 != 0 }

    fileprivate func hasByte(below limit: UInt8) -> Bool {
        (self &- UInt64(limit) &* 0x0101_0101_0101_0101) & ~self & 0x8080_8080_8080_8080 != 0
    }

    fileprivate func hasByte(_ value: UInt8) -> Bool { (self ^ UInt64(value) &* 0x0101_0101_0101_0101).hasByte(below: 1) }
}
