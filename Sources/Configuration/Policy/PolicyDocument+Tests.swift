internal import Policy

extension PolicyDocument {
    /// - Parameter lines: the names of all rules, also of those with a mistake.
    static func tests(_ fields: Fields, _ names: PolicyNames, _ access: AccessRules?, _ lines: [String: Int]) -> [PolicyTest] {
        guard let value = fields["tests"], let items = value.list("a list of tests", atMost: PolicyRules.mostTests) else {
            return []
        }
        let known = ["command", "file", "verdict", "rule", "user", "target", "login", "channel"]
        return items.compactMap { item in
            guard let fields = item.fields(known, "a mapping with command or file, and verdict") else { return nil }
            return test(fields, names, access, lines)
        }
    }

    private static func test(_ fields: Fields, _ names: PolicyNames, _ access: AccessRules?, _ lines: [String: Int])
        -> PolicyTest?
    {
        let question = question(fields)
        let verdict = fields.required("verdict", PolicyVerdict.words)?.verdict()
        let rule = fields["rule"].flatMap { value -> String? in
            guard let name = value.text("the name of a rule") else { return nil }
            if lines[name] == nil { value.report("there is no rule \(quoted(name))\(value.hint(name, lines.keys.sorted()))") }
            return name
        }
        var situation = Situation()
        situation.user = fields["user"]?.user()
        situation.target = fields["target"].flatMap { $0.target(names, access) }
        situation.login = fields["login"]?.login(names.logins)?.text
        situation.channel = fields["channel"]?.channel()
        guard let question, let verdict else { return nil }
        return PolicyTest(question: question, verdict: verdict, rule: rule, situation: situation, line: fields.whole.line)
    }

    private static func question(_ fields: Fields) -> PolicyTest.Question? {
        switch (fields["command"], fields["file"]) {
        case (let command?, nil): return command.text("a command line").map { .command($0) }
        case (nil, let file?): return file.fileOperation().map { .file($0) }
        case (nil, nil): fields.whole.report("is about nothing: write command: LINE or file: OPERATION PATH")
        case (.some, .some): fields.whole.report("has command and file: a test is about one of them")
        }
        return nil
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
