import EndToEndHarness
import Testing

@testable import Guard

/// Lines that a key of the user's own accepts: they run before anybody can judge them, and are told.
struct UnjudgedLineTests {
    private func shell(_ command: [String], _ environment: [String: String] = [:]) throws -> GuardedShell {
        let settings = ["PS1": "$ ", "INPUTRC": "/dev/null", "HISTFILE": "", "ENV": ""]
        let shell = try GuardedShell(command, .screen(), environment: settings.merging(environment) { $1 }) { question in
            let readings = [question.text] + question.otherReadings
            let text = readings.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
            return text.contains("forbidden") ? .refuse(message: "That is forbidden.") : .run(reader: .nobody)
        }
        try shell.expect("$ ")
        try shell.settle()
        return shell
    }

    private func bash(_ bindings: String) throws -> GuardedShell {
        let shell = try shell(["bash", "--norc", "-i"])
        try shell.type(bindings + "\r")
        try shell.settle()
        return shell
    }

    private func unjudged(_ shell: GuardedShell) -> [String] {
        shell.questions.filter { $0.doubts.contains(.alreadyRan) }.map { String(decoding: $0.text, as: UTF8.self) }
    }

    private func alarms(_ shell: GuardedShell) -> [GuardAlarm] {
        shell.reports.compactMap { if case .alarm(let alarm) = $0.content { alarm } else { nil } }
    }

    @Test func `A macro with Enter is told, and ends a session where it would have been refused`() throws {
        let shell = try bash("bind '\"\\C-t\": \"echo for\\x62idden\\C-m\"'")
        try shell.type([0x14])
        try shell.settle()
        #expect(unjudged(shell) == ["echo forbidden"])
        #expect(alarms(shell) == [.refusedLineRan])
    }

    @Test func `A macro with two lines is told as two`() throws {
        let shell = try bash("bind '\"\\C-t\": \"echo one\\C-mecho two\\C-m\"'")
        try shell.type([0x14])
        try shell.settle()
        #expect(unjudged(shell) == ["echo one", "echo two"])
        #expect(alarms(shell) == [.unjudgedLine, .unjudgedLine])
    }

    /// The second one runs when the first has been told.
    @Test func `A macro whose first line takes its time is told as two, and the next line is known again`() throws {
        let shell = try bash("bind '\"\\C-t\": \"sleep 0.5\\C-mecho two\\C-m\"'")
        try shell.type([0x14])
        try shell.settle(.milliseconds(1000))
        #expect(unjudged(shell) == ["sleep 0.5", "echo two"])
        #expect(alarms(shell) == [.unjudgedLine, .unjudgedLine])
        try shell.type("echo c''d\r")
        try shell.settle()
        #expect(shell.asked.last == "echo c''d" && shell.questions.last?.doubts == [])
    }

    @Test func `Another key that accepts is told, and the next line is known again`() throws {
        let shell = try bash("bind '\"\\C-t\": accept-line'")
        try shell.type("echo a''b")
        try shell.type([0x14])
        try shell.settle()
        try shell.type("echo c''d\r")
        try shell.settle()
        #expect(unjudged(shell) == ["echo a''b"])
        #expect(shell.asked.last == "echo c''d" && shell.questions.last?.doubts == [])
    }

    /// What moves or repeats a prompt and runs nothing.
    @Test(arguments: [
        ["echo al", "\t", "\t", "\u{15}", "echo x\r"], ["echo a", "\u{0C}", "\u{15}", "echo x\r"],
        ["\t", "\t", "n", "\u{15}", "echo x\r"],
        ["echo a", "\u{03}", "echo x\r"], ["(sleep 0.3; echo talk) &\r", "ec", "ho x\r"],
    ])
    func `Completion lists, cleared screens and jobs are no lines`(keys: [String]) throws {
        for command in [["bash", "--norc", "-i"], ["zsh", "-f", "-i"], ["busybox", "ash", "-i"]] {
            let shell = try shell(command)
            for key in keys {
                try shell.type(key)
                try shell.settle(.milliseconds(400))
            }
            #expect(unjudged(shell) == [] && alarms(shell) == [], "\(command): \(shell.asked)")
            #expect(shell.asked.last == "echo x", "\(command)")
        }
    }

    @Test func `A resize tells no line`() throws {
        let shell = try shell(["bash", "--norc", "-i"])
        try shell.type("echo \(String(repeating: "long ", count: 20))")
        try shell.settle()
        for columns: UInt16 in [40, 100, 30] {
            shell.resize(columns: columns, rows: 20)
            try shell.settle()
        }
        try shell.type("\u{15}echo x\r")
        try shell.settle()
        #expect(unjudged(shell) == [] && shell.questions.count == 1)
    }

    @Test func `A command over several lines that is given up did not run`() throws {
        let shell = try GuardedShell(["dash", "-i"], .screen(), environment: ["PS1": "$ ", "ENV": ""]) { question in
            question.text == Array("echo 'a".utf8) ? .goOn : .run(reader: .nobody)
        }
        try shell.expect("$ ")
        try shell.type("echo 'a\r")
        try shell.settle()
        try shell.type("\u{03}")
        try shell.settle()
        #expect(shell.reports.map(\.content) == [.started, .withdrawn])
    }

    @Test func `Where screen and keys differ both are asked about`() throws {
        let shell = try shell(["dash", "-i"])
        try shell.type("sleep 1\r")
        try shell.settle()
        // Typed ahead, the terminal shows the arrow keys, and what an editor would make of them is another line.
        try shell.type("echo fobidden\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[Dr\r")
        try shell.settle(.milliseconds(1500))
        #expect(shell.text.contains("That is forbidden."))
        #expect(shell.questions.last?.doubts.isEmpty == false)
    }
}
