import Testing

@testable import Guard

struct EditorGateTests {
    @Test func `Keys go on at once, and what follows an Enter waits until its line was judged`() {
        var editor = PlayedEditor.atPrompt()
        editor.user("l")
        #expect(editor.sent() == "l")
        editor.user("s\rpwd\r")
        #expect(editor.sent() == "s\r")
        editor.report("ls")
        let question = editor.question()
        #expect(question?.text == Array("ls".utf8) && question?.number == 1 && question?.witnesses == [.editor, .keys])
        #expect(editor.sent() == "")
        editor.answer(.run(reader: .nobody), to: 1)
        #expect(editor.sent() == PlayedEditor.accept("t1"))
        editor.shell(.commandStart(token: Array("t1".utf8)))
        #expect(editor.sent() == "pwd")
        editor.shell(.commandEnd(status: 3, level: 0))
        #expect(editor.reports() == [LineReport(number: 1, .started), LineReport(number: 1, .ended(status: 3))])
    }

    @Test func `A refused line is cleared, the message stands before the next prompt, and the rest of a paste is dropped`() {
        var editor = PlayedEditor.atPrompt()
        editor.user("rm x\rls\rpwd\r")
        #expect(editor.sent() == "rm x\r")
        editor.report("rm x")
        _ = editor.question()
        editor.answer(.refuse(message: "No."), to: 1)
        #expect(editor.sent() == PlayedEditor.reject)
        #expect(editor.shown() == "")
        editor.user("more\r")
        editor.shell(.commandEnd(status: 130, level: 0))
        editor.shell(.promptStart(isContinuation: false))
        let shown = editor.shown()
        #expect(shown.contains("No.") && shown.contains("12 bytes"))
        editor.shell(.editStart)
        editor.user("and more\r")
        #expect(editor.sent() == "")
        editor.wait(milliseconds: 200)
        #expect(editor.reports() == [LineReport(number: 0, .dropped(bytes: 12)), LineReport(number: 0, .dropped(bytes: 9))])
        editor.user("ok")
        #expect(editor.sent() == "ok")
    }

    @Test func `Who answers a refusal at once is heard, if nothing was pasted`() {
        var editor = PlayedEditor.atPrompt()
        editor.user("rm x\r")
        editor.report("rm x")
        _ = editor.question()
        editor.answer(.refuse(message: "No."), to: 1)
        editor.prompt()
        _ = editor.sent()
        editor.user("ls")
        #expect(editor.sent() == "ls")
        #expect(editor.reports() == [])
    }

    @Test func `A shell that shows no new prompt does not swallow the message`() {
        var editor = PlayedEditor.atPrompt()
        editor.user("rm x\r")
        editor.report("rm x")
        _ = editor.question()
        editor.answer(.refuse(message: "No."), to: 1)
        editor.wait(milliseconds: 2000)
        #expect(editor.shown().hasPrefix("\r\n"))
    }

    @Test(arguments: ["", "  \t "])
    func `A line without words runs without a question`(line: String) {
        var editor = PlayedEditor.atPrompt()
        editor.user("\r")
        _ = editor.sent()
        editor.report(line)
        #expect(editor.question() == nil)
        #expect(editor.sent() == PlayedEditor.accept("t1"))
    }

