internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

extension ConnectionMonitor {
    /// A session channel is about to start: allowed once more, then a recording and a ledger row. Without both there is no session.
    func answerBeginChannel(_ begin: BeginChannel, _ number: UInt32) throws {
        let (client, leg, open) = state.withLock { ($0.client, $0.legs[begin.leg], $0.phase.openChannels) }
        guard let client, let identity = leg?.identity, let route = leg?.route else {
            preconditionFailure("channels begin on legs that are routed")
        }
        try check(begin, against: identity)
        if let refusal = refusal(of: begin, on: route, open: open) {
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
        let summary = SessionSummary(begin, id: id, at: now, client: client, identity: identity, grant: route.grant)
        let decision = decide(begin, summary, route.grant)
        if let refusal = decision.refusal { return try refuse(begin, decision.event, refusal, number) }
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
        state.withLock { state in
            state.phase.began(begin.channel, on: begin.leg, speaksSFTP: decision.speaksSFTP)
            state.sessions[begin.channel] = OpenSession(summary: summary)
        }
        logger.notice(
            "session",
            metadata: [
                "session": "\(summary.id)", "kind": "\(begin.kind.name)", "target": "\(summary.target)",
                "login": "\(summary.login)",
                "command": "\(escaped(begin.command))", "terminal": "\(summary.hasTerminal)",
            ])
        let channel = GrantedChannel(
            session: summary.id.text, startedAt: UInt64(summary.startedAt.seconds),
            title: "\(escaped(summary.user)) as \(summary.login) on \(summary.target)", speaksSFTP: decision.speaksSFTP)
        try reply(.channel(channel), to: number, descriptors: [recording.number])
    }

    private struct ChannelDecision {
        /// Nil where nothing was decided about a command.
        var event: PolicyEvent?
        var refusal: Refusal?
        /// The session has each file operation judged.
        var speaksSFTP: Bool
    }

    /// The policy's decision on the command, on exactly the bytes that the target would get (promise 2). What is typed in a shell is not judged in this
    /// version, and files are judged one by one.
    private func decide(_ begin: BeginChannel, _ summary: SessionSummary, _ grant: Grant) -> ChannelDecision {
        guard begin.kind == .exec else { return ChannelDecision(speaksSFTP: begin.kind == .sftp) }
        let policy = bastion.running.policy
        // At a terminal a shell is interactive, which is no worse than the shell channel, for whom that is granted.
        let isInteractive = begin.terminal != nil && grant.channels.contains(.shell)
        let reading = CommandReader.read(begin.command, standardInput: isInteractive ? .terminal : .stream)
        let speaksSFTP = FileTransferCommand.isSFTPServer(reading)
        let judgement = policy.judge(
            command: begin.command, reading: reading,
            in: Situation(
                user: UserName(summary.user), target: grant.target, login: grant.login, channel: .exec,
                at: summary.startedAt.milliseconds))
        var refusal = PolicyRefusal(
            verdict: judgement.verdict, rule: judgement.rule, message: judgement.message, doubts: judgement.doubts,
            howToAsk: policy.howToAsk
        ).refusal
        // Through a terminal its packets cannot be read, so its files could not be judged.
        if speaksSFTP, begin.terminal != nil, refusal == nil {
            refusal = Refusal(message: "sftp does not go through a terminal: leave out -t.", exitStatus: Refusal.refusedStatus)
        }
        var maker = EventMaker(summary)
        if refusal != nil { maker.session = nil }
        let event = judgement.event(on: begin.command, by: maker, outcome: refusal == nil ? .passed : .refused)
        return ChannelDecision(event: event, refusal: refusal, speaksSFTP: speaksSFTP)
    }

    private func refuse(_ begin: BeginChannel, _ event: PolicyEvent?, _ refusal: Refusal, _ number: UInt32) throws {
        logger.notice(
            "command refused",
            metadata: [
                "leg": "\(begin.leg.number)", "command": "\(escaped(begin.command))",
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

    private func refusal(of begin: BeginChannel, on route: LegState.Route, open: Int) -> String? {
        let place = "\(route.grant.target.name) as \(route.grant.login)"
        guard open < Int(bastion.running.daemon.limits.channels) else {
            return "this connection has as many sessions as it may have at once."
        }
        var request = route.request
        request.at = bastion.now().milliseconds
        // As the rules are now: a grant may have ended since the route was opened.
        guard case .granted(let grant) = bastion.running.access.decide(request), grant.target.name == route.grant.target.name
        else {
            return "your access to \(place) has ended."
        }
        guard grant.channels.contains(begin.kind.accessChannel) else {
            return "\(begin.kind.name) on \(place) is not granted to you."
        }
        return nil
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
        _ begin: BeginChannel, id: SessionID, at now: Timestamp, client: AcceptedClient, identity: CertifiedIdentity, grant: Grant
    ) {
        self.init(
            id: id, connectionID: client.id, user: identity.name, certificateSerial: identity.serial,
            certificateAuthority: identity.authorityFingerprint, from: "\(client.address)", target: grant.target.name,
            login: grant.login,
            kind: begin.kind, command: begin.kind == .exec ? String(decoding: begin.command, as: UTF8.self) : nil,
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
