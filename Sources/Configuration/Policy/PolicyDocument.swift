internal import Policy
internal import TerminalStream

/// Reads `policy.yaml`: the verdicts for everything else, then rules, then tests, which speak of the rules.
enum PolicyDocument {
    /// Nil after a mistake; `document.problems` has it.
    ///
    /// - Parameter access: whose groups, targets and logins rules may name; nil if that could not be read, and then any may.
    static func rules(_ root: Value, in document: Document, access: AccessRules?) -> PolicyRules? {
        let before = document.problems.count
        let known = ["default", "uncertain", "how-to-ask", "approvals", "mask", "rules", "tests"]
        guard let fields = root.fields(known, "a mapping with default, uncertain and rules") else { return nil }
        let names = PolicyNames(access)
        let words = PolicyVerdict.words
        let defaultVerdict = fields.required("default", "the verdict for what no rule names: \(words)")?.verdict()
        let uncertain = fields.required("uncertain", "the verdict for what cannot be known before it runs: \(words)")?.verdict()
        let howToAsk = fields["how-to-ask"].flatMap(message)
        var approvals = ApprovalReader(groups: access?.groups)
        let (approval, allowsLocal) = fields.condition("approvals").map { Self.approvals($0, &approvals) } ?? (nil, true)
        var lines: [String: Int] = [:]
        let rules = rules(fields, names, &approvals, &lines)
        let masking = masking(fields, names)
        let tests = tests(fields, names, access, lines, masks: masking.rules.map(\.name) + ["column"])
        guard document.problems.count == before, let defaultVerdict, let uncertain else { return nil }
        let policy = PolicyRules(
            default: defaultVerdict, uncertain: uncertain, howToAsk: howToAsk ?? PolicyRules.usualHowToAsk, rules: rules,
            groups: access?.groups ?? [:], tests: tests, masking: masking, approval: approval, allowsLocalApprovals: allowsLocal)
        warnOfUnasked(policy, lines, fields)
        if let access { approvals.warn(access) }
        return policy
    }

    private static func rules(
        _ fields: Fields, _ names: PolicyNames, _ approvals: inout ApprovalReader, _ lines: inout [String: Int]
    ) -> [PolicyRule] {
        let meaning = "a list of rules, each starting with \"- name:\""
        guard let value = fields.required("rules", "\(meaning); rules: [] for none") else { return [] }
        guard let items = value.list(meaning, atMost: PolicyRules.mostRules) else { return [] }
        var rules: [PolicyRule] = []
        for item in items {
            guard let fields = item.fields(ruleKeys, "a mapping with name, match and verdict") else { continue }
            if let rule = rule(fields, names, &approvals, &lines) { rules.append(rule) }
        }
        return rules
    }
}

/// What rules and tests may speak of. Nil for what is not known.
struct PolicyNames {
    let groups: Set<String>?
    let targets: TargetNames?
    /// Nil too if there are no targets yet: a policy can be written before the first one.
    let logins: Set<String>?

    init(_ access: AccessRules?) {
        groups = access.map { Set($0.groups.keys) }
        targets = access.map { TargetNames(of: $0.targets) }
        logins = access.flatMap { access in access.targets.isEmpty ? nil : Set(access.targets.flatMap(\.logins)) }
    }
}

extension PolicyVerdict {
    static let words = "allow, mask, approve or block"
}

extension Value {
    func verdict() -> PolicyVerdict? {
        word("a verdict", among: PolicyVerdict.allCases.map(\.rawValue)).flatMap(PolicyVerdict.init)
    }

    /// One of some words; the nearest one is told for any other.
    func word(_ expected: String, among words: [String]) -> String? {
        guard let text = text(expected) else { return nil }
        guard !words.contains(text) else { return text }
        report("\(quoted(text)) is not \(expected)\(hint(text, words, else: ": there are \(words.joined(separator: ", "))"))")
        return nil
    }

    func list(_ expected: String, atMost most: Int) -> [Value]? {
        guard let items = list(expected) else { return nil }
        if items.count > most { report("has \(items.count) entries; at most \(most) are accepted") }
        return Array(items.prefix(most))
    }

    /// A list, or the one item of it by itself. Not empty.
    func items(_ expected: String, atMost most: Int = PolicyDocument.mostItems) -> [Value]? {
        guard isList else { return [self] }
        guard let items = list("a list of \(expected)", atMost: most) else { return nil }
        if items.isEmpty { report("is empty: write \(expected), or take the key out") }
        return items
    }
}

extension PolicyDocument {
    /// Patterns in one list.
    static let mostItems = 1000
    /// A longer pattern is read by nobody. The bound of `TextPattern`.
    static let longestPattern = TextPattern.longest
}
