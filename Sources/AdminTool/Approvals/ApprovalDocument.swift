internal import MonitorProtocol

extension Approval {
    /// For a cell of a table.
    var what: String {
        switch kind {
        case .session: "a session"
        case .access: "access: \(text)"
        case .command, .line, .file: text
        }
    }
}

extension ApprovalStep {
    /// One line for people.
    var line: String {
        let by = person.map { " by \($0)" } ?? ""
        let place = through == .bastion ? "" : " (\(through.rawValue))"
        return "\(at.forPeople) \(kind.rawValue)\(by)\(place)" + (text.map { ": \($0)" } ?? "")
    }
}

/// A request in JSON. The keys are a contract.
struct ApprovalDocument: Encodable {
    var number: Int64
    var kind, state, user, login, target, connectionId: String
    @AlwaysThere var session: String?
    /// Invalid UTF-8 as U+FFFD.
    var text, base64: String
    var commands: [UnderstoodCommand]
    @AlwaysThere var rule: String?
    var uncertain, approvers: [String]
    var count: Int
    var needsReason: Bool
    @AlwaysThere var reason: String?
    @AlwaysThere var seconds: UInt32?
    var approvedBy: [String]
    var createdAt, expiresAt: String
    @AlwaysThere var endedAt: String?
    /// Only of `show`.
    var steps: [Step]?

    struct Step: Encodable {
        var at, kind, through: String
        @AlwaysThere var person: String?
        @AlwaysThere var text: String?

        init(_ step: ApprovalStep) {
            at = step.at.rfc3339
            kind = step.kind.rawValue
            through = step.through.rawValue
            person = step.person
            text = step.text
        }
    }

    init(_ approval: Approval, _ steps: [ApprovalStep]? = nil) {
        number = approval.number
        kind = approval.kind.rawValue
        state = approval.state.rawValue
        user = approval.user
        login = approval.login
        target = approval.target
        connectionId = approval.connectionID
        session = approval.session?.text
        text = approval.text
        base64 = approval.base64
        commands = approval.commands
        rule = approval.rule
        uncertain = approval.uncertain
        approvers = approval.approvers
        count = approval.count
        needsReason = approval.needsReason
        reason = approval.reason
        seconds = approval.seconds
        approvedBy = approval.approvedBy
        createdAt = approval.createdAt.rfc3339
        expiresAt = approval.expiresAt.rfc3339
        endedAt = approval.endedAt?.rfc3339
        self.steps = steps?.map(Step.init)
    }
}
