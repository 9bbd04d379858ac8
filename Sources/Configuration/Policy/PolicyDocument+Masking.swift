internal import Policy
internal import TerminalStream

/// `mask:`, which values of the output nobody sees.
extension PolicyDocument {
    private static let mostOwnRules = 200
    private static let mostColumns = 100
    private static let mostWords = 1000
    private static let longestWord = 200

    static func masking(_ fields: Fields, _ names: PolicyNames) -> MaskPolicy {
        guard let value = fields["mask"] else { return MaskPolicy() }
        let known = ["exec", "release-after", "columns", "rules"]
        guard let fields = value.fields(known, "a mapping with rules, columns, exec or release-after") else {
            return MaskPolicy()
        }
        var masking = MaskPolicy()
        if let exec = fields["exec"]?.word("what is masked without a terminal", among: MaskPolicy.Exec.allCases.map(\.rawValue)) {
            masking.exec = MaskPolicy.Exec(rawValue: exec) ?? .text
        }
        masking.releaseAfter = fields["release-after"].flatMap { $0.milliseconds(1...2000) }.map { $0 * 1_000_000 }
        masking.columns = fields["columns"].map(columns) ?? []
        var ownLines: [Int: Int] = [:]
        for item in fields["rules"]?.list("a list of mask rules, each starting with \"- name:\"", atMost: PolicyRules.mostRules)
            ?? []
        {
            read(item, names, &masking, &ownLines)
        }
        return masking
    }

    static func columns(_ value: Value) -> Set<String> {
        let expected = "names of columns, as in [ssn, card_no]"
        let items = value.items(expected, atMost: mostColumns) ?? []
        return Set(
            items.compactMap { item in
                item.text(expected) { text in
                    let isClean = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && (1...64).contains(text.utf8.count)
                    return isClean ? text.lowercased() : nil
                }
            })
    }

    private static let ruleOfMaskKeys = [
        "name", "for", "action", "pattern", "words", "prefix", "suffix", "not-before", "not-after", "ignore-case", "validator",
        "style",
        "widest",
    ]

    private static func read(_ item: Value, _ names: PolicyNames, _ masking: inout MaskPolicy, _ lines: inout [Int: Int]) {
        guard let fields = item.fields(ruleOfMaskKeys, "a mapping with name, and action, pattern or words") else { return }
        let conditions = fields.condition("for").map { Self.conditions($0, names) } ?? RuleConditions()
        let action = fields["action"].flatMap { $0.maskAction() }
        guard let nameValue = fields.required("name", "a rule of the catalogue, or a name for one of your own"),
            let name = nameValue.text("1 to 64 letters, digits, and . _ -", as: { GroupName($0)?.text })
        else { return }
        let known = masking.rules.firstIndex { $0.name == name }
        if fields.has("pattern") || fields.has("words") {
            if let known {
                return nameValue.report(
                    lines[known].map { "the name \(quoted(name)) is taken by the rule on line \($0)" }
                        ?? "the catalogue has a rule \(quoted(name)): give yours another name")
            }
            let own = ownRules(name, fields)
            guard masking.rules.count + own.count - MaskCatalogue.rules.count <= mostOwnRules else {
                return nameValue.report("is one too many: at most \(mostOwnRules) rules of your own are accepted")
            }
            for rule in own {
                lines[masking.rules.count] = nameValue.line
                masking.settings.append(
                    MaskPolicy.Setting(rule: masking.rules.count, action: action ?? .mask, conditions: conditions))
                masking.rules.append(rule)
            }
            return
        }
        guard let known else {
            return nameValue.report(
                "the catalogue has no rule \(quoted(name))\(nameValue.hint(name, masking.rules.map(\.name), else: "; a rule of your own has pattern or words"))"
            )
        }
        for key in ruleOfMaskKeys where !["name", "for", "action"].contains(key) {
            fields[key]?.report("is for rules of your own, and \(quoted(name)) is the catalogue's")
        }
        guard fields.has("action") else {
            return nameValue.report("has no action: write \(MaskAction.words)")
        }
        if let action { masking.settings.append(MaskPolicy.Setting(rule: known, action: action, conditions: conditions)) }
    }

