internal import Policy
internal import TerminalStream

/// `mask:`, which values of the output nobody sees.
extension PolicyDocument {
    private static let mostOwnRules = 200
    private static let mostColumns = 100
    private static let mostWords = 1000
    private static let longestWord = 50

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
        "name", "for", "action", "pattern", "words", "prefix", "suffix", "trigger", "not-before", "not-after", "ignore-case",
        "validator",
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
        let known = MaskRule.catalogue.first { $0.name == name }
        let taken = masking.rules.firstIndex { $0.name == name }
        if fields.has("pattern") || fields.has("words") {
            if known != nil || taken != nil {
                return nameValue.report(
                    taken.flatMap { lines[$0] }.map { "the name \(quoted(name)) is taken by the rule on line \($0)" }
                        ?? "the catalogue has a rule \(quoted(name)): give yours another name")
            }
            let own = ownRules(name, fields)
            guard lines.count + own.count <= mostOwnRules else {
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
                "the catalogue has no rule \(quoted(name))\(nameValue.hint(name, MaskRule.catalogue.map(\.name), else: "; a rule of your own has pattern or words"))"
            )
        }
        for key in ruleOfMaskKeys where !["name", "for", "action", "style"].contains(key) {
            fields[key]?.report("is for rules of your own, and \(quoted(name)) is the catalogue's")
        }
        guard fields.has("action") else {
            return nameValue.report("has no action: write \(MaskAction.words)")
        }
        guard let action else { return }
        if taken == nil { masking.rules.append(known) }
        let index = taken ?? masking.rules.count - 1
        if let style = fields["style"].flatMap({ $0.maskStyle() }) { masking.rules[index].style = style }
        masking.settings.append(MaskPolicy.Setting(rule: index, action: action, conditions: conditions))
    }

    /// One for a pattern; for words one with all of them.
    private static func ownRules(_ name: String, _ fields: Fields) -> [MaskRule] {
        var rule = MaskRule(name, .own, value: "", widest: 256, source: "policy.yaml", example: "", nearMiss: "")
        guard fields.has("pattern") != fields.has("words") else {
            fields.whole.report("has pattern and words: a rule has one of them")
            return []
        }
        rule.prefix = fields["prefix"]?.text("a pattern") ?? ""
        rule.suffix = fields["suffix"]?.text("a pattern") ?? ""
        rule.trigger = fields["trigger"]?.text("a pattern") ?? ""
        rule.notBefore = fields["not-before"]?.text("characters as in a class, such as A-Za-z0-9_") ?? ""
        rule.notAfter = fields["not-after"]?.text("characters as in a class, such as A-Za-z0-9_") ?? ""
        rule.ignoresCase = fields["ignore-case"]?.flag() ?? false
        rule.widest = fields["widest"]?.number(1...MaskRule.mostWide) ?? rule.widest
        rule.validator = fields["validator"].flatMap { value in
            value.word("a validator", among: MaskValidator.allCases.map(\.name)).flatMap { word in
                MaskValidator.allCases.first { $0.name == word }
            }
        }
        rule.style = fields["style"].flatMap { $0.maskStyle() } ?? .cells
        let values = fields["words"].map(words) ?? [fields["pattern"]?.text("a pattern") ?? ""]
        let rules = values.enumerated().map { index, value in
            var one = rule
            one.value = value
            // Too many words for one pattern.
            if index > 0 { one.name += "-\(index + 1)" }
            return one
        }
        do throws(MaskSetError) { _ = try MaskSet(compiling: rules) } catch {
            fields.place(of: error).report("cannot be looked for: \(error.column.map { "column \($0): " } ?? "")\(error.reason)")
            return []
        }
        return rules
    }

    /// Patterns of words that stand for themselves, as few as hold them all.
    private static func words(_ value: Value) -> [String] {
        let expected = "words that nobody sees, as in [Falcon, \"Condor II\"]"
        let words = (value.items(expected, atMost: mostWords) ?? []).compactMap { item -> String? in
            guard let word = item.text(expected) else { return nil }
            if !(3...longestWord).contains(word.utf8.count) {
                item.report("has \(word.utf8.count) bytes; words have from 3 to \(longestWord)")
            }
            return literal(word)
        }
        return words.reduce(into: []) { patterns, word in
            if let last = patterns.last, last.utf8.count + word.utf8.count < longestPattern {
                patterns[patterns.count - 1] = last + "|" + word
            } else {
                patterns.append(word)
            }
        }
    }

    /// A pattern that matches this text and nothing else.
    private static func literal(_ text: String) -> String {
        String(text.flatMap { $0.isASCII && !$0.isLetter && !$0.isNumber && $0 != " " ? ["\\", $0] : [$0] })
    }
}

extension MaskStyle {
    /// As `policy.yaml` has it.
    var word: String {
        switch self {
        case .cells: "cells"
        case .cardEnds: "card-ends"
        case .fixed: "fixed"
        case .label: "label"
        }
    }
}

extension Fields {
    /// What of an own rule is to blame.
    fileprivate func place(of error: MaskSetError) -> Value {
        let key: String? =
            switch error.part {
            case .prefix: "prefix"
            case .value: has("words") ? "words" : "pattern"
            case .suffix: "suffix"
            case .trigger: has("trigger") ? "trigger" : "pattern"
            case .notBefore: "not-before"
            case .notAfter: "not-after"
            case nil: nil
            }
        return key.flatMap { self[$0] } ?? whole
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

    fileprivate func maskStyle() -> MaskStyle? {
        word("a style", among: MaskStyle.allCases.map(\.word)).flatMap { word in MaskStyle.allCases.first { $0.word == word } }
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
