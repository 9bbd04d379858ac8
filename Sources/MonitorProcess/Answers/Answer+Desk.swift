internal import Configuration
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

/// A person at the desk.
struct DeskVisitor: Sendable {
    var identity: CertifiedIdentity
    var client: AcceptedClient
    var user: String { identity.name }

    /// Whether they could log in with their certificate now. Who is here already may stay.
    func isValid(at now: Timestamp) -> Bool { UInt64(max(0, now.seconds)) < identity.validBefore }
    static let hasExpired = "your certificate has expired since you logged in: log in again."
}

extension ConnectionMonitor {
    var visitor: DeskVisitor {
        let (client, identity) = state.withLock { ($0.client, $0.identity) }
        guard let client, let identity else { preconditionFailure("the desk serves users who are logged in") }
        return DeskVisitor(identity: identity, client: client)
    }

    /// `ssh bastion`, with or without words.
    func answerDesk(_ words: [UInt8], _ number: UInt32) throws {
        let visitor = visitor
        // With a force-command there is nothing else that the user asked for.
        let words = visitor.identity.forcedCommand == nil ? words : []
        logger.info("desk", metadata: ["command": "\(escaped(words))"])
        let answer: DeskAnswer
        do throws(DeskCommand.Mistake) { answer = try self.answer(try DeskCommand(words), visitor) } catch {
            let text = "sallyport: \(error.text) `ssh BASTION help` lists the words.\n"
            return try reply(.desk(DeskReply(text: text, exitStatus: 1)), to: number)
        }
        try show(answer, number)
    }

    private enum DeskAnswer {
        case text(String, status: UInt32)
        case recording(DeskRecording.Use, text: String, of: SessionSummary)
    }

    private func show(_ answer: DeskAnswer, _ number: UInt32) throws(SystemError) {
        switch answer {
        case .text(let text, let status):
            try reply(.desk(DeskReply(text: DeskText.bounded(text), exitStatus: status)), to: number)
        case .recording(let use, let text, let session):
            guard let file = try? bastion.recordings.openExisting(session.recording) else {
                let note = "sallyport: the recording of \(session.id) cannot be opened.\n"
                return try reply(.desk(DeskReply(text: DeskText.bounded(text + note), exitStatus: 1)), to: number)
            }
            try reply(
                .desk(
                    DeskReply(
                        text: DeskText.bounded(text), exitStatus: 0, recording: DeskRecording(use, of: session.id.text))),
                to: number,
                descriptors: [file.number])
        }
    }

    private func answer(_ command: DeskCommand, _ visitor: DeskVisitor) throws(DeskCommand.Mistake) -> DeskAnswer {
        let now = bastion.now()
        let person = DeskText.Person(
            user: visitor.user, serial: visitor.identity.serial, validUntil: visitor.identity.validBefore)
        switch command {
        case .greeting:
            return .text(
                DeskText.greeting(person, at: now) + "\n" + DeskText.targets(reachable(by: visitor)) + "\n" + DeskText.usage,
                status: 0)
        case .help: return .text(DeskText.usage, status: 0)
        case .targets(let asJSON):
            let targets = reachable(by: visitor)
            return .text(asJSON ? DeskText.json(targets) : DeskText.targets(targets), status: 0)
        case .whoami(let asJSON):
            return .text(asJSON ? DeskText.json(PersonDocument(person)) : DeskText.greeting(person, at: now), status: 0)
        case .sessions(let all, let asJSON):
            let sessions = try sessions(for: visitor, activeOnly: !all)
            return .text(
                asJSON ? DeskText.json(sessions.map(DeskText.SessionDocument.init)) : DeskText.sessions(sessions), status: 0)
        case .commands(let id, let asJSON):
            let session = try session(id, visitor, .sessions)
            try note("commands", about: session, by: visitor)
            let filter = AdminRequest.EventFilter(session: session.id, content: .commands, limit: 1000)
            let events = (try? bastion.store.events(filter)) ?? []
            return .text(
                asJSON ? DeskText.json(events.suffix(200).compactMap(DeskText.CommandDocument.init)) : DeskText.commands(events),
                status: 0)
        case .approvals(let after, let asJSON):
            let page = bastion.approvals.page(for: visitor, after: after, atMost: MessageLimit.deskApprovals)
            guard !asJSON else { return .text(DeskText.json(page.rows), status: 0) }
            // The last screenful belongs to one, which is shown whole.
            if page.total == 1, let only = page.rows.first, let row = bastion.approvals.row(Int64(only.number), for: visitor) {
                return approval(row, visitor, asJSON: false)
            }
            return .text(DeskText.approvals(page.rows, total: page.total), status: 0)
        case .approval(let number, let asJSON):
            guard let row = bastion.approvals.row(number, for: visitor) else {
                throw DeskCommand.Mistake(text: "there is no request \(number) that you may decide.")
            }
            return approval(row, visitor, asJSON: asJSON)
        case .decide(let number, let approves, let reason):
            let decided = bastion.approvals.decide(number, approves: approves, reason: reason, by: visitor)
            return .text("\(decided.text)\n", status: decided.isDone ? 0 : 1)
        case .request(let wish):
            let asked = try bastion.approvals.request(wish, by: visitor)
            return .text(asked + "\n", status: 0)
        case .watch(let id):
            let session = try session(id, visitor, .watch)
            guard session.endedAt == nil else {
                throw DeskCommand.Mistake(text: "session \(id) is over; `play \(id)` replays it.")
            }
            return try recording(of: session, .watch, visitor)
        case .play(let id): return try recording(of: try session(id, visitor, .play), .play, visitor)
        case .kill(let id, let reason):
            return .text(try kill(try session(id, visitor, .kill), reason, visitor), status: 0)
        }
    }

