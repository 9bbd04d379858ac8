internal import Configuration
internal import Foundation
internal import Guard
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

extension ConnectionMonitor {
    /// A session channel is about to start: allowed once more, then a recording and a ledger row. Without both there is no session.
    ///
    /// - Parameter approved: what people have said yes to, when they had to be asked first.
    func answerBeginChannel(_ begin: BeginChannel, _ number: UInt32, approved: ChannelApprovals = ChannelApprovals()) throws {
        let (client, leg, open) = state.withLock { ($0.client, $0.legs[begin.leg], $0.phase.openChannels + $0.held.count) }
        guard let client, let identity = leg?.identity, let route = leg?.route else {
            // The leg was closed while people were asked.
            return try reply(.refused("the connection to the target is closed."), to: number)
        }
        try check(begin, against: identity)
        let grant: Grant
        do { grant = try self.grant(for: begin, on: route, open: open) } catch {
            let refusal = error.text
            logger.notice(
                "channel refused",
                metadata: [
                    "leg": "\(begin.leg.number)", "kind": "\(begin.kind.name)", "target": "\(route.grant.target.name)",
                    "login": "\(route.grant.login)", "reason": "\(refusal)",
                ])
            return try reply(.refused(refusal), to: number)
        }

        let now = bastion.now()
        let id = SessionID(at: now, random: bastion.random())
        let summary = SessionSummary(
            begin, id: id, at: now, client: client, identity: identity, grant: grant, hiding: bastion.running.masks)
        guard let decision = try approve(begin, number, approved, summary, grant, client.ip) else { return }
        let recording: OwnedDescriptor
        do {
            recording = try bastion.beginSession(summary, decision: decision.event)
        } catch {
            // A session that cannot be recorded, or that the ledger would not know of, does not begin.
            logger.error("session could not begin", metadata: ["error": "\(error)"])
            return try reply(
                .failed("the session cannot be recorded (\(Self.cause(of: error))), so it does not begin."), to: number
            )
        }
        bastion.approvals.noteUse(of: grant, by: summary.id)
        let masks = bastion.running.masks
        let maskTerms = maskTerms(
            situation(summary, grant, begin.kind.accessChannel, isGuarded: decision.guardTerms != nil),
            hasTerminal: begin.terminal != nil, carriesData: decision.speaksSFTP || decision.carriesData)
        state.withLock { state in
            state.phase.began(
                begin.channel, on: begin.leg, speaksSFTP: decision.speaksSFTP, isGuarded: decision.guardTerms != nil)
            state.sessions[begin.channel] = OpenSession(
                summary: summary, guardTerms: decision.guardTerms,
                masks: MaskLedger(masks, actions: maskTerms.actions, altering: maskTerms.altering),
                endsAt: grant.sessionsEnd(for: begin.kind.accessChannel))
        }
        logger.notice(
            "session",
            metadata: [
                "session": "\(summary.id)", "kind": "\(begin.kind.name)", "target": "\(summary.target)",
                "login": "\(summary.login)",
                "command": "\(escaped(bastion.running.masks.masked(begin.command)))", "terminal": "\(summary.hasTerminal)",
                "guard": "\(decision.guardTerms.map { $0.isEnforced ? GuardMode.enforce : .observe } ?? .off)",
            ])
        let channel = GrantedChannel(
            session: summary.id.text, startedAt: UInt64(summary.startedAt.seconds),
            title: "\(escaped(summary.user)) as \(summary.login) on \(summary.target)", speaksSFTP: decision.speaksSFTP,
            guardTerms: decision.guardTerms, maskTerms: maskTerms)
        try reply(.channel(channel), to: number, descriptors: [recording.number, masks.memory.descriptor.number])
    }

    /// What the policy says, once people have said yes to all that they have to be asked about.
    ///
    /// - Returns: nil if the session was answered: it waits, or it may not.
    private func approve(
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
        // What was approved and is not asked about any more is not for later.
        if let latest { bastion.approvals.void(latest, .policyChanged) }
        guard let refusal else { return decision }
        try refuse(begin, decision.refusal == nil ? decision.refused() : decision.event, refusal, number)
        return nil
    }

