internal import Configuration
internal import Guard
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

/// What is decided about a channel before it begins: by the policy on its command, and by people where they have to be asked.
extension ConnectionMonitor {
    /// What the policy says, once people have said yes to all that they have to be asked about.
    ///
    /// - Returns: nil if the session was answered: it waits, or it may not.
    func approve(
        _ begin: BeginChannel, _ number: UInt32, _ approved: ChannelApprovals, _ summary: SessionSummary, _ grant: Grant,
        _ client: IPAddress
    ) throws -> ChannelDecision? {
        var approved = approved
        let latest = approved.latest
        approved.latest = nil
        let sessionTerms = grant.approvals(for: begin.kind.accessChannel)
        if !sessionTerms.isEmpty, approved.session.map({ Set($0) != Set(sessionTerms) }) ?? true {
            if let latest, bastion.approvals.kind(of: latest) == .session {
                if let void = use(latest, on: sessionTerms) {
                    try reply(.refused(void), to: number)
                    return nil
                }
            } else {
                var question = ApprovalQuestion(summary, from: client, kind: .session, terms: sessionTerms)
                question.rule = grant.name
                switch try hold(question, .channel(begin, approved), number) {
                case nil: return nil
                case .covered: break
                case .refused(let refusal):
                    try reply(.refused(refusal), to: number)
                    return nil
                }
            }
            approved.session = sessionTerms
        }
        var decision = decide(begin, summary, grant, client)
        var refusal = decision.refusal
        if refusal == nil, var question = decision.wanted {
            if let latest, bastion.approvals.kind(of: latest) == .command {
                refusal = use(latest, on: question.terms)
                decision.event?.approval = latest
            } else {
                question.session = nil
                switch try hold(question, .channel(begin, approved), number) {
                case nil: return nil
                case .covered(let earlier): decision.event?.approval = earlier
                case .refused(let why): refusal = why
                }
            }
        }
        guard let refusal else { return decision }
        try refuse(begin, decision.refusal == nil ? decision.refused() : decision.event, refusal, number)
        return nil
    }

    struct ChannelDecision {
        /// Nil where nothing was decided about a command.
        var event: PolicyEvent?
        var refusal: Refusal?
        /// The session has each file operation judged.
        var speaksSFTP = false
        /// The session has each line judged.
        var guardTerms: GuardTerms?
        /// A program that moves files is at the other end.
        var carriesData = false
        /// People have to be asked first.
        var wanted: ApprovalQuestion?

        /// The row of a command that was not run after all.
        func refused() -> PolicyEvent? {
            var event = event
            event?.outcome = .refused
            event?.session = nil
            return event
        }
    }

    /// The policy's decision on the command, on exactly the bytes that the target would get (promise 2). What is typed at a terminal is judged line by
    /// line, and files one by one.
    private func decide(
        _ begin: BeginChannel, _ summary: SessionSummary, _ grant: Grant, _ client: IPAddress
    ) -> ChannelDecision {
        switch begin.kind {
        case .sftp: return ChannelDecision(speaksSFTP: true)
        case .exec: return decideExec(begin, summary, grant, client)
        case .shell:
            guard begin.terminal == nil else { return ChannelDecision(guardTerms: guardTerms(grant, reader: .shell)) }
            return decideUnseenShell(begin, summary, grant, client)
        }
    }

