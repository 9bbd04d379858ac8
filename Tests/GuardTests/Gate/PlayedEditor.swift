import TerminalStream

@testable import Guard

/// A gate, and a shell that is played by the test: it says what it wants.
struct PlayedEditor: ~Copyable {
    static let integration = ShellIntegration(
        nonce: [UInt8](repeating: 0xAB, count: GuardTerms.nonceLength),
        secret: [UInt8](repeating: 0xCD, count: GuardTerms.secretLength))

    var gate: EditorGate
    var exchange = Exchange()
    var screen = Emulator(columns: 80, rows: 24)
    var now: UInt64 = 1_000_000_000_000

    /// Its start has got its keys.
    init(isEnforced: Bool = true) {
        gate = EditorGate(Self.integration, isEnforced: isEnforced, at: now)
        shell(.waiting)
        _ = sent()
    }

    /// A shell that shows its first prompt.
    static func atPrompt(isEnforced: Bool = true) -> PlayedEditor {
        var editor = PlayedEditor(isEnforced: isEnforced)
        editor.shell(.hello(.bash, level: 0))
        editor.prompt()
        _ = editor.exchange.takeReports(atMost: 10)
        return editor
    }

    mutating func shell(_ mark: Mark) { gate.receive(mark, on: screen, &exchange, at: now) }
    mutating func prompt(isContinuation: Bool = false) {
        shell(.promptStart(isContinuation: isContinuation))
        shell(.editStart)
    }
    mutating func report(_ text: String, token: String = "t1", pending: String = "", typed: String? = nil) {
        shell(
            .report(
                EditorReport(
                    token: Array(token.utf8), text: Array(text.utf8), typed: typed.map { Array($0.utf8) },
                    pending: Array(pending.utf8), definitions: [], definitionsAreCut: false)))
    }
    mutating func user(_ keys: String) { gate.receive(fromUser: Array(keys.utf8)[...], &exchange, at: now) }
    mutating func answer(_ answer: LineAnswer, to number: UInt32) {
        exchange.receive(answer, to: number)
        gate.receive(answer, to: number, &exchange, at: now)
    }
    mutating func wait(milliseconds: UInt64) {
        now += milliseconds * 1_000_000
        gate.advance(&exchange, at: now)
    }

    mutating func sent() -> String { String(decoding: exchange.toTarget.take(), as: UTF8.self) }
    mutating func shown() -> String { String(decoding: exchange.toUser.take(), as: UTF8.self) }
    mutating func question() -> LineQuestion? { exchange.takeQuestion() }
    mutating func reports() -> [LineReport] { exchange.takeReports(atMost: 100) }
    static func accept(_ token: String, startsShell: Bool = false) -> String {
        String(decoding: integration.acceptKeys(token: Array(token.utf8), startsShell: startsShell), as: UTF8.self)
    }
    static let reject = String(decoding: integration.rejectKeys, as: UTF8.self)
}
