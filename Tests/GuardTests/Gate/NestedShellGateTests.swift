import Testing

@testable import Guard

/// What the gate makes of a shell in the shell, played by the test, and of somebody who pretends to be one.
struct NestedShellGateTests {
    /// At the prompt of a shell that was started by a line in the log-in shell.
    private func inside(_ level: Int = 1) -> PlayedEditor {
        var editor = PlayedEditor.atPrompt()
        for depth in 1...level {
            start("bash", token: "s\(depth)", in: &editor)
            editor.shell(.hello(.zsh, level: depth))
            editor.prompt()
        }
        _ = editor.reports()
        _ = editor.sent()
        return editor
    }

    private func start(_ line: String, token: String, reader: KeyboardReader = .shell, in editor: inout PlayedEditor) {
        editor.report(line, token: token)
        if let question = editor.question() { editor.answer(.run(reader: reader), to: question.number) }
        editor.shell(.commandStart(token: Array(token.utf8)))
    }

    @Test func `The shell is told to give the integration on, and only where the policy wants its lines`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("bash")
        _ = editor.question()
        editor.answer(.run(reader: .shell), to: 1)
        #expect(editor.sent() == PlayedEditor.accept("t1", startsShell: true))
        editor = PlayedEditor.atPrompt()
        editor.report("bash")
        _ = editor.question()
        editor.answer(.run(reader: .program), to: 1)
        #expect(editor.sent() == PlayedEditor.accept("t1"))
    }

    @Test func `A line inside is judged, and released only then`() {
        var editor = inside()
        editor.report("rm x", token: "t2")
        #expect(editor.sent() == "")
        let question = editor.question()
        #expect(question?.language == .zsh)
        editor.answer(.refuse(message: "No."), to: question?.number ?? 0)
        #expect(editor.sent() == PlayedEditor.reject)
    }

    @Test func `The outer shell's prompt ends the lines that started those inside`() {
        var editor = inside(3)
        editor.shell(.commandEnd(status: 7, level: 1))
        #expect(editor.reports().map(\.number) == [2])
        #expect(editor.gate.outer.count == 1)
        editor.shell(.commandEnd(status: 9, level: 0))
        #expect(editor.reports() == [LineReport(number: 1, .ended(status: 9))])
        editor.prompt()
        editor.report("ls", token: "t9")
        #expect(editor.question()?.language == .bash)
    }

    @Test func `A line inside that waits for its answer is not released by the outer shell's prompt`() {
        var editor = inside()
        editor.report("rm x", token: "t2")
        let question = editor.question()
        editor.shell(.commandEnd(status: 137, level: 0))
        editor.prompt()
        editor.answer(.run(reader: .nobody), to: question?.number ?? 0)
        #expect(editor.sent() == "")
    }

    @Test(arguments: [0, 1, 2, 16, 999_999_999]) func `A shell that nobody started raises an alarm and changes nothing`(
        level: Int
    ) {
        var editor = PlayedEditor.atPrompt()
        let before = editor.gate.phase
        editor.shell(.hello(.fish, level: level))
        #expect(editor.reports() == [LineReport(number: 0, .alarm(.malformedMark))])
        #expect(editor.gate.phase == before && editor.gate.language == .bash && editor.gate.outer.isEmpty)
        // Nor while a program runs that is no shell.
        start("vim", token: "t1", reader: .program, in: &editor)
        _ = editor.reports()
        editor.shell(.hello(.fish, level: level))
        #expect(editor.reports().contains(LineReport(number: 0, .alarm(.malformedMark))))
    }

    @Test func `A forged shell while a line is judged lets nothing pass`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("rm x")
        _ = editor.question()
        editor.shell(.hello(.fish, level: 1))
        editor.shell(.commandStart(token: Array("t1".utf8)))
        #expect(editor.reports().map(\.content) == [.alarm(.malformedMark), .alarm(.unreleasedCommand)])
        #expect(editor.sent() == "")
    }

    @Test func `There is no end of shells in shells`() {
        var editor = inside(EditorGate.mostShells - 1)
        start("bash", token: "last", in: &editor)
        _ = editor.reports()
        editor.shell(.hello(.zsh, level: EditorGate.mostShells))
        #expect(editor.reports() == [LineReport(number: 0, .alarm(.malformedMark))])
        #expect(editor.gate.outer.count == EditorGate.mostShells - 1)
    }

    @Test func `A shell that was stopped goes on, and may start others`() {
        var editor = inside()
        editor.shell(.commandEnd(status: 147, level: 0))
        editor.prompt()
        start("fg", token: "f", reader: .unknown, in: &editor)
        editor.report("ls", token: "t3")
        editor.answer(.run(reader: .nobody), to: editor.question()?.number ?? 0)
        editor.shell(.commandStart(token: Array("t3".utf8)))
        editor.shell(.commandEnd(status: 0, level: 1))
        editor.prompt()
        #expect(editor.gate.language == .zsh && editor.gate.outer.map(\.language) == [.bash])
        start("fish", token: "t4", in: &editor)
        editor.shell(.hello(.fish, level: 2))
        editor.prompt()
        #expect(editor.gate.outer.map(\.language) == [.bash, .zsh])
        editor.shell(.commandEnd(status: 0, level: 0))
        #expect(editor.gate.language == .bash && editor.gate.outer.isEmpty)
        #expect(!editor.reports().contains { if case .alarm = $0.content { true } else { false } })
    }

    @Test func `Alarms are told even where many shells were started`() {
        var editor = PlayedEditor.atPrompt()
        for number in 0..<100 {
            start("bash", token: "s\(number)", in: &editor)
            editor.shell(.hello(.zsh, level: 1))
            editor.shell(.commandEnd(status: 0, level: 0))
            editor.prompt()
            _ = editor.reports()
        }
        editor.shell(.commandStart(token: []))
        #expect(editor.reports() == [LineReport(number: 0, .alarm(.unreleasedCommand))])
    }
}
