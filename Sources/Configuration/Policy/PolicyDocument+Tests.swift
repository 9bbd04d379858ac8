internal import Policy

extension PolicyDocument {
    /// - Parameter lines: the names of all rules, also of those with a mistake.
    static func tests(
        _ fields: Fields, _ names: PolicyNames, _ access: AccessRules?, _ lines: [String: Int], masks: [String]
    ) -> [PolicyTest] {
        guard let value = fields["tests"], let items = value.list("a list of tests", atMost: PolicyRules.mostTests) else {
            return []
        }
        let known = ["command", "file", "output", "verdict", "shows", "rule", "user", "target", "login", "channel"]
        return items.compactMap { item in
            guard let fields = item.fields(known, "a mapping with command or file, and verdict; or with output, and shows") else {
                return nil
            }
            return test(fields, names, access, lines, masks)
        }
    }

    private static func test(
        _ fields: Fields, _ names: PolicyNames, _ access: AccessRules?, _ lines: [String: Int], _ masks: [String]
    ) -> PolicyTest? {
        let question = question(fields)
        let expected = expected(fields)
        let rules = fields.has("output") ? masks : Array(lines.keys)
        let rule = fields["rule"].flatMap { value -> String? in
            guard let name = value.text("the name of a rule") else { return nil }
            if !rules.contains(name) { value.report("there is no rule \(quoted(name))\(value.hint(name, rules.sorted()))") }
            return name
        }
        var situation = Situation()
        situation.user = fields["user"]?.user()
        situation.target = fields["target"].flatMap { $0.target(names, access) }
        situation.login = fields["login"]?.login(names.logins)?.text
        situation.channel = fields["channel"]?.channel()
        guard let question, let expected else { return nil }
        return PolicyTest(question: question, expected: expected, rule: rule, situation: situation, line: fields.whole.line)
    }

    private static func question(_ fields: Fields) -> PolicyTest.Question? {
        let given = ["command", "file", "output"].filter { fields.has($0) }
        guard given.count == 1, let kind = given.first, let value = fields[kind] else {
            fields.whole.report(
                given.isEmpty
                    ? "is about nothing: write command: LINE, file: OPERATION PATH or output: TEXT"
                    : "has \(given.joined(separator: " and ")): a test is about one of them")
            return nil
        }
        return switch kind {
        case "command": value.text("a command line").map { .command($0) }
        case "file": value.fileOperation().map { .file($0) }
        default: value.text("what a target prints").map { .output($0) }
        }
    }

    /// `verdict:`, or `shows:` of an output.
    private static func expected(_ fields: Fields) -> String? {
        guard fields.has("output") else {
            fields["shows"]?.report("belongs to output")
            return fields.required("verdict", PolicyVerdict.words)?.verdict()?.rawValue
        }
        fields["verdict"]?.report("is for commands and files; what is seen of an output is shows")
        return fields.required("shows", "what is to be seen of the output")?.text("what is to be seen of the output")
    }
}

extension Value {
    /// `write /etc/shadow`; `rename OLD NEW` and `symlink NAME WHERE` have two paths without blanks.
    fileprivate func fileOperation() -> FileOperation? {
        let expected = "an operation and a path, as in write /etc/shadow"
        guard let text = text(expected) else { return nil }
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        let kinds = FileOperation.Kind.allCases.map(\.rawValue)
        guard words.count == 2, let kind = FileOperation.Kind(rawValue: words[0]) else {
            let word = words.first ?? ""
            let advice = words.count == 2 ? hint(word, kinds, else: ": there are \(kinds.joined(separator: ", "))") : ""
            report("\(quoted(text)) is not \(expected)\(advice)")
            return nil
        }
        guard kind == .rename || kind == .symlink else { return FileOperation(kind, words[1]) }
        let paths = words[1].split(separator: " ").map(String.init)
        guard paths.count == 2 else { return FileOperation(kind, words[1]) }
        return FileOperation(kind, paths[0], secondPath: paths[1])
    }

    fileprivate func target(_ names: PolicyNames, _ access: AccessRules?) -> Target? {
        guard let text = text("the name of a target") else { return nil }
        guard let access else { return nil }
        if let target = access.target(named: text) { return target }
        report("there is no target \(quoted(text))\(hint(text, names.targets?.lines.keys.sorted() ?? []))")
        return nil
    }
}