    private struct PersonDocument: Encodable {
        var user, serial: String
        var validUntil: String?
        init(_ person: DeskText.Person) {
            user = person.user
            serial = "\(person.serial)"
            validUntil = person.validUntil < UInt64(Int64.max) / 1000 ? LineLog.time(Int64(person.validUntil) * 1000) : nil
        }
    }

    func reachable(by visitor: DeskVisitor) -> [DeskText.Target] {
        bastion.running.access.reachableTargets(user: visitor.user, from: visitor.client.ip, at: bastion.now().milliseconds).map {
            DeskText.Target(target: $0.target.name, aliases: $0.target.aliases, logins: $0.logins)
        }
    }

    // MARK: Sessions

    private static let mostSessions = 100

    private func rights(_ visitor: DeskVisitor, on target: String) -> Set<DeskRight> {
        let access = bastion.running.access
        guard let target = access.target(named: target) else { return [] }
        return access.rights(of: visitor.user, on: target, from: visitor.client.ip, at: bastion.now().milliseconds)
    }

    /// Their own, and those of everybody on targets where they may see them; the newest.
    private func sessions(for visitor: DeskVisitor, activeOnly: Bool) throws(DeskCommand.Mistake) -> [SessionSummary] {
        var visible: [String: Bool] = [:]
        func isVisible(_ session: SessionSummary) -> Bool {
            if session.user == visitor.user { return true }
            if let known = visible[session.target] { return known }
            let isVisible = rights(visitor, on: session.target).contains(.sessions)
            visible[session.target] = isVisible
            return isVisible
        }
        do {
            let isAuditor = bastion.running.access.targets.contains { rights(visitor, on: $0.name).contains(.sessions) }
            let all = try bastion.store.sessions(
                AdminRequest.SessionFilter(
                    user: isAuditor ? nil : visitor.user, target: nil, activeOnly: activeOnly,
                    limit: isAuditor ? 2000 : Self.mostSessions))
            return Array(all.filter(isVisible).prefix(Self.mostSessions))
        } catch {
            logger.error("sessions could not be read", metadata: ["error": "\(error)"])
            throw DeskCommand.Mistake(text: "the ledger does not answer.")
        }
    }

    /// The same words for a session that is not there and one that the visitor may not see.
    private func session(_ id: SessionID, _ visitor: DeskVisitor, _ right: DeskRight) throws(DeskCommand.Mistake)
        -> SessionSummary
    {
        let session = try? bastion.store.session(id)
        guard let session = session ?? nil else {
            throw DeskCommand.Mistake(text: "there is no session \(id) that you may \(right.verb).")
        }
        let isOwn = session.user == visitor.user && right == .sessions
        guard isOwn || rights(visitor, on: session.target).contains(right) else {
            throw DeskCommand.Mistake(text: "there is no session \(id) that you may \(right.verb).")
        }
        return session
    }

    private func recording(
        of session: SessionSummary, _ use: DeskRecording.Use, _ visitor: DeskVisitor
    ) throws(DeskCommand.Mistake) -> DeskAnswer {
        // Nobody looks on without a trace.
        try note(use == .watch ? "watch" : "play", about: session, by: visitor)
        return .recording(use, text: "", of: session)
    }

    private func kill(_ session: SessionSummary, _ reason: String?, _ visitor: DeskVisitor) throws(DeskCommand.Mistake) -> String
    {
        guard let connection = bastion.connections.connection(of: session.id) else {
            throw DeskCommand.Mistake(text: "session \(session.id) is over.")
        }
        try note("kill", reason, about: session, by: visitor)
        let because = reason.map { ": \(escaped($0, limit: 300))" } ?? "."
        connection.terminate(
            Refusal(
                message: "\(escaped(visitor.user, limit: 80)) has ended your session\(because)", exitStatus: Refusal.refusedStatus
            ))
        return "Session \(session.id) of \(escaped(session.user, limit: 80)) is being ended, with its connection."
    }

