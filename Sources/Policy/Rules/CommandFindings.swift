/// What the `text` matchers of the rules find in a line.
struct WholeLine {
    enum Text {
        case nowhere
        /// Somewhere in the line, beside which anything else may stand.
        case somewhere
        /// The pattern is the whole line, from the first to the last byte.
        case everything
    }
    /// For each rule that applies.
    let texts: [Text]

    init(_ text: [UInt8], _ rules: [PolicyRule]) {
        let needsText = rules.contains { $0.matchers.contains { if case .text = $0 { true } else { false } } }
        let repaired = needsText ? TextPattern.repaired(text) : []
        texts = rules.map { rule in
            var found = Text.nowhere
            for case .text(let pattern) in rule.matchers where pattern.isFound(in: repaired) {
                if pattern.isAll(of: repaired) { return .everything }
                found = .somewhere
            }
            return found
        }
    }
}

/// What the rules say about one command.
struct CommandFindings {
    struct Finding {
        /// Of the rule among those that apply.
        var position: Int
        /// Never `no`.
        var match: Match
        /// Whether it covers the whole command. Only then it counts if it is milder than `default:`, or accepts what is uncertain: a rule that has
        /// found its text or one argument somewhere knows nothing about the rest. Not worked out for other rules.
        var mayExcuse: Bool
        /// Whether it was the program that the rule asked about.
        var isAboutProgram: Bool
    }

    let command: RunCommand
    let findings: [Finding]

    init(_ facts: CommandFacts, _ policy: PolicyRules, _ rules: [PolicyRule], _ whole: WholeLine) {
        command = facts.command
        findings = rules.indices.compactMap { Self.finding($0, rules[$0], facts, policy, whole.texts[$0]) }
    }

    private static func finding(
        _ position: Int, _ rule: PolicyRule, _ facts: CommandFacts, _ policy: PolicyRules, _ text: WholeLine.Text
    ) -> Finding? {
        var match = Match.no
        var isAboutProgram = false
        for matcher in rule.matchers {
            let one = matcher.match(facts)
            if one != .no, matcher.asksAboutProgram { isAboutProgram = true }
            match = match.or(one)
        }
        if text != .nowhere { match = .yes }
        guard match != .no else { return nil }
        var mayExcuse = text == .everything
        if !mayExcuse, match == .yes, rule.acceptsUncertain || rule.verdict < policy.defaultVerdict {
            mayExcuse = rule.matchers.contains { $0.surelyMatches(facts) }
        }
        return Finding(position: position, match: match, mayExcuse: mayExcuse, isAboutProgram: isAboutProgram)
    }

    /// A line in which no command was found: only its text can be looked at.
    init(_ whole: WholeLine) {
        command = RunCommand(words: [])
        findings = whole.texts.enumerated().compactMap { position, text in
            guard text != .nowhere else { return nil }
            return Finding(position: position, match: .yes, mayExcuse: text == .everything, isAboutProgram: false)
        }
    }
}
