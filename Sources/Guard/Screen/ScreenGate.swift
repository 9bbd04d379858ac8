internal import TerminalStream

/// The guard where no editor reports: dash, appliances, SQL clients, shells without the integration. Two witnesses, the screen and the keys; where they
/// agree the line is known, where they do not it is uncertain.
///
/// Keys go on as they come. One that may end a line is held until the screen has settled and the line that stands there was judged. What the target sends
/// can make a line uncertain, and can have text judged that is none; it cannot make a line pass.
struct ScreenGate {
    enum Phase: Equatable {
        /// Keys go on.
        case open
        /// A key that ends a line is held, and the echo of what went before it may still come.
        case settling(until: UInt64, hardLimit: UInt64)
        case judging(Asked)
        /// A line was released: until its command has shown what it does, or a prompt, what follows waits.
        case released(until: UInt64, hardLimit: UInt64)
        /// A line was refused and is being cleared.
        case clearing(until: UInt64)
    }

    struct Asked: Equatable {
        var number: UInt32
        /// The key that is held.
        var key: UInt8
        /// The whole command with this line.
        var command: [UInt8]
        var line: [UInt8]
        var prompt: [UInt8]
        var language: LineLanguage
        /// As the screen shows it, where that is what the keys make.
        var shown: [UInt8] = []
        var isCertain = false
        var doubts: [LineDoubt] = []
        var others: [[UInt8]] = []
    }

    /// Output that is this old belongs together: the screen has settled.
    static let quiet: UInt64 = 30_000_000
    /// A completion may take longer to find out what it puts in.
    static let quietAfterCompletion: UInt64 = 150_000_000
    /// With all keys on the screen, what an editor draws beside their echo.
    static let quietBeforeCompletion: UInt64 = 10_000_000
    static let quietAfterDoubt: UInt64 = 80_000_000
    /// In a bracketed paste editors echo nothing before its end, and zsh waits for that no longer than 400 ms.
    static let pasteLimit: UInt64 = 150_000_000
    static let settlingLimit: UInt64 = 500_000_000
    static let releasedLimit: UInt64 = 500_000_000
    static let clearingPatience: UInt64 = 300_000_000

    let isEnforced: Bool
    var phase = Phase.open
    /// Who the lines are for, and what was running around it, outermost first: a prompt of theirs means that they are back.
    var language: LineLanguage
    var outer: [(language: LineLanguage, prompt: [UInt8])] = []
    /// Who reads the keyboard since the last line.
    var reader = KeyboardReader.unknown
    var held = HeldInput()
    var keys = KeyDecoder()
    var edited = EditedLines()
    var completion = PendingCompletion()
    var paste = PasteTracker()
    var cooked = CookedLine()
    var cookedByBytes = CookedLine(erasesBytes: true)
    /// A key came since the last line; then the anchor is set.
    var hasKeys = false
    /// The anchor was set when the screen had settled, behind what must be a prompt.
    var isAnchorSure = false
    /// What the last judged line stood behind.
    var prompt: [UInt8] = []
    var earlier: [UInt8] = []
    var earlierNumber: UInt32?
    /// Of the lines before in the same command, and what else they may be.
    var earlierDoubts: [LineDoubt] = []
    var earlierReadings: [[UInt8]] = []
    /// What was released last and should be complete, for SQL clients that may not think so.
    var lastStatement: Statement?
    var lastOutput: UInt64 = 0
    var lastSent: UInt64 = 0
    /// The last key was ^D behind text.
    var isHalfSubmitted = false
    /// The last key was ^X.
    var isAfterControlX = false
    /// How many of the target's questions had their answer, or will have none: those before the line.
    var repliesTaken: Int
    var kinds = KeysOfLine()
    /// The last key was ^V: what follows may be text.
    var isQuoting = false
    /// An Enter went on to a program since the last line: where it ended before it read that, the shell did.
    var mayHaveTypedAhead = false
    /// Keys that should have ended a line were sent in the middle of one. Only a prompt that is known shows that there is nothing left of it.
    var isUnsure = false
    /// The line that runs may have changed the prompt.
    var mayHaveNewPrompt = false
    /// The line has begun although no key of it is known: one before it ran by itself.
    var isWatching = false
    /// Something came from the target since the line's first key.
    var hasAnswered = false
    /// What the keys made of the last lines that went on to a program. They may be secrets: they are judged, and not kept.
    var typedForProgram: [[UInt8]] = []
    /// What stands before the line that is being edited, where that is sure.
    var linePrompt: [UInt8] = []
    /// The emulator's count when the line began.
    var pasteModeEnds = 0
    /// The terminal's editors tell when they give a line away.
    var hasSeenPasteMode = false
    /// Bracketed paste is on, as editors have it while they read a line.
    var isInEditor = false
    /// A key came with which some editors give a line up.
    var mayBeGivenUp = false
    /// Questions about lines that had run already, and whether that is sure.
    var unjudged: [UInt32: Bool] = [:]
    /// An editor has kept the command and shows its next row, without a prompt.
    var isKept = false
    /// The command that was released, until something else is known to go on: its editor may have kept it.
    var released: Released?
    /// The line that was released, until the cursor leaves it.
    var leaving: Leaving?
    /// ^S may have stopped the terminal's output (IXON): that no echo comes means nothing. Until ^Q, or a signal, which start it again.
    var isStopped = false
    /// The editor was interrupted, and begins a new line: between its leaving and its return no key is its.
    var awaitsEditor = false
    /// Until when the shell that starts may tell that its editor reports its lines: what was typed ahead is a line to that, and here it may be none yet.
    var editorUntil: UInt64?
    /// A line could not be cleared for certain: what is left of it is part of the next.
    var mayHaveLeftovers = false

