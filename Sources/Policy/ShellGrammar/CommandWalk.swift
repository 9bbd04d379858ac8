/// Goes through a syntax tree in the order of the text and makes a `RunCommand` of every simple command in it.
///
/// It follows what a text does to itself in plain view: values of variables, the working directory, what goes through a pipe. It does not
/// run anything: of `if`, loops and `||` it takes all ways.
struct CommandWalk {
    var reading = CommandReading()
    var variables = Variables()
    /// Where commands can run from here on, likeliest last; nil is where the session starts. Empty behind `exit`.
    var places: [CommandWord?] = [nil]
    /// What the shell itself reads after `exec < file`.
    var standardInput = RunCommand.Input.inherited
    /// Where functions leave the shell.
    var functions: [String: [CommandWord?]] = [:]
    /// Whether the text changes the directory anywhere: then a function can be called from elsewhere than where it stands.
    let changesDirectory: Bool
    let dialect: Dialect
    /// Typed at a prompt: what it defines stays for the next lines.
    let isTyped: Bool

    private var wordCount = 0
    private var produced = 0
    private var doubted: Set<Doubt> = []

    init(dialect: Dialect, changesDirectory: Bool, isTyped: Bool = false) {
        self.dialect = dialect
        self.isTyped = isTyped
        self.changesDirectory = changesDirectory
    }

    /// What is around a command.
    struct Surroundings {
        /// Nil for the shell's own.
        var input: RunCommand.Input?
        var output: String?
    }
}

// MARK: - What comes out, and its bounds

extension CommandWalk {
    /// True once there are more commands than are looked at: the rest is not walked.
    var isFull: Bool { reading.commands.count >= GrammarLimits.commands || wordCount >= GrammarLimits.words }

    mutating func emit(_ command: RunCommand) {
        guard !isFull else { return doubt(.tooLarge, "there are more commands or words in it than are looked at") }
        wordCount += command.words.count + command.redirections.count + command.assignments.count + 1
        // In one place that is the ordinary case; else one command for each.
        for place in places.isEmpty ? [nil] : places where reading.commands.count < GrammarLimits.commands {
            var command = command
            command.directory = place
            reading.commands.append(command)
        }
    }

    mutating func doubt(_ kind: Doubt.Kind, _ text: String) {
        let doubt = Doubt(kind, text)
        guard reading.doubts.count < GrammarLimits.doubts, doubted.insert(doubt).inserted else { return }
        reading.doubts.append(doubt)
    }

    /// Accounts for text that is not in the line itself; false where there is too much of it.
    mutating func spend(_ bytes: Int) -> Bool {
        produced += bytes
        if produced <= GrammarLimits.producedBytes { return true }
        doubt(.tooLarge, "its expansions come to more than is looked at")
        return false
    }

    var remainingBytes: Int { max(0, GrammarLimits.producedBytes - produced) }
}

// MARK: - Lists and pipelines

extension CommandWalk {
    mutating func walk(_ list: CommandList, _ around: Surroundings) {
        for item in list.items {
            if isFull { return doubt(.tooLarge, "there are more commands or words in it than are looked at") }
            walk(item, around)
        }
    }

    private mutating func walk(_ list: AndOrList, _ around: Surroundings) {
        let before = places
        var outcome = walk(list.first, around, failureCounts: list.rest.first?.connective == .or)
        for (index, next) in list.rest.enumerated() {
            places = next.connective == .and ? outcome.success : outcome.failure
            let followedByOr = index + 1 < list.rest.count && list.rest[index + 1].connective == .or
            let result = walk(next.pipeline, around, failureCounts: followedByOr)
            switch next.connective {
            case .and: outcome = (result.success, Self.union(outcome.failure, result.failure))
            case .or: outcome = (Self.union(outcome.success, result.success), result.failure)
            }
        }
        places = list.isBackground ? before : Self.union(outcome.failure, outcome.success)
        if places.isEmpty { places = before }
    }

    /// - Parameter failureCounts: `cd x || …`: what comes next runs where `cd` failed.
    private mutating func walk(
        _ pipeline: Pipeline, _ around: Surroundings, failureCounts: Bool
    ) -> (success: [CommandWord?], failure: [CommandWord?]) {
        let before = places
        guard let first = pipeline.elements.first else { return (places, places) }
        guard pipeline.elements.count > 1 else {
            walk(first, around)
            guard case .simple(let command) = first else { return (places, places) }
            switch firstName(of: command) {
            case "exit", "return", "break", "continue": return ([], [])
            case "cd", "chdir", "pushd", "popd":
                // Where the session starts, a `cd` that fails is not followed up: it is the mistake of every second script.
                return (places, failureCounts ? before : before.filter { $0 != nil })
            default: return (places, places)
            }
        }
        walkPipe(pipeline.elements, around)
        // zsh and ksh run the last one in the shell itself.
        places = Self.union(before, places)
        return (places, places)
    }

    private mutating func walkPipe(_ elements: [CommandNode], _ around: Surroundings) {
        let before = places
        let input = standardInput
        var surroundings = around
        var names: [String] = []
        for (index, element) in elements.enumerated() {
            places = before
            standardInput = input
            let isLast = index + 1 == elements.count
            surroundings.output = isLast ? around.output : programName(of: elements[index + 1])
            let start = reading.commands.count
            walk(element, surroundings)
            guard !isLast else { return }
            for command in reading.commands[start...] where command.output != nil || surroundings.output == nil {
                guard let name = command.words.first?.shownName, !names.contains(name), names.count < 16 else { continue }
                names.append(name)
            }
            surroundings.input = output(of: element, reading: surroundings.input).map { .text($0) } ?? .pipe(names)
        }
    }

    static func union(_ some: [CommandWord?], _ others: [CommandWord?]) -> [CommandWord?] {
        let joined = some.filter { !others.contains($0) } + others
        guard joined.count > GrammarLimits.places else { return joined }
        return [.unknown("cd", candidates: Array(joined.compactMap { $0?.known }.suffix(GrammarLimits.candidates)))]
    }
}

extension CommandWalk {
    /// Whether what bash takes for a condition or for arithmetic was read as commands, of which nothing useful is known: not worth a doubt.
    func isUnlikely(_ command: SimpleCommand, _ words: [Field]) -> Bool {
        guard dialect == .posix, let first = words.first?.word else { return false }
        let isCondition = words.last?.word.known == "]]" || first.known == "[["
        guard isCondition || command.isInDoubleParentheses else { return false }
        return first.known.map { $0.hasPrefix("-") || $0 == "[[" && command.redirections.isEmpty } ?? true
    }
}

extension CommandWord {
    /// The name of a program for people and rules: what is known of it, or what was typed.
    var shownName: String { known ?? String(source.prefix(GrammarLimits.unknownSource)) }

    /// A word of which only how it is written is known.
    static func unknown(_ source: String, candidates: [String] = []) -> CommandWord {
        let short = String(source.prefix(GrammarLimits.unknownSource))
        return CommandWord(pieces: [.unknown(Unknown(source: short, candidates: candidates, splits: false))], source: short)
    }
}
