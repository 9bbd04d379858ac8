import EndToEndHarness
import Testing

@testable import Guard

/// What busybox ash shows in its own ways, read with the real one.
struct ShownByBusyboxTests {
    private func shell() throws -> GuardedShell {
        let shell = try GuardedShell(
            ["busybox", "ash", "-i"], .screen(), environment: ["PS1": "$ ", "ENV": "", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"],
            judge: simplePolicy)
        try shell.expect("$ ")
        try shell.settle()
        // It asks the terminal where the cursor is.
        if shell.text.hasSuffix("\u{1B}[6n") { try shell.type("\u{1B}[1;3R") }
        try shell.settle()
        return shell
    }

    @Test func `Characters that it cannot show are known from the keys`() throws {
        let shell = try shell()
        for key in "echo forbidde 日本語 한국어 e\u{301}" {
            try shell.type(String(key))
            try shell.settle()
        }
        try shell.type("\r")
        try shell.expect("한국어 e\u{301}\r\n$ ")
        #expect(shell.asked == ["echo forbidde 日本語 한국어 e\u{301}"])
        #expect(shell.questions.last?.doubts == [])
    }

    /// Which of the two stands first cannot be seen.
    @Test func `Where keys went back among them the line is uncertain`() throws {
        let shell = try shell()
        try shell.type("echo 日\u{1B}[D本")
        try shell.settle()
        try shell.type("\r")
        try shell.settle()
        #expect(shell.questions.last?.doubts != [])
    }

    @Test func `A question mark that was typed is none of them`() throws {
        let shell = try shell()
        try shell.type("echo 'a?b'")
        try shell.settle()
        try shell.type("\r")
        try shell.expect("a?b\r\n$ ")
        #expect(shell.asked == ["echo 'a?b'"])
        #expect(shell.questions.last?.doubts == [])
    }

    @Test func `Its prompt behind the interrupt of a line is where the next one begins`() throws {
        let shell = try shell()
        try shell.type("echo o''ne\r")
        try shell.expect("one\r\n$ ")
        try shell.settle()
        for keys in ["\u{03}", "echo x\u{03}", "\u{03}"] {
            try shell.type(keys)
            try shell.settle()
        }
        try shell.type("echo t''wo\r")
        try shell.expect("two\r\n$ ")
        #expect(shell.asked == ["echo o''ne", "echo t''wo"])
        #expect(shell.questions.last?.doubts == [])
    }
}