    /// - Parameter repliesTaken: what the terminal was asked before.
    init(language: LineLanguage, reader: KeyboardReader = .unknown, isEnforced: Bool, repliesTaken: Int = 0) {
        self.repliesTaken = repliesTaken
        self.language = language
        self.reader = reader
        self.isEnforced = isEnforced
    }

    var wantsUserBytes: Bool { !held.isFull }

    var deadline: UInt64? {
        switch phase {
        case .open, .judging: nil
        case .settling(let until, let hardLimit), .released(let until, let hardLimit): min(until, hardLimit)
        case .clearing(let until): until
        }
    }

    // MARK: What the user sends

    mutating func receive(fromUser bytes: ArraySlice<UInt8>, _ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64)
    {
        held.append(bytes)
        if waitsForProgram(at: now), bytes.contains(where: Self.signals.contains) {
            // It interrupts what runs, and the terminal forgets what was typed before, as it would without us.
            dropToSignal()
            phase = .open
        }
        if case .judging(let asked) = phase, bytes.contains(0x03) { withdraw(asked, &exchange, at: now) }
        forward(&screen, &exchange, at: now)
    }

    /// What is held waits for what runs, and not for its line to be judged.
    private func waitsForProgram(at now: UInt64) -> Bool {
        switch phase {
        case .released: true
        case .settling: editorUntil.map { now < $0 } ?? false
        case .open, .judging, .clearing: false
        }
    }

    /// ^C, ^\ and ^Z.
    private static let signals: [UInt8] = [0x03, 0x1C, 0x1A]

    private mutating func dropToSignal() {
        guard let index = held.waiting.lastIndex(where: Self.signals.contains) else { return }
        held.removeFirst(index - held.waiting.startIndex)
    }

    /// Where editors differ in what the keys make, one of them may agree with a screen that does not show the last key yet.
    private var settlingTime: UInt64 {
        edited.hasCompletion ? Self.quietAfterCompletion : edited.readings.count > 1 ? Self.quietAfterDoubt : Self.quiet
    }

