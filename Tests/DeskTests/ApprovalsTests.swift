import Desk
import Testing

@Suite struct `The approvals` {
    /// On the second tab, with the first request opened and shown long enough.
    private func opened(_ approvals: [DeskApproval], _ columns: Int = 80, _ rows: Int = 24) -> Desktop {
        var desk = Desktop(columns, rows, approvals: approvals)
        desk.type("\t\r")
        desk.wait(700)
        _ = desk.takeActions()
        return desk
    }

    @Test func `are listed, opened, shown whole and approved by one key`() {
        var desk = Desktop(approvals: [.example(12), .example(13, "poweroff")])
        #expect(desk.shows("Approvals (2)"))
        desk.type("\t")
        #expect(desk.marked?.contains("12 under 10 s  bob -> root@web1  reboot") == true)
        desk.type(Key.down + "\r")
        #expect(desk.takeActions() == [.open(13)])
        desk.wait(700)
        #expect(
            desk.shows("Request 13 (line)") && desk.shows("| poweroff") && desk.shows("Rule   restarts") && desk.shows("0 of 1"))
        #expect(desk.shows("a approve  d deny"))
        desk.type("a")
        #expect(desk.takeActions() == [.approve(13, reason: nil)])
        // One decision, however often the key is pressed.
        desk.type("aaa")
        #expect(desk.takeActions() == [])
        desk.desk.show(outcome: "request 13 was approved")
        desk.desk.show(approvals: [.example(12)], total: 1)
        desk.show()
        #expect(desk.shows("request 13 was approved") && desk.shows("Request 13 has ended."))
    }

    @Test func `are denied with a reason`() {
        var desk = opened([.example(12)])
        desk.type("d")
        #expect(desk.shows("Why no:"))
        desk.type("not today\u{1B}[200~!\r\u{1B}[201~")
        #expect(desk.shows("Why no: not today!"))
        #expect(desk.takeActions() == [])
        desk.type("\r")
        #expect(desk.takeActions() == [.deny(12, reason: "not today!")])
    }

    @Test func `need a reason where the rule says so`() {
        var desk = opened([.example(12, needsReason: true)])
        desk.type("a\r")
        #expect(desk.takeActions() == [])
        #expect(desk.shows("A reason is needed."))
        desk.type("ticket 7\r")
        #expect(desk.takeActions() == [.approve(12, reason: "ticket 7")])
    }

    @Test func `are not decided by going back`() {
        var desk = opened([.example(12)])
        desk.type("dno")
        desk.type(Key.escape)
        desk.wait(200)
        #expect(!desk.shows("Why no:"))
        desk.type(Key.escape)
        desk.wait(200)
        #expect(desk.marked?.hasPrefix("> 12") == true)
        desk.type("ad\u{7F}")
        #expect(desk.takeActions() == [])
    }

    @Test func `are not decided by keys typed ahead`() {
        var desk = Desktop(approvals: [.example(12)])
        desk.type("\t\ra")
        desk.desk.receive(keys: [0x61], at: desk.now)
        desk.wait(400)
        desk.type("a")
        #expect(desk.takeActions() == [.open(12)])
        desk.wait(300)
        desk.type("a")
        #expect(desk.takeActions() == [.approve(12, reason: nil)])
    }

    @Test func `are not decided by a key that comes with old news`() {
        // A long time without any time told, then a change and a key at once.
        var desk = opened([.example(12)])
        desk.now += 20_000_000_000
        var voted = DeskApproval.example(12)
        voted.approvedBy = ["carol"]
        voted.needed = 1
        desk.desk.show(approvals: [voted], total: 1)
        desk.type("a")
        #expect(desk.takeActions() == [])
        #expect(desk.shows("- carol"))
        desk.wait(600)
        desk.type("a")
        #expect(desk.takeActions() == [.approve(12, reason: nil)])
    }

    @Test func `are not decided in a paste, nor with Alt`() {
        var desk = opened([.example(12)])
        desk.type("\u{1B}[200~aaa\u{1B}[201~\u{1B}aA")
        #expect(desk.takeActions() == [])
    }

    @Test func `are decided only when all of the command was on the screen`() {
        let long = (1...60).map { "echo \($0)" }.joined(separator: "\n")
        var desk = opened([.example(12, long)])
        #expect(desk.shows("| echo 1↵") && !desk.shows("| echo 60"))
        desk.type("a")
        #expect(desk.shows("First read all of the command"))
        // The end alone is not all of it.
        desk.type(Key.end)
        desk.wait(700)
        desk.type("a")
        #expect(desk.takeActions() == [])
        desk.type(Key.home)
        #expect(desk.shows("First read all of the command: PgUp"))
        // Nor is what was jumped over before it was shown.
        desk.type(String(repeating: Key.pageDown, count: 10))
        desk.wait(700)
        desk.type("a")
        #expect(desk.takeActions() == [])
        desk.type(Key.home)
        desk.type(Key.pageDown)
        desk.type(Key.pageDown)
        desk.type(" ")
        // All of it was there, but only just now.
        desk.type("a")
        #expect(desk.takeActions() == [])
        desk.wait(700)
        desk.type("a")
        #expect(desk.takeActions() == [.approve(12, reason: nil)])
    }

    @Test func `every row of a command is shown once on the way down`() {
        let command = (0..<800).map { "\($0)," }.joined()
        var desk = Desktop(33, 9, approvals: [.example(12, command)])
        desk.type("\t\r")
        var rows: [String] = []
        for _ in 0..<500 {
            let shown = desk.screen.filter { $0.hasPrefix("| ") }
            if rows.isEmpty { rows = shown } else if let last = shown.last, last != rows.last { rows.append(last) }
            if desk.shows("-- end of the command --") { break }
            desk.type(Key.down)
            #expect(desk.lastFrame < 250)
        }
        for _ in 0..<10 {
            desk.type(Key.up)
            #expect(desk.lastFrame < 250)
        }
        let shown = rows.map { $0.dropFirst(2) }.joined()
        #expect(shown == command)
    }

    @Test func `that change or end while they are open cannot be decided`() {
        for isGone in [true, false] {
            var desk = opened([.example(12)])
            desk.desk.show(approvals: isGone ? [] : [.example(12, "reboot --force")], total: isGone ? 0 : 1)
            desk.show()
            #expect(desk.shows(isGone ? "Request 12 has ended." : "Request 12 has changed: open it again."))
            desk.wait(1000)
            desk.type("ad")
            #expect(desk.takeActions() == [])
            #expect(desk.shows("| reboot") && !desk.shows("--force"))
        }
    }

    @Test func `that end while the reason is typed cannot be decided`() {
        var desk = opened([.example(12)])
        desk.type("dbecause")
        desk.desk.show(approvals: [.example(13)], total: 1)
        desk.type("q\r")
        desk.wait(700)
        desk.type("\r")
        #expect(desk.takeActions() == [])
        #expect(desk.shows("Request 12 has ended."))
    }

    @Test func `expire on the screen too`() {
        var desk = opened([.example(12)])
        desk.wait(298_000)
        #expect(desk.shows("asked 5 min ago, expires in under 10 s"))
        desk.wait(2_000)
        #expect(desk.shows("Request 12 has expired."))
        desk.type("a")
        #expect(desk.takeActions() == [])
    }

    @Test func `of others are shown and not decided`() {
        var mine = DeskApproval.example(12)
        mine.mayDecide = false
        var desk = Desktop(approvals: [mine])
        desk.type("\t")
        #expect(desk.marked?.contains("(not yours)") == true)
        desk.type("\r")
        desk.wait(700)
        desk.type("ad")
        #expect(desk.shows("You may not decide this request."))
        #expect(desk.takeActions() == [.open(12)])
    }

    @Test func `stay under the finger`() {
        var desk = Desktop(approvals: [.example(12), .example(13), .example(14)])
        desk.type("\t" + Key.down)
        #expect(desk.marked?.hasPrefix("> 13") == true)
        let row = desk.screen.firstIndex { $0.hasPrefix("> 13") }
        desk.desk.show(approvals: (12...90).map { .example($0) }, total: 79)
        desk.show()
        #expect(desk.screen.firstIndex { $0.hasPrefix("> 13") } == row)
        desk.desk.show(approvals: [.example(14), .example(12)], total: 2)
        desk.show()
        #expect(desk.marked?.hasPrefix("> 13 (gone)") == true)
        desk.type("\r")
        #expect(desk.takeActions() == [])
        desk.type(Key.down)
        #expect(desk.marked?.hasPrefix("> 14") == true)
        #expect(!desk.shows("13 (gone)"))
        desk.desk.show(approvals: [.example(13), .example(12)], total: 2)
        desk.type("\t\t")
        #expect(desk.marked?.hasPrefix("> 13") == true)
    }

    @Test func `page when a thousand wait`() {
        var desk = Desktop(approvals: [])
        desk.desk.show(approvals: (900...999).map { .example($0) }, total: 1000)
        desk.type("\t")
        #expect(desk.shows("Approvals (1000)") && desk.shows("The newest 100 of 1000:"))
        desk.type(Key.end + "\r")
        #expect(desk.takeActions() == [.open(999)])
        // It falls out of the page: that says nothing about it.
        desk.desk.show(approvals: (1000...1099).map { .example($0) }, total: 1200)
        desk.wait(700)
        #expect(desk.shows("(no longer listed)"))
        desk.type("a")
        #expect(desk.takeActions() == [.approve(999, reason: nil)])
    }

    @Test func `show the last screen of the session`() {
        var desk = Desktop(approvals: [.example(12)])
        desk.type("\t\r")
        desk.wait(450)
        desk.desk.show(screenful: ["root@web1:~# uptime", "up 7 days \u{1B}]52;c;AAAA\u{7}"], of: 11)
        #expect(!desk.shows("Last screen"))
        desk.desk.show(screenful: ["root@web1:~# uptime", "up 7 days \u{1B}]52;c;AAAA\u{7}"], of: 12)
        desk.show()
        #expect(desk.shows(": root@web1:~# uptime") && desk.shows(": up 7 days \\x1b]52;c;AAAA\\x07"))
        desk.wait(200)
        desk.type("a")
        #expect(desk.takeActions() == [.open(12)])
    }

    @Test func `fit on a screen of 20 by 5`() {
        var desk = opened([.example(12)], 20, 5)
        #expect(desk.shows("Request 12 (line)"))
        for _ in 0..<12 {
            desk.type(Key.down)
        }
        desk.wait(700)
        desk.type("a")
        #expect(desk.takeActions() == [.approve(12, reason: nil)])
        desk.resize(19, 5)
        #expect(desk.screen == ["Too small: 20x5 i...", "", "", "", ""] || desk.screen[0].hasPrefix("Too small"))
        desk.type("a")
        desk.type("\u{4}")
        #expect(desk.takeActions() == [.leave])
    }

    @Test func `seen at one width are seen at another only if seen whole`() {
        let long = (1...30).map { "echo \($0)" }.joined(separator: "\n")
        var desk = opened([.example(12, long)])
        desk.resize(60, 24)
        desk.wait(700)
        desk.type("a")
        #expect(desk.takeActions() == [])
        desk.type(Key.pageDown)
        desk.wait(700)
        desk.type("a")
        #expect(desk.takeActions() == [.approve(12, reason: nil)])
        desk.desk.show(outcome: "one more is needed")
        desk.resize(30, 12)
        desk.wait(700)
        desk.type("a")
        #expect(desk.takeActions() == [.approve(12, reason: nil)])
        var other = opened([.example(12, long)])
        other.type(Key.pageDown)
        other.resize(30, 12)
        other.wait(700)
        other.type("a")
        #expect(other.takeActions() == [.approve(12, reason: nil)])
    }
}
