import EndToEndHarness
import Testing

@testable import Guard

/// The answers that a shell gets when a line may not run, and those that come too late.
struct RefusedLineTests {
    static let shells = ["bash", "zsh", "fish"]

    @Test(arguments: shells) func `A refused line leaves nothing behind in the editor or in the history`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.type(["t a\r", "t forbidden\r"])
        try login.shell.expect("That is forbidden.")
        try login.type(["\u{1B}[A", "b\r"])
        try login.waitForRuns(2)
        #expect(login.ran == ["a", "ab"])
        #expect(login.shell.asked == ["t a", "t forbidden", "t ab"])
    }

    @Test(arguments: shells) func `Of a refused buffer no line is left`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.type(["\u{1B}[200~t 1\nt forbidden\nt 3\u{1B}[201~", "\r"])
        try login.shell.expect("That is forbidden.")
        try login.type(["t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
    }

    @Test(arguments: ["bash", "zsh"]) func `A refused line takes the unfinished command with it`(name: String) throws {
        let login = try IntegratedLogin(name)
        try login.type(["for i in 1 2; do\r", "t forbidden\r"])
        try login.shell.expect("That is forbidden.")
        try login.type(["t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
        #expect(login.shell.asked.last == "t b")
    }

    @Test(arguments: ["bash", "zsh"]) func `A refused line is cleared in vi's command mode too`(name: String) throws {
        let login = try IntegratedLogin(name, settings: name == "bash" ? "set -o vi\n" : "bindkey -v\n")
        try login.type(["t forbidden\u{1B}", "\r"])
        try login.shell.expect("That is forbidden.")
        try login.type(["t b\r"])
        try login.waitForRuns(1)
        #expect(login.ran == ["b"])
    }

    @Test func `The end of an output without a newline stays on the screen`() throws {
        let login = try IntegratedLogin("bash")
        try login.type(["printf o''ut\r", "t a\r"])
        try login.waitForRuns(1)
        #expect(login.shell.text.contains("\rout\r\n"))
    }

    /// Plays the guard on the terminal itself.
    private struct Played {
        let terminal: Terminal
        let home: TemporaryFolder
        let integration: ShellIntegration
        let introducer: String

        init(_ name: String) throws {
            let nonce = (0..<GuardTerms.nonceLength).map { _ in UInt8.random(in: 0...255) }
            integration = ShellIntegration(
                nonce: nonce, secret: (0..<GuardTerms.secretLength).map { _ in UInt8.random(in: 0...255) })
            introducer = "\u{1B}]7717;" + String(decoding: ShellIntegration.hexadecimal(nonce), as: UTF8.self) + ";"
            home = try TemporaryFolder.home()
            try home.write("", to: ".zshrc")
            var environment = Programs.environment
            environment["HOME"] = home.path
            environment["SHELL"] = "/usr/bin/\(name)"
            terminal = try Terminal(
                [name, "-c", String(decoding: integration.startCommand, as: UTF8.self)], environment: environment)
            try terminal.giveKeys(of: integration)
            try terminal.expect(introducer + "h;\(name);")
            try terminal.expect(introducer + "B\u{07}")
            try terminal.waitForQuiet(.milliseconds(200), within: .seconds(10))
        }

        /// Waits for a report; returns its token.
        func token() throws -> String {
            try terminal.expect(introducer + "r;")
            return try terminal.expect(";")
        }
        func accept(_ token: String) throws {
            try terminal.type(
                String(decoding: integration.acceptKeys(token: Array(token.utf8)), as: UTF8.self))
        }
    }

    @Test(arguments: shells) func `A stale or a wrong answer does nothing, and the right one still counts`(name: String) throws {
        let shell = try Played(name)
        try shell.terminal.type("echo a''b\r")
        let token = try shell.token()
        for wrong in ["0123456789abcdef", String(token.reversed()), "0000000000000000"] where wrong != token {
            try shell.accept(wrong)
        }
        try shell.terminal.waitForQuiet(.milliseconds(200), within: .seconds(10))
        #expect(!shell.terminal.screen.contains("ab\r\n"))
        try shell.accept(token)
        try shell.terminal.expect(shell.introducer + "C;\(token)\u{07}")
        try shell.terminal.expect("ab\r\n")
        try shell.terminal.expect(shell.introducer + "B\u{07}")
        // And it counts once.
        try shell.terminal.type("echo c''d")
        try shell.terminal.waitForQuiet(.milliseconds(200), within: .seconds(10))
        try shell.accept(token)
        try shell.terminal.waitForQuiet(.milliseconds(200), within: .seconds(10))
        try shell.terminal.type("\r")
        let next = try shell.token()
        #expect(next != token)
        #expect(!shell.terminal.screen.contains("cd\r\n"))
        #expect(!shell.terminal.screen.contains(token + "echo") && !shell.terminal.screen.contains("0123456789abcdef"))
        try shell.accept(next)
        try shell.terminal.expect("cd\r\n")
    }

    @Test(arguments: shells) func `A line that has changed is reported again`(name: String) throws {
        let shell = try Played(name)
        try shell.terminal.type("echo a''b")
        try shell.terminal.waitForQuiet(.milliseconds(200), within: .seconds(10))
        try shell.terminal.type("\r")
        let first = try shell.token()
        // fish keeps ASCII back while a report waits.
        try shell.terminal.type("é")
        try shell.terminal.waitForQuiet(.milliseconds(200), within: .seconds(10))
        try shell.accept(first)
        let second = try shell.token()
        #expect(first != second)
        try shell.accept(second)
        try shell.terminal.expect("abé\r\n")
    }
}
