import Testing

@testable import TerminalStream

/// Where other terminals differ from this one, each shown by what both do. `TerminalSequences` keeps away from these.
@Suite(.serialized) struct EmulatorDifferencesTests {
    /// Some output on a screen of 10x4, what is shown here, and what is shown there.
    private struct Difference {
        var reason: String
        var output: String
        var here: [String]
        var there: [String]
        var cursors: ([Int], [Int])?
    }

    private let tmux = [
        Difference(
            reason: "While a wrap is pending, xterm's cursor is on the last column, tmux's is behind it.",
            output: "0123456789\u{8}x",
            here: ["01234567x9"], there: ["012345678x"]),
        Difference(
            reason: "So does erasing to the end of the line reach the last character in xterm only.",
            output: "0123456789\u{1B}[K",
            here: ["012345678"], there: ["0123456789"]),
        Difference(
            reason: "And a line feed ends the pending wrap in xterm only.", output: "0123456789\nx",
            here: ["0123456789", "         x"],
            there: ["0123456789", "", "x"]),
        Difference(
            reason: "In tmux a backspace in the first column goes back over a wrap; in xterm only in mode ?45.",
            output: "0123456789a\u{8}\u{8}x",
            here: ["0123456789", "x"], there: ["012345678x", "a"]),
        Difference(
            reason: "In insert mode tmux does not make room in the row that it wraps to.",
            output: "\r\nabc\u{1B}[H012345678\u{1B}[4hxyz",
            here: ["012345678x", "yzabc"], there: ["012345678x", "yzbc"]),
        Difference(
            reason: "When inserting, tmux erases only as many cells as it has moved.", output: "abcdefghij\u{1B}[3G\u{1B}[6@",
            here: ["ab      cd"], there: ["ab  efghcd"]),
        Difference(
            reason:
                "Outside of the scroll region tmux inserts and deletes lines to the end of the screen; xterm and libvterm do nothing there.",
            output: "a\r\nb\r\nc\r\nd\u{1B}[3;4r\u{1B}[H\u{1B}[L", here: ["a", "b", "c", "d"], there: ["", "a", "b", "c"]),
        Difference(
            reason: "ASCII over the second half of a wide character in the first column leaves the first half in tmux.",
            output: "漢\u{1B}[2Gx",
            here: [" x"], there: ["漢x"]),
        Difference(
            reason: "tmux shows nothing for what is not UTF-8; xterm shows U+FFFD.", output: "a\u{FF}b", here: ["a\u{FFFD}b"],
            there: ["ab"]),
        Difference(
            reason: "U+0080–U+009F are controls in xterm; tmux joins them to the character before.", output: "a\u{84}b",
            here: ["a", " b"],
            there: ["ab"]),
        Difference(
            reason: "tmux erases the screen for DECCOLM; xterm ignores it unless told not to.", output: "abc\u{1B}[?3l",
            here: ["abc"], there: []),
        Difference(
            reason: "The origin mode's first row is the region's also when the region is set.", output: "\u{1B}[?6h\u{1B}[2;3rx",
            here: ["", "x"],
            there: ["x"]),
        Difference(
            reason: "With two separators tmux takes a default for a missing end of the region only, xterm for 0 too.",
            output: "\u{1B}[2;0r\u{1B}[4;1Ha\nb", here: ["", "", "a", " b"], there: ["", "", "a", " b"]),
        Difference(
            reason: "tmux joins any character behind U+200D, also ASCII's successor; here the very next one.",
            output: "👩\u{200D}a🚀", here: ["👩\u{200D}a🚀"],
            there: ["👩a\u{200D}🚀"]),
        Difference(
            reason: "A string other than OSC goes on behind ESC in tmux; in xterm ESC ends it.",
            output: "\u{1B}Pq\u{1B}[2Cx\u{1B}\\y",
            here: ["  xy"], there: ["y"]),
    ]

    @Test func `tmux differs in what is listed, and only there`() throws {
        let pane = try TmuxPane(columns: 10, rows: 4)
        for difference in tmux {
            let bytes = difference.output == "a\u{FF}b" ? [0x61, 0xFF, 0x62] : Array(difference.output.utf8)
            var emulator = Emulator(10, 4)
            emulator.feed(bytes[...])
            let there = try pane.show(bytes).emulator()
            #expect(shown(emulator) == difference.here, "\(difference.reason)")
            #expect(shown(there) == difference.there, "tmux: \(difference.reason)")
        }
    }

    private let libvterm = [
        Difference(reason: "libvterm 0.1 shows what is in APC, SOS and PM.", output: "\u{1B}_x\u{1B}\\", here: [], there: ["x"]),
        Difference(
            reason: "libvterm moves over the borders of the scroll region.", output: "\u{1B}[2;3r\u{1B}[2;1H\u{1B}[9Bx",
            here: ["", "", "x"],
            there: ["", "", "", "x"]),
        Difference(
            reason: "libvterm does not insert and delete characters outside of the scroll region.",
            output: "abc\u{1B}[2;3r\u{1B}[P", here: ["bc"],
            there: ["abc"]),
        Difference(
            reason: "libvterm does not restore character sets.", output: "\u{1B}7\u{1B}(0\u{1B}8q", here: ["q"], there: ["─"]),
        Difference(
            reason: "libvterm does not insert more than half of what remains.", output: "abcdefghij\u{1B}[3G\u{1B}[6@",
            here: ["ab      cd"],
            there: ["ab      cd"]),
    ]

    @Test func `libvterm differs in what is listed`() throws {
        let screens = try LibvtermScreens()
        defer { screens.remove() }
        let shown = try screens.show(libvterm.map { Array($0.output.utf8) }, columns: 10, rows: 4)
        for (difference, there) in zip(libvterm, shown) {
            #expect(self.shown(Emulator(10, 4, after: difference.output)) == difference.here, "\(difference.reason)")
            let rows = there.rows.map { row in String(row.joined().reversed().drop { $0 == " " }.reversed()) }
            #expect(Array(rows.reversed().drop { $0.isEmpty }.reversed()) == difference.there, "libvterm: \(difference.reason)")
        }
    }

    /// The rows without blanks and spaces at their ends.
    private func shown(_ emulator: Emulator) -> [String] {
        var rows = (0..<emulator.rows).map { row in
            String(String(decoding: emulator.text(row: row), as: UTF8.self).reversed().drop { $0 == " " }.reversed())
        }
        while rows.last == "" { rows.removeLast() }
        return rows
    }
}
