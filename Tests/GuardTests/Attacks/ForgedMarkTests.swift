import Testing

@testable import Guard

/// Somebody who knows the nonce, or a target that sends whatever it likes.
struct ForgedMarkTests {
    private let terms = GuardTerms(
        isEnforced: true, usesIntegration: true, nonce: [UInt8](repeating: 0xAB, count: GuardTerms.nonceLength),
        secret: [UInt8](repeating: 0xCD, count: GuardTerms.secretLength), reader: .shell)
    private let start: UInt64 = 1_000_000_000_000

    private func mark(_ body: String) -> [UInt8] {
        Array("\u{1B}]7717;\(String(repeating: "ab", count: 16));\(body)\u{07}".utf8)
    }

    @Test func `Where there is no integration nobody can say that there is one`() {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: start)
        lines.receive(fromTarget: mark("n;dash")[...], at: start)
        lines.receive(fromTarget: (mark("h;bash;5.2;1;0") + mark("A;;1") + Array("$ ".utf8) + mark("B"))[...], at: start)
        lines.receive(fromUser: Array("forbidden\r".utf8)[...], at: start + 1_000_000_000)
        lines.advance(at: start + 5_000_000_000)
        #expect(lines.takeToTarget() == Array("forbidden".utf8)[...])
        #expect(lines.takeQuestion() != nil)
        #expect(lines.takeReports(atMost: 10).contains(LineReport(number: 0, .alarm(.malformedMark))))
    }

    @Test func `A line that was typed before the shell is known is not empty`() {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: start)
        lines.receive(fromUser: Array("forbidden\r".utf8)[...], at: start)
        lines.receive(fromTarget: mark("n;dash")[...], at: start)
        lines.advance(at: start + 1_000_000_000)
        #expect(lines.takeToTarget() == Array("forbidden".utf8)[...])
        #expect(lines.takeQuestion()?.doubts.isEmpty == false)
    }

    @Test(arguments: ["r;0123456789abcdef;0;;ls;;", "x"])
    func `A shell that never said that it has our keys does not get to see them`(body: String) {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: start)
        lines.receive(fromTarget: mark(body)[...], at: start)
        #expect(lines.takeToTarget().isEmpty && lines.takeQuestion() == nil)
        #expect(lines.takeReports(atMost: 10) == [LineReport(number: 0, .alarm(.malformedMark))])
    }

    @Test func `A target that does not read what its marks ask for gets no more of it`() {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: start)
        lines.receive(fromTarget: mark("h;bash;5.2;1;0")[...], at: start)
        let marks = [[UInt8]](repeating: mark("x"), count: 1000).flatMap { $0 }
        for _ in 0..<80 { lines.receive(fromTarget: marks[...], at: start) }
        #expect(lines.takeToTarget().count <= 1024 * 1024 + 100)
    }

    @Test func `What a shell gives back without end is not kept`() {
        var editor = PlayedEditor.atPrompt()
        let pending = String(repeating: "x", count: 300_000)
        for _ in 0..<20 { editor.report("ls", pending: pending) }
        #expect(editor.gate.held.count <= HeldInput.mostPutBack)
    }

    @Test func `A target that floods reports is not asked about without end`() {
        var editor = PlayedEditor.atPrompt()
        var asked = 0
        for index in 0..<200 {
            editor.report("ls \(index)")
            if editor.question() != nil { asked += 1 }
        }
        #expect(asked <= Exchange.mostQuestions)
        #expect(editor.sent().contains(PlayedEditor.reject))
    }

    @Test func `A line that was reported twice before it was asked about is asked about once, and not withdrawn`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("ls")
        editor.report("ls -l", token: "t2")
        #expect(editor.question()?.text == Array("ls -l".utf8))
        #expect(editor.question() == nil)
        editor.answer(.run(reader: .nobody), to: 1)
        editor.shell(.commandStart(token: Array("t2".utf8)))
        editor.shell(.commandEnd(status: 0, level: 0))
        #expect(editor.reports() == [LineReport(number: 1, .started), LineReport(number: 1, .ended(status: 0))])
    }

    @Test func `A report that was on its way before the line was cleared does not take the message away`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("rm x")
        _ = editor.question()
        editor.answer(.refuse(message: "No."), to: 1)
        editor.report("rm y", token: "t2", pending: "abc")
        #expect(editor.question() == nil)
        editor.shell(.promptStart(isContinuation: false))
        let shown = editor.shown()
        #expect(shown.contains("No.") && shown.contains("3 bytes"))
    }

    @Test func `A prompt that asks something before it is there gets its Enter`() {
        var editor = PlayedEditor.atPrompt()
        editor.shell(.commandEnd(status: 0, level: 0))
        editor.user("y\r")
        #expect(editor.sent() == "y")
        editor.wait(milliseconds: 3100)
        #expect(editor.sent() == "\r")
        #expect(editor.gate.deadline.map { $0 > editor.now } != false)
    }

    @Test func `A question of a gate that is gone is not waited for`() {
        var lines = LineGuard(terms, columns: 80, rows: 24, at: start)
        lines.receive(fromUser: Array("x\r".utf8)[...], at: start)
        lines.advance(at: start + 4_000_000_000)
        lines.advance(at: start + 6_000_000_000)
        let question = lines.takeQuestion()
        #expect(question?.number == 1)
        lines.receive(fromTarget: mark("h;bash;5.2;1;0")[...], at: start + 6_000_000_000)
        lines.answer(.run(reader: .nobody), to: 1, at: start + 6_000_000_000)
        #expect(lines.takeReports(atMost: 10).contains(LineReport(number: 1, .withdrawn)))
    }
}
