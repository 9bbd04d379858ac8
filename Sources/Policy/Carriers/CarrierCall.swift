/// One use of a program of the table: the command, its options, and what was found that it leads to.
struct CarrierCall {
    let command: RunCommand
    /// As in the table, whatever path or pattern it was typed with.
    let name: String
    let options: OptionReading
    let standardInput: StandardInput
    private(set) var carried: [Carried] = []

    init(_ command: RunCommand, name: String, options: OptionReading, standardInput: StandardInput) {
        self.command = command
        self.name = name
        self.options = options
        self.standardInput = standardInput
        if options.isCut { doubt(.tooLarge, "`\(name)` has more options than are looked at") }
    }

    /// The words after the name.
    var arguments: ArraySlice<CommandWord> { command.words.dropFirst() }
    var operands: [CommandWord] { options.operands }

    /// The command without words, as started by this carrier.
    var context: RunCommand {
        var context = command
        context.words = []
        context.carriers.append(name)
        return context
    }

    /// These words are a command. Nothing for no words.
    mutating func run(_ words: some Collection<CommandWord>, _ change: (inout RunCommand) -> Void = { _ in }) {
        guard !words.isEmpty else { return }
        var context = context
        context.words = Array(words)
        change(&context)
        carried.append(.command(context))
        if let program = context.words.first, !ProgramName(program).isKnown {
            doubt(.unknownProgram, "the program that `\(name)` starts is only known when it runs: \(program.quoted)")
        }
    }

    /// This text is shell text. Nothing for the empty text.
    mutating func runScript(
        _ text: CommandWord, parameters: some Collection<CommandWord> = [], _ change: (inout RunCommand) -> Void = { _ in }
    ) {
        guard !text.pieces.isEmpty else { return }
        var context = context
        change(&context)
        context.words = Array(parameters)
        carried.append(.script(text, in: context))
    }

    /// A shell without a command, as `sudo -s` starts. Its name is not known; `sh` stands for it.
    mutating func runShell(_ change: (inout RunCommand) -> Void = { _ in }) { run([CommandWord("sh")], change) }

    /// The operands after the first `leading` ones are a command, in every reading of the options.
    ///
    /// - Parameter bare: there may be no command, and then it starts a shell.
    mutating func runOperands(after leading: Int = 0, bare: Bool = false, _ change: (inout RunCommand) -> Void = { _ in }) {
        doubtOpaque(options, leading: leading)
        run(options.operands.afterLeading(leading), change)
        for operands in options.alternatives {
            let words = operands.afterLeading(leading)
            // No program is called like an option: this reading is none.
            if words.first?.leadingText?.utf8.first != UInt8(ascii: "-") { run(words, change) }
        }
        if bare, operands.count <= leading { runShell(change) }
    }

    mutating func append(_ item: Carried) { carried.append(item) }

    mutating func doubt(_ kind: Doubt.Kind, _ text: String) {
        carried.append(.doubt(Doubt(kind, text)))
    }

    /// A word among the options of which nobody can say how many words it becomes can bring the command itself.
    mutating func doubtOpaque(_ options: OptionReading, leading: Int = 0) {
        guard let opaque = options.opaque ?? options.operands.prefix(leading).first(where: \.bringsWords) else { return }
        doubt(.unknownProgram, "\(opaque.quoted) before the command of `\(name)` can itself bring a command")
    }

    /// The files that it writes or reads, for rules about redirections.
    mutating func file(_ operation: RunCommand.Redirection.Operation, _ target: CommandWord) {
        var context = context
        context.assignments = []
        context.redirections = [.init(operation: operation, target: target)]
        carried.append(.command(context))
    }
}

extension [CommandWord] {
    /// What follows the first words, and a `--` behind them.
    fileprivate func afterLeading(_ count: Int) -> ArraySlice<CommandWord> {
        let rest = dropFirst(count)
        return count > 0 && rest.first?.known == "--" ? rest.dropFirst() : rest
    }
}

extension CommandWord {
    /// The word as typed, in backquotes, for a sentence: no control characters, at most 80 characters. One that nobody typed is
    /// what it holds.
    var quoted: String { Doubt.quoted(source.isEmpty ? known ?? "…" : source) }
}

extension Doubt {
    static func quoted(_ text: String) -> String { "`\(text.escapedForPeople(limit: 80))`" }
}
