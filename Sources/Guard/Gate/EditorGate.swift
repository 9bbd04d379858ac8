internal import TerminalStream

/// The guard of a shell with the integration: its line editor is the gate.
///
/// No key accepts a line there. One that would reports the whole buffer instead, and only a key made of a secret and of that report's token accepts it, if
/// it is still the same. So an Enter may go through as it comes, from wherever; what this has to do is to ask about each report, to release or clear the
/// line, and to send nothing that would get between.
struct EditorGate {
    enum Phase: Equatable {
        /// Start-up files run: the first prompt is to come. Until then an Enter waits here.
        case starting(until: UInt64)
        /// The integration has not told that it is there, or that it is not.
        case absent
        /// The prompt is being made: whatever is typed waits in the terminal, but an Enter waits here.
        case prompting
        case editing
        /// An Enter went to the editor.
        case waitingForReport(until: UInt64)
        /// A line is asked about.
        case judging(Asked)
        /// A line was released; its command may run.
        case running(Run)
        /// A line was refused and is being cleared.
        case clearing(Clearing)
    }

    struct Asked: Equatable {
        var number: UInt32
        var report: EditorReport
        /// The command so far, with `report.text` as its last line.
        var command: [UInt8]
    }

    struct Run: Equatable {
        /// 0 for a line without words.
        var number: UInt32
        var token: [UInt8]
        var command: [UInt8]
        var reader = KeyboardReader.unknown
        /// When it was released.
        var since: UInt64
        /// A key that ends a line is held until then, and what follows it: it may be for the next prompt.
        var holdUntil: UInt64?
        /// The monitor says that more of it has to come.
        var isUnfinished = false
        var hasStarted = false
        /// It has started, or should have long ago.
        var takesInput = false
    }

    struct Clearing: Equatable {
        /// Why; nil where the user has interrupted it.
        var message: String?
        var dropped: Int
        var until: UInt64
    }

    /// How long an Enter waits for the first prompt. Then a start-up file may be asking something.
    static let startingPatience: UInt64 = 3_000_000_000
    /// The same for every other prompt. Nothing is lost when it is over: an Enter is reported all the same.
    static let promptingPatience: UInt64 = 3_000_000_000
    /// How long an Enter may take to be reported: some are no acceptance, as in a menu, and then what follows has waited long enough.
    static let reportPatience: UInt64 = 1_000_000_000
    /// An answer of the target that is no report, and then nothing for so long, is no acceptance either.
    static let quiet: UInt64 = 60_000_000
    /// A paste goes on behind the line that is released: its next lines are for the next prompt, unless the command is known to read them.
    static let pasteBehindLine: UInt64 = 200_000_000
    /// The longest that anything waits for a command that should not read it.
    static let longestWaitForPrompt: UInt64 = 3_000_000_000
    /// How long the shell may take to show a new prompt after a line was cleared.
    static let clearingPatience: UInt64 = 1_000_000_000
    /// While more than this comes without a pause behind a refused line, it is the rest of a paste.
    static let pauseThatEndsAPaste: UInt64 = 150_000_000

    /// How long the beginning of a bracket that ends a paste waits for its rest.
    static let bracketPatience: UInt64 = 1_000_000_000

    let integration: ShellIntegration
    let isEnforced: Bool
    var phase: Phase { didSet { if phase != .prompting { promptingUntil = nil } } }
    /// Until when an Enter waits for the prompt that is being made. What makes it may be asking something.
    var promptingUntil: UInt64?
    /// The shell's start has asked for the keys and got them. Before that nothing of the user's may stand in their way.
    var hasGivenKeys = false
    var language = LineLanguage.shell
    /// Those that wait for the shell that reports now, the log-in shell first.
    var outer: [OuterShell] = []
    /// What a shell at each level was when it began: one that was stopped does not say it again.
    var languages = [LineLanguage?](repeating: nil, count: mostShells)
    var held = HeldInput()
    var paste = PasteTracker()
    /// Until when the beginning of the bracket that ends a paste is held.
    var bracketUntil: UInt64?
    var forbidden: ForbiddenKeys
    /// The last line that was released, until another is reported.
    var lastReleased: Run?
    /// What went on while the last command ran, and may have been left for the editor.
    var ahead: [UInt8] = []
    /// What the screen showed of the line before the editor redrew it for its report.
    var shownBefore: ScreenReading?
    /// The lines of an unfinished command that were released, each with its line end.
    var earlier: [UInt8] = []
    var earlierNumber: UInt32?
    /// The keys since the prompt, read as a plain editor would.
    var keys = KeyDecoder()
    var edited = EditedLine()
    /// Until when what the user sends is the rest of something refused.
    var droppingUntil: UInt64 = 0
    var droppedLate = 0

