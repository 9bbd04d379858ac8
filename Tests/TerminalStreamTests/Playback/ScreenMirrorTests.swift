import Testing

@testable import TerminalStream

@Suite struct `The screen of a recording` {
    private static let session = [
        "$ ls\r\na b\r\n", "\u{1B}[31mred\u{1B}[0m \u{1B}[1;48;5;200mbold", "\u{1B}[0m\r\n", "漢字e\u{301}",
        "\u{1B}(0lqk\u{1B}(B\r\n", "\u{1B}[?1049h\u{1B}[5;5Hfull\u{1B}[?25l",
        "\u{1B}[2;3Hscreen\u{1B}[7m x\u{1B}[K", "\u{1B}[?1049l\u{1B}[?25hback", "\u{1B}]52;c;AAAA\u{7}\u{1B}[6n",
        "\r\n\r\n\r\n\r\n\r\n\r\nend",
    ]

    private func file(_ pieces: [String], columns: UInt32 = 40, rows: UInt32 = 8) -> [UInt8] {
        var lines: [UInt8] = []
        var cast = TestCast(AsciicastHeader(columns: columns, rows: rows, timestamp: 1), isTerminal: true, at: 0, into: &lines)
        for piece in pieces { cast.output(Array(piece.utf8)[...], from: .stdout, at: 0, into: &lines) }
        return lines
    }

    @Test func `is told in plain lines`() {
        var screen = LastScreen()
        let file = file(["one\r\n\u{1B}[31mtwo\u{1B}[0m  \r\n\r\nth\u{1B}]0;x\u{7}ree\r\n"])
        for byte in file { screen.read([byte]) }
        #expect(screen.lines == ["one", "two  ", "", "three"])
    }

    @Test func `is what an emulator shows, resizes and all`() {
        var lines: [UInt8] = []
        var cast = TestCast(AsciicastHeader(columns: 10, rows: 4, timestamp: 1), isTerminal: true, at: 0, into: &lines)
        cast.output(Array("0123456789abc".utf8)[...], from: .stdout, at: 0, into: &lines)
        cast.resize(columns: 20, rows: 3, at: 0, into: &lines)
        cast.output(Array("\r\nd".utf8)[...], from: .stdout, at: 0, into: &lines)
        var screen = LastScreen()
        screen.read(lines[...])
        #expect(screen.lines == ["0123456789abc", "d"])
    }

    @Test func `without a recording is empty`() {
        var screen = LastScreen()
        screen.read(Array("no recording\n".utf8)[...])
        #expect(screen.lines == [])
    }

    /// Every terminal that is as large shows the same, whenever it begins to watch, and however many updates it leaves out.
    @Test func `is the same for all who watch`() {
        var follower = CastFollower()
        let file = file(Self.session)
        var mirror = ScreenMirror(columns: 40, rows: 8)
        var early = Emulator(columns: 40, rows: 8)
        for (number, line) in file.split(separator: 0x0A).enumerated() {
            _ = follower.read(Array(line) + [0x0A])
            var late = Emulator(columns: 40, rows: 8)
            late.feed("garbage\u{1B}[31m\u{1B}(0\u{1B}[2;4r")
            late.feed(follower.repaint(columns: 40, rows: 8)[...])
            expectSame(late, follower.screen)
            guard number % 2 == 0 else { continue }
            early.feed(mirror.update(from: follower.screen)[...])
            expectSame(early, follower.screen)
            #expect(mirror.update(from: follower.screen).isEmpty)
        }
    }

    private func expectSame(_ shown: Emulator, _ screen: Emulator) {
        for row in 0..<screen.rows {
            for column in 0..<screen.columns {
                var (mine, its) = (shown.cell(row: row, column: column), screen.cell(row: row, column: column))
                its.attributes.remove(.lineDrawing)
                if mine.text.isEmpty, mine.width == 1 { mine.text = [0x20] }
                if its.text.isEmpty, its.width == 1 { its.text = [0x20] }
                #expect(mine == its, "row \(row), column \(column)")
            }
        }
        #expect(shown.cursor == screen.cursor)
        #expect(shown.modes.contains(.cursorVisible) == screen.modes.contains(.cursorVisible))
    }

    @Test func `fits every size, with the cursor in view`() {
        var follower = CastFollower()
        follower.skip(file(Self.session)[...])
        for (columns, rows) in [(1, 1), (5, 3), (39, 2), (100, 50), (0, 0)] {
            var terminal = Emulator(columns: columns, rows: rows)
            terminal.feed("\u{1B}[?1049h")
            terminal.feed(follower.repaint(columns: columns, rows: rows)[...])
            #expect(String(decoding: terminal.text(row: terminal.cursor.row), as: UTF8.self) == "end".prefix(max(1, columns)))
        }
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `lets nothing through but characters and styles`(seed: UInt64) {
        var sequences = TerminalSequences(.tmux, seed: seed, columns: 20, rows: 6)
        for _ in 0..<80 {
            switch Int.random(in: 0...6, using: &sequences.random) {
            case 0...2: sequences.addText(wide: true)
            case 3: sequences.addMovement()
            case 4: sequences.addStyle()
            case 5: sequences.addScreen()
            default: sequences.addSilence()
            }
        }
        var screen = Emulator(columns: 20, rows: 6)
        screen.feed(sequences.bytes[...])
        var mirror = ScreenMirror(columns: 20, rows: 6)
        let bytes = mirror.update(from: screen)
        var shown = Emulator(columns: 20, rows: 6)
        shown.feed(bytes[...])
        expectSame(shown, screen)
        #expect(!bytes.contains { $0 < 0x20 && $0 != 0x1B && $0 != 0x0F })
        #expect(!String(decoding: bytes, as: UTF8.self).contains("\u{1B}]"))
    }
}
