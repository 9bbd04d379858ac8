import EndToEndHarness
import Testing

@testable import Guard

/// bash, zsh and fish with the integration, as a log-in would start them.
struct IntegratedShellTests {
    static let shells = ["bash", "zsh", "fish"]

    @Test(arguments: shells) func `The editor tells the line, and the others agree`(name: String) throws {
        let login = try IntegratedLogin(name)
        for key in "echo a''b" {
            try login.shell.type(String(key))
            try login.shell.settle(.milliseconds(10))
        }
        try login.shell.type("\r")
        try login.shell.expect("ab\r\n")
        try login.shell.settle()
        #expect(login.shell.asked == ["echo a''b"])
        #expect(login.shell.questions.first?.witnesses == [.editor, .screen, .keys])
        #expect(login.shell.reports.map(\.content) == [.reading(.editor), .started, .ended(status: 0)])
    }

    @Test(arguments: shells) func `A refused line does not run, and the message stands by itself before the next prompt`(
        name: String
    ) throws {
        let login = try IntegratedLogin(name)
        try login.shell.type("echo for''bidden; echo forbidden\r")
        try login.shell.expect("\u{1B}[0;1;31msallyport:\u{1B}[0m That is forbidden.\r\n")
        try login.shell.settle()
        try login.shell.type("echo o''k\r")
        try login.shell.expect("ok\r\n")
        #expect(!login.shell.text.contains("\nforbidden"))
        #expect(login.shell.asked == ["echo for''bidden; echo forbidden", "echo o''k"])
    }

    @Test(arguments: shells) func `Of a paste each line is judged, and nothing behind a refused one runs`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.shell.type("echo a''1\recho forbidden\recho a''2\recho a''3\r")
        try login.shell.expect("bytes that followed")
        try login.shell.settle()
        #expect(login.shell.text.contains("a1") && !login.shell.text.contains("a2"))
        #expect(login.shell.asked == ["echo a''1", "echo forbidden"])
    }

    @Test(arguments: shells) func `The status of each command is told`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.shell.type("true\r")
        try login.shell.settle()
        try login.shell.type("false\r")
        try login.shell.settle()
        #expect(login.shell.reports.suffix(2).map(\.content) == [.started, .ended(status: 1)])
    }

    @Test(arguments: shells) func `What is typed while a command runs is judged when its turn comes`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.shell.type("sleep 1\r")
        try login.shell.settle()
        try login.shell.type("echo a''1\recho forbidden\r")
        try login.shell.expect("That is forbidden.")
        #expect(login.shell.asked.first == "sleep 1")
        #expect(!login.shell.text.contains("\nforbidden"))
    }

    @Test(arguments: shells) func `A command over several lines is judged as one`(name: String) throws {
        let login = try IntegratedLogin(name)
        let command = name == "fish" ? ["for i in 1 2", "echo n$i", "end"] : ["for i in 1 2; do", "echo n$i", "done"]
        for line in command { try login.shell.type(line + "\r"); try login.shell.settle() }
        try login.shell.expect("n1\r\nn2\r\n")
        let asked = login.shell.asked.last?.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
        #expect(asked == command.joined(separator: "\n"), "\(login.shell.asked) \(login.shell.reports)")
    }

    @Test(arguments: shells) func `Nobody sees a mark`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.shell.type("echo a''b\r\r")
        try login.shell.expect("ab\r\n")
        try login.shell.settle()
        #expect(!login.shell.text.contains("7717"))
    }

    @Test(arguments: shells) func `The lines of a shell in the shell are read off the screen, and behind it by the editor`(
        name: String
    ) throws {
        let login = try IntegratedLogin(name)
        try login.shell.type("dash\r")
        try login.shell.settle(.milliseconds(400))
        try login.shell.type("echo a''b\r")
        try login.shell.expect("ab\r\n")
        try login.shell.settle()
        try login.shell.type("echo forbidden\r")
        try login.shell.expect("That is forbidden.")
        try login.shell.settle(.milliseconds(500))
        try login.shell.type("exit\r")
        try login.shell.settle()
        try login.shell.type("echo c''d\r")
        try login.shell.expect("cd\r\n")
        #expect(login.shell.asked == ["dash", "echo a''b", "echo forbidden", "exit", "echo c''d"])
        #expect(login.shell.questions.map(\.witnesses.names).map { $0.contains("editor") } == [true, false, false, false, true])
        #expect(login.shell.questions.allSatisfy { $0.doubts.isEmpty })
        #expect(!login.shell.text.contains("\nforbidden"))
    }

    @Test(arguments: shells) func `A statement in a client that the shell started is asked about as the client's`(name: String)
        throws
    {
        let login = try IntegratedLogin(name)
        try login.shell.type("sqlite3 :memory:\r")
        try login.shell.expect("sqlite> ")
        try login.shell.settle()
        try login.shell.type("select 6*7;\r")
        try login.shell.expect("42\r\n")
        try login.shell.settle()
        try login.shell.type(".quit\r")
        try login.shell.settle()
        try login.shell.type("echo c''d\r")
        try login.shell.expect("cd\r\n")
        #expect(login.shell.asked == ["sqlite3 :memory:", "select 6*7;", ".quit", "echo c''d"])
        #expect(login.shell.questions[1].language == .sqlite3)
        #expect(login.shell.questions.last?.witnesses.contains(.editor) == true)
    }

    @Test(arguments: shells) func `A quote over two lines runs`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.shell.type("echo 'a\r")
        try login.shell.settle(.milliseconds(500))
        try login.shell.type("b'\r")
        try login.shell.expect("a\r\nb\r\n")
        #expect(login.shell.asked.last == "echo 'a\nb'", "\(login.shell.asked)")
    }
}
