/// The arithmetic of judging: from what rules say about each command to one verdict. Pure; knows neither words nor shells.
struct Decision {
    struct Part {
        var verdict: PolicyVerdict
        /// The position of the rule that gave it; nil for `default:` and `uncertain:`.
        var position: Int?
        var doubts: [Doubt]
        /// Where the verdict is `approve`: the positions of all rules that say so.
        var asking: [Int] = []
        /// Where it is: whether `default:` or `uncertain:` says so too, where no rule does.
        var asksByDefault = false
    }

    var line: Part
    /// For each command.
    var commands: [Part]

    /// More are not told: one is enough for the verdict.
    static let mostDoubts = 50

    /// - Parameter counts: which of the rules are looked at.
    init(
        _ policy: PolicyRules, _ found: [CommandFindings], doubts: [Doubt], counts: (PolicyRule) -> Bool
    ) {
        let rules = policy.rules
        commands = found.map { Self.judge($0, policy, counts) }
        var all = commands.flatMap(\.doubts)
        all += doubts.filter { doubt in Self.isOpen(doubt, found, rules, counts) }
        var seen: Set<Doubt> = []
        all = Array(all.filter { seen.insert($0).inserted }.prefix(Self.mostDoubts))

        var verdict = commands.map(\.verdict).max() ?? policy.defaultVerdict
        if !all.isEmpty { verdict = max(verdict, policy.uncertain) }
        let position = commands.lazy.compactMap(\.position).first { rules[$0].verdict == verdict }
        line = Part(verdict: verdict, position: position, doubts: all)
        guard verdict == .approve else { return }
        line.asking = Array(Set(commands.flatMap(\.asking))).sorted()
        // What cannot be known may be anything, so it is for those who decide about anything.
        line.asksByDefault =
            commands.contains(where: \.asksByDefault) || !all.isEmpty && policy.uncertain == .approve
            || commands.isEmpty && policy.defaultVerdict == .approve
    }

    private static func judge(
        _ found: CommandFindings, _ policy: PolicyRules, _ counts: (PolicyRule) -> Bool
    ) -> Part {
        let rules = policy.rules
        // What a name stands for is judged beside it; rules about the name itself count all the same.
        let start = found.command.standing == .definedName ? .allow : policy.defaultVerdict
        var part = Part(verdict: start, position: nil, doubts: [])
        for finding in found.findings where finding.match == .yes {
            let rule = rules[finding.position]
            guard counts(rule), finding.mayExcuse || rule.verdict >= policy.defaultVerdict else { continue }
            if rule.verdict == .approve { part.asking.append(finding.position) }
            guard let best = part.position, rules[best].verdict >= rule.verdict else {
                part.position = finding.position
                part.verdict = rule.verdict
                continue
            }
        }
        for case let finding in found.findings {
            let rule = rules[finding.position]
            guard counts(rule) else { continue }
            if case .cannot(let doubt) = finding.following { part.doubts.append(doubt) }
            guard case .maybe(let doubt) = finding.match, rule.verdict > part.verdict else { continue }
            part.doubts.append(doubt)
        }
        if !part.doubts.isEmpty, policy.uncertain > part.verdict {
            part.verdict = policy.uncertain
            part.position = nil
        }
        if part.verdict != .approve { part.asking = [] }
        part.asksByDefault = part.verdict == .approve && part.position == nil
        return part
    }

    /// Whether a doubt of the reading makes the line uncertain.
    private static func isOpen(
        _ doubt: Doubt, _ found: [CommandFindings], _ rules: [PolicyRule], _ counts: (PolicyRule) -> Bool
    ) -> Bool {
        switch doubt.kind {
        case .foreignCode, .commandFile, .pipedProgram, .interactive: break
        case .syntax, .tooLarge, .unknownProgram, .evaluated, .redefinition, .dialect, .unreadLine, .unknownWord: return true
        }
        let concerned = doubt.command.map { found.indices.contains($0) ? [found[$0]] : [] } ?? found
        guard !concerned.isEmpty else { return true }
        if doubt.kind == .interactive {
            let isAsked = concerned.contains { command in
                command.findings.contains { $0.isAboutProgram && counts(rules[$0.position]) }
            }
            if !isAsked { return false }
        }
        return !concerned.allSatisfy { command in
            command.findings.contains { finding in
                let rule = rules[finding.position]
                var accepts = rule.acceptsUncertain
                if case .follows = finding.following, doubt.kind == .interactive { accepts = true }
                return finding.match == .yes && finding.mayExcuse && accepts && counts(rule)
            }
        }
    }
}
