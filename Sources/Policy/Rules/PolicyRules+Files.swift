extension PolicyRules {
    /// Judges one operation of file transfer.
    ///
    /// A rule matches if the path as asked or the resolved one does. One that is milder than `default:` has to match both: a symbolic link leads
    /// out of what it allows.
    package func judge(file operation: FileOperation, in situation: Situation) -> FileJudgement {
        let rules = zip(rules, applying(in: situation)).compactMap { $1 ? $0 : nil }
        let effects = operation.effects(in: PathText.Surroundings(login: situation.login))
        let effort = Effort()
        let found = rules.map { FileFinding($0, operation, effects, isMilder: $0.verdict < defaultVerdict, effort) }

        let decision = decide(rules, found) { $0.isEnforced }
        let isResolved = operation.resolvedPath != nil
        var judgement = FileJudgement(verdict: decision.verdict, rule: decision.rule?.name, message: decision.rule?.message)
        if decision.verdict == .approve {
            let asking = zip(rules, found).filter { $1.isFound && $0.isEnforced && $0.verdict == .approve }.map(\.0)
            judgement.approvals = approvals(of: asking, andOwn: decision.rule == nil)
        }
        judgement.sizeLimit = sizeLimit(rules, found, above: decision.verdict) { $0.isEnforced }
        let matching = rules.indices.filter { !rules[$0].isEnforced && found[$0].isFound }
        if !matching.isEmpty {
            let all = decide(rules, found) { _ in true }
            judgement.shadow = ShadowJudgement(
                verdict: all.verdict, rule: all.rule?.name, isUncertain: false, rules: matching.map { rules[$0].name })
        }
        judgement.needsResolvedPath =
            !isResolved
            && zip(rules, found).contains { rule, finding in
                finding.asksAboutPath && (rule.verdict > decision.verdict && !finding.isFound || rule.verdict < defaultVerdict)
            }
        return judgement
    }

    private func decide(_ rules: [PolicyRule], _ found: [FileFinding], counts: (PolicyRule) -> Bool) -> (
        verdict: PolicyVerdict, rule: PolicyRule?
    ) {
        var best: PolicyRule?
        for (rule, finding) in zip(rules, found) where finding.isFound && counts(rule) {
            if best.map({ rule.verdict > $0.verdict }) ?? true { best = rule }
        }
        return (best?.verdict ?? defaultVerdict, best)
    }

    private func sizeLimit(
        _ rules: [PolicyRule], _ found: [FileFinding], above verdict: PolicyVerdict, counts: (PolicyRule) -> Bool
    ) -> FileJudgement.SizeLimit? {
        var smallest: FileJudgement.SizeLimit?
        for (rule, finding) in zip(rules, found) where rule.verdict > verdict && counts(rule) {
            guard let bytes = finding.largerThan else { continue }
            if let smallest, (smallest.bytes, rule.verdict) <= (bytes, smallest.verdict) { continue }
            smallest = .init(bytes: bytes, rule: rule.name, message: rule.message, verdict: rule.verdict)
        }
        return smallest
    }
}

/// What one rule says about one operation.
private struct FileFinding {
    /// It matches whatever the size.
    var isFound = false
    /// It matches what has more bytes.
    var largerThan: UInt64?
    /// Another path could change the answer.
    var asksAboutPath = false

    init(_ rule: PolicyRule, _ operation: FileOperation, _ effects: [FileEffect], isMilder: Bool, _ effort: Effort) {
        for case .file(let matcher) in rule.matchers {
            asksAboutPath = asksAboutPath || matcher.asksAboutPath(effects)
            let matches =
                isMilder ? matcher.surelyMatches(operation, effects, effort) : matcher.couldMatch(effects, effort)
            guard matches else { continue }
            if let bytes = matcher.largerThan { largerThan = min(largerThan ?? bytes, bytes) } else { isFound = true }
        }
    }
}
