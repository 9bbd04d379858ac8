import Testing

@testable import TerminalStream

/// Whatever arrives: a fixed amount of memory, and the screen goes on.
struct EmulatorBoundsTests {
    @Test func `sizes are cut to what is allowed`() {
        for (columns, rows, allowed) in [
            (0, 0, [1, 1]), (-5, 70000, [1, 1000]), (65535, 65535, [1000, 500]), (500, 1000, [500, 1000]),
        ] {
            let emulator = Emulator(columns: columns, rows: rows)
            #expect([emulator.columns, emulator.rows] == allowed)
            var other = Emulator(columns: 80, rows: 24)
            other.resize(columns: columns, rows: rows)
            #expect([other.columns, other.rows] == allowed)
        }
    }

    static let hostile: KeyValuePairs = [
        "many parameters": "\u{1B}[" + String(repeating: "1;", count: 10000) + "m",
        "a long number": "\u{1B}[" + String(repeating: "9", count: 10000) + "A",
        "many colons": "\u{1B}[" + String(repeating: ":", count: 10000) + "m",
        "many intermediates": "\u{1B}[" + String(repeating: "!", count: 10000) + "p",
        "many intermediates of an escape": "\u{1B}" + String(repeating: "(", count: 10000) + "B",
        "a long title": "\u{1B}]" + String(repeating: "x", count: 1_000_000) + "\u{7}",
        "a long device control string": "\u{1B}P" + String(repeating: "x\n", count: 500_000) + "\u{1B}\\",
        "scrolling": "\u{1B}[2147483648S", "inserted lines": "\u{1B}[99999999999999999999L",
        "inserted characters": "\u{1B}[2147483648@",
        "a region": "\u{1B}[2147483647;2147483647r\u{1B}[r", "tabs": "\u{1B}[99999999I\u{1B}[99999999Z",
    ]

    @Test(arguments: hostile.map(\.key)) func `long sequences and large numbers leave the emulator in order`(_ name: String)
        throws
    {
        let output = try #require(Self.hostile.first { $0.key == name }).value
        var emulator = Emulator(20, 4, after: output + "\u{1B}[2;1H\u{1B}[2Kgoes on")
        #expect(emulator.text(row: 1) == Array("goes on".utf8))
        #expect(emulator.isGround)
        emulator = Emulator(1, 1, after: output + "\rx")
        #expect(emulator.shown == ["x"])
    }

    @Test func `a character is repeated to the end of the row`() {
        var emulator = Emulator(10, 3, after: "ab\u{1B}[2147483648b")
        #expect(emulator.shown == ["abbbbbbbbb"])
        emulator.feed("\u{1B}[5b")
        #expect(emulator.shown == ["abbbbbbbbb"])
        emulator.feed("\r\n漢\u{1B}[99b")
        #expect(emulator.shown == ["abbbbbbbbb", "漢漢漢漢漢"])
        emulator.feed("\r\n\u{1B}[5b")
        #expect(emulator.shown == ["abbbbbbbbb", "漢漢漢漢漢"])
    }

    @Test func `nothing is kept of a long string`() {
        var emulator = Emulator(20, 4)
        emulator.feed("\u{1B}]0;")
        let piece = [UInt8](repeating: 0x78, count: 1 << 20)
        for _ in 0..<100 { emulator.feed(piece[...]) }
        #expect(!emulator.isGround)
        emulator.feed("\u{1B}\\x")
        #expect(emulator.shown == ["x"])
    }

    @Test func `combining characters are joined up to a length, and those that are gone are forgotten`() {
        var emulator = Emulator(20, 4, after: "e" + String(repeating: "\u{301}", count: 1000))
        #expect(emulator.text(row: 0).count == 21)
        for _ in 0..<50 {
            emulator.feed("\r" + String(repeating: "e\u{301}\u{302}", count: 200))
            emulator.feed("\u{1B}[?1049he\u{301}\u{1B}[?1049l")
        }
        #expect(
            emulator.shown.allSatisfy {
                $0 == String(repeating: "e\u{301}\u{302}", count: 20) + "\\"
                    || $0 == String(repeating: "e\u{301}\u{302}", count: 20)
            })
        for _ in 0..<100_000 { emulator.feed("\re\u{301}") }
        #expect(emulator.clusters.count <= 2048 + emulator.screen.cellCount)
    }

    @Test func `a storm of resizes ends with a screen of the last size`() {
        var random = SeededGenerator(seed: 1)
        var emulator = Emulator(80, 24)
        emulator.feed("$ ")
        emulator.setAnchor(0)
        emulator.feed("a line 漢字 that is typed e\u{301}")
        for _ in 0..<500 {
            emulator.resize(columns: .random(in: 2...100, using: &random), rows: .random(in: 8...40, using: &random))
            if Bool.random(using: &random) { emulator.feed("\u{1B}[?1049h\u{1B}[Hfull\u{1B}[?1049l") }
        }
        emulator.resize(columns: 80, rows: 24)
        #expect(emulator.typed(since: 0) == "a line 漢字 that is typed e\u{301}")
    }

    @Test func `any cut of a stream gives the same screen`() {
        for seed in 0..<40 as Range<UInt64> {
            var sequences = TerminalSequences(.tmux, seed: seed, columns: 20, rows: 6)
            for _ in 0..<60 {
                sequences.addText(wide: true)
                sequences.addControl()
                sequences.addMovement()
                sequences.addErasing()
                sequences.addEditing()
                sequences.addMode()
                sequences.addStyle()
            }
            var random = SeededGenerator(seed: seed)
            let bytes = sequences.bytes + random.almostText(count: 500) + [0x18]
            var whole = Emulator(20, 6)
            whole.feed(bytes[...])
            var pieces = Emulator(20, 6)
            for piece in random.pieces(of: bytes) { pieces.feed(piece[...]) }
            #expect(whole.shown == pieces.shown)
            #expect(whole.place == pieces.place)
            #expect(whole.oddities == pieces.oddities)
        }
    }

    @Test func `random bytes are some screen`() {
        var random = SeededGenerator(seed: 7)
        var emulator = Emulator(33, 9)
        for _ in 0..<200 {
            emulator.feed(random.bytes(count: 1000)[...])
            #expect((0..<9).contains(emulator.cursor.row) && (0..<33).contains(emulator.cursor.column))
        }
        emulator.feed("\u{18}\u{1B}c" + "ok")
        #expect(emulator.shown == ["ok"])
    }
}