    @Test func `The lines of one command are asked about together`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("cat <<E")
        _ = editor.question()
        editor.answer(.goOn, to: 1)
        editor.prompt(isContinuation: true)
        editor.report("", token: "t2")
        let second = editor.question()
        #expect(second?.text == Array("cat <<E\n".utf8) && second?.replaces == 1)
        editor.answer(.goOn, to: 2)
        editor.prompt(isContinuation: true)
        editor.report("E", token: "t3")
        let third = editor.question()
        #expect(third?.text == Array("cat <<E\n\nE".utf8) && third?.replaces == 2)
        editor.answer(.run(reader: .unknown), to: 3)
        editor.shell(.commandStart(token: Array("t3".utf8)))
        editor.shell(.commandEnd(status: 0, level: 0))
        editor.prompt()
        editor.report("ls", token: "t4")
        #expect(editor.question()?.text == Array("ls".utf8))
    }

    @Test func `An interrupted command over several lines is forgotten`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("for i in 1")
        _ = editor.question()
        editor.answer(.goOn, to: 1)
        editor.prompt(isContinuation: true)
        editor.user("\u{03}")
        editor.shell(.commandEnd(status: 130, level: 0))
        editor.prompt()
        editor.report("ls", token: "t2")
        let question = editor.question()
        #expect(question?.text == Array("ls".utf8) && question?.replaces == nil)
    }

    @Test(arguments: ["t0", "", "t11"])
    func `A command that nobody released raises an alarm`(token: String) {
        var editor = PlayedEditor.atPrompt()
        editor.report("ls")
        _ = editor.question()
        editor.answer(.run(reader: .nobody), to: 1)
        editor.shell(.commandStart(token: Array(token.utf8)))
        #expect(editor.reports() == [LineReport(number: 0, .alarm(.unreleasedCommand))])
    }

    @Test func `A token that was used up releases nothing, even where nobody tells the end of a command`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("PROMPT_COMMAND=")
        _ = editor.question()
        editor.answer(.run(reader: .nobody), to: 1)
        editor.shell(.commandStart(token: Array("t1".utf8)))
        editor.prompt()
        _ = editor.reports()
        editor.shell(.commandStart(token: Array("t1".utf8)))
        #expect(editor.reports() == [LineReport(number: 0, .alarm(.unreleasedCommand))])
    }

    @Test func `A command that starts before its line was judged raises an alarm`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("ls")
        editor.shell(.commandStart(token: Array("t1".utf8)))
        #expect(editor.reports() == [LineReport(number: 0, .alarm(.unreleasedCommand))])
    }

    @Test func `Alarms without end are not kept without end`() {
        var editor = PlayedEditor.atPrompt()
        for _ in 0..<1000 { editor.shell(.commandStart(token: [1])) }
        #expect(editor.reports().count <= Exchange.mostAlarms)
    }

    @Test func `Each command of a buffer of several lines may start`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("a\nb")
        _ = editor.question()
        editor.answer(.run(reader: .unknown), to: 1)
        editor.shell(.commandStart(token: Array("t1".utf8)))
        editor.shell(.commandStart(token: Array("t1".utf8)))
        #expect(editor.reports() == [LineReport(number: 1, .started)])
    }

    @Test func `A line that changes while it is judged is asked about anew, and the old answer is for nothing`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("ls")
        #expect(editor.question()?.number == 1)
        editor.report("ls; rm x", token: "t2")
        #expect(editor.question()?.number == 2)
        editor.answer(.run(reader: .nobody), to: 1)
        #expect(editor.sent() == "")
        editor.answer(.refuse(message: "No."), to: 2)
        #expect(editor.sent() == PlayedEditor.reject)
        #expect(editor.reports() == [LineReport(number: 1, .withdrawn)])
    }

    @Test func `Who only observes holds nothing`() {
        var editor = PlayedEditor.atPrompt(isEnforced: false)
        editor.user("rm x\r")
        editor.report("rm x")
        #expect(editor.sent() == "rm x\r" + PlayedEditor.accept("t1"))
        #expect(editor.question()?.text == Array("rm x".utf8))
        editor.answer(.refuse(message: "No."), to: 1)
        #expect(editor.sent() == "")
    }

    @Test(arguments: [true, false]) func `Who only observes waits to hear whether a shell gets the integration`(follows: Bool) {
        var editor = PlayedEditor.atPrompt(isEnforced: false)
        editor.user("exec bash -l\rls")
        editor.report("exec bash -l", pending: "ls")
        #expect(editor.sent() == "exec bash -l\r")
        editor.answer(follows ? .run(reader: .shell) : .refuse(message: "No."), to: editor.question()?.number ?? 0)
        #expect(editor.sent() == PlayedEditor.accept("t1", startsShell: follows))
    }

    @Test(arguments: [
        "bash deploy.sh", "bash; ls", "bash -c ls", "zshall", "exec", "/bin/bash", "bash " + String(repeating: "-i ", count: 100),
    ])
    func `Who only observes waits for no other line`(line: String) {
        var editor = PlayedEditor.atPrompt(isEnforced: false)
        editor.report(line)
        #expect(editor.sent() == PlayedEditor.accept("t1"))
    }

    @Test func `What had arrived behind the Enter is sent again, first`() {
        var editor = PlayedEditor.atPrompt()
        editor.user("ls\r")
        editor.user("c")
        _ = editor.sent()
        editor.report("ls", pending: "b")
        _ = editor.question()
        editor.answer(.run(reader: .nobody), to: 1)
        #expect(editor.sent() == PlayedEditor.accept("t1"))
        editor.shell(.commandStart(token: Array("t1".utf8)))
        #expect(editor.sent() == "bc")
    }

    @Test func `An Enter that accepts nothing does not stop what follows`() {
        var editor = PlayedEditor.atPrompt()
        editor.user("\u{16}\rx")
        #expect(editor.sent() == "\u{16}\r")
        editor.gate.targetSpeaks(editor.screen, at: editor.now)
        editor.wait(milliseconds: 100)
        #expect(editor.sent() == "x")
        editor.user("\ry")
        #expect(editor.sent() == "\r")
        editor.wait(milliseconds: 2000)
        #expect(editor.sent() == "y")
    }

    @Test func `A paste in brackets is one piece`() {
        var editor = PlayedEditor.atPrompt()
        editor.user("\u{1B}[200~a\rb\r\u{1B}[201~c\rd")
        #expect(editor.sent() == "\u{1B}[200~a\rb\r\u{1B}[201~c\r")
    }

    @Test(arguments: 1..<6) func `The end of a paste reaches fish in one piece`(cut: Int) {
        var editor = PlayedEditor()
        editor.shell(.hello(.fish, level: 0))
        editor.prompt()
        let end = "\u{1B}[201~"
        editor.user("\u{1B}[200~a\rb" + end.prefix(cut))
        #expect(editor.sent() == "\u{1B}[200~a\rb")
        editor.user(String(end.dropFirst(cut)))
        #expect(editor.sent() == end)
    }

    @Test func `What is no end of a paste goes on in the end`() {
        var editor = PlayedEditor()
        editor.shell(.hello(.fish, level: 0))
        editor.prompt()
        editor.user("\u{1B}")
        #expect(editor.sent() == "\u{1B}")
        editor.user("[200~a\u{1B}")
        #expect(editor.sent() == "[200~a")
        editor.wait(milliseconds: 1001)
        #expect(editor.sent() == "\u{1B}")
        editor.user("\u{1B}[2")
        editor.user("x")
        #expect(editor.sent() == "\u{1B}[2x")
    }

    @Test func `The key that releases a line cannot be typed`() {
        var editor = PlayedEditor.atPrompt()
        for byte in PlayedEditor.integration.acceptPrefix { editor.user(String(decoding: [byte], as: UTF8.self)) }
        let sent = Array(editor.sent().utf8)
        #expect(sent == PlayedEditor.integration.acceptPrefix.dropLast())
    }

    @Test func `A command that is too long is refused without a question`() {
        var editor = PlayedEditor.atPrompt()
        editor.report(String(repeating: "x", count: LineQuestion.longestText + 1))
        #expect(editor.question() == nil)
        #expect(editor.sent() == PlayedEditor.reject)
        editor.prompt()
        #expect(editor.shown().contains("64 KiB"))
    }

    @Test(arguments: [String(repeating: "x", count: LineQuestion.longestText + 1), "x\0y"])
    func `Who only observes holds no long line either`(line: String) {
        var editor = PlayedEditor.atPrompt(isEnforced: false)
        editor.report(line)
        #expect(editor.sent() == PlayedEditor.accept("t1"))
        let question = editor.question()
        #expect(question?.doubts.contains(.unread) == true && question?.text.first == UInt8(ascii: "x"))
    }

    @Test func `An Enter before the editor listens waits for it`() {
        var editor = PlayedEditor()
        editor.shell(.hello(.zsh, level: 0))
        editor.user("ls\rx")
        #expect(editor.sent() == "ls")
        editor.prompt()
        #expect(editor.sent() == "\r")
    }

    @Test func `While a command runs everything is the program's`() {
        var editor = PlayedEditor.atPrompt()
        editor.report("cat > f")
        _ = editor.question()
        editor.answer(.run(reader: .program), to: 1)
        editor.shell(.commandStart(token: Array("t1".utf8)))
        _ = editor.sent()
        editor.user("a\rb\r\u{04}")
        #expect(editor.sent() == "a\rb\r\u{04}")
    }
}
