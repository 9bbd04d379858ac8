package import Guard

/// Permission to log in to one target as one login. Only `AccessRules.decide` makes it, so whoever holds one has asked.
///
/// It is an answer about a moment: ask again before each new session.
package struct Grant: Equatable, Sendable {
    package let target: Target
    /// One of `target.logins`, in the file's words.
    package let login: String
    /// The union over all rules that apply.
    package let channels: Set<AccessChannel>
    /// The strictest of all rules that apply.
    package let guardMode: GuardMode
    /// The names of those rules, joined by `, `; for the log.
    package let name: String
    /// Those rules, in the order of the file.
    private let rules: [AccessRule]

    /// - Precondition: `rules` are all that apply, and there is one.
    init(target: Target, login: LoginName, applying rules: [AccessRule]) {
        self.target = target
        self.login = login.text
        self.rules = rules
        channels = rules.reduce(into: []) { $0.formUnion($1.channels) }
        guardMode = rules.map(\.guardMode).max() ?? .enforce
        name = rules.map(\.name).joined(separator: ", ")
    }

    /// Who has to say yes before a session of that kind begins: all of these. Empty if nobody has to: one rule gives it without asking.
    ///
    /// Where there are more than anybody could satisfy, it is one that names nobody: refused.
    package func approvals(for channel: AccessChannel) -> [ApprovalTerms] {
        let terms = rules.filter { $0.channels.contains(channel) }.map(\.approval)
        guard !terms.isEmpty, !terms.contains(nil) else { return [] }
        return ApprovalTerms.together(terms) ?? [ApprovalTerms(approvers: [])]
    }

    /// When sessions of that kind end that have begun by this grant: milliseconds since 1970. Nil if one rule lets them go on.
    package func sessionsEnd(for channel: AccessChannel) -> Int64? {
        var last: Int64?
        for rule in rules where rule.channels.contains(channel) {
            guard rule.endsSessions, let until = rule.until else { return nil }
            last = max(last ?? until, until)
        }
        return last
    }
}
