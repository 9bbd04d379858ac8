import Testing

@testable import TerminalStream

@Suite struct ByteScanTests {
    @Test func `a scan over many bytes at a time ends where one over single bytes does`() {
        var random = SeededGenerator(seed: 7)
        let special: [UInt8] = [0x00, 0x0A, 0x1A, 0x1B, 0x1C, 0x1F, 0x20, 0x22, 0x5C, 0x7E, 0x7F, 0x80, 0x9B, 0xFF]
        for _ in 0..<4000 {
            var bytes = [UInt8](repeating: 0x61, count: Int.random(in: 0...80, using: &random))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = special.randomElement(using: &random) ?? 0
            }
            let start = Int.random(in: 0...bytes.count, using: &random)
            func end(_ isSuch: (UInt8) -> Bool) -> Int { bytes[start...].firstIndex { !isSuch($0) } ?? bytes.count }
            #expect(bytes.span.endOfASCII(from: start) == end { $0 < 0x80 })
            #expect(bytes.span.endOfPrintableASCII(from: start) == end { 0x20 <= $0 && $0 < 0x7F })
            #expect(bytes.span.endOfPlainText(from: start) == end { 0x20 <= $0 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C })
            #expect(bytes.span.endOfUnescaped(from: start) == end { $0 < 0x80 && $0 != 0x1B })
        }
    }
}
