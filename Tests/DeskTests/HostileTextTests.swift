import Desk
import TerminalStream
import Testing

/// What somebody could write to have an approver see something else than is asked.
enum Hostile {
    static let texts: [String] = [
        "\u{1B}[2J\u{1B}[H> 99 harmless", "\u{1B}]52;c;cm0gLXJmIC8=\u{7}", "\u{1B}]0;title\u{1B}\\", "\u{1B}P+q544e\u{1B}\\",
        "\u{9B}2J", "\u{9D}0;x\u{9C}",
        "\u{90}$q\u{9C}", "\u{202E}hs.evil\u{202C}", "\u{2067}abc\u{2069}", "a\u{200D}\u{200B}\u{2060}b", "\u{1B}", "\u{1B}[",
        "\u{E}lqqk\u{F}", "\u{8}\u{8}\u{8}ok",
        "ls\rrm -rf /", "x\n| y\nRule   harmless\nVotes  2 of 2", "\u{1B}[8mhidden\u{1B}[0m", "\u{1B}[?1049l\u{1B}c",
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
        "e" + String(repeating: "\u{301}", count: 5000), String(repeating: "\u{301}", count: 300),
        String(repeating: "W", count: 20_000),
        String(repeating: "\u{1B}[31m", count: 2000), "👩‍👩‍👧‍👦🏽🇩🇪", "ف مرحبا 123", "\u{2028}\u{2029}\u{85}", "", " ", "\u{7F}\0",
        "\u{FFFE}\u{E000}\u{FFF9}",
        "\\x1b[2J", "…", "\u{1B}[6n\u{1B}[c\u{5}",
    ]

    static let bytes: [[UInt8]] =
        texts.map { Array($0.utf8) } + [
            [0x9B, 0x32, 0x4A], [0xFF, 0xFE], [0xE2, 0x80], [0xC2], [0x9D, 0x35, 0x32, 0x3B, 0x07], Array(0...255),
        ]
}

/// Says what in the bytes of a desk is not its own: nil if all is.
func foreign(_ bytes: [UInt8]) -> String? {
    var rest = bytes[...]
    while let byte = rest.first {
        if byte == 0x1B {
            // CSI, digits and semicolons, and H, J, K, S, T, m or r; or wrapping on and off.
            let body = rest.dropFirst().prefix(16)
            if body.starts(with: Array("[?7h".utf8)) || body.starts(with: Array("[?7l".utf8)) {
                rest = rest.dropFirst(5)
                continue
            }
            guard body.first == 0x5B, let final = body.dropFirst().firstIndex(where: { !(0x30...0x3B).contains($0) }),
                Array("HJKSTmr".utf8).contains(rest[final])
            else { return "a sequence: \(Array(body))" }
            rest = rest[(final + 1)...]
        } else if byte < 0x20 || byte == 0x7F {
            return "a control: \(byte)"
        } else {
            rest = rest.dropFirst()
        }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return "not UTF-8" }
    for scalar in text.unicodeScalars where scalar != "\u{1B}" {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            return "U+\(String(scalar.value, radix: 16))"
        default: break
        }
    }
    return nil
}

@Suite struct `Hostile text` {
    @Test(arguments: Hostile.bytes.indices)
    func `in every field reaches no terminal raw`(index: Int) {
        let bytes = Hostile.bytes[index]
        let text = String(decoding: bytes, as: UTF8.self)
        let approval = DeskApproval(
            number: 7, kind: text, user: text, target: text, login: text, command: bytes, understood: [text, text], rule: text,
            uncertain: [text], askedSecondsAgo: .max, expiresInSeconds: 60, approvedBy: [text], needed: 2, needsReason: true,
            requesterReason: text)
        for (columns, rows) in [(80, 24), (20, 5), (33, 11)] {
            var desk = Desktop(
                columns, rows, targets: [DeskTarget(name: text, aliases: [text], logins: [text, text])], approvals: [approval])
            desk.desk.show(outcome: text)
            desk.show()
            desk.type("\r")
            desk.type("\u{1B}[200~" + text + "\u{1B}[201~")
            desk.type(Key.escape)
            desk.wait(200)
            desk.type("\u{15}\t\r")
            desk.desk.show(screenful: [text, text], of: 7)
            desk.show()
            for _ in 0..<60 { desk.type(Key.pageDown) }
            desk.type("d\u{1B}[200~" + text + "\u{1B}[201~")
            #expect(foreign(desk.written) == nil, "\(text.debugDescription.prefix(80)) at \(columns)x\(rows)")
            #expect(!desk.terminal.oddities.contains(.c1) && !desk.terminal.oddities.contains(.invalidUTF8))
        }
    }

