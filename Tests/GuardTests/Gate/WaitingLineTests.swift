import Testing

@testable import Guard

/// A line that waits until people have decided about it: what its user sees, and what the user's keys do.
struct WaitingLineTests {
    private static let paste = String(repeating: "x", count: HeldInput.limit)

    @Test(arguments: PlayedLine.Gate.allCases) func `The user is told below the line, and told again behind the dots`(
        gate: PlayedLine.Gate
    ) {
        var line = PlayedLine.waiting(gate)
        #expect(line.shown() == "\r\n" + Self.notice("request 7 waits."))
        line.guarded.hold(1, approval: 7, message: "bob looks at it.", at: line.now)
        #expect(line.shown() == Self.notice("bob looks at it."))
        line.wait(milliseconds: 10_000)
        line.guarded.hold(1, approval: 7, message: "bob agrees.", at: line.now)
        #expect(line.shown() == ".\r\n" + Self.notice("bob agrees."))
        #expect(line.sent() == "")
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `A dot comes each ten seconds for a minute, and then each minute`(
        gate: PlayedLine.Gate
    ) {
        var line = PlayedLine.waiting(gate)
        _ = line.shown()
        let start = line.now
        var dots: [UInt64] = []
        while dots.count < 9, let next = line.guarded.deadline, next > line.now {
            line.now = next
            line.guarded.advance(at: next)
            if line.shown() == "." { dots.append((next - start) / 1_000_000_000) }
        }
        #expect(dots == [10, 20, 30, 40, 50, 60, 120, 180, 240])
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `An answer ends the dots, and lets the line run`(gate: PlayedLine.Gate) {
        var line = PlayedLine.waiting(gate)
        line.wait(milliseconds: 10_000)
        _ = line.shown()
        line.guarded.answer(.run(reader: .nobody), to: 1, at: line.now)
        #expect(line.shown() == "\r\n")
        #expect(line.sent() == line.accepting)
        line.wait(milliseconds: 60_000)
        #expect(!line.shown().contains("."))
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `A refusal clears the line, and what was typed behind it is counted once`(
        gate: PlayedLine.Gate
    ) {
        var line = PlayedLine.waiting(gate)
        line.wait(milliseconds: 1000)
        line.user("abc")
        line.guarded.answer(.refuse(message: "No."), to: 1, at: line.now)
        #expect(line.sent() == line.clearing)
        line.showPrompt()
        #expect(line.shown().contains(Self.notice("No.") + Self.notice("3 bytes that followed were dropped.")))
        #expect(line.dropped() == [3])
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `An interrupt takes the line back, and says so`(gate: PlayedLine.Gate) {
        var line = PlayedLine.waiting(gate)
        line.wait(milliseconds: 10_000)
        _ = line.shown()
        line.user("abc\u{03}")
        #expect(line.shown() == "\r\n" + Self.notice("request 7 was withdrawn: nothing was run."))
        #expect(line.sent() == line.clearing)
        #expect(line.guarded.takeWithdrawn() == [1])
        #expect(line.guarded.waiting == nil)
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `An answer that comes after the withdrawal runs nothing`(
        gate: PlayedLine.Gate
    ) {
        var line = PlayedLine.waiting(gate)
        line.user("\u{03}")
        line.showPrompt()
        line.wait(milliseconds: 2000)
        _ = (line.sent(), line.shown())
        line.guarded.answer(.run(reader: .nobody), to: 1, at: line.now)
        #expect(line.sent() == "" && line.shown() == "")
        #expect(line.guarded.takeReports(atMost: 10).contains(LineReport(number: 1, .withdrawn)))
        line.guarded.hold(1, approval: 7, message: "late", at: line.now)
        #expect(line.shown() == "" && line.guarded.waiting == nil)
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `Enter alone waits too, and is not kept`(gate: PlayedLine.Gate) {
        var line = PlayedLine.waiting(gate)
        line.wait(milliseconds: 1000)
        for _ in 0..<3 { line.user("\r") }
        line.user(" \r")
        #expect(line.guarded.waiting != nil)
        line.guarded.answer(.refuse(message: "No."), to: 1, at: line.now)
        line.showPrompt()
        #expect(line.dropped() == [1])
    }

    @Test(
        arguments: PlayedLine.Gate.allCases,
        ["\u{1B}[I", "\u{1B}[O", "\u{1B}[12;40R", "\u{1B}[?62c", "\u{1B}]11;rgb:0/0/0\u{07}"])
    func `What a terminal answers by itself is not typed`(gate: PlayedLine.Gate, reply: String) {
        var line = PlayedLine.waiting(gate)
        line.wait(milliseconds: 1000)
        for byte in reply.unicodeScalars { line.user(String(byte)) }
        line.user("\r")
        #expect(line.guarded.waiting != nil)
    }

    @Test(arguments: PlayedLine.Gate.allCases, ["ls\r", "\u{1B}[A\r", "l\ns"]) func `Another line makes the request void`(
        gate: PlayedLine.Gate, keys: String
    ) {
        var line = PlayedLine.waiting(gate)
        line.wait(milliseconds: 1000)
        _ = line.shown()
        line.user("x")
        line.user(keys)
        #expect(line.sent() == line.clearing)
        #expect(line.guarded.takeVoid() == [1])
        line.showPrompt()
        let shown = line.shown()
        #expect(shown.contains(Self.notice("request 7 is void, because another line was typed: nothing was run.")))
        #expect(line.dropped() == [UInt64(1 + keys.utf8.count)])
        // The answer is for nothing.
        line.wait(milliseconds: 2000)
        _ = line.sent()
        line.guarded.answer(.run(reader: .nobody), to: 1, at: line.now)
        #expect(line.sent() == "")
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `What comes sooner than anybody can know that the line waits is kept`(
        gate: PlayedLine.Gate
    ) {
        var line = PlayedLine.waiting(gate)
        line.wait(milliseconds: 299)
        line.user("ls\r")
        #expect(line.guarded.waiting != nil && line.sent() == "")
        line.wait(milliseconds: 1)
        line.user("\r")
        #expect(line.guarded.waiting != nil)
        line.user("x\r")
        #expect(line.guarded.waiting == nil)
        line.showPrompt()
        #expect(line.dropped() == [5])
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `Of what is too long nothing is kept, and all of it is counted`(
        gate: PlayedLine.Gate
    ) {
        var line = PlayedLine.waiting(gate)
        _ = line.shown()
        line.user(Self.paste)
        line.user("y")
        line.user("z")
        let isRead = line.guarded.wantsUserBytes
        #expect(isRead)
        line.guarded.answer(.run(reader: .nobody), to: 1, at: line.now)
        #expect(line.sent() == line.accepting)
        #expect(line.shown() == Self.notice("\(HeldInput.limit + 2) bytes that followed were dropped."))
        #expect(line.dropped() == [UInt64(HeldInput.limit + 2)])
        #expect(line.guarded.waiting == nil)
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `An interrupt comes through behind half of a paste that is too long`(
        gate: PlayedLine.Gate
    ) {
        var line = PlayedLine.waiting(gate)
        line.user("\u{1B}[200~" + Self.paste)
        line.user("y\u{1B}[201~")
        line.user("\u{03}")
        #expect(line.guarded.waiting == nil)
        #expect(line.sent() == line.clearing)
        #expect(line.guarded.takeWithdrawn() == [1])
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `Who waits for nothing is not held`(gate: PlayedLine.Gate) {
        var line = PlayedLine.waiting(gate)
        _ = line.shown()
        line.guarded.hold(2, approval: 8, message: "another", at: line.now)
        #expect(line.shown() == "" && line.guarded.waiting?.approval == 7)
        var idle = PlayedLine(gate)
        idle.guarded.hold(1, approval: 7, message: "nothing", at: idle.now)
        #expect(idle.shown() == "" && idle.guarded.waiting == nil)
    }

    @Test(arguments: PlayedLine.Gate.allCases) func `Where lines are only observed nothing waits`(gate: PlayedLine.Gate) {
        var line = PlayedLine.waiting(gate, isEnforced: false)
        #expect(line.shown() == "" && line.guarded.waiting == nil)
    }

    @Test func `A line that its editor has changed waits on its own`() {
        var line = PlayedLine.waiting(.editor)
        line.wait(milliseconds: 1000)
        line.report("deploy all", token: 2)
        #expect(line.guarded.takeQuestion()?.number == 2)
        _ = line.shown()
        line.guarded.hold(2, approval: 8, message: "request 8 waits.", at: line.now)
        #expect(line.guarded.waiting?.number == 2 && line.guarded.waiting?.approval == 8)
        #expect(line.shown() == "\r\n" + Self.notice("request 8 waits."))
        line.guarded.answer(.run(reader: .nobody), to: 1, at: line.now)
        #expect(line.sent() == "" && line.guarded.waiting?.approval == 8)
        line.guarded.answer(.run(reader: .nobody), to: 2, at: line.now)
        #expect(
            line.sent()
                == String(decoding: PlayedEditor.integration.acceptKeys(token: Array(PlayedLine.token(2).utf8)), as: UTF8.self))
    }

    private static func notice(_ text: String) -> String { String(decoding: Notice.line(text), as: UTF8.self) }
}
