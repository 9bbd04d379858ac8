internal import Guard

/// Reads a command line as a whole: what the shell starts, and what these commands lead to in turn.
///
/// Each command of the reading stays in it, with those that it carries behind it, so that a rule can be about `sudo` as well as
/// about what sudo starts. A doubt says which command it is about, if it is about one.
package struct CommandReader {
    /// How much is looked at. Beyond, the reading says `too-large`.
    enum Limits {
        /// Carriers in each other: `sudo env nice timeout 5 sh -c …` is five. Nobody needs three times that.
        static let depth = 16
        /// Commands of the whole reading.
        static let commands = 4096
        /// Texts that are read as scripts, and the bytes of them together: four times what the grammar takes at once.
        static let scripts = 256
        static let scriptBytes = 256 << 10
        /// Bytes of all commands together, at eight for each word besides its text: carriers repeat the words of what they carry.
        static let commandBytes = 4 << 20
        /// Doubts of the whole reading: a person reads the first few.
        static let doubts = 256
    }

    /// - Parameters:
    ///   - standardInput: what the line as a whole reads from; a bare `bash` is in doubt of another kind for each.
    ///   - atPrompt: the line was typed at a shell's prompt, as `ShellReader` asks.
    package static func read(_ text: String, standardInput: StandardInput = .stream, atPrompt: Bool = false) -> CommandReading {
        read(Array(text.utf8), standardInput: standardInput, atPrompt: atPrompt)
    }

    package static func read(_ text: [UInt8], standardInput: StandardInput = .stream, atPrompt: Bool = false) -> CommandReading {
        read(text, standardInput: standardInput, at: atPrompt ? Prompt(language: .shell) : nil)
    }

    /// - Parameter prompt: where the line was typed; nil for one that was not typed.
    package static func read(_ text: [UInt8], standardInput: StandardInput = .terminal, at prompt: Prompt?) -> CommandReading {
        var reader = CommandReader(standardInput: standardInput, prompt)
        let typed = ShellReader.read(text, at: prompt)
        reader.reading.isUnfinished = typed.isUnfinished
        reader.add(typed, from: nil, depth: 0)
        reader.follow()
        for (index, path) in WrittenPrograms.run(in: reader.reading.commands) {
            reader.add(Doubt(.commandFile, "the line itself writes \(Doubt.quoted(path)) before it runs it"), about: index)
        }
        return reader.reading
    }

    /// What was typed into a database client that runs already.
    static func read(following client: String, _ text: [UInt8]) -> CommandReading {
        var reader = CommandReader(standardInput: .terminal, nil)
        var command = RunCommand(words: [CommandWord(client)])
        command.input = .text(CommandWord(String(decoding: text, as: UTF8.self)))
        command.standing = .followedClient
        reader.pending.append(Pending(item: .command(command), origin: nil, depth: 0))
        reader.follow()
        return reader.reading
    }

    private struct Pending {
        var item: Carried
        /// The command that leads to it.
        var origin: Int?
        var depth: Int
        /// Aliases and functions that it comes from, which mean nothing else in it.
        var names: [String] = []
        /// It is what such a name stands for: the words of the call are put in, not evaluated once more.
        var isDefinition = false
    }

    private let standardInput: StandardInput
    private let prompt: Prompt?
    private let definitions: ShellDefinitions
    private var reading = CommandReading()
    /// The next one last.
    private var pending: [Pending] = []
    private var commands: Set<RunCommand> = []
    private var scripts: Set<Carried> = []
    private var scriptBytes = 0
    private var commandBytes = 0
    private var doubts: Set<Doubt> = []

    private init(standardInput: StandardInput, _ prompt: Prompt?) {
        self.standardInput = standardInput
        self.prompt = prompt
        definitions = ShellDefinitions(prompt?.definitions ?? [], prompt?.language ?? .shell)
    }

    private mutating func follow() {
        while let next = pending.popLast() {
            switch next.item {
            case .doubt(let doubt): add(doubt, about: next.origin)
            case .command(let command): follow(command, next)
            case .script(let text, let context): follow(text, in: context, next)
            }
        }
    }

    private mutating func follow(_ command: RunCommand, _ from: Pending) {
        let meaning = definitions.meaning(of: command, within: from.names)
        var command = command
        if meaning != nil { command.standing = .definedName }
        let depth = from.depth
        guard commands.insert(command).inserted else { return }
        commandBytes += command.cost
        guard reading.commands.count < Limits.commands, commandBytes <= Limits.commandBytes else {
            pending = []
            return add(Doubt(.tooLarge, "it leads to more commands than are looked at"), about: nil)
        }
        let index = reading.commands.count
        reading.commands.append(command)
        if prompt != nil { for doubt in PromptChange.doubts(about: command) { add(doubt, about: index) } }
        var carried = CarrierTable.carried(by: command, standardInput: standardInput) + Self.shellCommands(ofSQLIn: command)
        // The name as it was typed leads where it always does, too: the shell's word for it may be forged.
        if let meaning { carried.insert(meaning.script, at: 0) }
        let isDeepest = depth >= Limits.depth
        for item in carried.reversed() {
            if case .doubt = item {} else if isDeepest { continue }
            var next = Pending(item: item, origin: index, depth: depth + 1, names: from.names)
            if let meaning, item == meaning.script {
                next.names.append(meaning.key)
                next.isDefinition = true
            }
            pending.append(next)
        }
        if isDeepest, carried.contains(where: { if case .doubt = $0 { false } else { true } }) {
            add(Doubt(.tooLarge, "commands start each other deeper than is looked at"), about: index)
        }
    }

    /// `\! cmd`, backquotes of psql, `.shell cmd`, `COPY … PROGRAM 'cmd'`. What carriers found too is read once.
    private static func shellCommands(ofSQLIn command: RunCommand) -> [Carried] {
        guard let sql = SQLSource.statements(of: command), !sql.shellCommands.isEmpty else { return [] }
        var context = command
        context.carriers.append(command.words.first.flatMap { ProgramName($0).known } ?? "")
        context.words = []
        return sql.shellCommands.map { .script($0, in: context) }
    }

    private mutating func follow(_ word: CommandWord, in context: RunCommand, _ from: Pending) {
        let origin = from.origin
        guard scripts.insert(.script(word, in: context)).inserted else { return }
        let script = ScriptText(word)
        scriptBytes += script.text.utf8.count
        guard scripts.count <= Limits.scripts, scriptBytes <= Limits.scriptBytes else {
            return add(Doubt(.tooLarge, "it runs more text than is looked at"), about: nil)
        }
        if script.unknown != nil, !from.isDefinition {
            let carrier = context.carriers.last ?? "it"
            add(
                Doubt(.evaluated, "\(Doubt.quoted(carrier)) runs text that is only known when it runs: \(word.quoted)"),
                about: origin)
        }
        // In the shell itself text is read as its own; behind a program that starts another shell, whose that is cannot be known.
        let isOwn = prompt != nil && ShellDefinitions.areSeen(by: context)
        let language = prompt.map { Prompt(language: $0.language, historyIsExpanded: true) }
        var inner = ShellReader.read(Array(script.text.utf8), at: isOwn ? language : nil)
        var parameters = PositionalParameters(context.words)
        // A function that leaves its parameters alone has those of the call and no others.
        let isSettled = from.isDefinition && !script.setsParameters
        inner.commands = inner.commands.flatMap { command in
            script.restored(command).started(in: context).flatMap { command in
                guard let filled = parameters.filled(command) else { return [command] }
                return isSettled ? [filled] : [command, filled]
            }
        }
        inner.doubts = inner.doubts.map { Doubt($0.kind, script.restored($0.text)) }
        add(inner, from: origin, depth: from.depth, names: from.names)
    }

    /// The commands of a text come next, in their order; its doubts are about the command that runs it.
    private mutating func add(_ inner: CommandReading, from origin: Int?, depth: Int, names: [String] = []) {
        for doubt in inner.doubts { add(doubt, about: origin) }
        for command in inner.commands.reversed() {
            pending.append(Pending(item: .command(command), origin: origin, depth: depth, names: names))
        }
    }

    private mutating func add(_ doubt: Doubt, about command: Int?) {
        let doubt = Doubt(doubt.kind, String(doubt.text.prefix(300)), command: command)
        let told = doubt.kind.canBeSettled ? doubt : Doubt(doubt.kind, doubt.text)
        guard reading.doubts.count <= Limits.doubts, doubts.insert(told).inserted else { return }
        // None may be lost without a word: the rest could be what no rule settles.
        let isLast = reading.doubts.count == Limits.doubts
        reading.doubts.append(isLast ? Doubt(.tooLarge, "there are more doubts about it than are looked at") : doubt)
    }
}