    /// Sends on what may go now.
    mutating func forward(_ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64) {
        // Once for each line where nothing is held.
        while phase == .open, !held.isEmpty {
            let waiting = held.waiting
            var isInterrupted = false
            // Of keys that go together only the first has all before it on the screen.
            var isQuiet = lastOutput >= lastSent && now >= lastOutput + Self.quietBeforeCompletion
            let end = waiting.firstIndex { byte in
                if isInterrupted || mayEndLine(byte) { return true }
                let isFirst = beginLine(&screen, at: now)
                if Self.signals.contains(byte) { noticeInterrupted(screen, &exchange) }
                if byte == 0x03, let earlierNumber {
                    // The command over several lines is given up. Told as one that began, because only then it is in the ledger.
                    exchange.report(earlierNumber, .started)
                    if earlierDoubts.isEmpty { exchange.report(earlierNumber, .withdrawn) }
                }
                if byte == 0x09, isQuiet, !showsKeys(screen) { isQuiet = false }
                take(byte, isFirst: isFirst, isQuiet: isQuiet, questions: screen.questions)
                isQuiet = false
                isInterrupted = byte == 0x03 && isEnforced
                return false
            }
            let sent = waiting[..<(end ?? waiting.endIndex)]
            if !sent.isEmpty {
                exchange.toTarget.append(Array(sent))
                held.removeFirst(sent.count)
                if !kinds.hasOnlyReplies { lastSent = now }
            }
            if isInterrupted {
                // The terminal forgets what it has got with an interrupt, and an editor what came before its new prompt: the next key waits for that.
                phase = .released(until: now + Self.releasedLimit, hardLimit: now + Self.releasedLimit)
                awaitsEditor = screen.modes.contains(.bracketedPaste)
                return
            }
            guard let end else { return }
            if hidesBytes(before: waiting[end]) { edited.forget() }
            // Where no echo has come of the last key, it is waited for; else only for the rest of it.
            let hasEcho = (sent.isEmpty || kinds.hasOnlyReplies) && lastOutput >= lastSent
            let limit = now + (paste.isInPaste ? Self.pasteLimit : Self.settlingLimit)
            phase = .settling(until: hasEcho && !edited.hasCompletion ? now + settlingTime : limit, hardLimit: limit)
            // Usually the echo is there, because a person types more slowly than that.
            settle(&screen, &exchange, at: now, isOver: false)
        }
    }

