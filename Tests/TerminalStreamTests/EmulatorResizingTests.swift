import Testing

@testable import TerminalStream

/// Another size: as in tmux, where a window is resized with what it shows.
///
/// Only one resize is compared. How many rows come back from what scrolled off after a second one differs: tmux does not count those that cutting lines
/// pushed there.
@Suite(.serialized) struct EmulatorResizingTests {
    @Test func `lines are cut as tmux cuts them`() throws {
        let pane = try TmuxPane(columns: 20, rows: 8)
        for seed in 0..<100 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var sequences = TerminalSequences(.tmux, seed: seed, columns: 20, rows: 8)
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                sequences.addText(wide: seed % 3 == 2)
                sequences.add(Bool.random(using: &random) ? "\r\n" : " ")
            }
            sequences.addText(wide: false)
            try pane.tmux("resize-window -x 20 -y 8")
            _ = try pane.show(sequences.bytes)
            var emulator = sequences.emulator
            let (columns, rows) = (Int.random(in: 4...40, using: &random), Int.random(in: 2...12, using: &random))
            try pane.tmux("resize-window -x \(columns) -y \(rows)")
            emulator.resize(columns: columns, rows: rows)
            let screen = try pane.capture()
            // Where a wide character left a column, tmux counts the cursor's place otherwise than it cuts the line.
            if let difference = emulator.difference(from: screen, styles: false, cursor: seed % 3 != 2) {
                let (here, there) = (emulator.shown.joined(separator: "\n"), screen.emulator().shown.joined(separator: "\n"))
                Issue.record("seed \(seed), \(columns)x\(rows): \(difference)\n\(here)\nin tmux\n\(there)")
            }
        }
    }

    @Test func `the alternate screen is cut, and the main screen is cut anew when it comes back`() {
        var emulator = Emulator(10, 4, after: "$ 0123456789\u{1B}[?1049h\u{1B}[Hfull screen")
        #expect(emulator.shown == ["full scree\\", "n"])
        emulator.resize(columns: 6, rows: 3)
        #expect(emulator.shown == ["full s", "n"])
        emulator.feed("\u{1B}[?1049l")
        #expect(emulator.shown == ["$ 0123\\", "456789"])
        #expect(emulator.place == [1, 6])
    }

    @Test func `lines that were joined are lines again`() {
        var emulator = Emulator(10, 3, after: "abcdefghijklmnop\r\nx")
        for (columns, rows) in [(5, ["klmno\\", "p", "x"]), (20, ["abcdefghijklmnop", "x"]), (10, ["klmnop", "x"])] {
            emulator.resize(columns: columns, rows: 3)
            #expect(emulator.shown == rows)
        }
    }

    @Test func `a wide character that no row can hold is gone`() {
        var emulator = Emulator(4, 2, after: "a漢b")
        emulator.resize(columns: 1, rows: 8)
        #expect(emulator.shown.contains("b"))
        emulator.feed("漢")
        #expect(emulator.columns == 1)
    }

    @Test func `a program's own size does not change it`() {
        var emulator = Emulator(10, 4, after: "x")
        emulator.resize(columns: 10, rows: 4)
        #expect(emulator.shown == ["x"])
        emulator.feed("\u{1B}[8;30;100t")
        #expect([emulator.columns, emulator.rows] == [10, 4])
    }
}
