import Desk
import TerminalStream
import Testing

@Suite struct `Random keys` {
    private static let keys = [
        Key.up, Key.down, Key.left, Key.right, Key.pageUp, Key.pageDown, Key.home, Key.end, Key.escape, "\r", "\t", "a", "d", "w",
        "1", "@", " ",
        "\u{7F}", "\u{15}", "\u{17}", "\u{C}", "\u{0E}", "\u{10}", "é", "漢", "\u{202E}", "\u{1B}[200~", "\u{1B}[201~",
        "\u{1B}]0;", "\u{7}", "\u{1B}[1;5C",
        "\u{1B}[Z",
    ]

    /// After each step the terminal shows what a fresh one would, and the cursor and every decision are where they may be.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func `and news at every moment keep the screen right`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var desk = Desktop(80, 24, targets: DeskTarget.examples)
        var size = (80, 24)
        for step in 0..<120 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0:
                size = (Int.random(in: 1...100, using: &random), Int.random(in: 1...30, using: &random))
                desk.resize(size.0, size.1)
            case 1:
                desk.desk.show(
                    approvals: (0..<Int.random(in: 0...30, using: &random)).map { approval($0, &random) },
                    total: Int.random(in: 0...40, using: &random))
            case 2: desk.desk.show(targets: DeskTarget.examples.shuffled(using: &random))
            case 3: desk.desk.show(outcome: Hostile.texts.randomElement(using: &random) ?? "")
            case 4:
                desk.desk.show(screenful: Hostile.texts.shuffled(using: &random), of: UInt64.random(in: 0...30, using: &random))
            case 5, 6: desk.wait(UInt64.random(in: 0...1500, using: &random))
            case 7: desk.desk.receive(keys: (0..<5).map { _ in UInt8.random(in: 5...255, using: &random) }[...], at: desk.now)
            default: desk.type(Self.keys.randomElement(using: &random) ?? "")
            }
            desk.show()
            #expect(foreign(desk.takeWritten()) == nil, "step \(step)")
            #expect(desk.cursor.row < max(1, size.1) && desk.cursor.column < max(1, size.0))
            var fresh = desk.desk
            fresh.redraw()
            var terminal = Emulator(columns: size.0, rows: size.1)
            terminal.feed(DeskScreen.enter[...])
            terminal.feed(fresh.takeOutput()[...])
            #expect(
                (0..<size.1).allSatisfy { row in (0..<size.0).allSatisfy { desk.looksLike(terminal, row, $0) } }, "step \(step)")
            #expect(desk.cursor == terminal.cursor, "step \(step)")
        }
    }

    private func approval(_ number: Int, _ random: inout SeededGenerator) -> DeskApproval {
        var approval = DeskApproval.example(UInt64(number))
        approval.command = Hostile.bytes.randomElement(using: &random) ?? []
        approval.user = Hostile.texts.randomElement(using: &random) ?? ""
        approval.mayDecide = Bool.random(using: &random)
        approval.needsReason = Bool.random(using: &random)
        return approval
    }

    /// No order of keys and news decides about anything but what was shown whole, half a second before at least.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func `decide only what was shown`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var desk = Desktop(60, 12)
        var asked: [UInt64: String] = [:]
        /// Which rows of the open request were on the screen, and since when nothing new was.
        var seen: [UInt64: Set<String>] = [:]
        var (open, since) = (UInt64.max, desk.now)
        for _ in 0..<300 {
            switch Int.random(in: 0..<12, using: &random) {
            case 0:
                for number in 0..<4 as Range<UInt64> where Bool.random(using: &random) {
                    asked[number] = (0..<Int.random(in: 1...30, using: &random)).map {
                        "c\(Int.random(in: 0...9, using: &random))-\($0)"
                    }.joined(separator: "\n")
                }
                if Bool.random(using: &random), let gone = asked.keys.randomElement(using: &random) { asked[gone] = nil }
                desk.desk.show(approvals: asked.map { .example($0.key, $0.value) }, total: asked.count)
            case 1: desk.wait(UInt64.random(in: 0...900, using: &random))
            default:
                let keys = ["a", "a", "d", "\r", Key.down, Key.up, Key.pageDown, " ", "\t", "q", Key.end]
                let key = keys.randomElement(using: &random) ?? ""
                if key == "q", open == .max { continue }
                desk.now += UInt64.random(in: 0...300_000_000, using: &random)
                desk.type(key)
            }
            for action in desk.takeActions() {
                switch action {
                case .open(let number): (open, seen[number]) = (number, [])
                case .approve(let number, _), .deny(let number, _):
                    let lines = (asked[number] ?? "gone").split(separator: "\n")
                    #expect(number == open && lines.allSatisfy { seen[number]?.contains(String($0)) == true })
                    #expect(desk.now >= since + 500_000_000)
                default: break
                }
            }
            if let title = desk.screen[0].split(separator: " ").dropFirst().first.flatMap({ UInt64($0) }),
                desk.screen[0].hasPrefix("Request")
            {
                open = title
                for row in desk.screen where row.hasPrefix("| ") {
                    let line = String(row.dropFirst(2).filter { $0 != "↵" })
                    if seen[title, default: []].insert(line).inserted { since = desk.now }
                }
            } else {
                open = .max
            }
        }
    }

    @Test func `and endless pastes take no memory`() {
        var desk = Desktop(targets: DeskTarget.examples)
        let text = Array(String(repeating: "x", count: 1 << 16).utf8)
        desk.desk.receive(keys: Array("\u{1B}[200~".utf8)[...], at: desk.now)
        for _ in 0..<10 { desk.desk.receive(keys: text[...], at: desk.now) }
        desk.desk.receive(keys: Array("\u{1B}]0;".utf8)[...], at: desk.now)
        for _ in 0..<3 { desk.desk.receive(keys: text[...], at: desk.now) }
        desk.desk.receive(keys: Array("\u{7}\u{1B}[".utf8)[...], at: desk.now)
        for _ in 0..<3 { desk.desk.receive(keys: [UInt8](repeating: 0x30, count: 1 << 16)[...], at: desk.now) }
        desk.show()
        #expect(desk.lastFrame < 2000)
        desk.type("~" + "\u{1B}[201~" + String(repeating: "\u{7F}", count: 256) + "q")
        #expect(desk.takeActions() == [.leave])
    }
}

extension Desktop {
    func looksLike(_ other: Emulator, _ row: Int, _ column: Int) -> Bool {
        var (mine, its) = (terminal.cell(row: row, column: column), other.cell(row: row, column: column))
        if mine.text.isEmpty, mine.width == 1 { mine.text = [0x20] }
        if its.text.isEmpty, its.width == 1 { its.text = [0x20] }
        return mine == its
    }
}
