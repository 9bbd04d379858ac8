internal import Logging
internal import MonitorProtocol
internal import Policy
internal import Synchronization

/// A request of the session's that waits for people.
struct HeldRequest: Sendable {
    enum Content: Sendable {
        case channel(BeginChannel, ChannelApprovals)
        case line(JudgeLine)
        case file(JudgeFile)
    }
    /// Under which number people decide.
    var approval: Int64
    var content: Content

    /// Whether it is about a channel that would begin on that leg.
    func isOn(_ leg: Leg) -> Bool { if case .channel(let begin, _) = content { begin.leg == leg } else { false } }

    /// The channel that it is about.
    var channel: ChannelNumber {
        switch content {
        case .channel(let begin, _): begin.channel
        case .line(let judge): judge.channel
        case .file(let judge): judge.channel
        }
    }
}

/// What has been approved of a channel that is about to begin.
struct ChannelApprovals: Sendable {
    /// That it begins at all, where the grant wants that: the terms on which it was approved, and used. The command may be asked about long after.
    var session: [ApprovalTerms]?
    /// The request that was just approved, whatever it was about.
    var latest: Int64?
}

extension ConnectionMonitor {
    /// Asks people about a request that came under `number`.
    ///
    /// - Returns: nil if it waits; then the session was told. Else what is to be told at once: an approval that covers it, or why nobody can be asked.
    func hold(_ question: ApprovalQuestion, _ content: HeldRequest.Content, _ number: UInt32) throws -> HeldAnswer? {
        let asked: ApprovalDesk.Asked
        do { asked = try bastion.approvals.ask(question, at: UInt64(number), for: self) } catch {
            logger.error("request for an approval could not be written", metadata: ["error": "\(error)"])
            return .refused(Refusal(message: Self.ledgerIsGone, exitStatus: Refusal.failedStatus))
        }
        switch asked {
        case .covered(let approval): return .covered(approval)
        case .refused(let text):
            return .refused(Refusal(message: text, exitStatus: Refusal.refusedStatus))
        case .waits(let notice):
            state.withLock { $0.held[number] = HeldRequest(approval: Int64(notice.approval), content: content) }
            logger.notice(
                "held for an approval",
                metadata: [
                    "approval": "\(notice.approval)", "kind": "\(question.kind.rawValue)", "rule": "\(question.rule ?? "none")",
                ])
            try reply(.held(notice), to: number)
            // It may have been decided before it was in the table above.
            wakeToAnswerHeld()
            return nil
        }
    }

    enum HeldAnswer {
        /// The number of an earlier request that covers this one.
        case covered(Int64)
        case refused(Refusal)
    }

    /// Uses up what people said yes to: a request is for one use alone.
    ///
    /// - Parameter terms: on which it would be asked for now.
    /// - Returns: nil if it holds; else why not, and nothing may be done by it.
    func use(_ approval: Int64, on terms: [ApprovalTerms]) -> Refusal? {
        do {
            if try bastion.approvals.use(approval, on: terms) { return nil }
            return ApprovalOutcome.void("what it was asked by has changed, or it has ended").refusal(of: approval)
        } catch {
            logger.error("use of an approval could not be written", metadata: ["error": "\(error)"])
            return Refusal(message: Self.ledgerIsGone, exitStatus: Refusal.failedStatus)
        }
    }

    /// Answers the requests about which people have decided. On the connection's own thread.
    func answerHeld() throws {
        let (held, termination) = state.withLock { ($0.held, $0.termination) }
        guard !held.isEmpty else { return }
        // Nothing new begins on a connection that is being ended, whatever people said or will say.
        if termination != nil { withdrawHeld { _ in true } }
        for (number, request) in held.sorted(by: { $0.key < $1.key }) {
            guard let outcome = bastion.approvals.outcome(of: request.approval) else { continue }
            state.withLock { $0.held[number] = nil }
            try answer(request, outcome, number)
            // What was approved and came to nothing is not for later.
            if outcome == .approved { bastion.approvals.void(request.approval, .policyChanged) }
        }
    }

    private func answer(_ held: HeldRequest, _ outcome: ApprovalOutcome, _ number: UInt32) throws {
        logger.notice("approval", metadata: ["approval": "\(held.approval)", "outcome": "\(outcome)"])
        let refusal = outcome.refusal(of: held.approval)
        switch held.content {
        case .channel(let begin, var approvals):
            if let refusal { return try reply(.refused(refusal), to: number) }
            approvals.latest = held.approval
            try answerBeginChannel(begin, number, approved: approvals)
        case .line(let judge):
            if let answer = try finishJudging(judge, number, approval: held.approval, refusal) { try reply(answer, to: number) }
        case .file(let judge):
            if let answer = try finishJudging(judge, number, approval: held.approval, refusal) { try reply(answer, to: number) }
        }
    }

    /// The session takes a request back, or its channel is over. Does nothing to one that does not wait any more.
    ///
    /// - Parameter isVoid: something else was typed in its place.
    func answerWithdraw(_ request: UInt32, isVoid: Bool) -> MonitorReply {
        if let held = state.withLock({ $0.held[request] }) {
            if isVoid { bastion.approvals.void(held.approval, .changed) } else { bastion.approvals.withdraw(held.approval) }
        }
        return .accepted
    }

    /// What waits on channels that are over can come to nothing.
    func withdrawHeld(where isOver: (HeldRequest) -> Bool) {
        for held in state.withLock({ Array($0.held.values) }) where isOver(held) { bastion.approvals.withdraw(held.approval) }
    }
}
