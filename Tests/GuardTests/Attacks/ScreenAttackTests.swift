import EndToEndHarness
import TerminalStream
import Testing

@testable import Guard

/// A user without the integration who wants `echo forbidden` to run unjudged, on real shells. Nothing uncertain is let through.
struct ScreenAttackTests {
    /// - Parameter programs: commands with one of these read the keyboard themselves; of the others nobody knows.
    private func shell(
        _ command: [String], prompt: String = "$ ", programs: [String] = ["cat"], environment: [String: String] = [:]
    ) throws -> GuardedShell {
        let settings = ["PS1": prompt, "ENV": "", "INPUTRC": "/dev/null", "HISTFILE": ""]
        let shell = try GuardedShell(command, .screen(), environment: settings.merging(environment) { $1 }) { question in
            let text = String(decoding: question.text, as: UTF8.self)
            if text.contains("forbidden") || !question.doubts.isEmpty { return .refuse(message: "That is forbidden.") }
            return .run(reader: programs.contains(where: text.contains) ? .program : .unknown)
        }
        if !prompt.isEmpty { try shell.expect(String(prompt.suffix(2))) }
        try shell.settle()
        return shell
    }

    private let bash = ["bash", "--norc", "-i"]
    private let dash = ["dash", "-i"]

    private func type(_ keys: [String], to shell: GuardedShell) throws {
        for key in keys {
            try shell.type(key)
            try shell.settle(.milliseconds(600))
        }
    }

    private func didRun(_ shell: GuardedShell) -> Bool { shell.text.contains("\nforbidden") }

    @Test(arguments: ["\u{1A}", "\u{1C}"])
    func `A signal that bash ignores does not make an unknown first line empty`(signal: String) throws {
        let shell = try shell(bash)
        try type(["echo forbidden", signal, "\r"], to: shell)
        #expect(!didRun(shell) && shell.questions.count == 1)
    }

    @Test func `A line is not split by a signal that bash ignores`() throws {
        let shell = try shell(bash)
        try type(["echo for", "\u{1A}", "bidden\r"], to: shell)
        #expect(!didRun(shell) && shell.asked == ["echo forbidden"])
    }

    @Test func `A line whose prompt was pushed up by a background job is not empty`() throws {
        let shell = try shell(bash)
        try type(["(sleep 1; echo) &\r", "echo forbidden"], to: shell)
        try shell.settle(.milliseconds(1200))
        try type(["\u{1A}", "\r"], to: shell)
        #expect(!didRun(shell) && shell.questions.count == 2)
    }

    @Test(arguments: ["cd /; cat\r", "PS1='% '; cat\r", "printf '\\033[?1049h'; cat\r"])
    func `A program that ends with another prompt has ended`(line: String) throws {
        let shell = try shell(dash, prompt: "$PWD $ ")
        try type([line, "\u{04}", "echo forbidden\r"], to: shell)
        #expect(!didRun(shell) && shell.questions.count == 2)
    }

    @Test func `Behind an empty prompt a program is not taken for granted`() throws {
        let shell = try shell(dash, prompt: "")
        try type(["cat\r", "\u{04}", "echo forbidden\r"], to: shell)
        #expect(!didRun(shell) && shell.questions.count == 2)
    }

    @Test func `A prompt that asks for a secret is no secret's`() throws {
        let shell = try shell(dash)
        try type(["stty -echo; PS1='pin: '\r", "echo forbidden\r"], to: shell)
        #expect(!didRun(shell) && shell.questions.last?.doubts.contains(.noEcho) == true)
    }

    @Test(arguments: ["", "\u{11}", "\u{11}\u{13}"])
    func `Behind a prompt that asks for a secret a stopped terminal hides no line`(keys: String) throws {
        // Nothing is known of this shell yet, and its prompt says what a program's would.
        let shell = try shell(dash, prompt: "pin: ")
        try shell.type("\u{13}" + keys)
        try type(["echo forbidden\r", "\u{03}"], to: shell)
        #expect(!didRun(shell) && shell.questions.count == 1)
    }

