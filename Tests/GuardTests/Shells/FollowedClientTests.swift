import EndToEndHarness
import Testing

@testable import Guard

/// Statements that are typed at a real SQL client, whose policy is that they are followed.
struct FollowedClientTests {
    private func client(columns: UInt16 = 80) throws -> GuardedShell {
        let shell = try GuardedShell(
            ["dash", "-i"], .screen(), environment: ["PS1": "$ ", "ENV": ""], columns: columns, judge: simplePolicy)
        try shell.expect("$ ")
        try shell.type("sqlite3 :memory:\r")
        try shell.expect("sqlite> ")
        try shell.settle()
        return shell
    }

    @Test func `A statement is asked about as one of the client's`() throws {
        let shell = try client()
        try shell.type("select 6*7;\r")
        try shell.expect("42\r\n")
        #expect(shell.asked.last == "select 6*7;")
        #expect(shell.questions.last?.language == .sqlite3)
        #expect(shell.questions.last?.doubts == [])
    }

    @Test func `A refused statement does not run, and the client stays`() throws {
        let shell = try client()
        try shell.type("select 'forb'||'idden', 'forbidden';\r")
        try shell.expect("That is forbidden.")
        try shell.settle(.milliseconds(500))
        try shell.type("select 6*7;\r")
        try shell.expect("42\r\n")
        #expect(!shell.text.contains("forbidden|"))
        #expect(shell.asked.last == "select 6*7;")
    }

    @Test func `Behind the client's end lines are the shell's again`() throws {
        let shell = try client()
        try shell.type(".quit\r")
        try shell.expect("$ ")
        try shell.settle()
        try shell.type("echo o''k\r")
        try shell.expect("ok\r\n")
        #expect(shell.asked.last == "echo o''k")
        #expect(shell.questions.last?.language == .shell)
        #expect(shell.questions.last?.doubts == [])
    }

    @Test func `A statement in the same packet as the end of the client is not taken for one of the client's`() throws {
        let shell = try client()
        try shell.type(".quit\recho forbidden\r")
        try shell.expect("That is forbidden.")
        try shell.settle()
        #expect(!shell.text.contains("\nforbidden"))
    }
}
