import EndToEndHarness
import Testing

@testable import Guard

/// Shells without the integration: what the screen and the keys tell.
struct ScreenGateTests {
    static let shells: [[String]] = [["dash", "-i"], ["busybox", "ash", "-i"]]

    private func shell(_ command: [String], columns: UInt16 = 80) throws -> GuardedShell {
        let shell = try GuardedShell(
            command, .screen(), environment: ["PS1": "$ ", "ENV": ""], columns: columns, judge: simplePolicy)
        try shell.expect("$ ")
        return shell
    }

    @Test(arguments: shells) func `A typed line is known by two witnesses`(command: [String]) throws {
        let shell = try shell(command)
        for key in "echo a''b" { try shell.type(String(key)) }
        try shell.type("\r")
        try shell.expect("ab\r\n$ ")
        #expect(shell.asked == ["echo a''b"])
        #expect(shell.questions.first?.witnesses == [.screen, .keys])
        #expect(shell.questions.first?.doubts == [])
    }

    @Test(arguments: shells) func `A line that comes in one packet is known too`(command: [String]) throws {
        let shell = try shell(command)
        try shell.type("echo a''b\r")
        try shell.expect("ab\r\n$ ")
        #expect(shell.asked == ["echo a''b"])
        #expect(shell.questions.first?.doubts == [])
    }

    @Test(arguments: shells) func `A refused line does not run, and the next one does`(command: [String]) throws {
        let shell = try shell(command)
        try shell.type("echo for''bidden; echo forbidden\r")
        try shell.expect("That is forbidden.")
        try shell.settle()
        try shell.type("echo o''k\r")
        try shell.expect("ok\r\n$ ")
        #expect(!shell.text.contains("\nforbidden"))
        #expect(shell.asked.last == "echo o''k")
        #expect(shell.questions.last?.doubts == [])
    }

    @Test(arguments: shells) func `Of a paste each line is judged, and nothing behind a refused one runs`(command: [String])
        throws
    {
        let shell = try shell(command)
        try shell.type("echo a''1\recho forbidden\recho a''2\r")
        try shell.expect("bytes that followed")
        try shell.settle()
        #expect(shell.text.contains("a1") && !shell.text.contains("a2"))
        #expect(shell.asked == ["echo a''1", "echo forbidden"])
    }

    @Test(arguments: shells) func `What is erased is not in the line`(command: [String]) throws {
        let shell = try shell(command)
        try shell.type("forbiddxx\u{7F}\u{7F}\u{15}echo o''q\u{7F}k\r")
        try shell.expect("ok\r\n$ ")
        #expect(shell.asked == ["echo o''k"])
        #expect(shell.questions.first?.doubts == [])
    }

    @Test func `A line that is recalled is known`() throws {
        let shell = try shell(["busybox", "ash", "-i"])
        try shell.type("echo a''b\r")
        try shell.expect("ab\r\n$ ")
        try shell.settle()
        try shell.type("\u{1B}[A\r")
        try shell.expect("ab\r\n$ ")
        #expect(shell.asked == ["echo a''b", "echo a''b"])
        #expect(shell.questions.last?.doubts == [])
    }

    @Test(arguments: shells) func `A long line is read over its wraps`(command: [String]) throws {
        let shell = try shell(command, columns: 40)
        let word = String(repeating: "abcdefg ", count: 12)
        try shell.type("echo \(word)end\r")
        try shell.expect("end\r\n$ ")
        #expect(shell.asked == ["echo \(word)end"])
        #expect(shell.questions.first?.doubts == [])
    }

    @Test(arguments: shells) func `A program that reads the keyboard gets what is typed`(command: [String]) throws {
        let shell = try shell(command)
        try shell.type("cat\r")
        try shell.settle()
        try shell.type("forbidden text\r")
        try shell.expect("forbidden text\r\nforbidden text\r\n")
        try shell.type("\u{04}")
        try shell.expect("$ ")
        try shell.settle()
        try shell.type("echo forbidden\r")
        try shell.expect("That is forbidden.")
        #expect(shell.asked == ["cat", "echo forbidden"])
    }

    @Test(arguments: shells) func `A command that is given up is no part of the next one`(command: [String]) throws {
        let shell = try GuardedShell(command, .screen(), environment: ["PS1": "$ ", "ENV": ""]) { question in
            question.text == Array("echo 'a".utf8) ? .goOn : simplePolicy(question)
        }
        try shell.expect("$ ")
        try shell.type("echo 'a\r")
        try shell.expect("> ")
        try shell.settle()
        try shell.type("b\u{03}")
        try shell.settle()
        try shell.type("echo o''k\r")
        try shell.expect("ok\r\n")
        #expect(shell.asked == ["echo 'a", "echo o''k"])
    }

    @Test(arguments: shells) func `The keypad's Enter ends a line`(command: [String]) throws {
        let shell = try shell(command)
        try shell.type("echo forbidden\u{1B}OM")
        try shell.expect("That is forbidden.")
        #expect(shell.asked.count == 1)
    }

    @Test func `A terminal without an editor gives half a line away at the end of file`() throws {
        let shell = try shell(["dash", "-i"])
        try shell.type("echo forb")
        try shell.settle()
        try shell.type("\u{04}")
        try shell.settle()
        try shell.type("\u{7F}\u{15}idden\r")
        try shell.expect("That is forbidden.")
        #expect(shell.asked == ["echo forbidden"])
    }

    @Test(arguments: ["echo !x", "^a^b", "echo \"!!\"", "!-2", "echo \"'!x'\"", "echo \\'!x'"])
    func `What a shell may put in the place of a line is uncertain`(
        line: String
    ) throws {
        let shell = try shell(["dash", "-i"])
        try shell.type(line + "\r")
        try shell.settle()
        #expect(shell.asked == [line])
        #expect(shell.questions.first?.doubts == [.historyExpansion])
    }

    @Test(arguments: ["[ ! -e /nonexistent ]", "test a != b", "! true", "echo '!!' \\!x"])
    func `A negation is none of that, nor what is quoted`(line: String) throws {
        let shell = try shell(["dash", "-i"])
        try shell.type(line + "\r")
        try shell.settle()
        #expect(shell.questions.first?.doubts == [])
    }

    /// A known limit: a program that is slow to end does not read it, and nobody can tell that before.
    @Test(arguments: shells) func `What a program leaves to its shell is told afterwards`(command: [String]) throws {
        let shell = try shell(command)
        try shell.type("cat >/dev/null; sleep 1\r")
        try shell.settle()
        try shell.type("\u{04}")
        try shell.settle()
        try shell.type("echo a''b\r")
        try shell.expect("ab\r\n$ ")
        try shell.settle()
        #expect(shell.asked.first == "cat >/dev/null; sleep 1")
        #expect(shell.questions.dropFirst().map { $0.doubts.contains(.alreadyRan) } == [true])
        let readings = shell.questions.last.map { [$0.text] + $0.otherReadings } ?? []
        #expect(readings.contains(Array("echo a''b".utf8)))
        #expect(shell.reports.map(\.content).contains(.alarm(.typedAhead)))
    }

    @Test(arguments: shells) func `A command behind the end of a program, in one packet, is judged`(command: [String]) throws {
        let shell = try shell(command)
        try shell.type("cat\r")
        try shell.settle()
        try shell.type("\u{04}echo forbidden >/dev/tty\r")
        try shell.expect("That is forbidden.")
        #expect(shell.asked.count == 2)
    }
}
