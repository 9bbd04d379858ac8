import Testing

@testable import TerminalStream

/// What controls and sequences do, as ECMA-48, DEC and xterm say; the rest is shown by the comparisons with tmux and libvterm.
struct EmulatorControlTests {
    @Test(arguments: [
        ("tabs", "a\tb\u{1B}[4G\u{1B}H\r\u{1B}[2Ic\u{1B}[Zd\u{1B}[3g\r\te", ["a       d          e"]),
        ("line feed, vertical tab and form feed", "a\nb\u{B}c\u{C}d", ["a", " b", "  c", "   d"]),
        ("index, next line, reverse index", "a\u{1B}Db\u{1B}Ec\u{1B}M\u{1B}Md", ["ad", " b", "c"]),
        ("new line mode", "\u{1B}[20ha\nb\u{1B}[20l\nc", ["a", "b", " c"]),
        (
            "columns and rows by number", "\u{1B}[2;3Ha\u{1B}[3db\u{1B}[Gc\u{1B}[5`d\u{1B}[2ae\u{1B}[ef",
            ["", "  a", "c  bd  e", "        f"]
        ),
        ("an upper case letter in the middle", "\u{1B}(0lqk\u{1B}(B q", ["┌─┐ q"]),
        ("the second set", "\u{1B})0a\u{E}x\u{F}x", ["a│x"]),
        ("a single shift", "\u{1B}*0a\u{1B}Nxx", ["a│x"]),
        ("a set of its own", "\u{1B}(A#\u{1B}(B#", ["£#"]),
        ("erasing parts of a line", "abcdef\u{1B}[3G\u{1B}[1K\u{1B}[5G\u{1B}[X", ["   d f"]),
        ("erasing parts of the screen", "a\r\nb\r\ncd\u{1B}[2;1H\u{1B}[1J\u{1B}[3;2H\u{1B}[J", ["", "", "c"]),
        ("inserted and deleted characters", "abcdef\u{1B}[3G\u{1B}[2@\u{1B}[6G\u{1B}[P", ["ab  cef"]),
        ("inserted and deleted lines", "a\r\nb\r\nc\u{1B}[2H\u{1B}[L\u{1B}[1H\u{1B}[M", ["", "b", "c"]),
        ("insert mode", "abc\r\u{1B}[4hx\u{1B}[4ly", ["xybc"]),
        ("no autowrap", "\u{1B}[?7labcdefghijklmnopqrstuvwxyz", ["abcdefghijklmnopqrsz"]),
        (
            "a wide character where half a column is left", "\u{1B}[20G漢\u{1B}[?7l\u{1B}[1;20H漢x",
            [String(repeating: " ", count: 19) + "x\\", "漢"]
        ),
        ("scrolling in a region", "a\r\nb\r\nc\r\nd\u{1B}[2;3r\u{1B}[3;1H\nx\u{1B}[2;1H\u{1B}My", ["a", "y", "c", "d"]),
        ("scrolling up and down", "a\r\nb\r\nc\u{1B}[2S\u{1B}[1T", ["", "c"]),
        ("origin mode", "\u{1B}[2;3r\u{1B}[?6h\u{1B}[Ha\u{1B}[9;1Hb\u{1B}[?6l\u{1B}[Hc", ["c", "a", "b"]),
        ("the cursor comes back with its style's set", "\u{1B}[2;2H\u{1B}(0\u{1B}7\u{1B}(B\u{1B}[H\u{1B}8q", ["", " ─"]),
        ("a soft reset", "a\u{1B}[4h\u{1B}[2;3r\u{1B}(0\u{1B}[!p\r\nbq\rc", ["a", "cq"]),
        ("a reset", "a\u{1B}[4h\u{1B}[?1049h\u{1B}[2;3r\u{1B}cx", ["x"]),
        ("a sequence with a control inside", "ab\u{1B}[\r1Cx", ["ax"]),
        ("a sequence that is cancelled", "a\u{1B}[3\u{18}b\u{1B}[3\u{1A}c", ["abc"]),
        ("a sequence in a sequence", "a\u{1B}[3\u{1B}[2Cb", ["a  b"]),
        ("strings", "a\u{1B}]2;t\u{7}b\u{1B}Pq\u{7}x\u{1B}\\c\u{1B}kt\u{1B}\\d\u{1B}_x\u{9C}e", ["abcde"]),
        ("C1 controls", "a\u{9B}2Cb\u{85}c\u{9D}2;t\u{9C}d", ["a  b", "cd"]),
        ("what is not known", "a\u{1B}[>4;1m\u{1B}[?1000;9999h\u{1B}[=5u\u{1B}[1;2z\u{1B}%Gb", ["ab"]),
        ("repeated characters", "ab\u{1B}[3b\u{1B}[Ac\u{1B}[m\u{1B}[2b", ["abbbbc"]),
        (
            "backspace over a wrap in mode ?45", "\u{1B}[?45h\u{1B}[1;19Habc\u{8}\u{8}x",
            [String(repeating: " ", count: 18) + "ax\\", "c"]
        ),
        ("the alignment pattern", "\u{1B}#8\u{1B}[2;2H\u{1B}[J\u{1B}[1;3H\u{1B}[K", ["EE", "E"]),
    ]) func `controls do what they are for`(_ name: String, _ output: String, _ rows: [String]) {
        #expect(Emulator(20, 5, after: output).shown == rows, "\(name)")
    }