extension Doubt.Kind {
    /// A rule can accept it for one command (`accept-uncertain`): the same doubt about another is a second one.
    fileprivate var canBeSettled: Bool {
        switch self {
        case .foreignCode, .commandFile, .pipedProgram, .interactive: true
        case .syntax, .tooLarge, .unknownProgram, .evaluated, .redefinition, .dialect, .unreadLine, .unknownWord: false
        }
    }
}

extension RunCommand {
    /// A command of a script that another command runs: what it does not say itself it has from there.
    ///
    /// The grammar takes a script to start in the home directory: `cd x` in one that starts elsewhere is there as well.
    fileprivate func started(in context: RunCommand) -> [RunCommand] {
        var command = self
        command.assignments = context.assignments + assignments
        command.redirections += context.redirections
        if input == .inherited { command.input = context.input }
        command.output = output ?? context.output
        command.carriers = context.carriers + carriers
        command.directory = directory ?? context.directory
        guard let start = context.directory, let directory, directory.pieces.first == .home else { return [command] }
        var other = command
        other.directory = start + CommandWord(pieces: Array(directory.pieces.dropFirst()), source: directory.source)
        return [command, other]
    }

    fileprivate var cost: Int {
        words.reduce(0) { $0 + $1.cost } + redirections.reduce(0) { $0 + $1.target.cost }
            + assignments.reduce(0) { $0 + ($1.value?.cost ?? 8) }
    }
}

extension CommandWord {
    /// What it costs to keep, in about bytes.
    var cost: Int {
        pieces.reduce(8) {
            switch $1 {
            case .text(let text), .pattern(let text): $0 + text.utf8.count
            case .home, .unknown: $0 + 8
            }
        }
    }
}
