internal import Policy

extension PolicyDocument {
    static let ruleKeys = [
        "name", "description", "for", "match", "verdict", "message", "enforce", "accept-uncertain", "mask", "approval",
    ]
    /// Matchers of one rule.
    private static let mostMatchers = 200
    private static let longestDescription = 4000
    /// What fits into a refusal beside the rule's name and how to ask (`PolicyRefusal`).
    private static let longestMessage = 280

    static func rule(
        _ fields: Fields, _ names: PolicyNames, _ approvals: inout ApprovalReader, _ lines: inout [String: Int]
    ) -> PolicyRule? {
        let name = name(fields, &lines)
        let description = fields["description"]?.text("text")
        if let description, description.utf8.count > longestDescription {
            fields["description"]?.report("has \(description.utf8.count) bytes; at most \(longestDescription) are accepted")
        }
        let conditions = fields.condition("for").map { Self.conditions($0, names) } ?? RuleConditions()
        let matchers = matchers(fields)
        let (verdict, guardsProgram) = verdict(fields, matchers)
        let message = fields["message"].flatMap(message)
        let isEnforced = fields["enforce"]?.flag() ?? true
        let accepts = fields["accept-uncertain"]?.flag() ?? false
        if accepts, let verdict, verdict > .mask {
            fields["accept-uncertain"]?.report("is for rules with verdict allow or mask, and this one has \(verdict.rawValue)")
        }
        let columns = maskedColumns(fields, verdict)
        let approval = approval(fields, verdict, &approvals)
        guard let name, let matchers, let verdict else { return nil }
        return PolicyRule(
            name: name, description: description, conditions: conditions, matchers: matchers, verdict: verdict, message: message,
            isEnforced: isEnforced, acceptsUncertain: accepts, guardsProgram: guardsProgram,
            maskedColumns: columns, approval: approval)
    }

    /// `guard` is `allow` under a condition that only the guard knows.
    private static func verdict(_ fields: Fields, _ matchers: [RuleMatcher]?) -> (PolicyVerdict?, guardsProgram: Bool) {
        let words = PolicyVerdict.allCases.map(\.rawValue) + [guardWord]
        let value = fields.required("verdict", "allow, mask, approve, block or guard")
        guard let word = value?.word("a verdict", among: words) else { return (nil, false) }
        guard word == guardWord else { return (PolicyVerdict(rawValue: word), false) }
        if let matchers, !matchers.allSatisfy(\.namesPrograms) {
            value?.report("guard is for programs that are followed: each entry of match has to be command with program")
        }
        return (.allow, true)
    }

    private static let guardWord = "guard"

    /// `mask: {columns: […]}` of a rule whose verdict is mask.
    private static func maskedColumns(_ fields: Fields, _ verdict: PolicyVerdict?) -> Set<String> {
        guard let value = fields["mask"] else { return [] }
        if let verdict, verdict != .mask {
            value.report("is for rules with verdict mask, and this one has \(verdict.rawValue)")
        }
        guard let fields = value.fields(["columns"], "a mapping with columns") else { return [] }
        return fields.required("columns", "names of columns, as in [ssn, card_no]").map(columns) ?? []
    }

    private static func name(_ fields: Fields, _ lines: inout [String: Int]) -> String? {
        let expected = "a name that users are shown: 1 to 64 letters, digits, and . _ -"
        guard let value = fields.required("name", expected) else { return nil }
        guard let name = value.text(expected, as: { GroupName($0)?.text }) else { return nil }
        if let line = lines[name] {
            value.report("the name \(quoted(name)) is taken by the rule on line \(line)")
        } else {
            lines[name] = value.line
        }
        return name
    }

    static func message(_ value: Value) -> String? {
        guard let text = value.text("one line of text") else { return nil }
        let isClean = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isClean, !text.isEmpty, text.utf8.count <= longestMessage else {
            value.report(
                "has to be one line of 1 to \(longestMessage) bytes without control characters: users see it in a terminal")
            return nil
        }
        return text
    }

    private static func matchers(_ fields: Fields) -> [RuleMatcher]? {
        let meaning = "what the rule is about: command, sql, kubernetes, text or file"
        guard let value = fields.required("match", meaning), let items = value.items(meaning, atMost: mostMatchers) else {
            return nil
        }
        let matchers = items.map { matcher($0, meaning) }
        return matchers.contains { $0 == nil } || matchers.isEmpty ? nil : matchers.compactMap { $0 }
    }

    private static func matcher(_ item: Value, _ meaning: String) -> RuleMatcher? {
        let known = ["command", "sql", "kubernetes", "text", "file"]
        guard let fields = item.fields(known, "a mapping with one of \(known.joined(separator: ", "))") else { return nil }
        let given = known.filter { fields.has($0) }
        guard given.count == 1, let kind = given.first else {
            if item.isEmptyMapping {
                item.report("is empty: write \(meaning)")
            } else if given.count > 1 {
                item.report(
                    "has \(given.joined(separator: " and ")): one entry has one of them; begin the next one with \"- \(given[1]):\""
                )
            }
            return nil
        }
        guard let value = fields.condition(kind) else { return nil }
        switch kind {
        case "command": return command(value).map { .command($0) }
        case "sql": return sql(value).map { .sql($0) }
        case "kubernetes": return kubernetes(value).map { .kubernetes($0) }
        case "file": return file(value).map { .file($0) }
        default: return text(value).map { .text($0) }
        }
    }
}

extension Value {
    /// Yes or no, in YAML's plainest words.
    func flag() -> Bool? {
        text("true or false") { text in
            switch text {
            case "true": true
            case "false": false
            default: nil
            }
        }
    }
}
