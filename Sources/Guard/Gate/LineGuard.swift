internal import TerminalStream

/// Stands between the user and the target of one terminal channel: a line runs only once it was judged. Pure: bytes, answers and the time in; bytes,
/// questions and reports out.
///
/// The bytes of both directions go through it in the order in which they came. Times are nanoseconds of one monotonic clock.
///
/// Two gates take turns. `EditorGate` where the shell's own editor reports its lines; `ScreenGate` where there is no such editor: before the integration
/// has told that it is there, for good where it never does, and inside a command whose lines are to be followed.
///
/// Known limits, each with a test:
/// - Whoever may run anything at all can replace the shell's own functions and keys. The line that does it was judged, and what runs unreleased
///   afterwards raises an alarm; but a shell that was rewritten to lie is not a witness.
package struct LineGuard: ~Copyable {
    var exchange = Exchange()
    private var screen: Emulator
    private var scanner: MarkScanner?
    /// Of the one mark that comes before the shell's start has the nonce.
    private var opening: MarkScanner?
    /// Nil where the shell is started as it is.
    var editor: EditorGate?
    /// Nil while the editor's reports are all that is needed.
    var follower: ScreenGate?
    let isEnforced: Bool
    /// A line that people have to decide about.
    var waiting: WaitingLine?
    private var hasUserTyped = false
    /// A target that does not read what its marks ask for gets no more of it.
    private static let mostForTarget = 1024 * 1024

    /// - Parameters:
    ///   - columns: the window's size as the user asked for it; `Emulator` says how large a window can be followed.
    ///   - now: when the shell is started.
    package init(_ terms: GuardTerms, columns: Int, rows: Int, at now: UInt64) {
        isEnforced = terms.isEnforced
        screen = Emulator(columns: columns, rows: rows)
        if terms.usesIntegration, terms.reader == .shell {
            let integration = ShellIntegration(nonce: terms.nonce, secret: terms.secret)
            editor = EditorGate(integration, isEnforced: terms.isEnforced, at: now)
            scanner = MarkScanner(nonce: terms.nonce)
            opening = MarkScanner(digits: integration.tag)
        } else {
            follower = ScreenGate(language: LineLanguage(of: terms.reader), reader: .unknown, isEnforced: terms.isEnforced)
        }
    }

    // MARK: Bytes

    /// Whether the user should be read. False while too much waits for a line to be judged.
    package var wantsUserBytes: Bool { waiting != nil || wantsUserBytesOfGate }
    var wantsUserBytesOfGate: Bool { follower?.wantsUserBytes ?? editor?.wantsUserBytes ?? true }

    /// Takes what the user sent, at any time; when it is not wanted it is kept all the same.
    package mutating func receive(fromUser bytes: ArraySlice<UInt8>, at now: UInt64) {
        hasUserTyped = true
        let line = waiting
        let bytes = keysWhileWaiting(bytes, at: now)
        if line != nil, bytes.contains(0x03) { endDots() }
        if follower != nil {
            follower?.receive(fromUser: bytes, &screen, &exchange, at: now)
        } else {
            editor?.receive(fromUser: bytes, &exchange, at: now)
        }
        if let line, waiting != nil {
            tellWithdrawal(of: line)
            endWaiting()
        }
    }

    /// Takes what the target sent.
    package mutating func receive(fromTarget bytes: ArraySlice<UInt8>, at now: UInt64) {
        guard var opening = opening.take() else { return scan(bytes, at: now) }
        opening.feed(bytes) { piece in
            switch piece {
            case .output(let output): scan(output, at: now)
            case .mark(.waiting): if editor?.hasGivenKeys == false { receive(.waiting, at: now) }
            // Anybody can have seen the tag.
            case .mark: exchange.report(0, .alarm(.malformedMark))
            }
        }
        if editor?.hasGivenKeys == false, editor?.hasHeardNothing == true || editor?.phase == .absent {
            self.opening = opening
        } else {
            opening.finish { piece in if case .output(let output) = piece { scan(output, at: now) } }
        }
    }

    private mutating func scan(_ bytes: ArraySlice<UInt8>, at now: UInt64) {
        // Taken out while it works, because what it finds changes everything else.
        guard var scanner = scanner.take() else { return output(bytes, at: now) }
        scanner.feed(bytes) { piece in
            switch piece {
            case .output(let output): self.output(output, at: now)
            case .mark(let mark): receive(mark, at: now)
            }
        }
        self.scanner = scanner
    }

    private mutating func output(_ bytes: ArraySlice<UInt8>, at now: UInt64) {
        exchange.toUser.append(bytes)
        if follower == nil { editor?.targetSpeaks(screen, at: now) }
        var bytes = bytes
        if follower?.leaving != nil, let end = bytes.firstIndex(of: 0x0A) {
            screen.feed(bytes[..<end])
            follower?.lineEnds(screen, &exchange)
            bytes = bytes[end...]
        }
        screen.feed(bytes)
        follower?.targetSpoke(&screen, &exchange, at: now)
    }

    private mutating func receive(_ mark: Mark, at now: UInt64) {
        guard exchange.toTarget.count < Self.mostForTarget else { return }
        // There is no integration to send any: somebody who has read the nonce wants Enter to pass.
        guard editor != nil else { return exchange.report(0, .alarm(.malformedMark)) }
        if mark == .editStart { screen.setAnchor(ScreenReading.anchor) }
        // bash takes it for granted that a prompt begins in the first column. Its report draws the line again from there, and would wipe away
        // the end of an output without a newline.
        if mark.precedesPrompt, editor?.speaker(of: mark) == .bash, screen.cursor.column > 0 {
            let newline: [UInt8] = [0x0D, 0x0A]
            exchange.toUser.append(newline)
            screen.feed(newline[...])
        }
        if mark == .noIntegration {
            exchange.report(0, .reading([.screen, .keys]))
            follower?.expectNoEditor(at: now)
        }
        editor?.receive(mark, on: screen, &exchange, at: now)
        followOrNot(at: now)
        if mark == .noIntegration, editor?.phase == .absent { editor = nil }
    }

    /// Whether the editor's reports are all that is needed may have changed.
    private mutating func followOrNot(at now: UInt64) {
        guard let editor else { return }
        switch (editor.followed, follower) {
        case (nil, var ended?):
            follower = nil
            if case .judging(let asked) = ended.phase { exchange.forget(asked.number, isVoid: true) }
            let waiting = Array(ended.held.waiting)
            _ = ended.held.drop()
            if !waiting.isEmpty { self.editor?.receive(fromUser: waiting[...], &exchange, at: now) }
        case (let reader?, nil):
            follower = ScreenGate(
                language: LineLanguage(of: reader), isEnforced: isEnforced, repliesTaken: screen.questions)
            // Of what went on before it only the screen can tell.
            if !editor.edited.isKnown { follower?.isUnsure = true }
            follower?.editorUntil = editor.innerShellUntil
            // It asks for no password: whatever stands there, it is a prompt for lines.
            if editor.innerShellUntil != nil { follower?.reader = .nobody }
            let waiting = Array(editor.held.waiting)
            _ = self.editor?.held.drop()
            if !waiting.isEmpty { follower?.receive(fromUser: waiting[...], &screen, &exchange, at: now) }
        case (.some, .some):
            // What had overtaken the line, and was given back when it was accepted.
            guard !editor.held.isEmpty else { return }
            follower?.held.putBack(editor.held.waiting)
            _ = self.editor?.held.drop()
            follower?.forward(&screen, &exchange, at: now)
        case (nil, nil): break
        }
    }

    /// The user's window has another size.
    package mutating func resize(columns: Int, rows: Int) { screen.resize(columns: columns, rows: rows) }

    /// The next bytes for the target, empty if there are none now. Whoever takes them has to deliver them.
    package mutating func takeToTarget() -> ArraySlice<UInt8> { exchange.toTarget.take() }
    /// The next bytes for the user, empty if there are none now. Whoever takes them has to deliver them.
    package mutating func takeToUser() -> ArraySlice<UInt8> { exchange.toUser.take() }
    package var hasBytesForTarget: Bool { !exchange.toTarget.isEmpty }
    package var hasBytesForUser: Bool { !exchange.toUser.isEmpty }

    // MARK: Lines

    /// A line waits for its answer: nothing of the user's passes.
    var isJudging: Bool { judged != nil }

    func isJudging(_ number: UInt32) -> Bool { judged == number }

    private var judged: UInt32? {
        if case .judging(let asked) = follower?.phase { return asked.number }
        if follower == nil, case .judging(let asked) = editor?.phase { return asked.number }
        return nil
    }

    /// Questions whose line was taken back: who decides about them need not go on. Each once.
    package mutating func takeWithdrawn() -> [UInt32] { exchange.takeWithdrawn() }
    /// Questions in whose place there is another line. Each once.
    package mutating func takeVoid() -> [UInt32] { exchange.takeVoid() }
    /// People decide about a line.
    package var isWaiting: Bool { waiting != nil }

    /// The next question that has to be asked now, if there is one; then it is the caller's.
    package mutating func takeQuestion() -> LineQuestion? { exchange.takeQuestion() }

    /// What the monitor says to a question. An answer that is not waited for any more does nothing.
    package mutating func answer(_ answer: LineAnswer, to number: UInt32, at now: UInt64) {
        if waiting?.number == number { endDots() }
        exchange.receive(answer, to: number)
        follower?.receive(answer, to: number, &screen, &exchange, at: now)
        editor?.receive(answer, to: number, &exchange, at: now)
        followOrNot(at: now)
        endWaiting()
    }

    /// As if it had been refused: the answer that is still to come is for nothing.
    mutating func refuseWaiting(_ message: String, at now: UInt64) {
        guard let number = waiting?.number else { return }
        endDots()
        exchange.forget(number, isVoid: true)
        follower?.receive(.refuse(message: message), to: number, &screen, &exchange, at: now)
        editor?.receive(.refuse(message: message), to: number, &exchange, at: now)
        endWaiting()
    }

    package var hasReports: Bool { !exchange.reports.isEmpty }
    package mutating func takeReports(atMost most: Int) -> [LineReport] { exchange.takeReports(atMost: most) }

    // MARK: Starting anew

    /// Whether the program that should have started the shell with the integration has ended without a word, before anybody typed: a restricted shell as login shell refuses it.
    package var wantsPlainShell: Bool {
        guard let editor, follower == nil, editor.hasHeardNothing else { return false }
        return editor.holdsNothing && !hasUserTyped
    }

    /// The account's shell is started as it is.
    package mutating func startPlainly() {
        editor = nil
        scanner = nil
        opening = nil
        follower = ScreenGate(language: .shell, isEnforced: isEnforced, repliesTaken: screen.questions)
        exchange.report(0, .reading([.screen, .keys]))
    }

    // MARK: Time

    /// When `advance` has something to do although nothing comes.
    package var deadline: UInt64? {
        let gate = follower != nil ? follower?.deadline : editor?.deadline
        guard let dot = waiting?.nextDot else { return gate }
        return gate.map { min($0, dot) } ?? dot
    }

    /// - Parameter isBehind: the target has sent more than was received here.
    package mutating func advance(at now: UInt64, isBehind: Bool = false) {
        endWaiting()
        showDot(at: now)
        if follower != nil {
            follower?.advance(&screen, &exchange, at: now, isBehind: isBehind)
        } else {
            editor?.advance(&exchange, at: now)
            followOrNot(at: now)
        }
    }
}

extension LineLanguage {
    /// Whose lines they are, of who reads the keyboard.
    init(of reader: KeyboardReader) {
        self =
            switch reader {
            case .psql: .psql
            case .mysql: .mysql
            case .sqlite3: .sqlite3
            case .nobody, .unknown, .program, .shell: .shell
            }
    }
}
