import Testing

@testable import TerminalStream

/// Plain pieces go out without being copied: in large ones, behind others that nobody took, and while somebody keeps what was taken.
@Suite struct PlainPiecesTests {
    private static let plain = Array(String(repeating: "a line of words, and some more\r\n", count: 1500).utf8)
    private static let secret = Array("\u{1B}[1mtoken ghp_0aB0aB0aB0aB0aB0aB0aB0aB0aB0aB0aB0aB\u{1B}[m\r\n".utf8)

    @Test func `a large piece goes out whole, with a value in any part of it or in none`() throws {
        let set = try MaskSet(compiling: MaskRule.standard)
        for stream in [Self.plain, Self.secret + Self.plain, Self.plain + Self.secret, Self.plain + Self.secret + Self.plain] {
            var whole = MaskedStream(set, known: nil, actions: [], clock: .strict, columns: 80)
            whole.feed(stream[...], at: 0)
            let output = Array(whole.takeOutput())
            #expect(output.count == stream.count)
            #expect(zip(output, stream).allSatisfy { $0 == $1 || $0 == UInt8(ascii: "*") })
            #expect(output.filter { $0 == UInt8(ascii: "*") }.count == (stream.count == Self.plain.count ? 0 : 36))
            #expect(whole.takeOutput().isEmpty)
        }
    }

    @Test func `what was taken stays as it is, and what was not taken is not lost`() throws {
        var mask = MaskedStream(try MaskSet(compiling: MaskRule.standard), known: nil, actions: [], clock: .strict, columns: 80)
        var kept: [ArraySlice<UInt8>] = []
        var fed: [UInt8] = []
        for round in 0..<40 {
            let piece = round % 3 == 1 ? Self.secret : Array("round \(round)\u{1B}[32m ends\r\n".utf8)
            fed += piece
            mask.feed(piece[...], at: 0)
            if round % 4 != 2 { kept.append(mask.takeOutput()) }
        }
        mask.finish()
        kept.append(mask.takeOutput())
        let output = kept.flatMap { $0 }
        #expect(output.count == fed.count)
        #expect(zip(output, fed).allSatisfy { $0 == $1 || $0 == UInt8(ascii: "*") })
        #expect(output.filter { $0 == UInt8(ascii: "*") }.count == 13 * 36)
    }
}
