internal import TerminalStream

/// From a report to a question, and from the answer to the key that releases the line or clears it.
extension EditorGate {
    mutating func receive(
        _ report: EditorReport, on screen: Emulator, _ exchange: inout Exchange, at now: UInt64
    ) {
        switch phase {
        case .judging(let asked): exchange.forget(asked.number, isVoid: true)
        // A shell that has not said that it has our keys.
        case .starting, .absent: return exchange.report(0, .alarm(.malformedMark))
        case .clearing(var clearing):
            // It was on its way before the keys that clear the line: they clear this one too.
            clearing.dropped += report.pending.count
            phase = .clearing(clearing)
            return
        case .prompting, .editing, .waitingForReport, .running: break
        }
        if let again = typedAhead(from: report.text) {
            // The lines behind it are in the editor already, as one. All is cleared, and sent again line by line.
            ahead = []
            held.putBack(again[...])
            exchange.toTarget.append([0x03])
            phase = .prompting
            return
        }
        ahead = []
        // The line has changed between its report and its release, so it was not accepted.
        if case .running(let run) = phase, !run.hasStarted, run.number != 0 { exchange.report(run.number, .withdrawn) }
        lastReleased = nil
        held.putBack(report.pending[...])
        let command = earlier + report.text
        // Nothing runs; but behind an unfinished line an empty one may complete it.
        if earlier.isEmpty, report.text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            return release(Asked(number: 0, report: report, command: command), &exchange, at: now)
        }
        let isReadable = command.count <= LineQuestion.longestText && !command.contains(0)
        guard isReadable || !isEnforced else {
            phase = .judging(Asked(number: 0, report: report, command: []))
            return refuse(Self.tooLong, &exchange, at: now)
        }
        if exchange.isFull {
            let asked = Asked(number: 0, report: report, command: command)
            phase = .judging(asked)
            return isEnforced ? refuse(Self.tooMany, &exchange, at: now) : release(asked, &exchange, at: now)
        }
        var doubts: [LineDoubt] = []
        if report.definitionsAreCut { doubts.append(.definitionsCut) }
        // Only where nothing is held: as much of it as can be written down.
        if !isReadable { doubts.append(.unread) }
        let text = isReadable ? command : Array(command.prefix { $0 != 0 }.prefix(LineQuestion.longestText))
        let seen = witnesses(of: report, on: screen)
        if seen.isEmpty { doubts.append(.witnessesDiffer) }
        let number = exchange.ask { number in
            LineQuestion(
                number: number, text: text, language: language, witnesses: seen.union(.editor), doubts: doubts,
                definitions: report.definitions, replaces: earlierNumber)
        }
        let asked = Asked(number: number, report: report, command: command)
        phase = .judging(asked)
        // Whoever only observes does not wait for the answer, unless the policy has to say whether a shell is given the integration.
        if !isEnforced, !Self.mayStartShell(command) { release(asked, &exchange, at: now) }
    }

    /// Whether this is one of the lines with which the integration gives itself to an inner shell, as the shells see it.
    static func mayStartShell(_ command: [UInt8]) -> Bool {
        // A name and options: longer ones start no shell that is given anything.
        guard command.count <= 200 else { return false }
        var words = command.split { $0 == 0x20 || $0 == 0x09 }.map { String(decoding: $0, as: UTF8.self) }[...]
        if words.first == "exec" { words = words.dropFirst() }
        guard let name = words.popFirst(), ["bash", "zsh", "fish"].contains(name) else { return false }
        return words.allSatisfy { ["-i", "-l", "-il", "-li", "--login", "--interactive"].contains($0) }
    }

    static let tooLong = "this command is longer than \(LineQuestion.longestText / 1024) KiB, which nobody can judge."

    static let tooMany = "more lines are waiting to be judged than anybody types."

    /// Takes the answer to a question. One that is not waited for any more does nothing.
    mutating func receive(_ answer: LineAnswer, to number: UInt32, _ exchange: inout Exchange, at now: UInt64) {
        // Whoever only observes has let it run already.
        if case .running(var run) = phase, run.number == number {
            switch answer {
            case .run(let reader): run.reader = reader
            case .goOn: run.isUnfinished = true
            case .refuse: break
            }
            phase = .running(run)
        }
        guard case .judging(let asked) = phase, asked.number == number else { return }
        switch answer {
        case .run(let reader): release(asked, reader: reader, &exchange, at: now)
        case .goOn: release(asked, isUnfinished: true, &exchange, at: now)
        case .refuse(let message): isEnforced ? refuse(message, &exchange, at: now) : release(asked, &exchange, at: now)
        }
    }

    mutating func release(
        _ asked: Asked, reader: KeyboardReader = .unknown, isUnfinished: Bool = false, _ exchange: inout Exchange, at now: UInt64
    ) {
        exchange.toTarget.append(integration.acceptKeys(token: asked.report.token, startsShell: reader == .shell))
        let run = Run(
            number: asked.number, token: asked.report.token, command: asked.command, reader: reader, since: now,
            isUnfinished: isUnfinished)
        lastReleased = run
        phase = .running(run)
        ahead = []
        edited.startLine(after: asked.report.text)
        forward(&exchange, at: now)
    }

    mutating func refuse(_ message: String, _ exchange: inout Exchange, at now: UInt64) {
        clear(Clearing(message: message, dropped: held.drop(), until: now + Self.clearingPatience), &exchange)
    }

    mutating func clear(_ clearing: Clearing, _ exchange: inout Exchange) {
        exchange.toTarget.append(integration.rejectKeys)
        phase = .clearing(clearing)
        paste = PasteTracker()
        earlier = []
        earlierNumber = nil
    }

    mutating func tell(_ clearing: Clearing, _ exchange: inout Exchange, at now: UInt64) {
        guard let message = clearing.message else { return }
        exchange.toUser.append(Notice.line(message))
        let dropped = clearing.dropped + held.drop()
        guard dropped > 0 else { return }
        exchange.toUser.append(Notice.line(Notice.dropped(dropped)))
        exchange.report(0, .dropped(bytes: UInt64(dropped)))
        // It was in the middle of a paste: what follows without a pause belongs to it.
        droppedLate = 0
        droppingUntil = now + Self.pauseThatEndsAPaste
    }

    /// Which of the other witnesses tell the same as the editor. Empty where both of them agree on something else: then it is the editor that is not
    /// believed.
    func witnesses(of report: EditorReport, on screen: Emulator) -> LineWitnesses {
        var agreeing: LineWitnesses = .editor
        let told = report.typed ?? report.text
        let typed = edited.pieces
        if let typed, typed.count == 1, typed[0] == told { agreeing.insert(.keys) }
        // bash clears the line before it reports, and draws it again afterwards.
        let now = ScreenReading(behindAnchorOf: screen)
        guard let shown = now?.text.isEmpty == false ? now : shownBefore else { return agreeing }
        if Agreement.holds([told], shown.text, from: shown.column) { agreeing.insert(.screen) }
        if agreeing == .editor, let typed, typed.count == 1, !typed[0].isEmpty,
            Agreement.holds(typed, shown.text, from: shown.column),
            !isAbbreviation(typed[0], of: told)
        {
            return []
        }
        return agreeing
    }

    /// fish expands an abbreviation when the line is accepted: only its first word differs then.
    private func isAbbreviation(_ typed: [UInt8], of told: [UInt8]) -> Bool {
        language == .fish && told.reversed().starts(with: typed.drop { $0 != 0x20 }.reversed())
    }
}
