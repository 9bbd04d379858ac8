import EndToEndHarness

/// One scenario played on a real terminal by a person who looks at the screen.
///
/// Waits end early rather than late where the machine is slow: what is typed before the shell is ready is type-ahead, and the truth comes from the
/// shell. So no result depends on the speed of the machine, only how much of the scenario is type-ahead.
final class Performance {
    private let scenario: Scenario
    private let secret: String
    private let terminal: Terminal
    private var answered = 0

    /// - Parameter secret: what is typed where a scenario says `SECRET`.
    init(_ scenario: Scenario, command: [String], secret: String) throws {
        self.scenario = scenario
        self.secret = secret
        terminal = try Terminal(command, columns: scenario.columns, rows: scenario.rows)
    }

    /// Plays it to its end and returns all that the terminal was sent. The terminal is gone afterwards, as when its window is closed.
    func play() throws -> [UInt8] {
        try waitForFirstPrompt()
        for step in scenario.steps {
            // The shell may end in mid-scenario: by ^D, or because the guard ends the session.
            do { try play(step) } catch  where terminal.isHungUp { break }
        }
        try? settle(hasEntered: true)
        _ = try? terminal.waitForQuiet(.milliseconds(150), within: .seconds(2))
        return terminal.transcript
    }

    private func play(_ step: Scenario.Step) throws {
        switch step {
        case .keys(let notation):
            try type(notation)
            try settle(hasEntered: Self.hasEnter(notation))
        case .blind(let notation), .early(let notation): try type(notation)
        case .burst(let notation):
            try terminal.type(Keys.parse(notation).flatMap(\.self))
            try settle(hasEntered: Self.hasEnter(notation))
        case .paste(let text):
            let pasted = Array(text.replacing("\n", with: "\r").utf8)
            let marks = Keys.parse("<paste></paste>")
            try terminal.type(hasBracketedPaste ? marks[0] + pasted + marks[1] : pasted)
            try settle(hasEntered: text.contains("\n"))
        case .plainPaste(let text):
            try terminal.type(text.replacing("\n", with: "\r"))
            try settle(hasEntered: text.contains("\n"))
        case .resize(let columns, let rows):
            terminal.resize(columns: columns, rows: rows)
            try settle(hasEntered: false)
        case .wait(let text): try wait(for: Array(text.utf8), within: .seconds(10))
        case .pause(let milliseconds): try terminal.waitForQuiet(.milliseconds(milliseconds), within: .milliseconds(milliseconds))
        }
    }

    private static func hasEnter(_ notation: String) -> Bool {
        ["<enter>", "<c-j>", "<c-m>", "<c-c>"].contains(where: notation.contains)
    }

    /// A quick hand: the program on the other side may be a key behind.
    private func type(_ notation: String) throws {
        for key in Keys.parse(notation.replacing("SECRET", with: secret)) {
            try terminal.type(key)
            try terminal.waitForQuiet(.milliseconds(2), within: .milliseconds(4))
        }
    }

    private func waitForFirstPrompt() throws {
        if case .early = scenario.steps.first { return }
        try wait(for: [], within: .seconds(20))
        let changesPrompt = scenario.startUp.values.contains { $0.contains("PS1") || $0.contains("prompt") }
        if changesPrompt {
            try terminal.waitForQuiet(.milliseconds(600), within: .seconds(5))
        } else {
            try wait(for: Array(Lane.prompt.utf8), within: .seconds(10))
        }
        try settle(hasEntered: true)
    }

    /// Until the screen shows the text (anything, if it is empty), or the time is over: the scenario goes on in any case.
    private func wait(for text: [UInt8], within limit: Duration) throws {
        let deadline = Deadline.after(limit)
        let text = String(decoding: text, as: UTF8.self).utf8
        while terminal.transcript.isEmpty || !terminal.transcript.contains(text), !deadline.isPast, !terminal.isHungUp {
            try terminal.waitForQuiet(.milliseconds(20), within: .milliseconds(200))
        }
    }

    /// Until it is quiet; behind an Enter until there is a prompt, or it has been quiet for so long that there will be none.
    private func settle(hasEntered: Bool) throws {
        for _ in 0..<(hasEntered ? 10 : 1) {
            try terminal.waitForQuiet(.milliseconds(hasEntered ? 70 : 100), within: .seconds(3))
            try answerQuestions()
            if isAtPrompt || terminal.isHungUp { return }
        }
    }

    /// Whether the last that the terminal shows is a prompt.
    private var isAtPrompt: Bool {
        let end = String(decoding: terminal.transcript.suffix(400), as: UTF8.self)
        let shown = end.replacing(/\u{1B}(\[[0-9;?]*[ -\/]*[@-~]|\][^\u{7}\u{1B}]*(\u{7}|\u{1B}\\)|[=>]|\(.)/, with: "")
        return shown.hasSuffix(Lane.prompt) || shown.hasSuffix(Lane.prompt + "\r")
    }

    private var hasBracketedPaste: Bool {
        let switches = String(decoding: terminal.transcript, as: UTF8.self).matches(of: /\u{1B}\[\?2004(h|l)/)
        return switches.last?.1 == "h"
    }

    /// What a terminal answers by itself, and what so gets among the keys: where the cursor is, and who it is.
    private func answerQuestions() throws {
        let new = String(decoding: terminal.transcript[answered...], as: UTF8.self)
        answered = terminal.transcript.count
        if new.contains("\u{1B}[6n") { try terminal.type("\u{1B}[5;\(column)R") }
        if new.contains("\u{1B}[c") { try terminal.type("\u{1B}[?1;2c") }
        if new.contains("\u{1B}[5n") { try terminal.type("\u{1B}[0n") }
    }

    /// Of the cursor, counted from 1: right for a line without movements, which is what prompts are.
    private var column: Int {
        let line = terminal.transcript.suffix(200).split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }.last ?? []
        let text = String(decoding: line, as: UTF8.self).replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
        return text.count % Int(scenario.columns) + 1
    }
}
