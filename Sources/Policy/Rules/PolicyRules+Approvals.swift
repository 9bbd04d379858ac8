extension PolicyRules {
    /// The terms of these rules together, each once, in their order, and the policy's own if it is asked too.
    ///
    /// Empty, which is a refusal, where one of them names nobody or there are more than anybody could satisfy.
    func approvals(of rules: [PolicyRule], andOwn asksByDefault: Bool) -> [ApprovalTerms] {
        let needed = rules.map { $0.approval ?? approval } + (asksByDefault ? [approval] : [])
        return ApprovalTerms.together(needed) ?? []
    }

    /// Who has to say yes to a line that may be either of two: whoever either needs, where the stricter of both verdicts is `approve`.
    static func approvals(_ one: Judgement, _ other: Judgement) -> [ApprovalTerms] {
        guard max(one.verdict, other.verdict) == .approve else { return [] }
        let asked = [one, other].filter { $0.verdict == .approve }
        guard !asked.contains(where: \.approvals.isEmpty) else { return [] }
        return ApprovalTerms.together(asked.flatMap(\.approvals)) ?? []
    }

    /// Whether the policy asks on these terms about something: for approvals that cover the next commands too, after a reload.
    ///
    /// - Parameter rule: the enforced rule that decided; nil for `default:` and `uncertain:`.
    package func asks(_ terms: [ApprovalTerms], by rule: String?) -> Bool {
        let asking = rules.filter { $0.verdict == .approve && $0.isEnforced }
        if let rule, !asking.contains(where: { $0.name == rule }) { return false }
        let known = Set(asking.map { $0.approval ?? approval } + [approval])
        return !terms.isEmpty && terms.allSatisfy { known.contains($0) }
    }
}
