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
        let (client, leg, open) = state.withLock { ($0.client, $0.legs[begin.leg], $0.phase.openChannels + $0.heldChannels) }
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

    func refuse(_ begin: BeginChannel, _ event: PolicyEvent?, _ refusal: Refusal, _ number: UInt32) throws {
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
