import EndToEndHarness
import Glibc

@testable import Guard

/// A real shell on a real terminal, a guard before it, and a person in front of the guard. What the network would do is left out.
final class GuardedShell {
    private let master: Int32
    private let process: pid_t
    private var lines: LineGuard
    /// The monitor's part; nil: it does not answer yet, nor ever.
    private let judge: (LineQuestion) -> LineAnswer?
    private(set) var questions: [LineQuestion] = []
    private(set) var reports: [LineReport] = []
    /// What the user has seen.
    private(set) var shown: [UInt8] = []
    private var seen = 0
    private var unsent: [UInt8] = []

    init(
        _ command: [String], _ terms: GuardTerms, environment: [String: String] = [:], columns: UInt16 = 80, rows: UInt16 = 24,
        judge: @escaping (LineQuestion) -> LineAnswer?
    ) throws {
        self.judge = judge
        lines = LineGuard(terms, columns: Int(columns), rows: Int(rows), at: Self.now())
        let (unlock, slaveNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)  // TIOCSPTLCK, TIOCGPTN
        var (locked, number): (Int32, UInt32) = (0, 0)
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, slaveNumber, &number) == 0 else {
            throw HarnessError("/dev/ptmx: \(String(cString: strerror(errno)))")
        }
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        process = try spawn(
            command, environment: Programs.environment.merging(environment) { $1 }, streams: .terminal("/dev/pts/\(number)"))
    }

    deinit {
        kill(-process, SIGKILL)
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        close(master)
    }

    func type(_ keys: String) throws { try type(Array(keys.utf8)) }

    func type(_ keys: [UInt8]) throws {
        lines.receive(fromUser: keys[...], at: Self.now())
        try turn(until: .after(.zero))
    }

    /// Waits until the user sees `text` after what earlier calls found.
    func expect(_ text: String, within limit: Duration = .seconds(10)) throws {
        let wanted = Array(text.utf8)
        let deadline = Deadline.after(limit)
        while true {
            if let found = firstIndex(of: wanted) {
                seen = found + wanted.count
                return
            }
            guard !deadline.isPast, try turn(until: deadline) else {
                throw HarnessError("“\(text)” did not come: \(String(decoding: shown.suffix(2000), as: UTF8.self))")
            }
        }
    }

    /// Waits until nothing has come for a while.
    func settle(_ quiet: Duration = .milliseconds(150)) throws {
        let limit = Deadline.after(.seconds(10))
        var before = -1
        while before != shown.count, !limit.isPast {
            before = shown.count
            let pause = Deadline.after(quiet)
            while !pause.isPast, try turn(until: pause) {}
        }
    }

    func resize(columns: UInt16, rows: UInt16) {
        lines.resize(columns: Int(columns), rows: Int(rows))
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    var text: String { String(decoding: shown, as: UTF8.self) }
    /// The lines that were asked about.
    var asked: [String] { questions.map { String(decoding: $0.text, as: UTF8.self) } }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Lets things happen once.
    /// - Returns: false when the shell is gone.
    @discardableResult private func turn(until deadline: Deadline) throws -> Bool {
        relay()
        var wait = deadline.milliseconds
        if let next = lines.deadline {
            let now = Self.now()
            wait = min(wait, Int32(next > now ? (next - now + 999_999) / 1_000_000 : 0))
        }
        var ready = pollfd(fd: master, events: Int16(POLLIN) | (unsent.isEmpty ? 0 : Int16(POLLOUT)), revents: 0)
        poll(&ready, 1, wait)
        lines.advance(at: Self.now())
        if ready.revents & Int16(POLLIN) != 0 {
            var chunk = [UInt8](repeating: 0, count: 65536)
            let count = read(master, &chunk, chunk.count)
            guard count > 0 else { return false }
            lines.receive(fromTarget: chunk[..<count], at: Self.now())
        } else if ready.revents & Int16(POLLHUP) != 0 {
            relay()
            return false
        }
        relay()
        return true
    }

    private func relay() {
        while let question = lines.takeQuestion() {
            questions.append(question)
            if let answer = judge(question) { lines.answer(answer, to: question.number, at: Self.now()) }
        }
        reports += lines.takeReports(atMost: 1000)
        shown += lines.takeToUser()
        unsent += lines.takeToTarget()
        let count = unsent.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
        if count > 0 { unsent.removeFirst(count) }
    }

    private func firstIndex(of wanted: [UInt8]) -> Int? {
        guard shown.count >= seen + wanted.count else { return nil }
        return (seen...(shown.count - wanted.count)).first { shown[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}

extension GuardTerms {
    /// For a shell without the integration.
    static func screen(_ reader: KeyboardReader = .shell) -> GuardTerms {
        GuardTerms(
            isEnforced: true, usesIntegration: false, nonce: [UInt8](repeating: 1, count: nonceLength),
            secret: [UInt8](repeating: 2, count: secretLength), reader: reader)
    }
}

/// Leaves a line with `slow` in it unanswered, and is `simplePolicy` for the others.
func slowPolicy(_ question: LineQuestion) -> LineAnswer? {
    String(decoding: question.text, as: UTF8.self).contains("slow") ? nil : simplePolicy(question)
}

/// Refuses what has `forbidden` in it, says who reads the keyboard in some commands, lets the rest run.
func simplePolicy(_ question: LineQuestion) -> LineAnswer {
    let text = String(decoding: question.text, as: UTF8.self)
    if text.contains("forbidden") { return .refuse(message: "That is forbidden.") }
    if text.hasPrefix("cat") || text.hasPrefix("read") { return .run(reader: .program) }
    let program = text.split(separator: " ").first { $0 != "exec" }
    if let program, ["dash", "bash", "zsh", "fish"].contains(program) { return .run(reader: .shell) }
    if text.hasPrefix("sqlite3") { return .run(reader: .sqlite3) }
    if text.hasPrefix("psql") { return .run(reader: .psql) }
    if text.hasPrefix("mariadb") { return .run(reader: .mysql) }
    return .run(reader: .nobody)
}
