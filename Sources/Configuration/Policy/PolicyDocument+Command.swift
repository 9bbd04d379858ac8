internal import Policy

extension PolicyDocument {
    private static let conditionKeys = [
        "subcommand", "flags", "arguments", "operands", "redirections", "variables", "input", "via",
    ]

    static func command(_ value: Value) -> CommandMatcher? {
        guard var matcher = conditions(of: value, ["program"] + conditionKeys + ["unless"]) else { return nil }
        guard let unless = matcher.fields.condition("unless")?.items("conditions without a program") else {
            return matcher.matcher
        }
        let excuses = unless.map { item in conditions(of: item, conditionKeys)?.matcher }
        matcher.matcher.unless = excuses.compactMap { $0 }
        return matcher.matcher
    }

    /// Nil if nothing of it can be read.
    private static func conditions(of value: Value, _ known: [String]) -> (matcher: CommandMatcher, fields: Fields)? {
        let meaning = "a mapping with \(known.joined(separator: ", "))"
        if !known.contains("program"), value.names("program") {
            value.report("\"unless\" has no \"program\": it is about the same command")
            return nil
        }
        guard let fields = value.fields(known, meaning) else { return nil }
        if value.isEmptyMapping {
            value.report("is empty, and would be about every command: write \(meaning)")
            return nil
        }
        var matcher = CommandMatcher()
        matcher.programs = ProgramPatterns(
            fields.patterns("program", "a program, as in [rm, \"mkfs.*\", group:shells]") { $0.program() })
        matcher.subcommands = fields.patterns("subcommand", "a subcommand, as in \"compute instances delete\"") {
            $0.pattern("one to eight words, as in \"compute instances delete\"", SubcommandPattern.init)
        }
        matcher.flags = fields.patterns("flags", "a flag, as in [\"-r|--recursive\"]") { $0.flagPattern(of: fields) }
        matcher.arguments = fields.patterns("arguments", "an argument, as in [/, \"/etc/**\"]") { $0.argument() }
        matcher.operands = fields.condition("operands")?.pattern(
            "a number of operands: \"0\", \"1\", \"2+\" or \"1-3\"", OperandCount.init)
        matcher.redirections = fields.patterns("redirections", "a redirection, as in [\"> /etc/**\"]") {
            $0.pattern("a redirection: \"> PATH\", \"< PATH\" or PATH, with / or ~ in front", RedirectionPattern.init)
        }
        matcher.variables = fields.patterns("variables", "a variable, as in [LD_PRELOAD, \"HISTFILE=/dev/null\"]") {
            $0.pattern("a variable: NAME or NAME=GLOB", VariablePattern.init)
        }
        matcher.input = ProgramPatterns(fields.patterns("input", "a program, as in [curl, group:downloaders]") { $0.program() })
        matcher.via = ProgramPatterns(fields.patterns("via", "a program, as in [sudo]") { $0.program() })
        return (matcher, fields)
    }
}

extension Fields {
    /// All items of a condition that could be read; none without the condition.
    func patterns<Pattern>(_ key: String, _ expected: String, _ read: (Value) -> Pattern?) -> [Pattern] {
        condition(key)?.items(expected)?.compactMap(read) ?? []
    }
}

extension Value {
    /// Text of bounded length that `convert` takes.
    func pattern<Pattern>(_ expected: String, _ convert: (String) -> Pattern?) -> Pattern? {
        guard let text = text(expected) else { return nil }
        guard text.utf8.count <= PolicyDocument.longestPattern else {
            report("has \(text.utf8.count) bytes; at most \(PolicyDocument.longestPattern) are accepted")
            return nil
        }
        if let pattern = convert(text) { return pattern }
        report("\(quoted(text)) is not \(expected)\(Self.globMistake(text))")
        return nil
    }

    /// What is most often wrong with a pattern.
    private static func globMistake(_ text: String) -> String {
        if text.contains("["), !text.contains("]") { return ": the \"[\" has no \"]\"; write \\[ for the character itself" }
        if text.contains("~"), !text.contains("~/") { return ": only the login's own home directory is known, as ~ or ~/…" }
        return ""
    }

    fileprivate func program() -> ProgramPattern? {
        guard let text = text("the name of a program") else { return nil }
        if text.hasPrefix("group:") {
            let name = String(text.dropFirst(6))
            let groups = ProgramCatalogue.groups.keys.sorted()
            guard groups.contains(name) else {
                report(
                    "there is no group of programs \(quoted(name))\(hint(name, groups, else: ": there are \(groups.joined(separator: ", "))"))"
                )
                return nil
            }
        } else if let space = text.firstIndex(of: " "), !text.contains("/") {
            let rest = text[space...].drop { $0 == " " }
            report(
                "\(quoted(text)) is more than a program: write program: \(shown(String(text[..<space]))) and subcommand: \(shown(String(rest)))"
            )
            return nil
        }
        return pattern("the name of a program, a path, or group:NAME", ProgramPattern.init)
    }

    fileprivate func argument() -> ArgumentPattern? { pattern("a pattern for an argument") { ArgumentPattern($0) } }

    fileprivate func flagPattern(of fields: Fields) -> FlagPattern? {
        guard
            let pattern = pattern(
                "a flag: -x, --name or -name, with | between alternatives and =GLOB for a value", FlagPattern.init)
        else {
            return nil
        }
        // Written for `rm -rf`, it would miss `rm -fr` and `rm -r -f`.
        let programs = fields["program"].flatMap { $0.isList ? $0.list("") : [$0] } ?? []
        let names = programs.compactMap { $0.isMapping || $0.isList ? nil : $0.text("") }
        if !names.isEmpty, names.allSatisfy(FlagPattern.hasClusters), let cluster = pattern.clusters.first {
            let letters = cluster.dropFirst().map { "\"-\($0)\"" }.joined(separator: ", ")
            report("\(quoted(cluster)) would be one flag of that name: for several letters in any order write [\(letters)]")
            return nil
        }
        return pattern
    }
}
