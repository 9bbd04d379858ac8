internal import TerminalStream

/// Whatever a user types, targets and requests are called, and however time passes and the window changes: nothing traps, nothing but the desk's own few
/// sequences and visible characters is written, and the terminal shows what a fresh one would.
///
/// The input is steps: a byte that says what comes, a byte with a length, and as many bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = Array(UnsafeBufferPointer(start: start, count: count))[...]
    var desk = FuzzedDesk()
    while let step = input.popFirst(), let length = input.popFirst() {
        let bytes = input.prefix(Int(length))
        let text = String(decoding: bytes, as: UTF8.self)
        if step % 8 != 6 { input = input.dropFirst(bytes.count) }
        switch step % 8 {
        case 0: desk.screen.show(targets: [DeskTarget(name: text, aliases: [text], logins: [text, "root"])])
        case 1: desk.show(number: UInt64(step / 8), bytes, text)
        case 2: desk.screen.show(screenful: [text], of: UInt64(step / 8))
        case 3: desk.screen.show(outcome: text)
        case 4: desk.pass(UInt64(length) * 4_000_000)
        case 5: desk.resize(columns: Int(length % 100), rows: Int(step / 8))
        case 6: desk.screen.receive(keys: [[0x0D, 0x09, 0x61, 0x64, 0x20][Int(length % 5)]], at: desk.now)
        default: desk.screen.receive(keys: bytes, at: desk.now)
        }
        desk.draw()
    }
    return 0
}

private struct FuzzedDesk {
    var screen = DeskScreen(user: "alice", columns: 80, rows: 24, at: 0)
    var now: UInt64 = 0
    private var terminal = Emulator(columns: 80, rows: 24)
    private var size = (columns: 80, rows: 24)
    private var page: [DeskApproval] = []

    init() { terminal.feed(DeskScreen.enter[...]) }

    mutating func show(number: UInt64, _ bytes: ArraySlice<UInt8>, _ text: String) {
        page.removeAll { $0.number == number }
        page.append(
            DeskApproval(
                number: number, kind: text, user: text, target: text, login: text, command: Array(bytes), understood: [text],
                rule: text,
                uncertain: [text], askedSecondsAgo: number, expiresInSeconds: number, approvedBy: [text], needed: bytes.count,
                needsReason: number % 2 == 0, mayDecide: number % 3 != 0, requesterReason: text))
        screen.show(approvals: page, total: Int(number))
    }

    mutating func pass(_ nanoseconds: UInt64) {
        now += nanoseconds
        for _ in 0..<4 {
            guard let deadline = screen.deadline, deadline <= now else { return }
            screen.advance(at: now)
        }
        precondition(screen.deadline.map { $0 > now } ?? true, "it never comes to rest")
    }

    mutating func resize(columns: Int, rows: Int) {
        size = (columns, rows)
        terminal.resize(columns: columns, rows: rows)
        screen.resize(columns: columns, rows: rows)
    }

    mutating func draw() {
        let bytes = screen.takeOutput()
        precondition(!bytes.contains { $0 < 0x20 && $0 != 0x1B || $0 == 0x7F }, "a control is written")
        terminal.feed(bytes[...])
        precondition(!terminal.oddities.contains(.c1) && !terminal.oddities.contains(.invalidUTF8), "something raw is written")
        precondition(screen.takeOutput().isEmpty, "it never comes to rest")
        precondition(screen.takeActions().count <= 128, "actions grow")
        var fresh = screen
        fresh.redraw()
        var other = Emulator(columns: size.columns, rows: size.rows)
        other.feed(DeskScreen.enter[...])
        other.feed(fresh.takeOutput()[...])
        precondition(other.cursor == terminal.cursor, "the cursor is elsewhere")
        for row in 0..<terminal.rows {
            for column in 0..<terminal.columns {
                var (cell, expected) = (terminal.cell(row: row, column: column), other.cell(row: row, column: column))
                if cell.text.isEmpty, cell.width == 1 { cell.text = [0x20] }
                if expected.text.isEmpty, expected.width == 1 { expected.text = [0x20] }
                precondition(cell == expected, "the screen is another")
            }
        }
    }
}
