import Testing

@testable import TerminalStream

struct TextDetectionTests {
    @Test func `without a terminal text ends at the first NUL, and a marker tells the rest`() throws {
        let recorded = try RecordedLines(record([Array("receiving\n".utf8) + [0x00, 0x41], [0x42]], isTerminal: false))
        #expect(recorded.output == "receiving\n")
        #expect(recorded.markers == ["binary stdout: 3 bytes, sha256 004142"])
        #expect(recorded.events.last?.code == "m")
    }

    @Test func `a terminal's output is always text`() throws {
        var random = SeededGenerator(seed: 1)
        let bytes = [0x00] + random.bytes(count: 4000)
        let recorded = try RecordedLines(record([bytes], isTerminal: true))
        #expect(recorded.output == String(decoding: bytes, as: UTF8.self))
        #expect(recorded.markers.isEmpty)
    }

    @Test func `compressed output without a NUL is found out`() throws {
        var random = SeededGenerator(seed: 2)
        let bytes = random.bytes(count: 4000).filter { $0 != 0 }
        let recorded = try RecordedLines(record([bytes], isTerminal: false))
        #expect(recorded.output.utf8.count < 2000)
        #expect(recorded.markers.count == 1)
    }

    @Test func `eight-bit prose stays text`() throws {
        let line: [UInt8] =
            Array("Die B".utf8) + [0xE4] + Array("ume bl".utf8) + [0xFC] + Array("hen sch".utf8) + [0xF6] + Array("n.\n".utf8)
        let recorded = try RecordedLines(record(Array(repeating: line, count: 2000), isTerminal: false))
        #expect(recorded.markers.isEmpty)
        #expect(recorded.output.count == 2000 * line.count)
    }

    @Test func `each stream has its own end of text`() throws {
        var lines: [UInt8] = []
        var cast = TestCast(.plain, isTerminal: false, at: 0, into: &lines)
        cast.output([0x00, 0x01], from: .stdout, at: 0, into: &lines)
        cast.output(Array("warning\n".utf8)[...], from: .stderr, at: 0, into: &lines)
        cast.output([0x02], from: .stdout, at: 0, into: &lines)
        cast.output([0x21, 0x00], from: .stderr, at: 0, into: &lines)
        cast.finish(at: 0, into: &lines)
        let recorded = try RecordedLines(lines)
        #expect(recorded.output == "warning\n!")
        #expect(recorded.markers == ["binary stdout: 3 bytes, sha256 000102", "binary stderr: 1 bytes, sha256 00"])
    }

    /// Every byte is either in the recording or in the hash, and the place of the cut between them is the same for any chunks.
    @Test(arguments: 0..<100) func `where text ends does not depend on how the stream was cut`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let text = random.almostText(count: Int.random(in: 0...200, using: &random)).filter { $0 != 0 }
        let bytes = text + random.bytes(count: 900)
        let whole = try RecordedLines(record([bytes], isTerminal: false))
        let drip = try RecordedLines(record(bytes.map { [$0] }, isTerminal: false))
        let pieces = try RecordedLines(record(random.pieces(of: bytes), isTerminal: false))
        #expect(drip.output == whole.output)
        #expect(pieces.output == whole.output)
        #expect(drip.markers == whole.markers)
        #expect(pieces.markers == whole.markers)

        let unrecorded = try #require(whole.markers.first?.split(separator: " ").last).count / 2
        #expect(Array(whole.output.utf8) == Array(String(decoding: bytes.dropLast(unrecorded), as: UTF8.self).utf8))
    }

    @Test func `a stream that ends where the verdict falls leaves nothing out`() throws {
        let bytes = [UInt8](repeating: 0xFF, count: TextDetector.limit / TextDetector.costOfIllFormed + 1)
        #expect(try RecordedLines(record([bytes], isTerminal: false)).markers.isEmpty)
        let more = try RecordedLines(record([bytes, Array(repeating: 0x41, count: 3)], isTerminal: false))
        #expect(more.markers == ["binary stdout: 3 bytes, sha256 414141"])
    }
}
