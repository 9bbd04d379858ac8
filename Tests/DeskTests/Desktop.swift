import Desk
import TerminalStream
import Testing

/// A desk and the terminal it draws on.
struct Desktop {
    var desk: DeskScreen
    private(set) var terminal: Emulator
    var now: UInt64 = 1_000_000_000
    /// Bytes of the last frame.
    private(set) var lastFrame = 0
    private(set) var written: [UInt8] = []
    private(set) var actions: [DeskAction] = []

    init(_ columns: Int = 80, _ rows: Int = 24, targets: [DeskTarget] = [], approvals: [DeskApproval] = []) {
        desk = DeskScreen(user: "alice", columns: columns, rows: rows, at: now)
        terminal = Emulator(columns: columns, rows: rows)
        terminal.feed(DeskScreen.enter[...])
        desk.show(targets: targets)
        desk.show(approvals: approvals, total: approvals.count)
        show()
    }

    /// Takes what the desk writes to the terminal.
    mutating func show() {
        let bytes = desk.takeOutput()
        lastFrame = bytes.count
        written += bytes
        terminal.feed(bytes[...])
        actions += desk.takeActions()
    }

    /// Keys that come together, and what is shown then.
    mutating func type(_ keys: String) {
        desk.receive(keys: Array(keys.utf8)[...], at: now)
        show()
    }

    /// Time passes; the desk is told whenever it wants to be.
    mutating func wait(_ milliseconds: UInt64) {
        let end = now + milliseconds * 1_000_000
        for _ in 0..<100_000 {
            guard let deadline = desk.deadline, deadline <= end else { break }
            now = max(now, deadline)
            desk.advance(at: now)
            show()
        }
        now = end
        desk.advance(at: now)
        show()
    }

    mutating func resize(_ columns: Int, _ rows: Int) {
        terminal.resize(columns: columns, rows: rows)
        desk.resize(columns: columns, rows: rows)
        show()
    }

    /// The rows of the screen, without blanks at the end of each.
    var screen: [String] {
        (0..<terminal.rows).map { row in
            Self.trimmed(String(decoding: terminal.text(row: row), as: UTF8.self))
        }
    }

    static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }

    var cursor: (row: Int, column: Int) { terminal.cursor }

    func shows(_ text: String) -> Bool { screen.contains { $0.contains(text) } }

    /// The row that is marked.
    var marked: String? { screen.first { $0.hasPrefix("> ") } }

    /// What was written to the terminal since the last time.
    mutating func takeWritten() -> [UInt8] {
        defer { written = [] }
        return written
    }

    mutating func takeActions() -> [DeskAction] {
        defer { actions = [] }
        return actions
    }
}

extension DeskApproval {
    static func example(_ number: UInt64, _ command: String = "reboot", needsReason: Bool = false) -> DeskApproval {
        DeskApproval(
            number: number, kind: "line", user: "bob", target: "web1", login: "root", command: Array(command.utf8),
            understood: [command], rule: "restarts", askedSecondsAgo: 5, expiresInSeconds: 300, needsReason: needsReason)
    }
}

extension DeskTarget {
    static let examples = [
        DeskTarget(name: "web1", aliases: ["www"], logins: ["deploy", "root"]),
        DeskTarget(name: "web2", logins: ["deploy"]),
        DeskTarget(name: "db1", aliases: ["orders"], logins: ["postgres"]),
    ]
}

enum Key {
    static let up = "\u{1B}[A"
    static let down = "\u{1B}[B"
    static let right = "\u{1B}[C"
    static let left = "\u{1B}OD"
    static let pageUp = "\u{1B}[5~"
    static let pageDown = "\u{1B}[6~"
    static let home = "\u{1B}[H"
    static let end = "\u{1B}[4~"
    static let escape = "\u{1B}"
}

/// Random numbers that a failing test can repeat: SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
