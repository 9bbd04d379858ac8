/// From a report to a question, and from the answer to the key that releases the line or clears it.
extension EditorGate {
    mutating func receive(_ report: EditorReport, _ exchange: inout Exchange, at now: UInt64) {
        if case .judging(let asked) = phase { exchange.report(asked.number, .withdrawn) }
        held.putBack(report.pending[...])
        let command = earlier + report.text
        // Nothing runs; but behind an unfinished line an empty one may complete it.
        if earlier.isEmpty, report.text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            return release(Asked(number: 0, report: report, command: command), &exchange, at: now)
        }
        guard command.count <= LineQuestion.longestText, !command.contains(0) else {
            phase = .judging(Asked(number: 0, report: report, command: []))
            return refuse(Self.tooLong, &exchange, at: now)
        }
        var doubts: [LineDoubt] = []
        if report.definitionsAreCut { doubts.append(.definitionsCut) }
        let number = exchange.ask { number in
            LineQuestion(
                number: number, text: command, language: language, witnesses: .editor, doubts: doubts,
                definitions: report.definitions, replaces: earlierNumber)
        }
        let asked = Asked(number: number, report: report, command: command)
        phase = .judging(asked)
        // Whoever only observes does not wait for the answer.
        if !isEnforced { release(asked, &exchange, at: now) }
    }

    static let tooLong = "this command is longer than \(LineQuestion.longestText / 1024) KiB, which nobody can judge."

    /// Takes the answer to a question. One that is not waited for any more does nothing.
    mutating func receive(_ answer: LineAnswer, to number: UInt32, _ exchange: inout Exchange, at now: UInt64) {
        guard case .judging(let asked) = phase, asked.number == number else { return }
        switch answer {
        case .run, .goOn: release(asked, &exchange, at: now)
        case .refuse(let message): refuse(message, &exchange, at: now)
        }
    }

    mutating func release(_ asked: Asked, _ exchange: inout Exchange, at now: UInt64) {
        exchange.toTarget.append(integration.acceptKeys(token: asked.report.token, language: language))
        phase = .running(Run(number: asked.number, token: asked.report.token, command: asked.command))
        forward(&exchange, at: now)
    }

    mutating func refuse(_ message: String, _ exchange: inout Exchange, at now: UInt64) {
        exchange.toTarget.append(integration.rejectKeys(language: language))
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
}
