import Testing

@testable import TerminalStream

@Suite struct `A recording that grows` {
    private func events(_ file: [UInt8], in pieces: [[UInt8]]? = nil) -> [CastEvent] {
        var reader = CastReader()
        var events: [CastEvent] = []
        for piece in pieces ?? [file] { reader.read(piece[...]) { events.append($0) } }
        return events
    }

    private func events(_ text: String) -> [CastEvent] { events(Array(text.utf8)) }

    private static let header = "{\"version\": 2, \"width\": 80, \"height\": 24, \"timestamp\": 1}\n"

    @Test func `is read as it was written`() {
        var file: [UInt8] = []
        var cast = TestCast(
            AsciicastHeader(columns: 120, rows: 40, timestamp: 9, command: [0x22, 0xFF], title: "{\"x\": [1]}", term: "xterm"),
            isTerminal: true, at: 0, into: &file)
        cast.output(Array("\u{1B}[1mhé\r\n\u{7F}\u{9B}😀\"\\/".utf8)[...], from: .stdout, at: 12_345_678_999, into: &file)
        cast.resize(columns: 100, rows: 30, at: 13_000_000_000, into: &file)
        cast.note("command \"x\" held\n", at: 14_000_001_000, into: &file)
        cast.finish(at: 15_000_000_000, into: &file)
        let expected: [CastEvent] = [
            .header(columns: 120, rows: 40), .output(Array("\u{1B}[1mhé\r\n\u{7F}\u{9B}😀\"\\/".utf8), at: 12_345_678_000),
            .resize(columns: 100, rows: 30, at: 13_000_000_000), .marker(Array("command \"x\" held\n".utf8), at: 14_000_001_000),
        ]
        #expect(events(file) == expected)
        // However it is cut, and with the last line not there yet.
        for length in 1...7 {
            let pieces = stride(from: 0, to: file.count, by: length).map { Array(file[$0..<min($0 + length, file.count)]) }
            #expect(events(file, in: pieces) == expected)
        }
        for end in file.indices {
            let seen = events(Array(file[..<end]))
            #expect(seen == Array(expected.prefix(seen.count)))
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `gives back every text`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let text = random.almostText(count: 400)
        let file = record(random.pieces(of: text), isTerminal: true)
        var output: [UInt8] = []
        for event in events(file, in: random.pieces(of: file)) {
            if case .output(let more, _) = event { output += more }
        }
        #expect(output == Array(String(decoding: text, as: UTF8.self).utf8))
    }

    @Test(arguments: [
        "", "x", "[", "[]", "[1, \"o\"]", "[1, \"o\", \"a\"", "[1, \"o\", \"a\"]]", "[1, \"o\", \"a\", 1]", "[-1, \"o\", \"a\"]",
        "[\"1\", \"o\", \"a\"]",
        "[1, o, \"a\"]", "[1, \"o\", \"\\q\"]", "[1, \"o\", \"\\u12\"]", "[1, \"o\", \"\\u12G4\"]", "[1, \"i\", \"a\"]",
        "[1, \"r\", \"80\"]",
        "[1, \"r\", \"0x5\"]", "[1, \"r\", \"80x24x1\"]", "[99999999999999999999, \"o\", \"a\"]",
        "[18446744073709551615, \"o\", \"a\"]",
        "[1, \"o\", \"a\u{1}b\"]", "{\"version\": 2, \"width\": 1, \"height\": 1}", "[1 \"o\" \"a\"]", "[1e5, \"o\", \"a\"]",
        "[1, \"o\", \"a\\",
    ])
    func `skips a line that is none`(line: String) {
        var reader = CastReader()
        var events: [CastEvent] = []
        reader.read(Array((Self.header + line + "\n[2.5, \"o\", \"b\"]\n").utf8)[...]) { events.append($0) }
        #expect(events == [.header(columns: 80, rows: 24), .output([0x62], at: 2_500_000_000)])
        #expect(reader.skippedLines == (line.isEmpty ? 0 : 1))
    }

    @Test(arguments: [
        "{\"version\":2,\"width\":7,\"height\":9}",
        "{ \"env\" : {\"a\":[{},[],[1,2,\"}\"],null,true,-1.5e3]}, \"version\" : 2 ,\"height\":9,\"width\":7 } ",
    ])
    func `begins with a header in any order`(line: String) {
        #expect(events(line + "\n") == [.header(columns: 7, rows: 9)])
    }

    @Test func `begins with a header or is none`() {
        #expect(events("[1, \"o\", \"a\"]\n{\"version\": 1, \"width\": 1, \"height\": 1}\n{}\n").isEmpty)
        #expect(events("{\"a\": " + String(repeating: "[", count: 100_000) + "\n").isEmpty)
    }

    @Test func `joins halves of surrogate pairs`() {
        let seen = events(Self.header + "[0, \"o\", \"\\ud83d\\ude00 \\ud83d \\ude00 \\ud83d\\u0041\\u20AC\"]\n")
        #expect(seen.last == .output(Array("😀 \u{FFFD} \u{FFFD} \u{FFFD}A€".utf8), at: 0))
    }

    @Test func `keeps no line that never ends`() {
        var reader = CastReader()
        var events: [CastEvent] = []
        reader.read(Array(Self.header.utf8)[...]) { events.append($0) }
        let part = [UInt8](repeating: 0x61, count: 1 << 16)
        for _ in 0..<200 { reader.read(part[...]) { events.append($0) } }
        reader.read(Array("\n[1, \"o\", \"b\"]\n".utf8)[...]) { events.append($0) }
        #expect(events == [.header(columns: 80, rows: 24), .output([0x62], at: 1_000_000_000)])
        #expect(reader.skippedLines == 1)
    }
}
