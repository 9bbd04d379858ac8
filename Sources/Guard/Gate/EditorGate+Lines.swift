internal import TerminalStream

/// From a report to a question, and from the answer to the key that releases the line or clears it.
extension EditorGate {
    mutating func receive(
        _ report: Report, on screen: Emulator, _ exchange: inout Exchange, at now: UInt64
    ) {
        if case .judging(let asked) = phase { exchange.forget(asked.number) }
        if let again = typedAhead(from: report.line) {
            // The lines behind it are in the editor already, as one. All is cleared, and sent again line by line.
            ahead = []
            held.putBack(again[...])
            exchange.toTarget.append([0x03])
            phase = .prompting
            return
        }
        ahead = []
        let command = earlier + report.line
        // Nothing runs; but behind an unfinished line an empty one may complete it.
        if earlier.isEmpty, report.line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            return release(Asked(number: 0, report: report, command: command), &exchange, at: now)
        }
        guard command.count <= LineQuestion.longestText, !report.isCut, !command.contains(0) else {
            phase = .judging(Asked(number: 0, report: report, command: []))
            return refuse(Self.tooLong, &exchange, at: now)
        }
        let (definitions, areCut) = Self.definitions(report)
        var doubts: [LineDoubt] = []
        if areCut { doubts.append(.definitionsCut) }
        let seen = witnesses(of: report, on: screen)
        if seen.isEmpty { doubts.append(.witnessesDiffer) }
        let number = exchange.ask { number in
            LineQuestion(
                number: number, text: command, language: LineLanguage(shell), witnesses: seen.union(.editor), doubts: doubts,
                definitions: definitions, replaces: earlierNumber)
        }
        let asked = Asked(number: number, report: report, command: command)
        phase = .judging(asked)
        // Whoever only observes does not wait for the answer.
        if !isEnforced { release(asked, &exchange, at: now) }
    }

    static let tooLong = "this command is longer than \(LineQuestion.longestText / 1024) KiB, which nobody can judge."

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
        case .refuse(let message): refuse(message, &exchange, at: now)
        }
    }

    mutating func release(
        _ asked: Asked, reader: KeyboardReader = .unknown, isUnfinished: Bool = false, _ exchange: inout Exchange, at now: UInt64
    ) {
        exchange.toTarget.append(integration.acceptKeys(token: asked.report.token, shell: shell))
        phase = .running(
            Run(
                number: asked.number, token: asked.report.token, command: asked.command, reader: reader, since: now,
                isUnfinished: isUnfinished))
        ahead = []
        edited.startLine(after: asked.report.line)
        forward(&exchange, at: now)
    }

    mutating func refuse(_ message: String, _ exchange: inout Exchange, at now: UInt64) {
        exchange.toTarget.append([0x03])
        phase = .clearing(Clearing(message: message, dropped: held.drop(), until: now + Self.clearingPatience))
        paste = PasteTracker()
        earlier = []
        earlierNumber = nil
    }

    mutating func tell(_ clearing: Clearing, _ exchange: inout Exchange, at now: UInt64) {
        exchange.toUser.append(Notice.line(clearing.message))
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
    func witnesses(of report: Report, on screen: Emulator) -> LineWitnesses {
        var agreeing: LineWitnesses = .editor
        let told = report.beforeExpansion ?? report.line
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
        shell == .fish && told.reversed().starts(with: typed.drop { $0 != 0x20 }.reversed())
    }

    /// As many definitions as a question may have, and whether there are more.
    private static func definitions(_ report: Report) -> (definitions: [LineDefinition], areCut: Bool) {
        var definitions: [LineDefinition] = []
        var room = LineQuestion.longestDefinitions
        for definition in report.definitions {
            room -= definition.name.count + definition.body.count
            guard room >= 0, definitions.count < LineQuestion.mostDefinitions, let kind = LineDefinition.Kind(definition.kind)
            else {
                return (definitions, true)
            }
            definitions.append(LineDefinition(kind, name: definition.name, text: definition.body))
        }
        return (definitions, report.definitionsAreCut)
    }
}

extension LineLanguage {
    fileprivate init(_ shell: Shell) {
        self =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
    }
}

extension LineDefinition.Kind {
    /// Nil for what the policy cannot read: zsh's suffix aliases.
    fileprivate init?(_ kind: Definition.Kind) {
        switch kind {
        case .alias: self = .alias
        case .globalAlias: self = .globalAlias
        case .suffixAlias: return nil
        case .function: self = .function
        }
    }
}
