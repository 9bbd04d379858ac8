import Testing

@testable import TerminalStream

struct UTF8DecoderTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var bytes: [UInt8]
        var text: String
    }

    /// Unicode 16.0 §3.9, tables 3-8 to 3-11, and the ends of every range.
    static let vectors = [
        Vector(testDescription: "nothing", bytes: [], text: ""),
        Vector(testDescription: "ASCII with NUL and DEL", bytes: [0x00, 0x41, 0x7F], text: "\u{0}A\u{7F}"),
        Vector(testDescription: "one to four bytes", bytes: Array("aé€😀".utf8), text: "aé€😀"),
        Vector(
            testDescription: "first and last of each length",
            bytes: [0xC2, 0x80, 0xDF, 0xBF, 0xE0, 0xA0, 0x80, 0xEF, 0xBF, 0xBF, 0xF0, 0x90, 0x80, 0x80, 0xF4, 0x8F, 0xBF, 0xBF],
            text: "\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}"),
        Vector(testDescription: "around the surrogates", bytes: [0xED, 0x9F, 0xBF, 0xEE, 0x80, 0x80], text: "\u{D7FF}\u{E000}"),
        Vector(
            testDescription: "table 3-8: overlong forms", bytes: [0xC0, 0xAF, 0xE0, 0x80, 0xBF, 0xF0, 0x81, 0x82, 0x41],
            text: "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A"),
        Vector(
            testDescription: "table 3-9: surrogates", bytes: [0xED, 0xA0, 0x80, 0xED, 0xBF, 0xBF, 0xED, 0xAF, 0x41],
            text: "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A"),
        Vector(
            testDescription: "table 3-10: too large, and lone followers",
            bytes: [0xF4, 0x91, 0x92, 0x93, 0xFF, 0x41, 0x80, 0xBF, 0x42],
            text: "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A\u{FFFD}\u{FFFD}B"),
        Vector(
            testDescription: "table 3-11: truncated sequences", bytes: [0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41],
            text: "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A"),
        Vector(testDescription: "the end inside a character", bytes: [0x41, 0xF0, 0x9F, 0x98], text: "A\u{FFFD}"),
        Vector(testDescription: "Latin-1", bytes: [0x47, 0x72, 0xFC, 0xDF, 0x65], text: "Gr\u{FFFD}\u{FFFD}e"),
    ]

    @Test(arguments: vectors) func `bytes become the characters a terminal shows`(_ vector: Vector) {
        #expect(decode([vector.bytes]) == Array(vector.text.utf8))
    }

    @Test(arguments: vectors) func `where a stream is cut changes nothing`(_ vector: Vector) {
        for first in 0...vector.bytes.count {
            for second in first...vector.bytes.count {
                let pieces = [vector.bytes[..<first], vector.bytes[first..<second], vector.bytes[second...]].map(Array.init)
                #expect(decode(pieces) == Array(vector.text.utf8), "cut at \(first) and \(second)")
            }
        }
        #expect(decode(vector.bytes.map { [$0] }) == Array(vector.text.utf8), "byte by byte")
    }

    @Test(arguments: 0..<200) func `random bytes decode as the standard library decodes them`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = random.almostText(count: 400)
        #expect(decode(random.pieces(of: bytes)) == Array(String(decoding: bytes, as: UTF8.self).utf8))
    }

    @Test func `a slice is read from its own start`() {
        var decoder = UTF8Decoder()
        var text: [UInt8] = []
        decoder.decode(Array("xxé€yy".utf8)[2..<7], into: &text)
        #expect(text == Array("é€".utf8))
    }

    @Test func `a finished stream carries nothing into the next`() {
        var decoder = UTF8Decoder()
        var text: [UInt8] = []
        decoder.decode([0xE2, 0x82], into: &text)
        decoder.flush(into: &text)
        decoder.decode([0xAC], into: &text)
        decoder.flush(into: &text)
        #expect(String(decoding: text, as: UTF8.self) == "\u{FFFD}\u{FFFD}")
    }

    private func decode(_ pieces: [[UInt8]]) -> [UInt8] {
        var decoder = UTF8Decoder()
        var text: [UInt8] = []
        for piece in pieces { decoder.decode(piece[...], into: &text) }
        decoder.flush(into: &text)
        return text
    }
}
