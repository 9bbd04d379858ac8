import Testing

@testable import TerminalStream

/// What the guard reads: between prompt and cursor, over wraps, scrolling and resizes.
struct EmulatorReadingTests {
    @Test func `what stands between an anchor and the cursor is the line`() {
        var emulator = Emulator(20, 5, after: "$ ")
        emulator.setAnchor(0)
        emulator.feed("ls -l")
        #expect(emulator.typed(since: 0) == "ls -l")
        emulator.feed("\u{8}\u{8}\u{1B}[K")
        #expect(emulator.typed(since: 0) == "ls ")
    }

    /// DSR, DA and DECRQM; not the sequences that only look like them.
    @Test func `what the terminal is asked is counted`() {
        var emulator = Emulator(20, 5, after: "$ ")
        emulator.feed("\u{1B}[6n\u{1B}[5n\u{1B}[?6n\u{1B}[c\u{1B}[0c\u{1B}[>c\u{1B}[=c\u{1B}[?2026$p\u{1B}[4$p")
        #expect(emulator.questions == 9)
        emulator.feed("\u{1B}[>4n\u{1B}[99n\u{1B}[?1c\u{1B}[!p\u{1B}[1;1R\u{1B}[m\u{1B}n\u{1B}c n c")
        #expect(emulator.questions == 9)
    }

    @Test func `a line that wraps is read as one`() {
        var emulator = Emulator(10, 5, after: "$ ")
        emulator.setAnchor(0)
        emulator.feed("echo 0123456789 abc")
        #expect(emulator.shown == ["$ echo 012\\", "3456789 ab\\", "c"])
        #expect(emulator.typed(since: 0) == "echo 0123456789 abc")
    }

    @Test func `a line that ends with the last column is read to its end`() {
        var emulator = Emulator(10, 5, after: "$ ")
        emulator.setAnchor(0)
        emulator.feed("12345678")
        #expect(emulator.isWrapPending)
        #expect(emulator.place == [0, 10])
        #expect(emulator.typed(since: 0) == "12345678")
        emulator.feed("9")
        #expect(emulator.typed(since: 0) == "123456789")
    }

    @Test func `a prompt that ends with the last column has its anchor behind it`() {
        var emulator = Emulator(10, 5, after: "0123456 $ ")
        emulator.setAnchor(0)
        #expect(emulator.anchor(0) == ScreenPosition(row: 0, column: 10))
        emulator.feed("ls")
        #expect(emulator.typed(since: 0) == "ls")
    }

