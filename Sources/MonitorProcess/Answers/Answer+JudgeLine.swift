internal import Guard
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

extension ConnectionMonitor {
    /// Somebody wants to run a line: whether it may, by the rules as they are now. Its row is in the ledger before the answer is out.
    ///
    /// - Returns: nil where people have to decide first.
    func answerJudgeLine(_ judge: JudgeLine, _ number: UInt32) throws -> MonitorReply? {
        let before = try state.withLock { state throws(LineDecisions.Violation) in
            try state.sessions[judge.channel]?.lines.asked(judge.question.number, replaces: judge.question.replaces)
        }
        // One line is typed after the other: whoever asks about the next one has given up the one that waits.
        for held in state.withLock({ $0.heldLines(of: judge.channel) }) { bastion.approvals.void(held, .changed) }
        return try finishJudging(judge, number, before: before.flatMap { $0 })
    }

    /// - Parameters:
    ///   - before: the row of the line before, if that waited for more and got none.
    ///   - approval: the request by which people have decided about this line.
    ///   - declined: what they said, if it is not yes.
    func finishJudging(
        _ judge: JudgeLine, _ number: UInt32, before: PolicyEvent? = nil, approval: Int64? = nil, _ declined: Refusal? = nil
    ) throws -> MonitorReply? {
        let question = judge.question
        let (session, leg) = state.withLock { state in
            (state.sessions[judge.channel], state.phase.leg(of: judge.channel).flatMap { state.legs[$0] })
        }
        guard let session, let terms = session.guardTerms, let identity = leg?.identity, let route = leg?.route else {
            // The channel ended while people were asked.
            return .lineJudgement(.refuse(message: "the session is over."))
        }

        let now = bastion.now()
        let running = bastion.running
        let (policy, masks) = (running.policy, running.masks)
        let line = TypedLine(question)
        let reading = line.reading
        let others = question.otherReadings.map { text in
            var other = line
            other.text = text
            return other
        }
        let situation = Situation(
            user: UserName(identity.name), target: route.grant.target, login: route.grant.login,
            channel: session.summary.kind.accessChannel, at: now.milliseconds,
            // Where lines are only observed the editor tells of the programs that are followed, and the screen does not wait to hear who reads it.
            isGuarded: terms.isEnforced || question.witnesses.contains(.editor))
        let judgement = policy.judge(line, reading: reading, orAnyOf: others, in: situation)
        // Too late to refuse it: the answer tells the session what would have been.
        let hasRun = question.doubts.contains(.alreadyRan)
        var refusal = terms.isEnforced ? declined ?? Self.refusal(judgement, policy) : nil
        var approval = approval
        if refusal != nil, declined == nil, judgement.verdict == .approve, !judgement.approvals.isEmpty, !hasRun {
            switch try ask(about: judge, reading, judgement, session.summary, route.request.from, number, approval: &approval) {
            case .held:
                _ = write(before.map { [$0] } ?? [])
                return nil
            case .passes: refusal = nil
            case .refused(let why): refusal = why
            }
        }
        var maker = EventMaker(session.summary)
        maker.at = now
        var event = judgement.event(
            on: question, by: maker, outcome: refusal == nil || hasRun ? .passed : .refused, hiding: masks)

        event.approval = approval
        if refusal == nil, reading.isUnfinished, !hasRun {
            event.uncertain.append(
                PolicyEvent.Reason(kind: Doubt.Kind.syntax.rawValue, text: "the line ends inside of a command"))
            state.withLock { state in
                state.sessions[judge.channel]?.lines.answered(question.number, isRefused: false)
                state.sessions[judge.channel]?.lines.wait(LineDecisions.Pending(number: question.number, event: event))
            }
            write(before.map { [$0] } ?? [])
            // The shell goes on reading.
            return .lineJudgement(.goOn)
        }
        guard write((before.map { [$0] } ?? []) + [event]) else {
            return .lineJudgement(.refuse(message: Self.ledgerIsGone))
        }
        state.withLock { $0.sessions[judge.channel]?.lines.answered(question.number, isRefused: refusal != nil && !hasRun) }
        guard let refusal else {
            let readers = Set(
                ([reading] + others.map(\.reading)).map { policy.keyboardReader(of: $0, judgement, language: question.language) })
            // Who reads the keyboard depends on which line it is.
            return .lineJudgement(.run(reader: readers.count == 1 ? readers.first ?? .unknown : .unknown))
        }
        logger.notice(
            hasRun ? "line would have been refused and had already run" : "line refused",
            metadata: [
                "session": "\(session.id)", "line": "\(escaped(masks.masked(question.text)))",
                "verdict": "\(judgement.verdict.rawValue)",
                "rule": "\(judgement.rule ?? "none")",
            ])
        return .lineJudgement(.refuse(message: refusal.message))
    }

