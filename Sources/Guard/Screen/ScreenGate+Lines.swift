internal import TerminalStream

/// From a held key to a question, and from the answer to what becomes of the key.
extension ScreenGate {
    /// The line as it stands on the screen.
    func reading(_ screen: Emulator) -> ScreenReading? {
        if hasKeys, let shown = edited.searchPrompt, var found = ScreenReading(behind: shown, on: screen) {
            if isAnchorSure { found.prompt = linePrompt }
            return found
        }
        if hasKeys, isKept, let start = screen.anchor(ScreenReading.anchor) {
            return ScreenReading(indentedAt: start, on: screen)
        }
        let anchored = hasKeys ? ScreenReading(behindAnchorOf: screen) : nil
        if isAnchorSure, let anchored, anchored.prompt == prompt || prompt.isEmpty { return anchored }
        // Keys that came before their prompt: its text tells where the line begins.
        return ScreenReading(behind: prompt, on: screen) ?? anchored
    }

    /// Asks about the line once the screen shows what the keys should have made of it, or will not show more.
    ///
    /// - Parameter isOver: nothing more is waited for.
    mutating func settle(_ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64, isOver: Bool) {
        guard let key = held.waiting.first else {
            phase = .open
            return
        }
        if let editorUntil, now < editorUntil {
            // Longer than its echo may take in any case, and never shorter.
            if case .settling(let until, let hardLimit) = phase {
                phase = .settling(until: max(until, editorUntil), hardLimit: max(hardLimit, editorUntil))
            }
            return
        }
        var shown = reading(screen)
        isInEditor = screen.modes.contains(.bracketedPaste)
        // Behind ^X ^E something else runs than what stands there.
        let mayBeOld = kinds.hasUnseenChange && !isPlain
        var agreed = Self.runsEditor(key) || mayBeOld ? nil : shown.flatMap { agreement(with: $0) }
        // A program may be about to end, and its shell to come back.
        guard agreed != nil && isPlain && reader != .program && !edited.hasCompletion || isOver || !isEnforced else { return }

        noticeTypedAhead(screen, &exchange)
        if isForProgram(shown, screen) || isSecret(shown, screen) {
            mayHaveTypedAhead = true
            keepTyped()
            screen.setAnchor(ScreenReading.programAnchor)
            return pass(key, after: nil, &screen, &exchange, at: now)
        }
        if isEmpty(shown), !Self.runsEditor(key) { return pass(key, after: nil, &screen, &exchange, at: now) }
        var shorter: [UInt8]?
        if agreed == nil, isInEditor, hasKeys, let all = shown?.withRowsBelow(on: screen) {
            shorter = shown?.text
            shown = all
            if !Self.runsEditor(key), !mayBeOld { agreed = agreementOnRows(with: all) }
        }
        ask(key, shown, agreed, shorter, &screen, &exchange, at: now)
    }

    /// All readings are the same, and the last key is in the line: so nothing that the screen does not show yet can be behind it.
    private var isPlain: Bool {
        guard hasKeys else { return true }
        return kinds.endsInText && edited.readings.count == 1 && edited.readings[0].count == 1
            && cooked.text == kinds.replied + edited.readings[0][0]
    }

    /// The last key of readline's `edit-and-execute-command`: ^X ^E, and `v` in vi's command mode.
    private static func runsEditor(_ key: UInt8) -> Bool { key == 0x05 || key == 0x76 }

    /// There is nothing to run, for certain.
    private func isEmpty(_ shown: ScreenReading?) -> Bool {
        guard earlier.isEmpty, !mayHaveLeftovers, (shown?.text ?? []).isEmpty else { return false }
        let isBehindPrompt = !prompt.isEmpty && shown?.prompt == prompt
        if !hasKeys { return isUnsure ? isBehindPrompt && lastOutput >= lastSent : edited.plain.pieces == [[]] }
        let (isNothingEdited, isNothingCooked) = (edited.plain.pieces == [[]], cooked.text == [] || kinds.hasOnlyReplies)
        guard shown != nil, !isUnsure || isBehindPrompt else { return false }
        // What only one of terminal and editor would have erased may be there: not shown yet, or painted over by somebody.
        return isNothingEdited && isNothingCooked
            || isBehindPrompt && !kinds.hasUnseenChange && (isNothingEdited || isNothingCooked)
    }

