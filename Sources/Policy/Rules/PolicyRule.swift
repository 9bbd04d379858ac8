/// One entry of `rules:` in `policy.yaml`.
package struct PolicyRule: Sendable {
    /// Unique: 1…64 of `A-Z a-z 0-9 . _ -`. Shown to the user who is refused.
    package var name: String
    package var description: String?
    package var conditions: RuleConditions
    /// One of them has to match. Never empty.
    package var matchers: [RuleMatcher]
    package var verdict: PolicyVerdict
    /// One line for the user.
    package var message: String?
    /// False for a shadow rule: evaluated and told, not applied.
    package var isEnforced: Bool
    /// What it surely matches is not uncertain for being foreign code, a file of commands, fed by a pipe or interactive.
    package var acceptsUncertain: Bool
    /// The word is `guard`: `allow` where the program's lines are judged one by one, else as `uncertain:` says. `verdict` is `allow`.
    package var guardsProgram: Bool
    /// Columns of tables in the output of what it matches, in lower case.
    package var maskedColumns: Set<String>
    /// Who is asked about what it matches. Only where `verdict` is `approve`; nil for the policy's own.
    package var approval: ApprovalTerms?

    package init(
        name: String, description: String? = nil, conditions: RuleConditions = RuleConditions(), matchers: [RuleMatcher],
        verdict: PolicyVerdict, message: String? = nil, isEnforced: Bool = true, acceptsUncertain: Bool = false,
        guardsProgram: Bool = false, maskedColumns: Set<String> = [], approval: ApprovalTerms? = nil
    ) {
        self.name = name
        self.description = description
        self.conditions = conditions
        self.matchers = matchers
        self.verdict = verdict
        self.message = message
        self.isEnforced = isEnforced
        self.acceptsUncertain = acceptsUncertain
        self.guardsProgram = guardsProgram
        self.maskedColumns = maskedColumns
        self.approval = approval
    }
}

/// `for:` of a rule. All that are given have to hold; nil holds for everybody.
package struct RuleConditions: Sendable, Equatable {
    package var users: Set<AccessSubject>?
    package var targets: Set<TargetSelector>?
    package var logins: Set<LoginName>?
    package var channels: Set<AccessChannel>?
    package var hours: AccessHours?

    package init(
        users: Set<AccessSubject>? = nil, targets: Set<TargetSelector>? = nil, logins: Set<LoginName>? = nil,
        channels: Set<AccessChannel>? = nil, hours: AccessHours? = nil
    ) {
        self.users = users
        self.targets = targets
        self.logins = logins
        self.channels = channels
        self.hours = hours
    }

    func hold(in situation: Situation, groups: [String: Set<UserName>]) -> Bool {
        if let users, let user = situation.user, !users.contains(where: { $0.includes(user, groups) }) { return false }
        if let targets, let target = situation.target, !targets.contains(where: { $0.selects(target) }) { return false }
        if let logins, let login = situation.login, !logins.contains(where: { $0.text == login }) { return false }
        if let channels, let channel = situation.channel, !channels.contains(channel) { return false }
        if let hours, let at = situation.at, !hours.contains(at) { return false }
        return true
    }
}