    @Test func `An Enter that waited for an editor in vain waits for its echo too`() {
        var gate = ScreenGate(language: .shell, isEnforced: true)
        var screen = Emulator(columns: 80, rows: 24)
        var exchange = Exchange()
        let start: UInt64 = 1_000_000_000_000
        gate.editorUntil = start + 3_000_000_000
        let enter = start + 2_999_000_000
        gate.receive(fromUser: Array("ls\r".utf8)[...], &screen, &exchange, at: enter)
        #expect(gate.deadline == enter + ScreenGate.settlingLimit)
        gate.advance(&screen, &exchange, at: start + 3_000_000_000)
        #expect(exchange.takeQuestion() == nil && exchange.toTarget.take() == Array("ls".utf8)[...])
        gate.advance(&screen, &exchange, at: enter + ScreenGate.settlingLimit)
        #expect(exchange.takeQuestion()?.doubts == [.noEcho])
        // A shell that has said that it has none is not waited for.
        gate = ScreenGate(language: .shell, isEnforced: true)
        gate.editorUntil = start + 3_000_000_000
        gate.receive(fromUser: Array("ls\r".utf8)[...], &screen, &exchange, at: start)
        gate.expectNoEditor(at: start + 1_000_000)
        #expect(gate.deadline == start + 1_000_000 + ScreenGate.settlingLimit)
    }

    @Test func `A prompt that a background job paints over is no secret's`() throws {
        let shell = try shell(bash)
        try shell.type("(for i in 1 2 3 4 5 6 7 8 9; do printf '\\r\\033[Kpin: '; sleep 0.1; done) &\r")
        try shell.expect("Kpin: '")
        try shell.expect("pin: ")
        try shell.type("echo forbidden")
        try shell.expect("\u{1B}[Kpin: ")
        try shell.type("\r")
        try shell.settle(.milliseconds(1200))
        #expect(!didRun(shell) && shell.questions.count == 2)
    }

    @Test func `Keys that the terminal shows and an editor follows later are uncertain`() throws {
        let shell = try shell(bash)
        try shell.type("sleep 1\r")
        try shell.settle()
        try shell.type("echo fobidden\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[Dr\r")
        try shell.settle(.milliseconds(1500))
        #expect(!didRun(shell) && shell.questions.count == 2 && shell.questions.last?.doubts.isEmpty == false)
    }

    @Test func `The rest of a line that was handed on in two parts is uncertain`() throws {
        let shell = try shell(dash)
        try type(["(sleep 2; echo) &\r", "echo for", "\u{04}"], to: shell)
        try shell.settle(.milliseconds(2000))
        try type(["bidden\r"], to: shell)
        #expect(!didRun(shell) && shell.questions.last?.doubts.isEmpty == false)
    }

    @Test func `The key that runs what an editor makes of the line is asked about`() throws {
        let shell = try shell(bash, environment: ["VISUAL": "sed -i s/x/forbidden/", "EDITOR": "sed -i s/x/forbidden/"])
        try type(["echo x", "\u{18}\u{05}"], to: shell)
        #expect(!didRun(shell) && shell.questions.count == 1)
        try shell.type("echo o''k\r")
        try shell.expect("ok\r\n")
    }

    @Test func `vi's key that runs what an editor makes of the line is asked about`() throws {
        let shell = try shell(bash, environment: ["VISUAL": "sed -i s/x/forbidden/", "EDITOR": "sed -i s/x/forbidden/"])
        try type(["set -o vi\r", "echo x", "\u{1B}", "v"], to: shell)
        #expect(!didRun(shell) && shell.questions.count == 2)
    }

    @Test func `What is pasted behind a line that starts another shell is judged there`() throws {
        for name in ["bash", "zsh", "fish"] {
            let login = try IntegratedLogin(name) { question in
                question.doubts.isEmpty ? simplePolicy(question) : .refuse(message: "That is not known.")
            }
            try login.type(["dash\rt forbidden\r", "\r", "\r"])
            #expect(login.ran == [], "\(name): \(login.shell.asked)")
        }
    }
}