    /// What the keys say, without the screen.
    private var keyedText: [UInt8]? {
        edited.readings.first { $0.count == 1 }?[0] ?? cooked.text
    }

    /// The line that both witnesses tell.
    private func agreement(with shown: ScreenReading) -> [UInt8]? {
        guard hasKeys || shown.text.isEmpty || edited.isFilled, !mayHaveLeftovers else { return nil }
        if isUnsure, prompt.isEmpty || shown.prompt != prompt { return nil }
        // Only where an editor shows itself it is known that a key erases a whole character.
        if cooked.text != cookedByBytes.text, !isInEditor { return nil }
        if let pieces = edited.readings.first(where: { Agreement.holds($0, shown.text, from: shown.column) }) {
            return pieces.count == 1 ? pieces[0] : agreement(with: shown, around: pieces)
        }
        // fish shows what was typed in the case of what it suggests, until the line is accepted. Only where no key but text was typed, because
        // others change the case for good.
        if isPlain, isInEditor, let text = cooked.text, Agreement.holdsButForCase(text, shown) { return text }
        // Typed ahead, a control character shows as the terminal shows it, and an editor that reads it afterwards does what it means.
        if kinds.isCookable, !completion.hasKeys, let text = cooked.text, text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
            Agreement.holds([text], shown.text, from: shown.column)
        {
            return text
        }
        return nil
    }

    /// Whether the screen shows what the keys make, with all completions so far done: whichever editor it is, and up to the cursor.
    func showsKeys(_ screen: Emulator) -> Bool {
        guard let shown = reading(screen), shown.endsAtCursor, !edited.readings.isEmpty else { return false }
        return edited.readings.allSatisfy { pieces in
            guard Agreement.holds(pieces, shown.text, from: shown.column), completion.isOver(pieces, shown) else { return false }
            // Blanks at the end are seen by the cursor alone.
            let blanks = pieces[pieces.count - 1].reversed().prefix { $0 == 0x20 }.count
            return blanks == 0 || pieces.count == 1 && screen.position.column == (shown.column + pieces[0].count) % screen.columns
        }
    }

    /// The same for a line in which a key may have put something in.
    private func agreement(with shown: ScreenReading, around pieces: [[UInt8]]) -> [UInt8]? {
        // Where no prompt stands, the terminal itself may show the key, and an editor will obey it afterwards.
        let isBehindPrompt =
            prompt.isEmpty
            ? isAnchorSure && !linePrompt.isEmpty
            : shown.prompt == prompt || isAnchorSure && PromptLikeness.holds(prompt, linePrompt)
        // What stands behind the cursor may be no part of it: a prompt at the right.
        // And no key is a Tab to a terminal whose editor is away.
        guard isBehindPrompt, shown.endsAtCursor, isInEditor || !hasSeenPasteMode && !prompt.isEmpty,
            completion.isOver(pieces, shown)
        else { return nil }
        // Without an editor it is a tab. One at the end cannot be seen, and does nothing.
        if kinds.isCookable, !Agreement.holds([Array(pieces.joined())], shown.text, from: shown.column), let text = cooked.text,
            Agreement.holds([text], shown.text, from: shown.column)
        {
            return text
        }
        return shown.text
    }

    /// The same for a line with the rows below the cursor, which may be something else: only where the keys tell all of it.
    private func agreementOnRows(with shown: ScreenReading) -> [UInt8]? {
        guard !mayHaveLeftovers, !isUnsure || !prompt.isEmpty && shown.prompt == prompt else { return nil }
        return edited.readings.first { $0.count == 1 && Agreement.holds($0, shown.text, from: shown.column) }?[0]
    }