    /// A shell without a terminal reads a program from the client, which nobody sees: as if `sh` were run so.
    private func decideUnseenShell(
        _ begin: BeginChannel, _ summary: SessionSummary, _ grant: Grant, _ client: IPAddress
    ) -> ChannelDecision {
        guard grant.guardMode != .off else { return ChannelDecision() }
        let command = Array("sh".utf8)
        let policy = bastion.running.policy
        let judgement = policy.judge(
            command: command, standardInput: .stream, in: situation(summary, grant, .shell, isGuarded: false))
        let hint = "a shell without a terminal runs what nobody can judge; run `ssh HOST COMMAND`, or use -t"
        var refusal: Refusal?
        let isAsked = judgement.verdict == .approve && !judgement.approvals.isEmpty
        if grant.guardMode == .enforce, !isAsked {
            refusal =
                PolicyRefusal(
                    verdict: judgement.verdict, rule: judgement.rule, message: judgement.message ?? hint,
                    doubts: judgement.doubts, howToAsk: policy.howToAsk
                ).refusal
        }
        var maker = EventMaker(summary)
        if refusal != nil { maker.session = nil }
        let event = judgement.event(
            on: command, by: maker, outcome: refusal == nil ? .passed : .refused,
            hiding: bastion.running.masks)
        var decision = ChannelDecision(event: event, refusal: refusal)
        if grant.guardMode == .enforce, isAsked {
            decision.wanted = ApprovalQuestion(
                summary, from: client, kind: .command, bytes: begin.approvedBytes, shown: command, judgement,
                bastion.running.masks)
        }
        return decision
    }

    func situation(_ summary: SessionSummary, _ grant: Grant, _ channel: AccessChannel, isGuarded: Bool) -> Situation {
        Situation(
            user: UserName(summary.user), target: grant.target, login: grant.login, channel: channel,
            at: summary.startedAt.milliseconds, isGuarded: isGuarded)
    }

    /// Nil where nobody reads what is typed.
    private func guardTerms(_ grant: Grant, reader: KeyboardReader) -> GuardTerms? {
        guard grant.guardMode != .off else { return nil }
        return GuardTerms(
            isEnforced: grant.guardMode == .enforce, usesIntegration: grant.target.usesIntegration,
            nonce: randomBytes(GuardTerms.nonceLength), secret: randomBytes(GuardTerms.secretLength), reader: reader)
    }

    private func randomBytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let word = bastion.random()
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
        return Array(bytes.prefix(count))
    }

    private func decideExec(
        _ begin: BeginChannel, _ summary: SessionSummary, _ grant: Grant, _ client: IPAddress
    ) -> ChannelDecision {
        let policy = bastion.running.policy
        // At a terminal a shell is interactive, which is no worse than the shell channel, for whom that is granted.
        let isInteractive = begin.terminal != nil && grant.channels.contains(.shell)
        let input = isInteractive ? StandardInput.terminal : .stream
        let reading = CommandReader.read(begin.command, standardInput: input)
        let speaksSFTP = FileTransferCommand.isSFTPServer(reading)
        let situation = situation(
            summary, grant, .exec, isGuarded: begin.terminal != nil && grant.guardMode == .enforce)
        let judgement = policy.judge(command: begin.command, reading: reading, standardInput: input, in: situation)
        let isAsked = judgement.verdict == .approve && !judgement.approvals.isEmpty
        var refusal =
            isAsked
            ? nil
            : PolicyRefusal(
                verdict: judgement.verdict, rule: judgement.rule, message: judgement.message, doubts: judgement.doubts,
                howToAsk: policy.howToAsk
            ).refusal
        // Through a terminal its packets cannot be read, so its files could not be judged.
        if speaksSFTP, begin.terminal != nil, refusal == nil {
            refusal = Refusal(message: "sftp does not go through a terminal: leave out -t.", exitStatus: Refusal.refusedStatus)
        }
        var maker = EventMaker(summary)
        if refusal != nil { maker.session = nil }
        let event = judgement.event(
            on: begin.command, by: maker, outcome: refusal == nil ? .passed : .refused,
            hiding: bastion.running.masks)
        var decision = ChannelDecision(
            event: event, refusal: refusal, speaksSFTP: speaksSFTP,
            carriesData: begin.terminal == nil && FileTransferCommand.carriesData(reading))
        if refusal == nil, isAsked {
            decision.wanted = ApprovalQuestion(
                summary, from: client, kind: .command, bytes: begin.approvedBytes,
                shown: bastion.running.masks.masked(begin.command), judgement, bastion.running.masks)
        }
        if refusal == nil, begin.terminal != nil {
            let reader = policy.keyboardReader(of: reading, judgement, language: .shell)
            if reader.isFollowed { decision.guardTerms = guardTerms(grant, reader: reader) }
        }
        return decision
    }
}