    private struct ChannelDecision {
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
            return decideUnseenShell(summary, grant, client)
        }
    }

    /// A shell without a terminal reads a program from the client, which nobody sees: as if `sh` were run so.
    private func decideUnseenShell(_ summary: SessionSummary, _ grant: Grant, _ client: IPAddress) -> ChannelDecision {
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
                summary, from: client, kind: .command, bytes: command, shown: command, judgement, bastion.running.masks)
        }
        return decision
    }

    private func situation(_ summary: SessionSummary, _ grant: Grant, _ channel: AccessChannel, isGuarded: Bool) -> Situation {
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
                summary, from: client, kind: .command, bytes: begin.command, shown: bastion.running.masks.masked(begin.command),
                judgement,
                bastion.running.masks)
        }
        if refusal == nil, begin.terminal != nil {
            let reader = policy.keyboardReader(of: reading, judgement, language: .shell)
            if reader.isFollowed { decision.guardTerms = guardTerms(grant, reader: reader) }
        }
        return decision
    }

    private func refuse(_ begin: BeginChannel, _ event: PolicyEvent?, _ refusal: Refusal, _ number: UInt32) throws {
        logger.notice(
            "command refused",
            metadata: [
                "leg": "\(begin.leg.number)", "command": "\(escaped(bastion.running.masks.masked(begin.command)))",
                "verdict": "\(refusal.facts?.verdict ?? "")",
                "rule": "\(refusal.facts?.rule ?? "none")",
            ])
        do {
            try bastion.store.add(event.map { [$0] } ?? [])
        } catch {
            // It is refused all the same; whoever reads the log finds it there.
            logger.error("decision could not be written", metadata: ["error": "\(error)"])
        }
        try reply(.refused(refusal), to: number)
    }

    /// What the session process has to keep to by itself; if it does not, it is not ours any more.
    private func check(_ begin: BeginChannel, against identity: CertifiedIdentity) throws(SessionPhase.Violation) {
        if let terminal = begin.terminal {
            guard identity.permitsTerminal else { throw SessionPhase.Violation(what: "a terminal without permit-pty") }
            guard (1...65_535).contains(terminal.columns), (1...65_535).contains(terminal.rows) else {
                throw SessionPhase.Violation(what: "a terminal of \(terminal.columns)x\(terminal.rows)")
            }
        }
        if let forced = identity.forcedCommand, begin.kind != .exec || begin.command != forced {
            throw SessionPhase.Violation(what: "a \(begin.kind.name) that is not the certificate's force-command")
        }
    }

    /// Why a channel may not begin, in a sentence for its user.
    private struct NotGranted: Error { let text: String }

    /// As the rules are now: a grant may have ended since the route was opened, or ask for a guard.
    private func grant(for begin: BeginChannel, on route: LegState.Route, open: Int) throws(NotGranted) -> Grant {
        let place = "\(route.grant.target.name) as \(route.grant.login)"
        guard open < Int(bastion.running.daemon.limits.channels) else {
            throw NotGranted(text: "this connection has as many sessions as it may have at once.")
        }
        var request = route.request
        request.at = bastion.now().milliseconds
        guard case .granted(let grant) = bastion.running.access.decide(request), grant.target.name == route.grant.target.name
        else {
            throw NotGranted(text: "your access to \(place) has ended.")
        }
        guard grant.channels.contains(begin.kind.accessChannel) else {
            throw NotGranted(text: "\(begin.kind.name) on \(place) is not granted to you.")
        }
        return grant
    }

    /// In words for the user: what the administrator has to look at.
    private static func cause(of error: any Error) -> String {
        switch (error as? SystemError)?.code {
        case ENOSPC, EDQUOT: "the disk is full"
        case .some: "its file could not be created"
        case nil: "the ledger does not answer"
        }
    }

    /// The end of a session channel, as the session process tells it.
    func answerEndChannel(_ end: EndChannel) -> MonitorReply {
        let session = state.withLock { state in
            state.phase.ended(end.channel)
            return state.sessions.removeValue(forKey: end.channel)
        }
        withdrawHeld { $0.channel == end.channel }
        // Nil for a channel that was refused, or that ended with its leg.
        if let session {
            writeUntold([session])
            bastion.endSession(session.id, end.exit, bytesIn: end.bytesIn, bytesOut: end.bytesOut, logger)
        }
        return .accepted
    }

    /// Ends ledger rows whose channels nobody ended.
    func endLost(_ sessions: [OpenSession], because reason: String) {
        writeUntold(sessions)
        for session in sessions { bastion.endSession(session.id, .lost(reason), bytesIn: 0, bytesOut: 0, logger) }
    }
}

extension ChannelKind {
    var accessChannel: AccessChannel {
        switch self {
        case .shell: .shell
        case .exec: .exec
        case .sftp: .sftp
        }
    }
}

extension SessionSummary {
    fileprivate init(
        _ begin: BeginChannel, id: SessionID, at now: Timestamp, client: AcceptedClient, identity: CertifiedIdentity,
        grant: Grant,
        hiding masks: CompiledMasks
    ) {
        self.init(
            id: id, connectionID: client.id, user: identity.name, certificateSerial: identity.serial,
            certificateAuthority: identity.authorityFingerprint, from: "\(client.address)", target: grant.target.name,
            login: grant.login,
            kind: begin.kind, command: begin.kind == .exec ? String(decoding: masks.masked(begin.command), as: UTF8.self) : nil,
            hasTerminal: begin.terminal != nil, startedAt: now, endedAt: nil, exit: nil, exitStatus: nil, bytesIn: 0, bytesOut: 0,
            recording: RecordingFolder.name(of: id, startedAt: now))
    }
}

extension EventMaker {
    init(_ session: SessionSummary) {
        self.init(
            connectionID: session.connectionID, session: session.id, user: session.user, target: session.target,
            login: session.login,
            channel: session.kind, at: session.startedAt)
    }
}
