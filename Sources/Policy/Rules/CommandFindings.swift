/// What the `text` matchers of the rules find in a line.
struct WholeLine {
    enum Text {
        /// Somewhere in the line, beside which anything else may stand.
        case somewhere
        /// The pattern is the whole line, from the first to the last byte.
        case everything
    }
    /// For the rules that have found it, by their position.
    private(set) var found: [Int: Text] = [:]

    /// - Parameter applying: which rules are asked.
    init(_ text: [UInt8], _ policy: PolicyRules, _ applying: [Bool]) {
        let places = policy.index.texts.filter { applying[$0.rule] }
        guard !places.isEmpty else { return }
        let repaired = TextPattern.repaired(text)
        for place in places where found[place.rule] != .everything {
            guard case .text(let pattern) = policy.rules[place.rule].matchers[place.matcher], pattern.isFound(in: repaired) else {
                continue
            }
            found[place.rule] = pattern.isAll(of: repaired) ? .everything : .somewhere
        }
    }
}

/// What the rules say about one command.
struct CommandFindings {
    struct Finding {
        /// Of the rule in the file.
        var position: Int
        /// Never `no`.
        var match: Match
        /// Whether it covers the whole command. Only then it counts if it is milder than `default:`, or accepts what is uncertain: a rule that has
        /// found its text or one argument somewhere knows nothing about the rest. Not worked out for other rules.
        var mayExcuse: Bool
        /// Whether it was the program that the rule asked about.
        var isAboutProgram: Bool
        /// For a rule with the verdict `guard`.
        var following = Following.unasked
    }

    enum Following {
        case unasked
        /// The program's lines are judged one by one.
        case follows
        case cannot(Doubt)
    }

    let command: RunCommand
    let findings: [Finding]

    init(_ facts: CommandFacts, _ policy: PolicyRules, _ applying: [Bool], _ whole: WholeLine) {
        command = facts.command
        var findings: [Int: Finding] = [:]
        for place in policy.index.places(for: facts) where applying[place.rule] {
            let matcher = policy.rules[place.rule].matchers[place.matcher]
            let match = matcher.match(facts)
            guard match != .no else { continue }
            var finding =
                findings[place.rule] ?? Finding(position: place.rule, match: .no, mayExcuse: false, isAboutProgram: false)
            finding.match = finding.match.or(match)
            if matcher.asksAboutProgram { finding.isAboutProgram = true }
            if match == .yes, !finding.mayExcuse, policy.canExcuse(policy.rules[place.rule]) {
                finding.mayExcuse = matcher.surelyMatches(facts)
            }
            if match == .yes, policy.rules[place.rule].guardsProgram { finding.following = facts.following }
            findings[place.rule] = finding
        }
        for (position, text) in whole.found {
            var finding = findings[position] ?? Finding(position: position, match: .yes, mayExcuse: false, isAboutProgram: false)
            finding.match = .yes
            if text == .everything { finding.mayExcuse = true }
            findings[position] = finding
        }
        self.findings = findings.values.sorted { $0.position < $1.position }
    }

    /// A line in which no command was found: only its text can be looked at.
    init(_ whole: WholeLine) {
        command = RunCommand(words: [])
        findings = whole.found.sorted { $0.key < $1.key }.map { position, text in
            Finding(position: position, match: .yes, mayExcuse: text == .everything, isAboutProgram: false)
        }
    }
}

extension PolicyRules {
    /// Whether a rule can make something milder than it would be without it.
    fileprivate func canExcuse(_ rule: PolicyRule) -> Bool {
        rule.acceptsUncertain || rule.guardsProgram || rule.verdict < defaultVerdict
    }
}
