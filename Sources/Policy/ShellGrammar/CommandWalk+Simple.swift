extension CommandWalk {
    mutating func walk(_ command: SimpleCommand, _ around: Surroundings) {
        let assignments = command.assignments.compactMap { expandAssignment($0, isCommand: !command.words.isEmpty) }
        let words = command.words.flatMap { expand($0) }
        let redirections = expand(command.redirections, around)
        var inputs = redirections.inputs
        // zsh reads from a pipe and from files alike; elsewhere the last one counts.
        if inputs.isEmpty || around.input != nil { inputs.insert(around.input ?? standardInput, at: 0) }
        let isUnlikely = isUnlikely(command, words)
        let run = RunCommand(
            words: words.map(\.word), assignments: assignments, redirections: redirections.files, output: around.output)
        if !words.isEmpty || !assignments.isEmpty || !redirections.files.isEmpty {
            emit(run, words, inputs, isUnlikely: isUnlikely)
        }
        if !isUnlikely { doubtProgram(words) }

        let program = words.first?.word.shownName
        for stray in command.strays { apart { $0.walk(stray, around) } }
        for word in command.assignments + command.words { walkSubstitutions(in: word.parts, program: program, around) }
        walkSubstitutions(in: command.redirections, program: program, around)
        follow(command, words, input: inputs.last ?? .inherited, redirections.inputs.last)
    }

    /// The command as it stands, and the ways it can turn out that are in plain view.
    private mutating func emit(_ run: RunCommand, _ words: [Field], _ inputs: [RunCommand.Input], isUnlikely: Bool) {
        var variants = isUnlikely ? [] : [run.words]
        func add(_ words: [CommandWord]) { if !words.isEmpty, !variants.contains(words) { variants.append(words) } }
        if let first = words.first, words.contains(where: \.hasPathOfName) {
            variants = [[first.withPathOfName] + run.words.dropFirst()]
            add(words.map(\.withPathOfName))
        }
        // Unquoted and empty, the first words are no words.
        let vanishing = isUnlikely ? 0 : words.prefix { $0.word.canVanish }.count
        if vanishing > 0 {
            for count in 1...vanishing where count <= GrammarLimits.candidates || count == vanishing {
                add(Array(run.words.dropFirst(count)))
            }
        }
        for choice in 0..<(words.map(\.choices).max() ?? 0) where choice < GrammarLimits.candidates {
            add(substituted(words, choice: choice))
        }
        let prefix = words.prefix { $0.word.known.map(Self.canPrecedeCommand) ?? false }.count
        if prefix > 0 { add(Array(run.words.dropFirst(prefix))) }
        for words in variants {
            for input in inputs {
                var run = run
                run.words = words
                run.input = input
                emit(run)
            }
        }
    }

    /// Words that go in front of a command in fish, and ksh93's labels: `name:`, behind which assignments can follow.
    private static func canPrecedeCommand(_ word: String) -> Bool {
        switch word {
        case "and", "or", "not", "begin", "if", "while", "else", "time", "!": return true
        default:
            let name = word.utf8.prefix(while: \.isInName)
            let next = word.utf8.dropFirst(name.count).first
            guard name.first?.startsName ?? false else { return false }
            return next == UInt8(ascii: "=") || next == UInt8(ascii: ":") && name.count + 1 == word.utf8.count
        }
    }

    /// The words with every unknown value that has candidates replaced by one, counted from the most recent.
    private mutating func substituted(_ words: [Field], choice: Int) -> [CommandWord] {
        var result: [CommandWord] = []
        for field in words {
            guard field.choices > 0 else {
                result.append(field.word)
                continue
            }
            let made = substituted(field, choice: choice)
            guard spend(made.reduce(0) { $0 + $1.size }), result.count + made.count <= GrammarLimits.bracedWords else {
                return []
            }
            result += made
        }
        return result
    }

    private func substituted(_ field: Field, choice: Int) -> [CommandWord] {
        if let list = field.list {
            return list.map { CommandWord(pieces: $0.isEmpty ? [] : [.text($0)], source: field.word.source) }
        }
        var words: [[CommandWord.Piece]] = [[]]
        for piece in field.word.pieces {
            guard case .unknown(let unknown) = piece, !unknown.candidates.isEmpty else {
                words[words.count - 1].append(piece)
                continue
            }
            let value = unknown.candidates[max(0, unknown.candidates.count - 1 - choice)]
            guard unknown.splits else {
                words[words.count - 1].append(.text(value))
                continue
            }
            for (index, part) in variables.fields(of: value).enumerated() {
                if index > 0 { words.append([]) }
                words[words.count - 1] += WordPieces.globbing(part)
            }
        }
        return words.filter { !$0.isEmpty }.map {
            var pieces = WordPieces()
            for piece in $0 { pieces.append(piece) }
            return CommandWord(pieces: pieces.finish(), source: field.word.source)
        }
    }

    private mutating func doubtProgram(_ words: [Field]) {
        guard let first = words.first?.word, !first.isProgramKnown else { return }
        doubt(.unknownProgram, "the name of a program is only known when it runs: \(first.source.escapedForPeople(limit: 200))")
    }

    func firstName(of command: SimpleCommand) -> String? {
        for word in command.words {
            guard case .text(let name)? = word.literalText.map(CommandWord.Piece.text) else { return nil }
            if name != "builtin", name != "command" { return name }
        }
        return nil
    }
}

extension CommandWord {
    /// Nothing but unquoted expansions: without values, no word.
    fileprivate var canVanish: Bool {
        !pieces.isEmpty && pieces.allSatisfy { if case .unknown(let unknown) = $0 { unknown.splits } else { false } }
    }

    fileprivate var size: Int {
        pieces.reduce(0) {
            switch $1 {
            case .text(let text), .pattern(let text): $0 + text.utf8.count
            case .home, .unknown: $0 + 8
            }
        }
    }

    /// Whether the last component of the program's path is known: `"$JAVA_HOME"/bin/java`.
    fileprivate var isProgramKnown: Bool {
        guard !splits else { return false }
        guard pieces.contains(where: { if case .unknown = $0 { true } else { false } }) else { return true }
        guard case .text(let text)? = pieces.last, let slash = text.lastIndex(of: "/") else { return false }
        return text.index(after: slash) < text.endIndex
    }
}