    init(_ integration: ShellIntegration, isEnforced: Bool, at now: UInt64) {
        phase = .starting(until: now + Self.startingPatience)
        self.integration = integration
        self.isEnforced = isEnforced
        forbidden = ForbiddenKeys(integration.acceptPrefix)
    }

    var deadline: UInt64? {
        if let bracketUntil { return bracketUntil }
        return switch phase {
        case .waitingForReport(let until): until
        case .clearing(let clearing): clearing.until
        case .running(let run) where !held.isEmpty: run.holdUntil
        case .starting(let until) where !held.isEmpty: until
        case .prompting where !held.isEmpty && promptingUntil != nil: promptingUntil
        case .starting, .absent, .prompting, .editing, .judging, .running: droppedLate > 0 ? droppingUntil : nil
        }
    }

    /// What is to be followed by other means than the editor's reports: the start-up files, a client inside a command.
    var followed: KeyboardReader? {
        switch phase {
        case .absent: .unknown
        case .running(let run):
            switch run.reader {
            case .shell, .psql, .mysql, .sqlite3: run.reader
            case .nobody, .unknown, .program: nil
            }
        case .starting, .prompting, .editing, .waitingForReport, .judging, .clearing: nil
        }
    }

    /// No mark has come yet.
    var hasHeardNothing: Bool { if case .starting = phase { true } else { false } }

    var wantsUserBytes: Bool { !held.isFull }
    var holdsNothing: Bool { held.isEmpty }

    // MARK: Time

    /// The target sends something that is no mark; the screen does not show it yet.
    mutating func targetSpeaks(_ screen: Emulator, at now: UInt64) {
        guard case .waitingForReport(let until) = phase else { return }
        if let shown = ScreenReading(behindAnchorOf: screen), !shown.text.isEmpty { shownBefore = shown }
        phase = .waitingForReport(until: min(until, now + Self.quiet))
    }

    mutating func advance(_ exchange: inout Exchange, at now: UInt64) {
        if droppedLate > 0, now >= droppingUntil {
            exchange.report(0, .dropped(bytes: UInt64(droppedLate)))
            droppedLate = 0
        }
        guard let deadline, now >= deadline else { return }
        if bracketUntil != nil {
            bracketUntil = nil
            switch phase {
            case .starting, .prompting, .editing: send(held.count, &exchange)
            case .absent, .waitingForReport, .judging, .running, .clearing: break
            }
            return
        }
        switch phase {
        case .waitingForReport:
            phase = .editing
            forward(&exchange, at: now)
        case .clearing(let clearing):
            // The shell shows no new prompt. The message needs a line of its own.
            exchange.toUser.append([0x0D, 0x0A])
            tell(clearing, &exchange, at: now)
            phase = .editing
        case .running(var run):
            run.holdUntil = nil
            let hadInput = run.takesInput
            run.takesInput = true
            phase = .running(run)
            guard hadInput else { return forward(&exchange, at: now) }
            // One line of what waits; the next one waits again.
            guard let length = lengthToEnter() else { return forward(&exchange, at: now) }
            send(length, &exchange)
            forward(&exchange, at: now)
        case .starting: phase = .absent
        case .prompting:
            guard let until = promptingUntil, now >= until else { return }
            phase = .editing
            forward(&exchange, at: now)
        case .absent, .editing, .judging: break
        }
    }
}
