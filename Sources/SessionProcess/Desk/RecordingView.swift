internal import Desk
internal import LibSSH
internal import MonitorProtocol
internal import TerminalStream

/// Somebody at the desk looks at a recording: its last screenful, a replay, or a session that goes on. Nothing of it can reach the session.
///
/// What is shown at a terminal is drawn from the recorded screen: no title, clipboard or question of the recorded program gets through. A viewer who reads slowly
/// sees fewer of its states; the session writes its file as if nobody looked.
final class RecordingView {
    enum Step {
        case waits
        case goesOn
        /// With a sentence for the viewer.
        case over(String?)
    }

    private var file: RecordingFile
    private let recording: DeskRecording
    private let client: Channel
    private let connection: Connection
    private var output = DeskOutput()
    private var lastScreen = LastScreen()
    private var follower = CastFollower()
    private var replay = CastReplay()
    private var mirror: ScreenMirror?
    private let hasTerminal: Bool
    private var hasCaughtUp = false
    private var nextLook: UInt64
    private var nextQuestion: UInt64
    private var isPaused = false
    private var end: String??

    /// How often a session that goes on is looked at, and how often it is asked whether it may be.
    private static let interval: UInt64 = 100_000_000
    private static let questionInterval = 2 * nanosecondsPerSecond

    init(
        _ file: consuming OwnedDescriptor, _ recording: DeskRecording, behind text: [UInt8], client: Channel,
        terminal: TerminalRequest?, connection: Connection
    ) {
        self.file = RecordingFile(file)
        self.recording = recording
        self.client = client
        self.connection = connection
        hasTerminal = terminal != nil
        let now = connection.now()
        nextLook = now
        nextQuestion = now + Self.questionInterval
        output.append(text)
        guard let terminal, recording.use != .lastScreen else { return }
        output.append(DeskScreen.enter)
        mirror = ScreenMirror(columns: Int(terminal.columns), rows: Int(terminal.rows))
    }

    var deadline: UInt64? {
        if end != nil { return nil }
        switch recording.use {
        case .lastScreen: return nil
        case .watch: return min(nextLook, nextQuestion)
        // A viewer who has not taken it all is waited for.
        case .play: return isPaused || !output.isEmpty ? nil : replay.deadline
        }
    }

    func resize(columns: UInt32, rows: UInt32) {
        if mirror != nil { mirror = ScreenMirror(columns: Int(columns), rows: Int(rows)) }
        nextLook = connection.now()
    }

    func advance() throws(MonitorClient.Failure) -> Step {
        readKeys()
        var goesOn = false
        if end == nil {
            switch recording.use {
            case .lastScreen: goesOn = showLastScreen()
            case .watch: goesOn = try watch(at: connection.now())
            case .play: goesOn = hasTerminal ? play(at: connection.now()) : copy()
            }
        }
        output.deliver(to: client)
        guard let end, output.isEmpty else { return goesOn && output.isEmpty ? .goesOn : .waits }
        return .over(end)
    }

    private func finish(_ message: String? = nil) {
        guard end == nil else { return }
        end = .some(message)
        if mirror != nil { output.append(DeskScreen.leave) }
    }

    /// q, ^C and ^D end it; a blank stops a replay and lets it go on.
    private func readKeys() {
        var keys = [UInt8](repeating: 0, count: 256)
        while let count = keys.withUnsafeMutableBytes({ client.read(into: $0)?.count }), count > 0 {
            guard hasTerminal else { continue }
            for key in keys[..<count] {
                switch key {
                case UInt8(ascii: "q"), 0x03, 0x04: finish()
                case UInt8(ascii: " ") where recording.use == .play:
                    isPaused.toggle()
                    replay.pause(isPaused, at: connection.now())
                default: break
                }
            }
        }
        if hasTerminal, client.isDrained { finish() }
    }

    // MARK: One screenful

    /// Piece by piece: a long recording takes a while, and the connection has other channels.
    private func showLastScreen() -> Bool {
        let bytes = file.read()
        guard bytes.isEmpty else {
            lastScreen.read(bytes)
            return true
        }
        guard output.isEmpty else { return false }
        let newline: [UInt8] = hasTerminal ? [0x0D, 0x0A] : [0x0A]
        for line in lastScreen.lines { output.append(Array("    | \(VisibleText.line(line))".utf8) + newline) }
        finish()
        return false
    }

    // MARK: A session that goes on

    private func watch(at now: UInt64) throws(MonitorClient.Failure) -> Bool {
        guard hasTerminal else {
            finish("sallyport: to look on takes a terminal: ssh -t")
            return false
        }
        if now >= nextQuestion { try askWhetherToGoOn(at: now) }
        guard now >= nextLook else { return false }
        let bytes = file.read()
        follower.skip(bytes)
        connection.noteActivity()
        // Everything up to now first: what has been is for a replay.
        guard bytes.isEmpty || hasCaughtUp else { return true }
        hasCaughtUp = true
        nextLook = now + Self.interval
        if output.isEmpty, let update = mirror?.update(from: follower.screen) { output.append(update) }
        return false
    }

    private func askWhetherToGoOn(at now: UInt64) throws(MonitorClient.Failure) {
        nextQuestion = .max
        try connection.monitor.ask(.deskView(.watched(recording.session))) { [self] answer in
            nextQuestion = connection.now() + Self.questionInterval
            guard case .refused(let refusal) = answer.reply else { return }
            // What it said last.
            while case let bytes = file.read(), !bytes.isEmpty { follower.skip(bytes) }
            if end == nil, let update = mirror?.update(from: follower.screen) { output.append(update) }
            finish("sallyport: \(refusal.message)")
        }
    }

    // MARK: A replay

    private func play(at now: UInt64) -> Bool {
        guard !isPaused, output.isEmpty else { return false }
        while replay.wantsMore {
            let bytes = file.read()
            if bytes.isEmpty {
                replay.finish()
                break
            }
            replay.read(bytes)
        }
        let isOver = replay.advance(at: now)
        if let update = mirror?.update(from: replay.screen) { output.append(update) }
        if isOver { finish("sallyport: the recording ends here.") }
        return false
    }

    /// The asciicast file as it is, for a program.
    private func copy() -> Bool {
        guard output.isEmpty else { return false }
        let bytes = file.read()
        if bytes.isEmpty { finish() }
        output.append(bytes)
        return true
    }
}
