/// All of `policy.yaml`: what happens to commands and to file operations.
///
/// A value without state: the same question gets the same answer until a reload replaces it as a whole. The strictest rule that matches decides.
package struct PolicyRules: Sendable {
    /// The verdict for what no rule names.
    package let defaultVerdict: PolicyVerdict
    /// At least this is the verdict for what cannot be known.
    package let uncertain: PolicyVerdict
    /// What a user who is refused can do about it: a sentence at the end of each refusal.
    package let howToAsk: String
    /// In the order of the file, which decides nothing but the order of what is told.
    package let rules: [PolicyRule]
    /// `groups:` of `access.yaml`.
    package let groups: [String: Set<UserName>]
    package let tests: [PolicyTest]
    /// Which values of the output nobody sees.
    package let masking: MaskPolicy
    /// Who is asked where the rule names nobody, and where `default:` or `uncertain:` says `approve`. Nil: such things are refused.
    package let approval: ApprovalTerms?
    /// Whether the local administrator may decide with `sallyport approval`.
    package let allowsLocalApprovals: Bool
    let index: MatcherIndex

    /// More than anybody can review; each is asked about each command.
    package static let mostRules = 2000
    package static let mostTests = 10_000
    package static let usualHowToAsk = "Ask your administrator if you need it."

    package init(
        default defaultVerdict: PolicyVerdict, uncertain: PolicyVerdict, howToAsk: String = Self.usualHowToAsk,
        rules: [PolicyRule],
        groups: [String: Set<UserName>] = [:], tests: [PolicyTest] = [], masking: MaskPolicy = MaskPolicy(),
        approval: ApprovalTerms? = nil, allowsLocalApprovals: Bool = true
    ) {
        self.defaultVerdict = defaultVerdict
        self.uncertain = uncertain
        self.howToAsk = howToAsk
        self.rules = rules
        self.groups = groups
        self.tests = tests
        self.masking = masking
        self.approval = approval
        self.allowsLocalApprovals = allowsLocalApprovals
        index = MatcherIndex(rules)
    }

    /// For each rule whether its `for:` holds.
    func applying(in situation: Situation) -> [Bool] {
        // By index: an element that is handed to a closure is a copy of the rule with all that is in it.
        rules.indices.map { rules[$0].conditions.hold(in: situation, groups: groups) }
    }
}

/// One entry of `tests:`: a question and the answer that is expected.
package struct PolicyTest: Sendable {
    package enum Question: Sendable {
        /// A command line, as a client would send it.
        case command(String)
        case file(FileOperation)
        /// What a target prints.
        case output(String)
    }
    package var question: Question
    /// What is expected: the verdict's word, or what is to be seen of the output.
    package var expected: String
    /// The rule that has to decide, or to find something; nil for whichever does.
    package var rule: String?
    /// Without a moment: `hours:` hold in tests.
    package var situation: Situation
    /// Where it stands in `policy.yaml`, from 1.
    package var line: Int

    package init(question: Question, expected: String, rule: String?, situation: Situation, line: Int) {
        self.question = question
        self.expected = expected
        self.rule = rule
        self.situation = situation
        self.line = line
    }
}
