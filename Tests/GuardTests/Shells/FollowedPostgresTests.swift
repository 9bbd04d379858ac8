import EndToEndHarness
import Testing

@testable import Guard

/// Statements that are typed at psql, with a server of its own on a socket in a temporary folder.
struct FollowedPostgresTests {
    /// A server, and a shell without the integration in which its client was started.
    private final class Client {
        let shell: GuardedShell
        private let server: PostgresServer

        /// As the monitor does: a statement ends at its semicolon.
        private static func judge(_ question: LineQuestion) -> LineAnswer {
            let answer = simplePolicy(question)
            guard question.language == .psql, case .run = answer, question.text.first != UInt8(ascii: "\\") else { return answer }
            return question.text.last == UInt8(ascii: ";") ? answer : .goOn
        }

        init() throws {
            server = try PostgresServer()
            shell = try GuardedShell(
                ["dash", "-i"], .screen(),
                environment: ["PS1": "$ ", "ENV": "", "PGHOST": server.host, "PGUSER": "postgres", "PAGER": "cat"],
                judge: Self.judge)
            try shell.expect("$ ")
            try shell.type("psql -X\r")
            try shell.expect("postgres=# ", within: .seconds(30))
            try shell.settle()
        }
    }

    @Test func `Statements, their continuation and the client's end are told as they ran`() throws {
        let client = try Client()
        try client.shell.type("select 6*7 as x;\r")
        try client.shell.expect(" 42\r\n")
        try client.shell.settle()
        try client.shell.type("select 'a'\r")
        try client.shell.expect("postgres-# ")
        try client.shell.settle()
        try client.shell.type("|| 'b' as y;\r")
        try client.shell.expect(" ab\r\n")
        try client.shell.settle()
        try client.shell.type("\\echo o'k'\r")
        try client.shell.expect("ok\r\n")
        try client.shell.settle()
        try client.shell.type("\\q\r")
        try client.shell.expect("$ ")
        try client.shell.settle()
        try client.shell.type("echo c''d\r")
        try client.shell.expect("cd\r\n")
        #expect(
            client.shell.asked == [
                "psql -X", "select 6*7 as x;", "select 'a'", "select 'a'\n|| 'b' as y;", "\\echo o'k'", "\\q", "echo c''d",
            ])
        #expect(client.shell.questions.map(\.language) == [.shell, .psql, .psql, .psql, .psql, .psql, .shell])
        #expect(client.shell.questions.dropFirst().allSatisfy { $0.doubts.isEmpty }, "\(client.shell.questions.map(\.doubts))")
    }

    @Test func `A refused statement does not run, nor does one whose beginning stands in the line before`() throws {
        let client = try Client()
        try client.shell.type("select 'forb'||'idden', 'forbidden';\r")
        try client.shell.expect("That is forbidden.")
        try client.shell.settle(.milliseconds(600))
        try client.shell.type("select 'a'\r")
        try client.shell.expect("postgres-# ")
        try client.shell.settle()
        try client.shell.type("|| 'forb'||'idden' || 'forbidden';\r")
        try client.shell.expect("That is forbidden.")
        try client.shell.settle(.milliseconds(600))
        try client.shell.type("select 6*7 as x;\r")
        try client.shell.expect(" 42\r\n")
        #expect(!client.shell.text.contains("forbiddenforbidden") && !client.shell.text.contains("forbidden |"))
        #expect(client.shell.asked.last == "select 6*7 as x;")
    }
}
