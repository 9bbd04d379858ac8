/// Whatever user, target and monitor do, in any pieces and any order, traps nothing, lets nothing grow, always goes on in time, and while a line is judged
/// no key that ends one passes.
///
/// The input is a byte of settings, then steps: a byte that says who acts, a byte that says what or how much, and as many bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var input = Array(UnsafeBufferPointer(start: start, count: count))[...]
    guard let settings = input.popFirst() else { return 0 }
    var session = FuzzedSession(settings)
    while let step = input.popFirst(), let argument = input.popFirst() {
        switch step % 8 {
        case 0, 1:
            let bytes = input.prefix(Int(argument))
            input = input.dropFirst(bytes.count)
            session.user(bytes)
        case 2:
            let bytes = input.prefix(Int(argument))
            input = input.dropFirst(bytes.count)
            session.target(bytes)
        case 3, 4:
            let fields = input.prefix(Int(step / 8))
            input = input.dropFirst(fields.count)
            session.mark(argument, fields)
        case 5: session.answer(argument)
        case 6: session.pass(milliseconds: UInt64(argument) * UInt64(argument))
        default: session.lines.resize(columns: Int(step), rows: Int(argument))
        }
        session.check()
    }
    session.waitForever()
    return 0
}

private struct FuzzedSession: ~Copyable {
    private static let mark = Array("\u{1B}]7717;\(String(repeating: "ab", count: 16));".utf8)
    private static let bodies = [
        "h;bash;5.2;1", "h;zsh;5.9;1", "h;fish;3.6;1", "n;dash", "D;0", "A", "A;k;", "B", "i", "x", "C", "p;ls%0D", "D;7", "A;;1",
    ]
    private static let answers: [LineAnswer] =
        KeyboardReader.allCases.map { .run(reader: $0) } + [.goOn, .refuse(message: "No."), .refuse(message: "No.")]

    var lines: LineGuard
    private let isEnforced: Bool
    private var now: UInt64 = 1_000_000_000
    private var asked: [UInt32] = []
    private var last: UInt32 = 0
    private var fromUser = 0
    private var fromTarget = 0

    init(_ settings: UInt8) {
        isEnforced = settings & 1 == 0
        let terms = GuardTerms(
            isEnforced: isEnforced, usesIntegration: settings & 2 == 0,
            nonce: [UInt8](repeating: 0xAB, count: GuardTerms.nonceLength),
            secret: [UInt8](repeating: 0xCD, count: GuardTerms.secretLength), reader: .shell)
        lines = LineGuard(terms, columns: 40, rows: 10, at: now)
        guard settings & 6 == 4 else { return }
        // Half of those with the integration begin where a session has begun.
        mark(0, [])
        mark(5, [])
        target(Array("$ ".utf8)[...])
        mark(7, [])
    }

    mutating func user(_ bytes: ArraySlice<UInt8>) {
        fromUser += bytes.count
        let wasJudging = lines.isJudging
        lines.receive(fromUser: bytes, at: now)
        // A ^C takes the line back: then the keys that clear it pass, and nobody is asked any more.
        let mayPass = bytes.contains(0x03) && !lines.isJudging
        precondition(!isEnforced || !wasJudging || mayPass || !lines.hasBytesForTarget, "something passes while a line is judged")
    }

    mutating func target(_ bytes: ArraySlice<UInt8>) {
        fromTarget += bytes.count
        lines.receive(fromTarget: bytes, at: now)
    }

    /// A mark as the integration sends it, or with any fields.
    mutating func mark(_ which: UInt8, _ fields: ArraySlice<UInt8>) {
        let token = Array("0123456789abcde\(which % 4)".utf8)
        let text = fields.flatMap { $0 >= 0x20 && $0 != 0x3B && $0 != 0x25 ? [$0] : [0x25, 0x30, 0x41] }
        let body: [UInt8] =
            switch which % 20 {
            case 14, 15: Array("r;".utf8) + token + Array(";0;;".utf8) + text + Array(";;".utf8)
            case 16: Array("r;".utf8) + token + Array(";0;c;".utf8) + text + Array(";;".utf8) + text
            case 17: Array("C;".utf8) + token
            case 18: Array("r;".utf8) + token + Array(";0;h;x;".utf8) + text + Array(";ls%0D".utf8)
            case 19: Array(fields)
            case let index: Array(Self.bodies[Int(index)].utf8)
            }
        target((Self.mark + body + [0x07])[...])
    }

    mutating func answer(_ argument: UInt8) {
        // Now and then to a question that nobody asked, or twice.
        let number = argument & 0x80 != 0 ? UInt32(argument) : asked.isEmpty ? last : asked.removeFirst()
        lines.answer(Self.answers[Int(argument & 0x7F) % Self.answers.count], to: number, at: now)
    }

    mutating func pass(milliseconds: UInt64) {
        now += milliseconds * 1_000_000
        lines.advance(at: now)
    }

    /// Takes what there is, as a session does after each step.
    mutating func check() {
        while let question = lines.takeQuestion() {
            last += 1
            precondition(question.number == last, "a question with another number")
            precondition(question.text.count <= LineQuestion.longestText, "a question that is too long")
            precondition(question.replaces.map { $0 < last } ?? true, "a question in the place of one that is to come")
            asked.append(last)
        }
        precondition(!isEnforced || asked.count <= 2000, "questions without end")
        for report in lines.takeReports(atMost: 1000) {
            precondition(report.number <= last, "a report about a line that nobody asked about")
        }
        _ = lines.takeToUser()
        precondition(lines.takeToTarget().count <= fromUser + 40 * fromTarget + 4000, "more for the target than anybody has sent")
    }

    /// Time alone brings everything to an end that waits for time.
    mutating func waitForever() {
        for _ in 0..<400_000 {
            guard let deadline = lines.deadline else { return }
            if deadline > now { now = deadline }
            lines.advance(at: now)
            check()
        }
        preconditionFailure("a deadline that never goes away")
    }
}
