import Desk
import Testing

@Suite struct `The targets` {
    @Test func `are listed, and Enter connects`() {
        var desk = Desktop(targets: DeskTarget.examples)
        #expect(desk.shows("[Targets] Approvals (0)"))
        #expect(desk.marked?.hasPrefix("> web1") == true)
        #expect(desk.shows("(www)"))
        desk.type(Key.down)
        #expect(desk.marked?.hasPrefix("> web2") == true)
        desk.type("\r")
        #expect(desk.takeActions() == [.connect(target: "web2", login: "deploy")])
        // Until the session answers, keys are for nobody.
        desk.type("\r\rq")
        #expect(desk.takeActions() == [])
        desk.desk.show(outcome: "web2 does not answer")
        desk.type(Key.down)
        #expect(desk.marked?.hasPrefix("> db1") == true)
        #expect(desk.shows("web2 does not answer"))
    }

    @Test(arguments: [
        ("eb2", "web2"), ("WEB2", "web2"), ("orders", "db1"), ("ordr", "db1"), ("w2", "web2"), ("postg", "db1"), ("www", "web1"),
        ("db", "db1"), ("post@", "db1"), ("deploy@web2", "web2"), ("dep@2", "web2"),
    ])
    func `are found by`(filter: String, name: String) {
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type(filter)
        #expect(desk.marked?.hasPrefix("> \(name) ") == true)
        #expect(desk.shows("Find: \(filter)"))
    }

    @Test func `that begin with the filter come first`() {
        var desk = Desktop(targets: [
            DeskTarget(name: "a-web", logins: ["x"]), DeskTarget(name: "w-e-b", logins: ["x"]),
            DeskTarget(name: "web", logins: ["x"]),
        ])
        desk.type("web")
        #expect(desk.screen.filter { $0.hasSuffix(" x") }.map { $0.dropFirst(2).prefix(5) } == ["web  ", "a-web", "w-e-b"])
    }

    @Test func `ask as whom where there is a choice`() {
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type("\r")
        #expect(desk.shows("web1: as whom?"))
        desk.type(Key.down)
        #expect(desk.marked == "> root")
        desk.type(Key.escape)
        desk.wait(200)
        #expect(desk.marked?.hasPrefix("> web1") == true)
        desk.type("\r" + Key.end + "\r")
        #expect(desk.takeActions() == [.connect(target: "web1", login: "root")])
    }

    @Test func `take the login from the filter`() {
        for filter in ["root@web", "ro@web1", "root@"] {
            var desk = Desktop(targets: DeskTarget.examples)
            desk.type(filter + "\r")
            #expect(desk.takeActions() == [.connect(target: "web1", login: "root")])
        }
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type("nobody@web1\r")
        #expect(desk.shows("Nothing is found."))
        #expect(desk.takeActions() == [])
    }

    @Test func `are left by q, by ^C and by ^D`() {
        for key in ["q", "\u{3}", "\u{4}", "x\u{15}q", "x\u{7F}q", "web\u{3}"] {
            var desk = Desktop(targets: DeskTarget.examples)
            desk.type(key + "\rweb")
            #expect(desk.takeActions() == [.leave], "\(key.debugDescription)")
        }
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type("wq")
        #expect(desk.takeActions() == [])
        desk.type(Key.escape)
        desk.wait(200)
        desk.type("q")
        #expect(desk.takeActions() == [.leave])
    }

    @Test func `stay selected when the list is replaced`() {
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type(Key.down + Key.down)
        desk.desk.show(targets: [DeskTarget(name: "aaa", logins: ["x"])] + DeskTarget.examples)
        desk.show()
        #expect(desk.marked?.hasPrefix("> db1") == true)
    }

    @Test func `may be ten thousand, and a key stays cheap`() {
        let targets = (0..<12_000).map { DeskTarget(name: "host-\($0)", logins: ["root"]) }
        var desk = Desktop(targets: targets)
        #expect(desk.shows("10000 of 10000"))
        desk.type(Key.end)
        #expect(desk.marked?.hasPrefix("> host-9999") == true)
        desk.type(Key.home)
        for _ in 0..<10 {
            desk.type(Key.down)
            #expect(desk.lastFrame < 300)
        }
        desk.type(Key.pageDown + Key.pageUp + "\u{0E}\u{10}")
        #expect(desk.marked?.hasPrefix("> host-10 ") == true)
        desk.type("9999")
        #expect(desk.shows("1 of 10000"))
    }

    @Test func `say nothing more when nothing changed`() {
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type(Key.up)
        desk.type(Key.up)
        #expect(desk.lastFrame == 0)
    }

    @Test func `put the cursor where a screen reader should read`() {
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type("web")
        #expect(desk.screen[desk.cursor.row].hasPrefix("Find: web"))
        #expect(desk.cursor.column == 9)
        desk.type(Key.down)
        #expect(desk.screen[desk.cursor.row].hasPrefix("> web2"))
    }

    @Test func `swallow a paste as text, bounded`() {
        var desk = Desktop(targets: DeskTarget.examples)
        desk.type("\u{1B}[200~we\rb2\n\u{1B}[A\u{1B}[201~")
        #expect(desk.takeActions() == [])
        #expect(desk.shows("Find: web2"))
        desk.type("\u{15}\u{1B}[200~\(String(repeating: "a", count: 100_000))\u{1B}[201~")
        desk.type(String(repeating: "b", count: 100_000))
        desk.type(String(repeating: "\u{7F}", count: 255))
        #expect(desk.shows("Find: a"))
        desk.type("\u{7F}q")
        #expect(desk.takeActions() == [.leave])
    }

    @Test func `read keys however they are cut`() {
        let keys = Array(
            "w\u{1B}[B\u{1B}OA\u{1B}[200~é\u{1B}[201~\u{7F}\u{1B}[6~\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[24;80R\u{1B}[I\r".utf8)
        for length in 1...5 {
            var desk = Desktop(targets: DeskTarget.examples)
            for start in stride(from: 0, to: keys.count, by: length) {
                desk.desk.receive(keys: keys[start..<min(start + length, keys.count)], at: desk.now)
            }
            desk.show()
            #expect(desk.takeActions() == [.connect(target: "web2", login: "deploy")], "\(length)")
        }
    }
}
