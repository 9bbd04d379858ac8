/// `command:` of a rule: all that is given has to hold of one command.
package struct CommandMatcher: Sendable {
    /// One of them; empty for any program, and for none.
    package var programs = ProgramPatterns()
    /// One of them.
    package var subcommands: [SubcommandPattern] = []
    /// All of them.
    package var flags: [FlagPattern] = []
    /// One of them matches one argument.
    package var arguments: [ArgumentPattern] = []
    package var operands: OperandCount?
    /// One of them.
    package var redirections: [RedirectionPattern] = []
    /// One of them.
    package var variables: [VariablePattern] = []
    /// One of them feeds its standard input by a pipe.
    package var input = ProgramPatterns()
    /// One of them starts it.
    package var via = ProgramPatterns()
    /// A command that one of these surely matches is not matched.
    package var unless: [CommandMatcher] = []

    package init() {}

    /// In steps of `Effort`, besides the comparing itself.
    private static let cost = 20

    var asksAboutProgram: Bool { !programs.isEmpty }

    func match(_ facts: CommandFacts) -> Match {
        guard facts.effort.spend(Self.cost) else { return .maybe(CommandFacts.tooLarge) }
        let program = programMatch(facts)
        guard program != .no else { return .no }
        let match = program.and(conditions(facts))
        guard match != .no, !unless.contains(where: { $0.surelyMatches(facts) }) else { return .no }
        return facts.effort.isSpent ? .maybe(CommandFacts.tooLarge) : match
    }

    private func programMatch(_ facts: CommandFacts) -> Match {
        programs.isEmpty ? .yes : programs.match(facts)
    }

    /// The cheap ones first: most commands part from most rules at the program's name.
    private func conditions(_ facts: CommandFacts) -> Match {
        var match = Match.yes
        if !via.isEmpty { match = match.and(viaMatch(facts)) }
        if !input.isEmpty { match = match.and(inputMatch(facts)) }
        if !variables.isEmpty { match = match.and(variables.any { $0.match(facts) }) }
        if !redirections.isEmpty { match = match.and(redirections.any { $0.match(facts) }) }
        guard match != .no, asksAboutWords else { return match }
        if facts.parts.isCut { return match.and(.maybe(CommandFacts.tooLarge)) }
        if !subcommands.isEmpty { match = match.and(subcommands.any { $0.match(facts) }) }
        for flag in flags { match = match.and(flag.match(facts, expands: !arguments.isEmpty)) }
        if let operands { match = match.and(operands.match(facts)) }
        if !arguments.isEmpty { match = match.and(argumentMatch(facts)) }
        return match
    }

    private var asksAboutWords: Bool { !subcommands.isEmpty || !flags.isEmpty || operands != nil || !arguments.isEmpty }

    private func argumentMatch(_ facts: CommandFacts) -> Match {
        var match = Match.no
        for pattern in arguments {
            if pattern.isOption {
                match = match.or(facts.parts.options.any { pattern.match(.init($0.text, isWhole: true), facts, "an argument") })
            }
            match = match.or(facts.parts.arguments.any { pattern.match($0, facts, "an argument of \(facts.called)") })
            if match == .yes { return .yes }
        }
        if match == .no, let open = facts.parts.open { return facts.doubt(open, "an argument of \(facts.called)") }
        return match
    }

    private func inputMatch(_ facts: CommandFacts) -> Match {
        guard case .pipe(let names) = facts.command.input else { return .no }
        if names.contains(where: { input.include($0, facts.effort) }) { return .yes }
        guard names.isEmpty || names.contains("") else { return .no }
        return facts.maybe("what feeds \(facts.called) through the pipe is known only when it runs", .unknownProgram)
    }

    private func viaMatch(_ facts: CommandFacts) -> Match {
        facts.command.carriers.contains { via.include($0, facts.effort) } ? .yes : .no
    }
}

// MARK: - For certain

extension CommandMatcher {
    /// Whether it holds whatever the patterns and the unknown parts of the command become: asked of `unless`, and of rules that excuse.
    ///
    /// Here paths have to cover *every* argument, and every redirection: if one were enough, `rm -r / /tmp/x` would be excused by `/tmp/x`. A
    /// plain word has to be there once: `parted DISK print`.
    func surelyMatches(_ facts: CommandFacts) -> Bool {
        guard programSurelyMatches(facts), conditionsHold(facts) else { return false }
        guard !arguments.isEmpty else { return !facts.effort.isSpent }
        let given = facts.parts.arguments
        guard !given.isEmpty, facts.parts.open == nil, !facts.parts.isCut else { return false }
        func isSure(_ argument: CommandParts.Argument, _ patterns: [ArgumentPattern]) -> Bool {
            argument.isWhole && !argument.text.splits && patterns.contains { $0.surelyMatches(argument, facts) }
        }
        let words = arguments.filter { !$0.isPath }
        let paths = arguments.filter(\.isPath)
        let holds = given.contains { isSure($0, words) } || !paths.isEmpty && given.allSatisfy { isSure($0, paths) }
        return holds && !facts.effort.isSpent
    }

    private func programSurelyMatches(_ facts: CommandFacts) -> Bool {
        programs.isEmpty || programs.surelyMatch(facts)
    }

    private func conditionsHold(_ facts: CommandFacts) -> Bool {
        var others = self
        others.arguments = []
        guard others.conditions(facts) == .yes else { return false }
        if !redirections.isEmpty {
            let concerned = facts.redirections.filter { one in redirections.contains { $0.isAbout(one) } }
            let isSure = concerned.allSatisfy { one in redirections.contains { $0.surelyMatches(one, facts) } }
            if !isSure { return false }
        }
        guard !subcommands.isEmpty else { return true }
        // `git p*` is `git pull` only until there is a file named `push`.
        return !facts.parts.words.contains { if case .other(let text) = $0 { text.hasPattern } else { false } }
    }
}

extension Sequence {
    /// The best of the answers.
    func any(_ answer: (Element) -> Match) -> Match {
        var match = Match.no
        for element in self {
            match = match.or(answer(element))
            if match == .yes { break }
        }
        return match
    }
}
