extension CommandWalk {
    mutating func walk(_ node: CommandNode, _ around: Surroundings) {
        switch node {
        case .simple(let command): walk(command, around)
        case .compound(let command, let redirections):
            guard !redirections.isEmpty else { return walk(command, around) }
            let expanded = expand(redirections, around)
            var inside = around
            if let input = expanded.inputs.last { inside.input = input }
            if !expanded.files.isEmpty {
                let input = inside.input ?? standardInput
                emit(RunCommand(words: [], redirections: expanded.files, input: input, output: around.output))
            }
            walk(command, inside)
            walkSubstitutions(in: redirections, program: nil, around)
        }
    }

    private mutating func walk(_ command: CompoundCommand, _ around: Surroundings) {
        switch command {
        case .group(let list): walk(list, around)
        case .subshell(let list): apart { $0.walk(list, around) }
        case .conditional(let branches): walkBranches(branches, around)
        case .loop(let condition, let words, let body, let changes):
            for word in words { walkSubstitutions(in: word.parts, program: nil, around) }
            walkLoop(condition, body, changes: changes, around)
        case .iteration(let names, let words, let body, let changes):
            assignLoopVariables(names, words)
            for word in words ?? [] { walkSubstitutions(in: word.parts, program: nil, around) }
            walkLoop(nil, body, changes: changes, around)
        case .selection(let subject, let clauses):
            walkSubstitutions(in: subject.parts, program: nil, around)
            let before = places
            var after = before
            for clause in clauses {
                for pattern in clause.patterns { walkSubstitutions(in: pattern.parts, program: nil, around) }
                places = before
                walk(clause.body, around)
                after = Self.union(after, places)
            }
            places = after
        case .test(let words):
            for word in words { walkSubstitutions(in: word.parts, program: nil, around) }
            doubtEvaluation(in: words.map(\.parts))
        case .arithmetic(let parts):
            walkSubstitutions(in: parts, program: nil, around)
            doubtEvaluation(in: [parts])
        case .always(let first, let last):
            walk(first, around)
            walk(last, around)
        case .function(let names, let body, let arguments): walkFunction(names, body, arguments, around)
        case .coprocess(let commands):
            apart { walk in for command in commands { walk.walk(command, Surroundings(input: .pipe([]), output: around.output)) }
            }
        }
    }

    /// In a subshell: what it does to itself ends with it. Values of variables are kept, being candidates only.
    mutating func apart(_ body: (inout CommandWalk) -> Void) {
        let before = (places, standardInput)
        body(&self)
        (places, standardInput) = before
    }

    private mutating func walkBranches(_ branches: [(condition: CommandList?, body: CommandList)], _ around: Surroundings) {
        var after: [CommandWord?] = []
        for branch in branches {
            if let condition = branch.condition { walk(condition, around) }
            let tested = places
            walk(branch.body, around)
            after = Self.union(places, after)
            places = tested
        }
        let hasElse = branches.last.map { $0.condition == nil } ?? false
        places = hasElse ? after : Self.union(places, after)
    }

    private mutating func walkLoop(_ condition: CommandList?, _ body: CommandList, changes: Bool, _ around: Surroundings) {
        let before = places
        // The second turn starts where the first one ended.
        if changes { places = Self.union([.unknown("cd")], places) }
        if let condition { walk(condition, around) }
        walk(body, around)
        places = changes ? Self.union(places, before) : before
    }

    private mutating func assignLoopVariables(_ names: [String], _ words: [WordNode]?) {
        var values = variables.list("@") ?? []
        if let words {
            let fields = words.flatMap { expand($0) }
            values = fields.flatMap { self.values(of: $0) }
        }
        doubtSubscripts(in: values)
        for name in names { variables.assign(name, Array(values.suffix(GrammarLimits.candidates))) }
    }

    private mutating func walkFunction(
        _ names: [WordNode], _ body: [CommandNode], _ arguments: [WordNode], _ around: Surroundings
    ) {
        let before = places
        if names.isEmpty, !arguments.isEmpty {
            variables.assign("@", list: arguments.flatMap { expand($0) }.map { values(of: $0).last ?? "" })
        }
        if changesDirectory, !names.isEmpty { places = Self.union([.unknown("cd")], places) }
        for command in body { walk(command, around) }
        for word in names + arguments { walkSubstitutions(in: word.parts, program: nil, around) }
        guard !names.isEmpty else { return }
        for name in names.compactMap(\.plainText) where isTyped {
            let told = PromptChange.doubt(aboutDefining: String(decoding: name, as: UTF8.self))
            if let told { doubt(told.kind, told.text) }
        }
        for name in names.compactMap(\.plainText) where places != before {
            functions[String(decoding: name, as: UTF8.self)] = places
        }
        places = before
    }
}