    private enum Asking {
        case held
        case passes
        case refused(Refusal)
    }

    /// A line that needs an approval: asks for it, or uses the one there is.
    private func ask(
        about judge: JudgeLine, _ reading: CommandReading, _ judgement: Judgement, _ session: SessionSummary,
        _ client: IPAddress, _ number: UInt32, approval: inout Int64?
    ) throws -> Asking {
        if let given = approval { return use(given, on: judgement.approvals).map { .refused($0) } ?? .passes }
        // It would be for less than what runs in the end.
        guard !reading.isUnfinished else {
            return .refused(
                Refusal(
                    message:
                        "this needs an approval, and it is not complete: type it in one line, so that all of it can be shown.",
                    exitStatus: Refusal.refusedStatus))
        }
        let masks = bastion.running.masks
        let question = ApprovalQuestion(
            session, from: client, kind: .line, bytes: judge.question.approvedBytes, shown: masks.masked(judge.question.text),
            judgement,
            masks)
        switch try hold(question, .line(judge), number) {
        case nil: return .held
        case .covered(let earlier):
            approval = earlier
            return .passes
        case .refused(let refusal): return .refused(refusal)
        }
    }

    /// What came of lines: into the ledger, in rows of their own.
    func answerLineReports(_ told: LineReports) throws -> MonitorReply {
        let now = bastion.now()
        let (events, session) = try state.withLock { state throws(LineDecisions.Violation) in
            var events: [PolicyEvent] = []
            guard let session = state.sessions[told.channel] else { return (events, "none") }
            var maker = EventMaker(session.summary)
            maker.at = now
            for report in told.reports {
                switch try state.sessions[told.channel]?.lines.told(report) {
                case .event(let event)?: events.append(event)
                case .report(let action)?: events.append(maker.event(on: action))
                case .nothing?, nil: break
                }
            }
            return (events, session.id.text)
        }
        write(events)
        for case .alarm(let alarm) in told.reports.map(\.content) {
            logger.warning(
                "security: the guard raised an alarm",
                metadata: [
                    "session": "\(session)", "alarm": "\(alarm.text)",
                ])
        }
        return .accepted
    }

    /// Lines that waited for more when their channel ended.
    func writeUntoldLines(_ sessions: [OpenSession]) { write(sessions.compactMap(\.lines.untold)) }

    private static func refusal(_ judgement: Judgement, _ policy: PolicyRules) -> Refusal? {
        PolicyRefusal(
            verdict: judgement.verdict, rule: judgement.rule, message: judgement.message, doubts: judgement.doubts,
            howToAsk: policy.howToAsk
        ).refusal
    }

    static let ledgerIsGone =
        "what you do can no longer be written down, so the connection ends; tell your administrator to look at the disk"

    /// Without a ledger nobody goes on.
    @discardableResult
    private func write(_ events: [PolicyEvent]) -> Bool {
        do {
            try bastion.store.addQuickly(events)
            return true
        } catch {
            logger.error("lines could not be written", metadata: ["error": "\(error)"])
            terminate(Refusal(message: Self.ledgerIsGone, exitStatus: Refusal.failedStatus))
            return false
        }
    }
}

extension TypedLine {
    init(_ question: LineQuestion) {
        self.init(
            text: question.text, language: question.language, isFromEditor: question.witnesses.contains(.editor),
            doubts: question.doubts, definitions: question.definitions)
    }
}
