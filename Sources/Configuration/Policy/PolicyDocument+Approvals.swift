internal import Policy

extension PolicyDocument {
    /// `approvals:` at the top of the file: whom to ask where a rule names nobody, and whether the local administrator may decide.
    static func approvals(_ value: Value, _ reader: inout ApprovalReader) -> (ApprovalTerms?, allowsLocal: Bool) {
        let known = ApprovalReader.keys + ["local", "notify"]
        guard let fields = value.fields(known, "a mapping with by, or with local") else { return (nil, true) }
        if fields.has("notify") {
            value.report("\"notify\" has its place in sallyport.yaml, under \"approvals\" there: it holds the path of a key")
        }
        let allowsLocal = fields["local"]?.flag() ?? true
        // `local` alone names nobody, and the other keys say nothing without somebody.
        let namesPeople = ApprovalReader.keys.contains { fields.has($0) }
        if value.isEmptyMapping {
            value.report("is empty: write whom to ask, as in {by: [\"group:leads\"]}, or take the key out")
        }
        return (namesPeople ? reader.terms(fields) : nil, allowsLocal)
    }

    /// `approval:` of a rule whose verdict is approve.
    static func approval(_ fields: Fields, _ verdict: PolicyVerdict?, _ reader: inout ApprovalReader) -> ApprovalTerms? {
        guard let value = fields.condition("approval") else { return nil }
        if let verdict, verdict != .approve {
            value.report("is for rules with verdict approve, and this one has \(verdict.rawValue)")
        }
        return reader.terms(value)
    }

    /// Warns of what waits for an approval that nobody could give.
    ///
    /// - Parameter lines: where the names of the rules stand.
    static func warnOfUnasked(_ policy: PolicyRules, _ lines: [String: Int], _ fields: Fields) {
        guard policy.approval == nil else { return }
        let rules = policy.rules.filter { $0.verdict == .approve && $0.isEnforced && $0.approval == nil }
        var asking = rules.isEmpty ? [] : [rules.count == 1 ? "rule \(quoted(rules[0].name))" : "\(rules.count) rules"]
        for (key, verdict) in [("default", policy.defaultVerdict), ("uncertain", policy.uncertain)] where verdict == .approve {
            asking.append(quoted(key))
        }
        guard !asking.isEmpty else { return }
        let line = fields["uncertain"].flatMap { policy.uncertain == .approve ? $0.line : nil }
        let places = rules.compactMap { lines[$0.name] } + (line.map { [$0] } ?? [])
        fields.whole.document.warn(
            places.min() ?? fields["default"]?.line,
            "\(asking.joined(separator: ", ")): the verdict is approve and nobody is named to ask, so it is refused: write approvals: {by: […]}"
        )
    }
}