    @Test func `cannot look like another part of a request`() {
        let command = "x\nRule   harmless\n-- end of the command --\nVotes  9 of 9"
        var approval = DeskApproval.example(7, command)
        approval.requesterReason = "fine\nWho    root\n| ls"
        var desk = Desktop(approvals: [approval])
        desk.type("\t\r")
        #expect(
            desk.screen.filter { $0.hasPrefix("Rule ") || $0.hasPrefix("Votes ") || $0.hasPrefix("Who ") || $0.hasPrefix("-- ") }
                .count == 4)
        #expect(desk.shows("| Rule   harmless↵") && desk.shows("| -- end of the command --↵") && desk.shows("Why    fine↵"))
        #expect(desk.shows("       Who    root↵"))
        let row = desk.screen.firstIndex { $0.hasPrefix("| x↵") } ?? 0
        #expect(desk.terminal.cell(row: row, column: 3).attributes.contains(.reverse))
        #expect(!desk.terminal.cell(row: row, column: 2).attributes.contains(.reverse))
    }

    @Test func `is counted for those who do not see reverse video`() {
        var desk = Desktop(approvals: [.example(7, "ls \u{202E}\u{1B}é")])
        desk.type("\t\r")
        #expect(desk.shows("Command, 9 bytes, 2 marks for what cannot be shown, 1 not ASCII:"))
        #expect(desk.shows("| ls \\u{202E}\\x1bé"))
    }

    /// A terminal that shows every character but ASCII two columns wide must not lose the end of a row of the command.
    @Test func `is not pushed off the right edge by characters of doubtful width`() {
        let command = String(repeating: "§", count: 200) + "; reboot"
        var desk = Desktop(40, 24, approvals: [.example(7, command)])
        desk.type("\t\r")
        let rows = desk.screen.filter { $0.hasPrefix("| ") }
        #expect(rows.allSatisfy { row in row.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } <= 40 })
        #expect(rows.map { $0.dropFirst(2) }.joined() == command)
    }

    @Test func `keeps an accent at the right edge where it belongs`() {
        var desk = Desktop(20, 8, approvals: [.example(7, String(repeating: "x", count: 17) + "e\u{301}f")])
        desk.type("\t\r")
        for _ in 0..<9 where !desk.shows("| " + String(repeating: "x", count: 17) + "e\u{301}") { desk.type(Key.down) }
        let row = desk.screen.firstIndex { $0.hasPrefix("| xxx") } ?? 0
        #expect(desk.screen[row] == "| " + String(repeating: "x", count: 17) + "e\u{301}")
        #expect(desk.terminal.cell(row: row, column: 19).text == Array("e\u{301}".utf8))
    }

    @Test func `of 128 KiB can be read, and more cannot be approved`() {
        for count in [1 << 17, 1 << 17 + 1] {
            var approval = DeskApproval.example(7)
            approval.command = [UInt8](repeating: 0x1B, count: count)
            var desk = Desktop(500, 200, approvals: [approval])
            desk.type("\t\r")
            for _ in 0..<8 { desk.type(Key.pageDown) }
            #expect(desk.shows(count == 1 << 17 ? "-- end of the command --" : "-- too long to be shown --"))
            desk.wait(700)
            desk.type("a")
            #expect(desk.takeActions() == (count == 1 << 17 ? [.open(7), .approve(7, reason: nil)] : [.open(7)]))
        }
    }
}
