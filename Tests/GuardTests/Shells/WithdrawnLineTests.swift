import Testing

@testable import Guard

/// ^C while a line is judged.
struct WithdrawnLineTests {
    @Test(arguments: ["bash", "zsh", "fish"]) func `An interrupt takes back a line that is judged, and the next one runs`(
        name: String
    ) throws {
        let login = try IntegratedLogin(name, judge: slowPolicy)
        try login.type(["t slow\r"])
        try login.shell.type("t typed ahead\r\u{03}")
        try login.shell.settle(.milliseconds(300))
        try login.type(["t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
        #expect(login.shell.asked == ["t slow", "t b"])
    }

    @Test(arguments: ["bash", "zsh"]) func `An interrupt takes back the whole command`(name: String) throws {
        let login = try IntegratedLogin(name, judge: slowPolicy)
        try login.type(["for i in 1 2; do\r", "t slow\r"])
        try login.shell.type("\u{03}")
        try login.shell.settle(.milliseconds(300))
        try login.type(["t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
        #expect(login.shell.asked.last == "t b")
    }

    @Test(arguments: ScreenGateTests.shells) func `Without the integration too`(command: [String]) throws {
        let shell = try GuardedShell(command, .screen(), environment: ["PS1": "$ ", "ENV": ""], judge: slowPolicy)
        try shell.expect("$ ")
        try shell.type("echo s''low slow\r")
        try shell.settle()
        try shell.type("echo ahead\r\u{03}")
        try shell.settle(.milliseconds(400))
        try shell.type("echo o''k\r")
        try shell.expect("ok\r\n$ ")
        #expect(shell.asked == ["echo s''low slow", "echo o''k"])
        #expect(shell.questions.last?.doubts == [])
        #expect(!shell.text.contains("\nslow"))
    }
}
