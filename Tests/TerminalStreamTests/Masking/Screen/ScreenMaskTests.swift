import Testing

@testable import TerminalStream

/// Values that stand on the screen although they never came in one piece.
@Suite struct ScreenMaskTests {
    static let alternate = "\u{1B}[?1049h\u{1B}[H\u{1B}[2J"

    @Test func `a value that is put together from pieces is masked when it is complete`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate + "\u{1B}[3;5Hghp_01234\u{1B}[1;1H")
        screen.show("\u{1B}[1;1Htitle")
        screen.show("\u{1B}[3;14H5678\u{1B}[1;1H")
        #expect(screen.user.shown == ["title", "", "    ghp_012345678"])
        screen.show("\u{1B}[3;18H9ab\u{1B}[1;1H")
        #expect(screen.user.shown == ["title", "", "    ghp_************"])
        #expect(screen.difference == nil)
        #expect(screen.findings.map(\.rule) == [0])
        #expect(!String(decoding: screen.bytes, as: UTF8.self).contains("9ab"), "the last piece has never gone out")
    }

    @Test func `it is masked as it is printed where one chunk completes it`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate + "\u{1B}[3;11H6789ab\u{1B}[3;1Hghp_012345\u{1B}[H")
        #expect(screen.user.shown == ["", "", "ghp_************"])
        #expect(!String(decoding: screen.bytes, as: UTF8.self).contains("0123"))
    }

    @Test func `inserting and deleting characters completes a value`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate + "ghp_0123--456789ab")
        #expect(screen.user.shown == ["ghp_0123--456789ab"])
        screen.show("\u{1B}[9G\u{1B}[2P")
        #expect(screen.user.shown == ["ghp_************"])
        #expect(screen.difference == nil)
        screen.show("\u{1B}[2;1Hghp_0123456789a\u{1B}[2;5H")
        screen.show("\u{1B}[@")
        screen.show("x")
        #expect(screen.user.shown == ["ghp_************", "ghp_************"])
    }

    @Test(arguments: [
        "\u{1B}[31;1;4m", "\u{1B}[38;5;200;48;2;1;2;3m", "\u{1B}[?6h\u{1B}[2;6r", "\u{1B}[2;6r\u{1B}[4;7H", "\u{1B}[4h",
        "\u{1B}(0", "\u{1B})0\u{0E}",
        "\u{1B}[?7l", "\u{1B}7\u{1B}[5;5H", "\u{1B}[2;6r\u{1B}[?6h\u{1B}[4h\u{1B}[7m\u{1B}(0",
    ])
    func `a repair changes nothing but cells`(state: String) throws {
        // The value is complete when the characters between are deleted: all of it is shown already.
        for place in ["", "\u{1B}[1;40H", "\u{1B}[1;39Hxx", "\u{1B}[8;40Hq", "\u{1B}[5;39H漢", "\u{1B}[5;3Hq"] {
            var screen = try MaskedScreen()
            screen.show(
                Self.alternate + "\u{1B}[1;1Hab \u{1B}[34mghp_0123--456789ab\u{1B}[m" + "\u{1B}[6;1Hghp_012345678\u{1B}[1;9H")
            screen.show("\u{1B}[1;12H\u{1B}[2P" + state + place)
            #expect(screen.difference == nil, "\(state.debugDescription), \(place.debugDescription)")
            #expect(screen.user.shown[0].hasPrefix("ab ghp_************"))
            screen.show(state.contains("[4h") ? "abc" : "\u{1B}[3babc")
            #expect(screen.difference == nil, "\(state.debugDescription), \(place.debugDescription)")
        }
    }

    @Test func `wide characters become two stars`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate + "\u{1B}[1;11H漢字漢x\u{1B}[1;1Hpassword=a\u{1B}[H")
        #expect(screen.user.shown == ["password=********"])
        #expect(screen.difference == nil)
    }

    @Test func `a value goes on in the next row`() throws {
        var screen = try MaskedScreen(20, 8)
        screen.show(Self.alternate + "\u{1B}[2;1H6789ab\u{1B}[1;11Hghp_012345\u{1B}[H")
        #expect(screen.user.shown == ["          ghp_******", "******"])
        screen.show("\u{1B}[4;1Hpassword=secret0123456789 and")
        #expect(screen.user.shown.suffix(2) == ["password=***********\\", "***** and"])
        #expect(screen.difference == nil)
    }

    @Test func `cards keep their ends, and other words their letters`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate + "\u{1B}[2;7H 1111 1111 1111\u{1B}[2;1Hx 4111\u{1B}[3;1HSEEN12\u{1B}[H")
        screen.show("\u{1B}[3;7H34\u{1B}[H")
        #expect(screen.user.shown == ["", "x 4111 11** **** 1111", "SEEN1234"])
    }

    @Test func `what is only reported is not told by the screen`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate + "SEEN12\u{1B}[1;7H34")
        screen.show("\u{1B}[1;9H5\u{1B}[H")
        #expect(screen.user.shown == ["SEEN12345"])
        #expect(screen.findings.isEmpty)
    }

    @Test func `a value is told once while the screen stays`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate)
        for _ in 0..<5 {
            screen.show("\u{1B}[1;1Hghp_012345\u{1B}[1;11H")
            screen.show("6789ab")
            #expect(screen.user.shown == ["ghp_************"])
            screen.show("\u{1B}[2J")
        }
        #expect(screen.findings.count == 1)
    }

    @Test func `a value that a chunk shows and clears is masked`() throws {
        var screen = try MaskedScreen()
        screen.show(Self.alternate + "ghp_012345\u{1B}[1;11H6789ab\u{1B}[2J")
        #expect(screen.user.shown.isEmpty)
        #expect(!String(decoding: screen.bytes, as: UTF8.self).contains("6789ab"))
    }

    @Test func `plain output and line editing do not switch it on`() throws {
        var lines = ScreenSwitch(rows: 4)
        for byte in "ls -l\r\n\u{1B}[31mx\u{1B}[m\u{1B}[K\u{8}\u{1B}[3C\u{1B}[2A\u{1B}[5G\u{1B}]0;1H\u{7}\u{1B}[?25l".utf8 {
            _ = lines.take(byte)
        }
        #expect(!lines.isOn)
        for byte in "\u{1B}[2;5H".utf8 { _ = lines.take(byte) }
        #expect(lines.isOn)
        for byte in "\u{1B}[?2004h".utf8 { _ = lines.take(byte) }
        #expect(!lines.isOn, "a line editor begins")
        for byte in "\u{1B}[5d\n\n\n".utf8 { _ = lines.take(byte) }
        #expect(lines.isOn)
        _ = lines.take(0x0A)
        #expect(!lines.isOn, "all that was there has scrolled away")
        for byte in "\u{1B}[?12;1049h\u{1B}[?2004h\n\n\n\n\n\n".utf8 { _ = lines.take(byte) }
        #expect(lines.isOn)
        for byte in "\u{1B}[?1049l".utf8 { _ = lines.take(byte) }
        #expect(!lines.isOn)
    }

    @Test func `what stood on the screen before it was switched on counts`() throws {
        var screen = try MaskedScreen()
        screen.show("first\r\nghp_012345\r\nlast\r\n")
        screen.show("\u{1B}[2;11H")
        screen.show("6789ab")
        #expect(screen.user.shown == ["first", "ghp_************", "last"])
        // And also behind a time in which it was off.
        screen.show("\u{1B}[?2004h\r\nghp_0123456\r\n")
        screen.show("\u{1B}[3;12H789ab")
        #expect(screen.user.shown == ["first", "ghp_************", "ghp_************"])
    }

    @Test func `a repair finds its row although nobody knows where the session began`() throws {
        var screen = try MaskedScreen()
        screen.showBefore("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n")
        screen.show("\u{1B}[?1hfirst\r\nghp_0123456789--ab\r\nlast\r\n")
        screen.show("\u{1B}[2A\u{1B}[14C\u{1B}[2P\u{1B}[B")
        #expect(screen.user.shown == ["3", "4", "5", "6", "first", "ghp_************", "last"])
        #expect(screen.difference == nil)
        screen.show("\u{1B}[?1l\u{1B}[?2004h\u{1B}[?1h")
        #expect(!screen.mask.followsScreen, "this is a line editor")
    }

    @Test func `rows are read again when the window has another size`() throws {
        var screen = try MaskedScreen(24, 8)
        screen.show(Self.alternate + "\u{1B}[1;11Hghp_0123456789\u{1B}[2;1H-")
        screen.resize(40, 8)
        screen.show("\u{1B}[1;25Hab")
        #expect(screen.user.shown == ["          ghp_************", "-"])
        #expect(screen.difference == nil)
    }

    @Test func `no cut lets a value stand on the screen, nor changes what the program believes`() throws {
        var generator = SeededGenerator(seed: 31)
        let pieces = [
            "ghp_012345", "6789ab", "0123456789ab", "ghp_", "4111 1111", " 1111 1111", "4111111111111111", "password=",
            "geheim12", "x", " ", "漢", "é",
            "\u{301}", "word", "\r\n", "\u{8}", "\t",
            "\u{1B}[1;1H", "\u{1B}[1;11H", "\u{1B}[2;1H", "\u{1B}[3;8H", "\u{1B}[4;15H", "\u{1B}[8;20H", "\u{1B}[2P", "\u{1B}[2@",
            "\u{1B}[K", "\u{1B}[J",
            "\u{1B}[L", "\u{1B}[M", "\u{1B}M", "\u{1B}[2;6r", "\u{1B}[r", "\u{1B}[?6h", "\u{1B}[?6l", "\u{1B}[4h", "\u{1B}[4l",
            "\u{1B}[?7l", "\u{1B}[?7h",
            "\u{1B}7", "\u{1B}8", "\u{1B}[31m", "\u{1B}[m", "\u{1B}[1;7m", "\u{1B}(0", "\u{1B}(B", "\u{1B}[5b", "\u{1B}[S",
            "\u{1B}[2X", "\u{1B}[C", "\u{1B}[3D",
        ]
        for round in 0..<150 {
            var screen = try MaskedScreen(20, 8)
            screen.show(Self.alternate)
            var stream: [UInt8] = []
            for _ in 0..<60 { stream += Array((pieces.randomElement(using: &generator) ?? "").utf8) }
            var rest = stream[...]
            while !rest.isEmpty {
                let chunk = rest.prefix(Int.random(in: 1...40, using: &generator))
                rest = rest.dropFirst(chunk.count)
                screen.show(chunk)
                let values = Self.values(on: screen.user)
                guard values.isEmpty else {
                    Issue.record("round \(round): \(values) in \(screen.user.shown)")
                    return
                }
            }
            screen.finish()
            guard screen.difference == nil else {
                Issue.record(
                    "round \(round): \(screen.difference ?? "") after \(String(decoding: stream, as: UTF8.self).debugDescription)"
                )
                return
            }
        }
    }

    /// Written apart from the rules: what stands in one line between two characters that are in none.
    static func values(on emulator: Emulator) -> [Substring] {
        let all = emulator.text(
            from: ScreenPosition(row: 0, column: 0), to: ScreenPosition(row: emulator.rows - 1, column: emulator.columns))
        let text = String(decoding: all.bytes, as: UTF8.self)
        let values =
            #/(^|[^A-Za-z0-9_])ghp_[0-9A-Za-z]{12,20}($|[^A-Za-z0-9_])|(^|[^A-Za-z0-9_.])4111 ?1111 ?1111 ?1111($|[^A-Za-z0-9_])|password=[^\s"'&*]{6}/#
        return text.matches(of: values).map(\.output.0)
    }
}