    private func note(
        _ word: String, _ reason: String? = nil, about session: SessionSummary, by visitor: DeskVisitor
    ) throws(DeskCommand.Mistake) {
        var maker = EventMaker(session)
        maker.at = bastion.now()
        maker.connectionID = visitor.client.id
        maker.user = visitor.user
        do { try bastion.store.add([maker.event(on: DeskAction(word: word, text: reason))]) } catch {
            logger.error("what was done at the desk could not be written", metadata: ["error": "\(error)"])
            throw DeskCommand.Mistake(text: "the ledger does not answer, so this is not done.")
        }
        logger.notice("desk", metadata: ["word": "\(word)", "session": "\(session.id)", "of": "\(escaped(session.user))"])
    }

    // MARK: Requests

    /// One of them, with the last screenful of its session where there is one.
    private func approval(_ row: DeskApprovalRow, _ visitor: DeskVisitor, asJSON: Bool) -> DeskAnswer {
        if asJSON { return .text(DeskText.json(row), status: 0) }
        let text = DeskText.approval(row)
        guard let session = session(of: row) else { return .text(text, status: 0) }
        return .recording(.lastScreen, text: text + "\nThe last screenful of its session:\n\n", of: session)
    }

    /// The session that a request belongs to; nil if it is for none.
    private func session(of row: DeskApprovalRow) -> SessionSummary? {
        bastion.approvals.session(of: Int64(row.number)).flatMap { (try? bastion.store.session($0)) ?? nil }
    }

    // MARK: The screens

    func answerDeskView(_ view: DeskView, _ number: UInt32) throws {
        let visitor = visitor
        guard visitor.identity.forcedCommand == nil else {
            return try reply(.refused("your certificate is for one command alone."), to: number)
        }
        switch view {
        case .targets(let after):
            let rest = reachable(by: visitor).dropFirst(Int(after))
            let rows = rest.prefix(Self.targetsInMessage).map { row in
                DeskTargetRow(
                    name: row.target, aliases: Array(row.aliases.prefix(Self.namesInRow)),
                    logins: Array(row.logins.prefix(Self.namesInRow)))
            }
            try reply(.deskPage(.targets(Array(rows), isLast: rest.count <= Self.targetsInMessage)), to: number)
        case .watched(let id):
            let watched = SessionID(id).flatMap { id in try? session(id, visitor, .watch) }
            guard let watched, watched.endedAt == nil else { return try reply(.refused("the session is over."), to: number) }
            try reply(.accepted, to: number)
        case .approvals:
            let page = bastion.approvals.page(for: visitor, after: 0, atMost: MessageLimit.deskApprovals, theNewest: true)
            try reply(.deskPage(.approvals(page.rows, total: UInt32(clamping: page.total))), to: number)
        case .approval(let approval):
            guard let row = bastion.approvals.row(Int64(clamping: approval), for: visitor) else {
                return try reply(.refused("request \(approval) waits no longer."), to: number)
            }
            let page = MonitorReply.deskPage(.approvals([row], total: 1))
            if let session = session(of: row), let file = try? bastion.recordings.openExisting(session.recording) {
                try reply(page, to: number, descriptors: [file.number])
            } else {
                try reply(page, to: number)
            }
        }
    }

    /// With names of 253 bytes each they fit into a message.
    private static let targetsInMessage = 24
    private static let namesInRow = 8

    func answerDecide(_ decision: Decide) -> MonitorReply {
        let visitor = visitor
        guard visitor.identity.forcedCommand == nil else { return .refused("your certificate is for one command alone.") }
        let decided = bastion.approvals.decide(
            Int64(clamping: decision.approval), approves: decision.approves, reason: decision.reason, by: visitor)
        return .desk(DeskReply(text: decided.text, exitStatus: decided.isDone ? 0 : 1))
    }

    /// The user has chosen a target at the desk: as if they had logged in to it through a tunnel.
    func answerOpenDeskLeg(_ leg: Leg) -> MonitorReply {
        // Through a tunnel they would have to log in.
        guard visitor.isValid(at: bastion.now()) else { return .refused(DeskVisitor.hasExpired) }
        let limit = Int(bastion.running.daemon.limits.channels)
        let isOpened = state.withLock { state in
            guard state.phase.openTunnels < limit, let outer = state.legs[.outer], outer.identity?.forcedCommand == nil else {
                return false
            }
            state.phase.authenticated(leg)
            state.legs[leg] = LegState(identity: outer.identity, certificate: outer.certificate)
            return true
        }
        return isOpened ? .accepted : .refused("this connection has as many targets as it may have at once.")
    }
}

extension DeskRight {
    fileprivate var verb: String {
        switch self {
        case .sessions: "see"
        case .watch: "watch"
        case .play: "replay"
        case .kill: "end"
        case .decide: "decide about"
        }
    }
}
