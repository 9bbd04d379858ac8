import EndToEndHarness
import Glibc
import Testing

@testable import Guard

/// Statements that are typed at MariaDB's client, with a server of its own on a socket in a temporary folder.
struct FollowedMariaDBTests {
    /// A server, and a shell without the integration in which its client was started.
    private final class Client {
        let shell: GuardedShell
        let folder: TemporaryFolder
        private let server: RunningProgram

        /// As the monitor does, for what is typed here: a statement ends with `;`, `\g` or `\G`, a command with its line.
        private static func judge(_ question: LineQuestion) -> LineAnswer {
            let answer = simplePolicy(question)
            guard question.language == .mysql, case .run = answer else { return answer }
            let text = String(decoding: question.text, as: UTF8.self)
            let isCommand = ["\\", "delimiter", "source", "exit"].contains(where: text.hasPrefix)
            return isCommand || [";", "\\g", "\\G"].contains(where: text.hasSuffix) ? answer : .goOn
        }

        init() throws {
            folder = try TemporaryFolder()
            let socket = folder.path + "/socket"
            let data = try folder.makeFolder("data", mode: 0o700)
            let options = [
                "--no-defaults", "--datadir=\(data)", "--socket=\(socket)", "--skip-networking", "--skip-grant-tables",
                "--innodb-buffer-pool-size=8M", "--innodb-log-file-size=4M", "--pid-file=\(data)/pid",
            ]
            server = try RunningProgram(
                ["mariadbd"] + options + (geteuid() == 0 ? ["--user=root"] : []), environment: Programs.environment)
            let deadline = Deadline.after(.seconds(60))
            while !exists(socket), !deadline.isPast { usleep(20_000) }
            shell = try GuardedShell(
                ["dash", "-i"], .screen(), environment: ["PS1": "$ ", "ENV": "", "MYSQL_HISTFILE": "/dev/null"],
                judge: Self.judge)
            try shell.expect("$ ")
            try shell.type("mariadb --no-defaults -S \(socket)\r")
            try shell.expect("MariaDB [(none)]> ", within: .seconds(30))
            try shell.settle()
        }

        deinit {
            server.signal(SIGTERM)
            _ = try? server.waitForExit(within: .seconds(20))
        }

        /// Types a line, waits for what shows that it was read, and for the prompt behind that.
        func type(_ line: String, _ shown: String) throws {
            try shell.type(line + "\r")
            try shell.expect(shown)
            try shell.settle()
        }
        /// The questions behind the client's start.
        var asked: [String] { Array(shell.asked.dropFirst()) }
    }

    private static let prompt = "MariaDB [(none)]> "

    @Test func `Statements, their continuation and the client's end are told as they ran`() throws {
        let client = try Client()
        try client.type("select 6*7 as x;", " 42 |")
        try client.type("select concat('a',", "    -> ")
        try client.type("'b') as y\\G", "y: ab\r\n")
        try client.type("select 5+6\\g", " 11 |")
        try client.type("select 'a", "    '> ")
        try client.type("';", Self.prompt)
        try client.type("select /* a", "   /*> ")
        try client.type("*/ 20+1;", " 21 |")
        try client.type("\\! echo o'k'", "ok\r\n")
        try client.type("exit", "Bye\r\n")
        try client.type("echo c''d", "cd\r\n")
        #expect(
            client.asked == [
                "select 6*7 as x;", "select concat('a',", "select concat('a',\n'b') as y\\G", "select 5+6\\g", "select 'a",
                "select 'a\n';", "select /* a", "select /* a\n*/ 20+1;", "\\! echo o'k'", "exit", "echo c''d",
            ])
        #expect(client.shell.questions.map(\.language) == [.shell] + Array(repeating: .mysql, count: 10) + [.shell])
        #expect(client.shell.questions.dropFirst().allSatisfy { $0.doubts.isEmpty }, "\(client.shell.questions.map(\.doubts))")
    }

    @Test func `Where another delimiter holds, the client's prompt tells what is one statement`() throws {
        let client = try Client()
        try client.type("delimiter //", Self.prompt)
        try client.type("select 5+6//", " 11 |")
        try client.type("begin not atomic select 20+1;", "    -> ")
        try client.type("select 30+1; end//", " 31 |")
        try client.type("delimiter ;", Self.prompt)
        try client.type("select 40+1;", " 41 |")
        #expect(
            client.asked == [
                "delimiter //", "select 5+6//", "begin not atomic select 20+1;",
                "begin not atomic select 20+1;\nselect 30+1; end//", "delimiter ;", "select 40+1;",
            ])
        #expect(client.shell.questions.dropFirst().allSatisfy { $0.doubts.isEmpty }, "\(client.shell.questions.map(\.doubts))")
    }

    @Test func `A file that is run is one line`() throws {
        let client = try Client()
        try client.folder.write("select 5+6;\nselect 20+1;\n", to: "file.sql")
        try client.type("source \(client.folder.path)/file.sql", " 21 |")
        try client.type("select 30+1;", " 31 |")
        #expect(client.asked == ["source \(client.folder.path)/file.sql", "select 30+1;"])
    }

    @Test func `A refused statement does not run, nor does one whose beginning stands in the line before`() throws {
        let client = try Client()
        try client.shell.type("select 'forb''idden', 'forbidden';\r")
        try client.shell.expect("That is forbidden.")
        try client.shell.settle(.milliseconds(600))
        try client.type("select 5", "    -> ")
        try client.shell.type("+6, 'forbidden';\r")
        try client.shell.expect("That is forbidden.")
        try client.shell.settle(.milliseconds(600))
        try client.type("select 20+1;", " 21 |")
        #expect(!client.shell.text.contains("forbidden |") && !client.shell.text.contains(" 11 |"))
        #expect(client.asked.last == "select 20+1;")
        #expect(client.shell.questions.last?.doubts == [])
    }

    @Test func `A statement that was interrupted is no part of the next`() throws {
        let client = try Client()
        try client.type("select 5", "    -> ")
        try client.shell.type("\u{03}")
        try client.shell.expect(Self.prompt)
        try client.shell.settle()
        try client.type("select 20+1;", " 21 |")
        #expect(client.asked == ["select 5", "select 20+1;"])
    }
}
