/// What a rule says about one command, or about the line as a whole.
package struct RuleMatch: Hashable, Sendable {
    /// The rule's name.
    package var rule: String
    package var verdict: PolicyVerdict
    /// False for a shadow rule, which decides nothing.
    package var isEnforced: Bool
    /// Nil if it surely matches; else why it only may.
    package var doubt: Doubt?

    package init(rule: String, verdict: PolicyVerdict, isEnforced: Bool, doubt: Doubt? = nil) {
        self.rule = rule
        self.verdict = verdict
        self.isEnforced = isEnforced
        self.doubt = doubt
    }
}

/// The policy's answer about one command line, with all that `sallyport policy explain` prints.
package struct Judgement: Hashable, Sendable {
    package var verdict: PolicyVerdict
    /// The name of the enforced rule that decided. Nil if `default:` or `uncertain:` did.
    package var rule: String?
    /// That rule's message for the user; nil if it has none or no rule decided.
    package var message: String?
    /// Reasons why it cannot be known what the line does, without those that do not count here. In the order they were found, each once.
    package var doubts: [Doubt]
    /// In the order of the reading.
    package var commands: [JudgedCommand]
    /// What the verdict would be if shadow rules were enforced. Nil if none of them matches or may match.
    package var shadow: ShadowJudgement?
    /// Who has to say yes where the verdict is `approve`: all of these, at most `ApprovalTerms.mostAtOnce`. Empty where nobody can, and then it is
    /// refused; empty for any other verdict.
    package var approvals: [ApprovalTerms]

    package var isUncertain: Bool { !doubts.isEmpty }

    package init(
        verdict: PolicyVerdict, rule: String? = nil, message: String? = nil, doubts: [Doubt] = [], commands: [JudgedCommand] = [],
        shadow: ShadowJudgement? = nil, approvals: [ApprovalTerms] = []
    ) {
        self.verdict = verdict
        self.rule = rule
        self.message = message
        self.doubts = doubts
        self.commands = commands
        self.shadow = shadow
        self.approvals = approvals
    }
}

/// One command of the line, as it was understood.
package struct JudgedCommand: Hashable, Sendable {
    package var command: RunCommand
    /// Rules that match or may match it, enforced or not, in the order of the file.
    package var matches: [RuleMatch]
    /// By enforced rules alone, `uncertain:` included.
    package var verdict: PolicyVerdict
    /// The enforced rule that gave that verdict; nil if `default:` or `uncertain:` did.
    package var rule: String?
    /// What of it is only known when it runs, and counts.
    package var doubts: [Doubt]

    package init(
        command: RunCommand, matches: [RuleMatch] = [], verdict: PolicyVerdict, rule: String? = nil, doubts: [Doubt] = []
    ) {
        self.command = command
        self.matches = matches
        self.verdict = verdict
        self.rule = rule
        self.doubts = doubts
    }
}

/// The answer with shadow rules (`enforce: false`) counted like the others.
package struct ShadowJudgement: Hashable, Sendable {
    package var verdict: PolicyVerdict
    /// The rule that would decide.
    package var rule: String?
    package var isUncertain: Bool
    /// The names of the shadow rules that match or may match, in the order of the file.
    package var rules: [String]

    package init(verdict: PolicyVerdict, rule: String?, isUncertain: Bool, rules: [String]) {
        self.verdict = verdict
        self.rule = rule
        self.isUncertain = isUncertain
        self.rules = rules
    }
}