    @Test func `the column that a wide character leaves is told of and not read`() throws {
        var emulator = Emulator(5, 5, after: "$ ")
        emulator.setAnchor(0)
        emulator.feed("ab漢c")
        #expect(emulator.shown == ["$ ab\\", "漢c"])
        let text = emulator.text(from: try #require(emulator.anchor(0)), to: emulator.position)
        #expect(String(decoding: text.bytes, as: UTF8.self) == "ab漢c")
        #expect(text.characters.map(\.leftColumn) == [false, false, true, false])
        #expect(text.characters.map(\.range) == [0..<1, 1..<2, 2..<5, 5..<6])
    }

    @Test func `suggestions are faint`() {
        let emulator = Emulator(20, 2, after: "ls\u{1B}[2m -l\u{1B}[22m x")
        let text = emulator.text(from: .init(row: 0, column: 0), to: emulator.position)
        #expect(text.characters.map(\.isFaint) == [false, false, true, true, true, false, false])
    }

    @Test func `blanks between characters are spaces that nobody wrote`() {
        let emulator = Emulator(20, 2, after: "a\u{1B}[2Cb")
        let text = emulator.text(from: .init(row: 0, column: 0), to: emulator.position)
        #expect(text.bytes == Array("a  b".utf8))
        #expect(text.characters.map(\.isBlank) == [false, true, true, false])
    }

    @Test func `rows that do not wrap end in a line feed`() {
        let emulator = Emulator(20, 4, after: "one\r\n\r\ntwo")
        #expect(emulator.text(from: .init(row: 0, column: 1), to: emulator.position).bytes == Array("ne\n\ntwo".utf8))
    }

    @Test func `places off the screen give no text`() {
        let emulator = Emulator(20, 4, after: "one\r\ntwo\r\n\n\nfive")
        #expect(emulator.readableRows == -1..<4)
        for (start, end, text) in [
            ((-9, 0), (-1, 3), "one"), ((-9, 0), (-8, 3), ""), ((3, 0), (99, 0), "five\n"), ((7, 0), (9, 0), ""),
            ((1, 2), (0, 0), ""),
            ((0, 5), (0, 2), ""), ((0, 0), (0, 99), "two                 "), ((Int.min, 0), (-1, 1), "o"),
            ((3, 1), (Int.max, 0), "ive\n"),
        ] {
            let read = emulator.text(from: .init(row: start.0, column: start.1), to: .init(row: end.0, column: end.1))
            #expect(String(decoding: read.bytes, as: UTF8.self) == text, "\(start), \(end)")
        }
        #expect(emulator.lastChange(rows: -9 ... -8) == 0)
        #expect(emulator.lastChange(rows: 4...9) == 0)
        #expect(emulator.lastChange(rows: -9...9) == emulator.generation)
    }

    @Test func `an anchor goes up with its line, into what scrolled off, and is gone behind that`() {
        var emulator = Emulator(10, 3, after: "$ ")
        emulator.setAnchor(0)
        emulator.feed("ls\r\n1\r\n2\r\n3")
        #expect(emulator.anchor(0) == ScreenPosition(row: -1, column: 2))
        #expect(emulator.typed(since: 0) == "ls\n1\n2\n3")
        emulator.feed(String(repeating: "\n", count: Emulator.historyRows - 1))
        #expect(emulator.anchor(0) == ScreenPosition(row: -Emulator.historyRows, column: 2))
        emulator.feed("\n")
        #expect(emulator.anchor(0) == nil)
    }

    @Test func `an anchor moves with lines that are inserted and deleted`() {
        var emulator = Emulator(10, 6, after: "a\r\nb\r\nc")
        emulator.setAnchor(7)
        emulator.feed("\u{1B}[1;1H\u{1B}[2L")
        #expect(emulator.anchor(7) == ScreenPosition(row: 4, column: 1))
        emulator.feed("\u{1B}[3M")
        #expect(emulator.anchor(7) == ScreenPosition(row: 1, column: 1))
        emulator.feed("\u{1B}[2;1H\u{1B}[M")
        #expect(emulator.anchor(7) == nil)
    }

    @Test func `an anchor of the main screen waits while the alternate is shown`() {
        var emulator = Emulator(10, 3, after: "\r\n$ ")
        emulator.setAnchor(1)
        emulator.feed("vi\u{1B}[?1049h\u{1B}[Hfull screen")
        #expect(emulator.anchor(1) == nil)
        #expect(emulator.isAlternate)
        emulator.feed("\u{1B}[?1049l")
        #expect(emulator.anchor(1) == ScreenPosition(row: 1, column: 2))
        #expect(emulator.typed(since: 1) == "vi")
    }

    @Test func `anchors stay with their character when lines are cut anew`() {
        var emulator = Emulator(10, 4, after: "first line\r\nuser@host $ ")
        emulator.setAnchor(0)
        emulator.feed("echo one two")
        for (columns, rows) in [(7, 4), (30, 4), (10, 2), (12, 9), (3, 3), (80, 24), (10, 4)] {
            emulator.resize(columns: columns, rows: rows)
            #expect(emulator.typed(since: 0) == "echo one two", "\(columns)x\(rows)")
        }
        #expect(emulator.shown == ["$ echo one\\", " two"])
        #expect(emulator.text(row: -1) == Array("user@host ".utf8))
    }

    @Test func `a change is dated by row`() {
        var emulator = Emulator(10, 4, after: "a\r\nb")
        let before = emulator.generation
        emulator.feed("c")
        #expect(emulator.lastChange(rows: 0...0) <= before)
        #expect(emulator.lastChange(rows: 0...1) == emulator.generation)
        let later = emulator.generation
        emulator.feed("\u{1B}[1m\u{7}\u{1B}[1;1H")
        #expect(emulator.lastChange(rows: 0...3) <= later)
    }

    @Test func `oddities are what is on now, and what was seen`() {
        var emulator = Emulator(10, 4)
        #expect(emulator.oddities == [])
        let cases: [(String, Oddities, String)] = [
            ("\u{1B}[8m", .conceal, "\u{1B}[m"), ("\u{1B}[4h", .insertMode, "\u{1B}[4l"),
            ("\u{1B}[?6h", .originMode, "\u{1B}[?6l"),
            ("\u{1B}[2;3r", .scrollRegion, "\u{1B}[r"), ("\u{1B}[?7l", .autowrapOff, "\u{1B}[?7h"),
            ("\u{E}\u{1B})0", .characterSet, "\u{F}"),
            ("\u{1B}(0", .characterSet, "\u{1B}(B"), ("\u{1B}[?1049h", .alternateScreen, "\u{1B}[?1049l"),
        ]
        for (on, oddity, off) in cases {
            emulator.feed(on)
            #expect(emulator.oddities == oddity, "\(on.debugDescription)")
            emulator.feed(off)
            #expect(emulator.oddities == [], "\(off.debugDescription)")
        }
        emulator.feed("\u{85}")
        emulator.feed([0xFF])
        emulator.feed("\u{1B}[?69h")
        #expect(emulator.oddities == [.c1, .invalidUTF8, .unsupported])
        emulator.forgetSightings()
        #expect(emulator.oddities == [])
    }

    @Test func `ground is between sequences and characters`() {
        var emulator = Emulator(10, 4)
        for (piece, isGround) in [
            ("a", true), ("\u{1B}", false), ("[", false), ("1", false), ("m", true), ("\u{1B}]0;x", false), ("\u{7}", true),
        ] {
            emulator.feed(piece)
            #expect(emulator.isGround == isGround, "\(piece.debugDescription)")
        }
        emulator.feed([0xE6, 0xBC])
        #expect(!emulator.isGround)
        emulator.feed([0xA2])
        #expect(emulator.isGround)
        #expect(emulator.shown == ["a漢"])
    }
}
