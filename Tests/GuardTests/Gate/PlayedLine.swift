import Testing

@testable import Guard

/// A guard before a shell that is played by the test, with a line that is asked about.
struct PlayedLine: ~Copyable {
    /// Which gate stands there.
    enum Gate: String, CaseIterable { case editor, screen }

    var guarded: LineGuard
    var now: UInt64 = 1_000_000_000_000
    let gate: Gate
    private static let prompt = "$ "
    private var prompts = 0

    init(_ gate: Gate, isEnforced: Bool = true) {
        self.gate = gate
        let integration = PlayedEditor.integration
        guarded = LineGuard(
            GuardTerms(
                isEnforced: isEnforced, usesIntegration: gate == .editor,
                nonce: [UInt8](repeating: 0xAB, count: GuardTerms.nonceLength),
                secret: [UInt8](repeating: 0xCD, count: GuardTerms.secretLength), reader: .shell), columns: 80, rows: 24, at: now)
        switch gate {
        case .editor:
            let tag = String(decoding: integration.tag, as: UTF8.self)
            target("\u{1B}]7717;\(tag);w\u{07}")
            mark("h;bash;5.2;1;0")
            showPrompt()
        case .screen:
            target(Self.prompt)
        }
        wait(milliseconds: 1000)
        _ = (sent(), shown(), guarded.takeReports(atMost: 100))
    }

    /// A line that was entered and that people have to decide about.
    static func waiting(_ gate: Gate, isEnforced: Bool = true) -> PlayedLine {
        var line = PlayedLine(gate, isEnforced: isEnforced)
        line.enter("deploy", token: 1)
        _ = line.guarded.takeQuestion()
        line.guarded.hold(1, approval: 7, message: "request 7 waits.", at: line.now)
        return line
    }

    /// Behind a line that ran: the screen's gate knows the prompt.
    static func atKnownPrompt() throws -> PlayedLine {
        var line = PlayedLine(.screen)
        line.enter("x", token: 1)
        let first = line.guarded.takeQuestion()
        line.guarded.answer(.run(reader: .nobody), to: try #require(first?.number), at: line.now)
        line.showPrompt()
        line.wait(milliseconds: 600)
        _ = (line.sent(), line.shown(), line.guarded.takeReports(atMost: 100))
        return line
    }

    mutating func showPrompt() {
        switch gate {
        case .editor:
            prompts += 1
            mark("A;;\(prompts)")
            target(Self.prompt)
            mark("B")
        case .screen: target("\r\n" + Self.prompt)
        }
    }

    mutating func enter(_ text: String, token: UInt8) {
        user(text)
        target(text)
        wait(milliseconds: 200)
        user("\r")
        if gate == .editor { report(text, token: token) }
        wait(milliseconds: 200)
        _ = (sent(), shown())
    }

    /// What the editor tells at an Enter.
    mutating func report(_ text: String, token: UInt8) { mark("r;\(Self.token(token));\(text.utf8.count);;\(text);;") }
    static func token(_ number: UInt8) -> String { "00000000000000\(number < 16 ? "0" : "")" + String(number, radix: 16) }
    mutating func mark(_ body: String) {
        target("\u{1B}]7717;\(String(decoding: PlayedEditor.integration.nonce, as: UTF8.self));\(body)\u{07}")
    }

    mutating func target(_ text: String) { guarded.receive(fromTarget: Array(text.utf8)[...], at: now) }
    mutating func user(_ keys: String) { guarded.receive(fromUser: Array(keys.utf8)[...], at: now) }
    mutating func wait(milliseconds: UInt64) {
        now += milliseconds * 1_000_000
        guarded.advance(at: now)
    }
    mutating func sent() -> String { String(decoding: guarded.takeToTarget(), as: UTF8.self) }
    mutating func shown() -> String { String(decoding: guarded.takeToUser(), as: UTF8.self) }
    mutating func dropped() -> [UInt64] {
        guarded.takeReports(atMost: 100).compactMap { if case .dropped(let bytes) = $0.content { bytes } else { nil } }
    }
    /// What the gate sends to have the line run, and to have it cleared.
    var accepting: String {
        gate == .screen
            ? "\r" : String(decoding: PlayedEditor.integration.acceptKeys(token: Array(Self.token(1).utf8)), as: UTF8.self)
    }
    var clearing: String { gate == .screen ? "\u{03}" : PlayedEditor.reject }
}