    /// The program that runs reads the keyboard, and no prompt that is known stands there.
    private func isForProgram(_ shown: ScreenReading?, _ screen: Emulator) -> Bool {
        guard reader == .program, !mayHaveNewPrompt else { return false }
        // A program that was killed leaves it on.
        if screen.isAlternate { return ScreenReading(behind: prompt, on: screen) == nil }
        guard !prompt.isEmpty, !ScreenReading.shows(prompt, on: screen) else { return false }
        return shown.map { !PromptLikeness.holds(prompt, $0.prompt) } ?? true
    }

    /// The shell waits behind its prompt: the program has ended, whatever the screen shows afterwards.
    mutating func noticePrompt(_ screen: Emulator) {
        guard reader == .program, !prompt.isEmpty, !screen.isAlternate,
            ScreenReading.prompt(before: screen.position, on: screen) == prompt
        else { return }
        reader = .unknown
    }

    /// One prompt means that the program has ended; two, that the shell read what was meant for the program, and ran it.
    mutating func noticeTypedAhead(_ screen: Emulator, _ exchange: inout Exchange) {
        guard mayHaveTypedAhead, ScreenReading.promptsBehindProgram(prompt, on: screen) > 1 else { return }
        mayHaveTypedAhead = false
        exchange.report(0, .alarm(.typedAhead))
        tellTypedAhead(screen, &exchange)
    }

    private mutating func keepTyped() {
        guard let typed = keyedText, !typed.isEmpty, typed.count <= Self.longestTyped, !typed.contains(0) else { return }
        typedForProgram = typedForProgram.suffix(LineQuestion.mostOtherReadings - 1) + [typed]
    }

    private static let longestTyped = LineQuestion.longestOtherReadings / LineQuestion.mostOtherReadings

    /// Typed without an echo, into a program that asks for a secret. Only a program: a prompt that merely says so can be anybody's.
    private func isSecret(_ shown: ScreenReading?, _ screen: Emulator) -> Bool {
        guard reader == .program || reader == .unknown, hasKeys, !hasAnswered, !mayHaveNewPrompt, !isStopped, let shown,
            shown.text.isEmpty
        else { return false }
        return shown.prompt != prompt && SecretPrompt.asksForOne(shown.prompt)
    }

    private mutating func pass(
        _ key: UInt8, after ran: [UInt8]?, _ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64
    ) {
        exchange.toTarget.append([key])
        held.removeFirst(1)
        startLine(after: ran)
        repliesTaken = max(repliesTaken, screen.questions)
        isUnsure = false
        let waits = isEnforced || exchange.isFull
        awaitsEditor = false
        phase = waits ? .released(until: now + Self.quiet, hardLimit: now + Self.releasedLimit) : .open
    }