    @Test func `the alternate screen comes and goes`() {
        var emulator = Emulator(10, 3, after: "main\u{1B}[?1049h")
        #expect(emulator.isAlternate)
        #expect(emulator.shown == [])
        #expect(emulator.place == [0, 4])
        emulator.feed("\u{1B}[2;2H\u{1B}7alt\u{1B}[?47l")
        #expect(emulator.shown == ["main"])
        #expect(emulator.place == [1, 4])
        emulator.feed("\u{1B}[?47h")
        #expect(emulator.shown == ["", " alt"])
        emulator.feed("\u{1B}8x\u{1B}[?1049l")
        #expect(emulator.shown == ["main"])
        #expect(emulator.place == [0, 4])
        emulator.feed("\u{1B}[?1047h\u{1B}[?1047l\u{1B}[?1047h")
        #expect(emulator.shown == [])
        emulator.feed("\u{1B}[?1049l\u{1B}[?1048h\u{1B}[3;3H\u{1B}[?1048l")
        #expect(emulator.place == [0, 4])
    }

    @Test func `a wrap is pending until something else happens`() {
        let full = "0123456789"
        for (output, isPending) in [
            ("", true), ("\u{7}", true), ("\u{1B}[31m", true), ("\t", true), ("\u{1B}[?25l", true), ("\r", false),
            ("\u{8}", false), ("\n", false),
            ("\u{1B}[K", false), ("\u{1B}[C", false), ("\u{1B}[10G", false), ("\u{1B}7\u{1B}[H\u{1B}8", true),
            ("\u{1B}[?7l", false), ("x", false),
        ] {
            #expect(Emulator(10, 3, after: full + output).isWrapPending == isPending, "\(output.debugDescription)")
        }
    }

    @Test func `styles are those of SGR`() {
        let cases: [(String, CharacterAttributes, Colour, Colour)] = [
            ("", [], .standard, .standard),
            (
                "1;2;3;4;5;7;8;9", [.bold, .faint, .italic, .underline, .blink, .reverse, .conceal, .strikethrough], .standard,
                .standard
            ),
            ("1;2;22", [], .standard, .standard), ("4:3", .underline, .standard, .standard), ("4;4:0", [], .standard, .standard),
            ("31;42", [], .palette(1), .palette(2)), ("97;100", [], .palette(15), .palette(8)),
            ("38;5;200;48;5;16", [], .palette(200), .palette(16)),
            ("38;2;1;2;3;1", .bold, .rgb(1, 2, 3), .standard), ("38:2::1:2:3;48:2:4:5:6", [], .rgb(1, 2, 3), .rgb(4, 5, 6)),
            ("38:5:7;4", .underline, .palette(7), .standard), ("31;38;5;256", [], .palette(1), .standard),
            ("31;0", [], .standard, .standard),
            ("58;5;1;1", .bold, .standard, .standard), ("58:2::1:2:3;9", .strikethrough, .standard, .standard),
            ("31;41;39;49", [], .standard, .standard),
            ("53", .overline, .standard, .standard),
        ]
        for (parameters, attributes, foreground, background) in cases {
            let cell = Emulator(10, 1, after: "\u{1B}[\(parameters)mx").cell(row: 0, column: 0)
            #expect(
                cell
                    == ScreenCell(text: [0x78], width: 1, attributes: attributes, foreground: foreground, background: background),
                "\(parameters)")
        }
    }

    @Test func `erasing leaves the background's colour and no other style`() {
        let emulator = Emulator(4, 2, after: "\u{1B}[1;31;42mab\u{1B}[1D\u{1B}[K\n")
        let erased = ScreenCell(text: [], width: 1, attributes: [], foreground: .standard, background: .palette(2))
        #expect((1..<4).allSatisfy { emulator.cell(row: 0, column: $0) == erased })
        #expect(Emulator(4, 2, after: "\u{1B}[42m\u{1B}[2J").cell(row: 1, column: 3) == erased)
        #expect(Emulator(4, 2, after: "\u{1B}[42m\r\n\n").cell(row: 1, column: 0) == erased)
    }

    @Test func `modes are told`() {
        for (number, mode) in [
            (1, Modes.applicationCursor), (5, .reverseVideo), (12, .cursorBlinking), (45, .reverseWrap), (66, .applicationKeypad),
            (1000, .mouse),
            (1003, .mouse), (1004, .focusEvents), (1006, .mouseSGR), (2004, .bracketedPaste), (2026, .synchronizedOutput),
        ] {
            var emulator = Emulator(4, 2, after: "\u{1B}[?\(number)h")
            #expect(emulator.modes == [.autowrap, .cursorVisible, mode], "\(number)")
            emulator.feed("\u{1B}[?\(number);25l")
            #expect(emulator.modes == [.autowrap], "\(number)")
        }
    }

    @Test(arguments: [
        ("漢字\u{1B}[2Gx", [" x字"]), ("漢字\u{1B}[3Gx", ["漢x"]), ("漢字\u{1B}[2G語", [" 語"]), ("漢字\u{1B}[2G\u{1B}[2X", []),
        ("漢字\u{1B}[2G\u{1B}[@x", [" x 字"]), ("漢字\u{1B}[2G\u{1B}[P", [" 字"]), ("漢字\u{1B}[2G\u{1B}[K", []),
        ("a漢字b漢\u{1B}[G\u{1B}[@", [" a漢字b"]),
    ]) func `wide characters that lose a half are blank`(_ output: String, _ rows: [String]) {
        #expect(Emulator(8, 2, after: output).shown == rows)
    }
}
