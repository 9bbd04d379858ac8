internal import MonitorProtocol

extension DeskText {
    /// A session as programs get it. The keys are a contract; those that `sallyport session list --json` has too are the same.
    struct SessionDocument: Encodable, Sendable {
        var id, user, target, login, kind, startedAt: String
        var command: String?
        var active: Bool
        var endedAt: String?
        var exit: String?

        init(_ session: SessionSummary) {
            id = session.id.text
            user = session.user
            target = session.target
            login = session.login
            kind = session.kind.name
            startedAt = LineLog.time(session.startedAt.milliseconds)
            command = session.command.map { String($0.prefix(500)) }
            active = session.endedAt == nil
            endedAt = (session.endedAt?.milliseconds).map { LineLog.time($0) }
            exit = session.exit
        }
    }

    static func sessions(_ sessions: [SessionSummary]) -> String {
        guard !sessions.isEmpty else { return "no session\n" }
        return table(
            ["ID", "USER", "LOGIN@TARGET", "STARTED", "END", "COMMAND"],
            sessions.map { session in
                [
                    session.id.text, escaped(session.user, limit: 40), escaped("\(session.login)@\(session.target)", limit: 60),
                    minute(session.startedAt.milliseconds),
                    session.endedAt == nil ? "active" : escaped(session.exit ?? "ended", limit: 30),
                    session.command.map { escaped($0, limit: 60) } ?? "-",
                ]
            })
    }

    /// A command of a session as programs get it. The keys are a contract.
    struct CommandDocument: Encodable, Sendable {
        var at, command, verdict, outcome: String
        var rule: String?
        var approval: Int64?

        init?(_ event: PolicyEvent) {
            guard let text = event.commandText else { return nil }
            at = LineLog.time(event.at.milliseconds)
            command = String(text.prefix(2000))
            verdict = event.verdict
            outcome = event.outcome.rawValue
            rule = event.rule
            approval = event.approval
        }
    }

    static func commands(_ events: [PolicyEvent]) -> String {
        let rows = events.compactMap { event -> [String]? in
            guard let text = event.commandText else { return nil }
            let verdict = event.approval.map { "\(event.verdict) (request \($0))" } ?? event.verdict
            return [
                minute(event.at.milliseconds), event.outcome.rawValue, verdict, event.rule.map { escaped($0, limit: 64) } ?? "-",
                escaped(text, limit: 200),
            ]
        }
        return rows.isEmpty ? "no command\n" : table(["AT", "OUTCOME", "VERDICT", "RULE", "COMMAND"], rows)
    }
}

extension PolicyEvent {
    /// Of an exec request or a typed line.
    fileprivate var commandText: String? {
        switch action {
        case .command(let command): command.text
        case .line(let line): line.text
        case .file, .lineReport, .masked, .desk: nil
        }
    }
}