    private mutating func ask(
        _ key: UInt8, _ shown: ScreenReading?, _ agreed: [UInt8]?, _ shorter: [UInt8]?, _ screen: inout Emulator,
        _ exchange: inout Exchange, at now: UInt64
    ) {
        var doubts: [LineDoubt] = []
        var witnesses: LineWitnesses = []
        var line: [UInt8] = []
        let hasNoEcho = hasKeys && shown?.text.isEmpty == true && keyedText != []
        if let agreed, !hasNoEcho {
            line = agreed
            // An editor that reads what was typed ahead obeys such keys, where the terminal only showed them.
            if line.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A || $0 == 0x7F }) || isAfterControlX || isQuoting {
                doubts.append(.unread)
            }
            if language == .shell, HistoryExpansion.mayChange(line, isWhole: earlier.isEmpty) { doubts.append(.historyExpansion) }
            witnesses = [.screen, .keys]
            if let shown { edited.believe { Agreement.holds($0, shown.text, from: shown.column) } }
        } else if hasNoEcho {
            // It may be a secret that nobody asked for in words we know: it is not kept, so it is not told.
            doubts = [.noEcho]
        } else if let shown, !shown.text.isEmpty {
            line = shown.text
            witnesses = .screen
            doubts = [keyedText == nil ? .oneWitness : .witnessesDiffer]
        } else if let typed = keyedText, !typed.isEmpty {
            line = typed
            witnesses = .keys
            doubts = [.oneWitness]
        } else {
            doubts = [.unread]
        }
        if agreed == nil, !screen.oddities.isEmpty { doubts.append(.oddScreen) }

        let found = shown?.prompt ?? []
        noticeStatement(at: found, &exchange)
        // A program that runs may read it, and its shell does not stand there.
        let isElsewhere = !prompt.isEmpty && found != prompt && !PromptLikeness.holds(prompt, found)
        if reader == .unknown, earlier.isEmpty, isElsewhere, !mayHaveNewPrompt {
            doubts.append(.unread)
        }
        let isCertain = doubts.isEmpty
        let language = self.language(at: found, &doubts, &exchange)
        for doubt in earlierDoubts where !doubts.contains(doubt) && doubts.count < LineQuestion.mostDoubts {
            doubts.append(doubt)
        }
        let command = earlier + line
        var others = earlierReadings.map { $0 + line }
        // As it should stand there when the line is left. As it stands there now it is judged too: a key of the user's may have changed it.
        let suggested = isCertain ? shown.flatMap { Agreement.holdsButForCase(line, $0) ? $0 : nil } : nil
        if !isCertain && !hasNoEcho || suggested != nil { others = otherReadings(than: line, shown) + others }
        if !isCertain, let shorter { others.insert(earlier + shorter, at: 0) }
        others = Array(others.prefix(LineQuestion.mostOtherReadings))
        let isTooLong =
            command.count > LineQuestion.longestText || others.reduce(0, { $0 + $1.count }) > LineQuestion.longestOtherReadings
        guard !isTooLong, !command.contains(0) else {
            phase = .judging(Asked(number: 0, key: key, command: [], line: [], prompt: found, language: language))
            return refuse(EditorGate.tooLong, &screen, &exchange, at: now)
        }
        let number = exchange.ask { number in
            LineQuestion(
                number: number, text: command, language: language, witnesses: witnesses, doubts: doubts, otherReadings: others,
                replaces: earlierNumber)
        }
        var asked = Asked(number: number, key: key, command: command, line: line, prompt: found, language: language)
        asked.isCertain = isCertain
        asked.doubts = doubts
        asked.others = others
        asked.shown = shown?.text ?? []
        if let suggested { asked.shown = ShownLine.text(line, from: suggested.column) }
        phase = .judging(asked)
        if !isEnforced { release(asked, goesOn: false, reader: .unknown, &screen, &exchange, at: now) }
    }

    /// What else the command may be, of what screen and keys make of it.
    private func otherReadings(than line: [UInt8], _ shown: ScreenReading?) -> [[UInt8]] {
        var others: [[UInt8]] = []
        let keyed = edited.readings.filter { $0.count == 1 }.map { $0[0] }
        for case let reading? in [shown?.text, cooked.text, cookedByBytes.text] + keyed
        where !reading.isEmpty && !reading.contains(0) {
            if reading != line, !others.contains(earlier + reading) { others.append(earlier + reading) }
        }
        return others
    }

    /// Whose line this is: a client that is followed may have ended, and then its shell is back.
    private mutating func language(at found: [UInt8], _ doubts: inout [LineDoubt], _ exchange: inout Exchange) -> LineLanguage {
        if let index = outer.lastIndex(where: { !$0.prompt.isEmpty && $0.prompt == found }) {
            language = outer[index].language
            outer.removeSubrange(index...)
            // The client's end looked to us like the beginning of a statement.
            if let earlierNumber { exchange.report(earlierNumber, .started) }
            forgetEarlier()
        }
        if !ClientPrompt.isOne(found, of: language) {
            doubts.append(.unread)
            return outer.last?.language ?? .shell
        }
        return language
    }

    /// Takes the answer to a question. One that is not waited for any more does nothing.
    mutating func receive(
        _ answer: LineAnswer, to number: UInt32, _ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64
    ) {
        if receiveLate(answer, to: number, &exchange) { return }
        guard case .judging(let asked) = phase, asked.number == number else { return }
        switch answer {
        case .run(let reader): release(asked, goesOn: false, reader: reader, &screen, &exchange, at: now)
        case .goOn: release(asked, goesOn: true, reader: .nobody, &screen, &exchange, at: now)
        case .refuse(let message): refuse(message, &screen, &exchange, at: now)
        }
    }

    private mutating func release(
        _ asked: Asked, goesOn: Bool, reader: KeyboardReader, _ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64
    ) {
        if earlier.isEmpty, !asked.prompt.isEmpty { prompt = asked.prompt }
        if goesOn {
            earlier = asked.command + [0x0A]
            earlierNumber = asked.number
            (earlierDoubts, earlierReadings) = (asked.doubts, asked.others.map { $0 + [0x0A] })
        } else {
            let isComment =
                asked.language == .shell && !asked.command.contains(0x0A)
                && asked.command.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "#")
            exchange.report(asked.number, isComment ? .withdrawn : .started)
            forgetEarlier()
            lastStatement = Statement(command: asked.command, doubts: asked.doubts, readings: asked.others)
            self.reader = reader
            mayHaveTypedAhead = false
            typedForProgram = []
            follow(reader, from: asked)
        }
        // A terminal without an editor has handed on a part of a line; the rest follows.
        mayHaveLeftovers = asked.key == 0x04 && !asked.line.isEmpty
        mayHaveNewPrompt = PromptLikeness.mayBeChanged(by: asked.command)
        pass(asked.key, after: goesOn ? nil : asked.doubts.isEmpty ? asked.command : [], &screen, &exchange, at: now)
        switch asked.key {
        // zsh's accept-and-hold, readline's operate-and-get-next.
        case 0x41, 0x61: edited.fill(.same)
        case 0x0F: edited.fill(.next)
        default: break
        }
        released = goesOn || !isInEditor ? nil : Released(asked: asked, pasteModeEnds: screen.pasteModeEnds, at: now)
        leaving = asked.isCertain ? Leaving(number: asked.number, shown: asked.shown) : nil
    }

    /// A client whose statements are followed takes the place of the shell until the shell's prompt is back.
    private mutating func follow(_ reader: KeyboardReader, from asked: Asked) {
        let inner: LineLanguage
        switch reader {
        case .psql: inner = .psql
        case .mysql: inner = .mysql
        case .sqlite3: inner = .sqlite3
        case .shell: inner = .shell
        case .nobody, .unknown, .program: return
        }
        // As deep as anybody goes; beyond, the outermost prompts are not recognised.
        if outer.count == 16 { outer.removeFirst() }
        outer.append((asked.language, prompt))
        edited.believeAll()
        language = inner
    }

    /// The user has interrupted the line that is judged: nothing of it has run, and it is cleared as a refused one.
    mutating func withdraw(_ asked: Asked, _ exchange: inout Exchange, at now: UInt64) {
        exchange.forget(asked.number)
        if let interrupt = held.waiting.lastIndex(of: 0x03) { held.removeFirst(interrupt + 1 - held.waiting.startIndex) }
        clear(asked, &exchange, at: now)
    }

    private mutating func refuse(_ message: String, _ screen: inout Emulator, _ exchange: inout Exchange, at now: UInt64) {
        held.removeFirst(1)
        let dropped = held.drop()
        exchange.toUser.append([0x0D, 0x0A] + Notice.line(message))
        if dropped > 0 {
            exchange.toUser.append(Notice.line(Notice.dropped(dropped)))
            exchange.report(0, .dropped(bytes: UInt64(dropped)))
        }
        if case .judging(let asked) = phase { clear(asked, &exchange, at: now) }
    }

    private mutating func clear(_ asked: Asked, _ exchange: inout Exchange, at now: UInt64) {
        exchange.toTarget.append(clearingKeys)
        // In the middle of a command the first prompt is to come back, not that of its next line.
        if earlier.isEmpty, !asked.prompt.isEmpty { prompt = asked.prompt }
        forgetEarlier()
        startLine(after: nil)
        phase = .clearing(until: now + Self.clearingPatience)
    }

    /// ^C clears a line everywhere it was tried, but ends sqlite3: there the line is emptied, and an Enter asks for a new prompt.
    private var clearingKeys: [UInt8] { language == .sqlite3 ? [0x05, 0x15, 0x0D] : [0x03] }
}
