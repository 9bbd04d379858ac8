import TerminalStream

/// Makes output as programs and chance make it. It follows the emulator, to keep away from the few states in which terminals are known to differ.
struct TerminalSequences {
    /// Whose differences it keeps away from. `EmulatorDifferencesTests` shows each of them.
    enum Terminal { case tmux, libvterm }

    let terminal: Terminal
    var random: SeededGenerator
    private(set) var bytes: [UInt8] = []
    private(set) var emulator: Emulator
    /// After how many bytes each addition ended.
    private(set) var ends: [Int] = []

    init(_ terminal: Terminal, seed: UInt64, columns: Int, rows: Int) {
        self.terminal = terminal
        random = SeededGenerator(seed: seed)
        emulator = Emulator(columns: columns, rows: rows)
    }

    mutating func add(_ output: String) {
        bytes += Array(output.utf8)
        ends.append(bytes.count)
        emulator.feed(output)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func count() -> String { number(0...3) == 0 ? "" : String(number(0...(number(0...9) == 0 ? 300 : 9))) }

    /// Text of ASCII only, or with wide and combining characters.
    mutating func addText(wide: Bool) {
        let characters = wide ? Array("aébc 漢字e\u{301}漢\u{301}ｗ가😀𝄞─ｱ".unicodeScalars) : Array("abc XYZ 0189 ~!".unicodeScalars)
        // tmux leaves the first half of a wide character in the first column when ASCII is written over its second half.
        if emulator.position.column == 1, emulator.cell(row: emulator.cursor.row, column: 1).width == 0 { add("\r") }
        var text = ""
        var length = number(1...(number(0...4) == 0 ? 60 : 8))
        // In insert mode tmux inserts nothing into the row that it wraps to.
        if emulator.modes.contains(.insert) { length = min(length, (emulator.columns - emulator.position.column - 1) / 2) }
        guard length > 0 else { return }
        for _ in 0..<length {
            text.unicodeScalars.append(characters[number(0...(characters.count - 1))])
        }
        add(text)
    }

    /// What goes back or edits where the cursor stands is different in tmux while a wrap is pending.
    private mutating func leavePendingWrap() { if emulator.isWrapPending { add("\r") } }

    mutating func addControl() {
        leavePendingWrap()
        if emulator.position.column == 0 { add("\u{1B}[C") }  // tmux: a backspace there goes back over a wrap
        add(["\r", "\n", "\u{8}", "\t", "\r\n", "\u{B}", "\u{C}", "\u{1B}D", "\u{1B}E", "\u{1B}M", "\u{1B}H"][number(0...10)])
    }

    mutating func addMovement() {
        leavePendingWrap()
        switch number(0...4) {
        case 0: add("\u{1B}[\(number(1...emulator.rows + 2));\(number(1...emulator.columns + 2))H")
        case 1: add("\u{1B}[\(count())\(["G", "d", "`"][number(0...2)])")
        default:
            let final = ["A", "B", "C", "D", "E", "F", "Z"][number(0...6)]
            // libvterm moves up and down over the borders of a scroll region.
            if terminal == .libvterm, "ABEF".contains(final), hasScrollRegion { return }
            add("\u{1B}[\(count())\(final)")
        }
    }

    private var hasScrollRegion: Bool { emulator.oddities.contains(.scrollRegion) }

    mutating func addErasing() {
        leavePendingWrap()
        add("\u{1B}[\(["", "0", "1", "2"][number(0...3)])\(["J", "K", "K", "K"][number(0...3)])")
    }

    mutating func addEditing() {
        leavePendingWrap()
        let final = ["@", "P", "X", "L", "M", "S", "T"][number(0...6)]
        // Outside of the region tmux moves lines to the screen's end, xterm none; libvterm does not even edit characters there.
        if hasScrollRegion, "LM".contains(final) || terminal == .libvterm { return }
        let count = count()
        // When inserting, tmux and libvterm leave some of what stands behind the cursor if less than half of it remains.
        if final == "@", 2 * max(1, Int(count) ?? 1) > emulator.columns - emulator.position.column { return }
        add("\u{1B}[\(count)\(final)")
    }

    mutating func addRegion() {
        leavePendingWrap()
        let first = number(1...emulator.rows)
        let last = number(first...emulator.rows)
        guard first < last else { return add("\u{1B}[r") }
        add("\u{1B}[\(first);\(last)r")
    }

    mutating func addStyle() {
        let colours = [
            "31", "42", "97", "104", "38;5;\(number(0...255))", "48;2;1;2;\(number(0...255))", "38:2::9:8:\(number(0...255))",
            "39", "49",
        ]
        let attributes = [
            "", "0", "1", "2", "3", "4", "5", "7", "8", "9", "22", "23", "24", "25", "27", "28", "29", "4:3", "4:0",
        ]
        add("\u{1B}[\(number(0...1) == 0 ? colours[number(0...8)] : attributes[number(0...18)])m")
    }

    mutating func addMode() {
        leavePendingWrap()
        switch number(0...5) {
        case 0: add(number(0...2) == 0 ? "\u{1B}[?7l" : "\u{1B}[?7h")
        case 1: add(number(0...2) == 0 ? "\u{1B}[4h" : "\u{1B}[4l")
        case 2: add(["\u{1B}(0", "\u{1B}(B", "\u{1B}(B", "\u{1B})0\u{E}", "\u{F}", "\u{F}"][number(0...5)])
        case 3: add("\u{1B}7")
        // libvterm does not restore character sets.
        case 4: add(terminal == .libvterm ? "\u{1B}8\u{F}\u{1B}(B\u{1B})B" : "\u{1B}8")
        default: add("\u{1B}[?25h")
        }
    }

    /// To the alternate screen or back.
    mutating func addScreen() {
        leavePendingWrap()
        add(emulator.isAlternate ? "\u{1B}[?1049l" : "\u{1B}[?1049h")
    }

    /// Sequences that show nothing.
    mutating func addSilence() {
        // libvterm 0.1 shows what is in SOS, PM and APC.
        if terminal == .tmux, number(0...4) == 0 {
            return add(["\u{1B}_x\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}Xx\u{1B}\\"][number(0...2)])
        }
        add(
            [
                "\u{1B}]0;title\u{7}", "\u{1B}]8;;http://x/\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[?2004h",
                "\u{1B}[?1h\u{1B}=", "\u{1B}>",
                "\u{1B}[5\u{18}", "\u{7}", "\u{0}", "\u{1B}[>c", "\u{1B}[1;2;3;4;5;6;7;8y", "\u{1B}[?1$p", "\u{1B}[ q", "\u{7F}",
            ][number(0...13)])
    }
}
