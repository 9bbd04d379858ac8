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
        var reader = CommandReader(standardInput: standardInput)
        reader.add(ShellReader.read(text, atPrompt: atPrompt), from: nil, depth: 0)
        reader.follow()
        return reader.reading
    }

    private struct Pending {
        var item: Carried
        /// The command that leads to it.
        var origin: Int?
        var depth: Int
    }

    private let standardInput: StandardInput
    private var reading = CommandReading()
    /// The next one last.
    private var pending: [Pending] = []
    private var commands: Set<RunCommand> = []
    private var scripts: Set<Carried> = []
    private var scriptBytes = 0
    private var commandBytes = 0
    private var doubts: Set<Doubt> = []

    private init(standardInput: StandardInput) { self.standardInput = standardInput }

    private mutating func follow() {
        while let next = pending.popLast() {
            switch next.item {
            case .doubt(let doubt): add(doubt, about: next.origin)
            case .command(let command): follow(command, from: next.origin, depth: next.depth)
            case .script(let text, let context): follow(text, in: context, from: next.origin, depth: next.depth)
            }
        }
    }

    private mutating func follow(_ command: RunCommand, from origin: Int?, depth: Int) {
        guard commands.insert(command).inserted else { return }
        commandBytes += command.cost
        guard reading.commands.count < Limits.commands, commandBytes <= Limits.commandBytes else {
            pending = []
            return add(Doubt(.tooLarge, "it leads to more commands than are looked at"), about: nil)
        }
        let index = reading.commands.count
        reading.commands.append(command)
        let carried = CarrierTable.carried(by: command, standardInput: standardInput)
        let isDeepest = depth >= Limits.depth
        for item in carried.reversed() {
            if case .doubt = item {} else if isDeepest { continue }
            pending.append(Pending(item: item, origin: index, depth: depth + 1))
        }
        if isDeepest, carried.contains(where: { if case .doubt = $0 { false } else { true } }) {
            add(Doubt(.tooLarge, "commands start each other deeper than is looked at"), about: index)
        }
    }

    private mutating func follow(_ word: CommandWord, in context: RunCommand, from origin: Int?, depth: Int) {
        guard scripts.insert(.script(word, in: context)).inserted else { return }
        let script = ScriptText(word)
        scriptBytes += script.text.utf8.count
        guard scripts.count <= Limits.scripts, scriptBytes <= Limits.scriptBytes else {
            return add(Doubt(.tooLarge, "it runs more text than is looked at"), about: nil)
        }
        if script.unknown != nil {
            let carrier = context.carriers.last ?? "it"
            add(
                Doubt(.evaluated, "\(Doubt.quoted(carrier)) runs text that is only known when it runs: \(word.quoted)"),
                about: origin)
        }
        var inner = ShellReader.read(script.text)
        var parameters = PositionalParameters(context.words)
        inner.commands = inner.commands.flatMap { command in
            script.restored(command).started(in: context).flatMap { command in
                [command] + (parameters.filled(command).map { [$0] } ?? [])
            }
        }
        inner.doubts = inner.doubts.map { Doubt($0.kind, script.restored($0.text)) }
        add(inner, from: origin, depth: depth)
    }

    /// The commands of a text come next, in their order; its doubts are about the command that runs it.
    private mutating func add(_ inner: CommandReading, from origin: Int?, depth: Int) {
        for doubt in inner.doubts { add(doubt, about: origin) }
        for command in inner.commands.reversed() {
            pending.append(Pending(item: .command(command), origin: origin, depth: depth))
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
        case .syntax, .tooLarge, .unknownProgram, .evaluated, .redefinition, .dialect, .unknownWord: false
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