    /// One for a pattern; for words one with all of them.
    private static func ownRules(_ name: String, _ fields: Fields) -> [MaskRule] {
        var rule = MaskRule(name, .own, value: "", widest: 256, source: "policy.yaml", example: "", nearMiss: "")
        switch (fields["pattern"], fields["words"]) {
        case (let pattern?, nil): rule.value = pattern.maskPattern() ?? ""
        case (nil, let words?): rule.value = alternatives(words)
        case (.some, .some), (nil, nil):
            fields.whole.report("has pattern and words: a rule has one of them")
            return []
        }
        rule.prefix = fields["prefix"].flatMap { $0.maskPattern() } ?? ""
        rule.suffix = fields["suffix"].flatMap { $0.maskPattern() } ?? ""
        rule.notBefore = fields["not-before"].flatMap { $0.byteClass() } ?? ""
        rule.notAfter = fields["not-after"].flatMap { $0.byteClass() } ?? ""
        rule.ignoresCase = fields["ignore-case"]?.flag() ?? false
        rule.widest = fields["widest"]?.number(1...MaskRule.mostWide) ?? rule.widest
        rule.validator = fields["validator"].flatMap { value in
            value.word("a validator", among: MaskValidator.allCases.map(\.name)).flatMap { word in
                MaskValidator.allCases.first { $0.name == word }
            }
        }
        rule.style =
            fields["style"].flatMap { value in
                value.word("a style", among: MaskStyle.allCases.map(\.name)).flatMap { word in
                    MaskStyle.allCases.first { $0.name == word }
                }
            } ?? .cells
        do throws(MaskSetError) { _ = try MaskSet(compiling: [rule]) } catch {
            fields.whole.report("cannot be looked for: \(error.reason)")
            return []
        }
        return [rule]
    }

    private static func alternatives(_ value: Value) -> String {
        let expected = "words that nobody sees, as in [Falcon, \"Condor II\"]"
        let words = (value.items(expected, atMost: mostWords) ?? []).compactMap { item in
            item.text(expected) { text in (3...longestWord).contains(text.utf8.count) ? text : nil }
        }
        return words.map(MaskPattern.quoted).joined(separator: "|")
    }
}

extension MaskAction {
    static let words = "off, report, mask, alert or end-session"

    /// As `policy.yaml` has it.
    var word: String {
        switch self {
        case .off: "off"
        case .report: "report"
        case .mask: "mask"
        case .alert: "alert"
        case .endSession: "end-session"
        }
    }
}

extension Value {
    fileprivate func maskAction() -> MaskAction? {
        // YAML 1.1 takes a bare `off` for false; as text it is what it says.
        word("an action", among: MaskAction.allCases.map(\.word)).flatMap { word in
            MaskAction.allCases.first { $0.word == word }
        }
    }

    fileprivate func maskPattern() -> String? {
        guard let text = text("a pattern") else { return nil }
        do throws(MaskSetError) { try MaskPattern.check(text) } catch {
            report("\(quoted(text)) cannot be used: \(error.reason)")
            return nil
        }
        return text
    }

    fileprivate func byteClass() -> String? {
        guard let text = text("characters as in a class, such as A-Za-z0-9_") else { return nil }
        do throws(MaskSetError) { try MaskPattern.check("[\(text)]") } catch {
            report("\(quoted(text)) is no class of characters: \(error.reason)")
            return nil
        }
        return text
    }

    /// `40ms`, `1s`.
    fileprivate func milliseconds(_ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text = text("a short time such as 40ms") else { return nil }
        let (unit, factor): (String, UInt64) = text.hasSuffix("ms") ? ("ms", 1) : ("s", 1000)
        let number = text.hasSuffix(unit) ? UInt64(text.dropLast(unit.count)) : nil
        guard let number, number <= range.upperBound, range.contains(number * factor) else {
            report("\(quoted(text)) is not a time from \(range.lowerBound)ms to \(range.upperBound)ms, such as 40ms")
            return nil
        }
        return number * factor
    }
}