    /// Enter and ^J, and the keypad's Enter; ^O, which runs a line in readline; what runs a line in zsh and keeps it; what runs what an editor was given (^X ^E, vi's `v`); and
    /// ^D twice, because a terminal without an editor gives a line away at the first and ends at the second.
    private func mayEndLine(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0D, 0x0A, 0x0F: true
        case 0x04: isHalfSubmitted
        case 0x05: isAfterControlX
        case 0x4D: keys.isAfterSS3
        case 0x41, 0x61: keys.isAfterAnyEscape
        case 0x76: keys.isAfterAnyEscape && reader != .program
        default: false
        }
    }

    /// The key ends what looked like the beginning of another: what went before it the line may have as text.
    private func hidesBytes(before key: UInt8) -> Bool {
        keys.isInside && !keys.isAfterEscape && !(keys.isAfterSS3 && key == 0x4D)
    }

    /// - Returns: whether this key is the line's first.
    private mutating func beginLine(_ screen: inout Emulator, at now: UInt64) -> Bool {
        // Nothing more has run by itself: this key is the first of its line.
        if isWatching, screen.anchor(ScreenReading.anchor) == screen.position { hasKeys = false }
        isWatching = false
        guard !hasKeys else { return false }
        hasKeys = true
        hasAnswered = false
        screen.setAnchor(ScreenReading.anchor)
        isAnchorSure = screen.isGround && now >= lastOutput + Self.quiet
        let found = isAnchorSure ? ScreenReading.prompt(before: screen.position, on: screen) : []
        linePrompt = found.contains { $0 != 0x20 } ? found : []
        released = nil
        pasteModeEnds = screen.pasteModeEnds
        mayBeGivenUp = false
        leaving = nil
        return true
    }

    /// - Parameters:
    ///   - isFirst: nothing was typed since the last line.
    ///   - isQuiet: all that was typed before is on the screen.
    ///   - questions: how many the target has asked the terminal.
    private mutating func take(_ byte: UInt8, isFirst: Bool, isQuiet: Bool, questions: Int) {
        isHalfSubmitted = byte == 0x04 && cooked.text != []
        isAfterControlX = byte == 0x18
        if byte == 0x13 { isStopped = true } else if byte == 0x11 || Self.signals.contains(byte) { isStopped = false }
        isQuoting = byte == 0x16 && !isQuoting
        // ^G, and zsh's M-q.
        if byte == 0x07 || byte == 0x71 && keys.isAfterEscape { mayBeGivenUp = true }
        // The end of what a program reads: a prompt may follow, and then a line.
        if byte == 0x04, !isHalfSubmitted {
            if !isFirst { isUnsure = true }
            return startLine(after: nil)
        }
        paste.take(byte)
        cooked.take(byte)
        cookedByBytes.take(byte)
        let key = keys.take(byte)
        if let key {
            edited.take(key)
            completion.take(key, isQuiet: isQuiet)
        }
        kinds.take(byte, completing: key)
        if key == .reply { takeReply(asked: questions) }
        switch key {
        case .text, .pasteStart, .pasteEnd, .reply, nil: break
        // It may change the rows before.
        default: if isKept { doubtKept() }
        }
        guard Self.signals.contains(byte) else { return }
        if prompt.isEmpty, isAnchorSure, earlier.isEmpty { prompt = linePrompt }
        if isFirst || byte == 0x03 || reader == .program {
            if !isFirst { isUnsure = true }
            startLine(after: nil)
            forgetEarlier()
        } else {
            // A terminal drops the line that it has, an editor keeps its own.
            forgetKeys()
        }
    }

    /// What nobody asked for is no answer, and an editor may take it for text: only one that was asked for, before anything was typed, is passed over.
    private mutating func takeReply(asked questions: Int) {
        let isAsked = questions > repliesTaken
        if isAsked { repliesTaken += 1 }
        guard isAsked, !kinds.hasTyped, let text = cooked.text else { return edited.forget() }
        kinds.takeReply(text)
    }

    mutating func forgetEarlier() {
        (earlier, earlierNumber, earlierDoubts, earlierReadings, isKept) = ([], nil, [], [], false)
        lastStatement = nil
    }

    /// Something happened to the line that no key tells.
    mutating func forgetKeys() {
        cooked.forget()
        cookedByBytes.forget()
        edited.forget()
    }

    /// Forgets the line.
    mutating func startLine(after ran: [UInt8]?) {
        hasKeys = false
        isWatching = false
        isHalfSubmitted = false
        isAfterControlX = false
        isQuoting = false
        kinds.startLine()
        keys = KeyDecoder()
        cooked.startLine()
        cookedByBytes.startLine()
        edited.startLine(after: ran)
        completion.startLine()
    }

    // MARK: What the target sends

    /// The shell that starts has no editor that reports.
    mutating func expectNoEditor(at now: UInt64) {
        guard editorUntil != nil else { return }
        editorUntil = nil
        if case .settling = phase { phase = .settling(until: now + Self.settlingLimit, hardLimit: now + Self.settlingLimit) }
    }

    mutating func targetSpoke(_ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64) {
        lastOutput = now
        hasAnswered = true
        completion.targetSpoke()
        kinds.targetSpoke()
        if screen.modes.contains(.bracketedPaste) { hasSeenPasteMode = true }
        noticePrompt(screen)
        noticeTypedAhead(screen, &exchange)
        switch phase {
        case .open, .settling: noticeUnjudged(&screen, &exchange)
        case .judging, .released, .clearing: break
        }
        switch phase {
        case .settling(_, let hardLimit):
            phase = .settling(until: now + settlingTime, hardLimit: hardLimit)
            settle(&screen, &exchange, at: now, isOver: false)
            forward(&screen, &exchange, at: now)
        case .released(_, let hardLimit):
            let isBetween = awaitsEditor && !screen.modes.contains(.bracketedPaste)
            phase = .released(until: isBetween ? hardLimit : now + Self.quiet, hardLimit: hardLimit)
        case .open, .judging, .clearing: break
        }
    }

    // MARK: Time

    mutating func advance(_ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64, isBehind: Bool = false) {
        guard let deadline, now >= deadline else { return }
        switch phase {
        case .open, .judging: break
        // Whoever does not read what the target says decides what the screen shows: no line of theirs ends.
        case .settling where isBehind:
            phase = .settling(until: now + Self.quiet, hardLimit: now + Self.quiet)
            // But what floods their screen they can interrupt.
            guard held.waiting.contains(where: Self.signals.contains) else { return }
            dropToSignal()
            phase = .open
            forward(&screen, &exchange, at: now)
        case .settling:
            settle(&screen, &exchange, at: now, isOver: true)
            forward(&screen, &exchange, at: now)
        case .released:
            phase = .open
            noticeKept(screen)
            forward(&screen, &exchange, at: now)
        case .clearing:
            // Whatever of the line is left would be part of the next one.
            mayHaveLeftovers = ScreenReading(behind: prompt, on: screen)?.text.isEmpty != true
            phase = .open
            forward(&screen, &exchange, at: now)
        }
    }
}
