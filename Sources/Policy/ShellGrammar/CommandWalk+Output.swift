// What a command writes, where that is in plain view.
extension CommandWalk {
    /// The output of an element of a pipeline, of a command that prints known or unknown words and does nothing else.
    mutating func output(of node: CommandNode, reading input: RunCommand.Input?) -> CommandWord? {
        let pieces: [CommandWord.Piece]? =
            switch node {
            case .simple(let command): output(of: command, reading: input)
            case .compound(.group(let list), let redirections), .compound(.subshell(let list), let redirections):
                redirections.isEmpty ? output(of: list) : nil
            case .compound: nil
            }
        return pieces.map { CommandWord(pieces: $0, source: "") }
    }

    mutating func output(of list: CommandList) -> [CommandWord.Piece]? {
        var pieces = WordPieces()
        for item in list.items {
            guard item.rest.isEmpty, !item.isBackground else { return nil }
            var text: CommandWord?
            for element in item.first.elements {
                guard let next = output(of: element, reading: text.map { .text($0) }) else { return nil }
                text = next
            }
            for piece in text?.pieces ?? [] { pieces.append(piece) }
        }
        return pieces.finish()
    }

    private mutating func output(of command: SimpleCommand, reading input: RunCommand.Input?) -> [CommandWord.Piece]? {
        if command.words.isEmpty { return command.redirections.isEmpty && !command.assignments.isEmpty ? [] : nil }
        guard let name = firstName(of: command)?.split(separator: "/").last else { return nil }
        switch name {
        case "echo", "printf", "print":
            let words = command.words.flatMap { expand($0) }.map(\.word).drop { $0.known != firstName(of: command) }.dropFirst()
            return switch name {
            case "echo": PrintedText.echo(words)
            case "printf": PrintedText.printf(Array(words))
            default: PrintedText.print(words)
            }
        case "cat", "tee":
            let files = command.words.dropFirst().filter { $0.literalText != "-" && $0.literalText != "-a" }
            guard name == "tee" || files.isEmpty else { return nil }
            let inputs = expand(command.redirections, Surroundings()).inputs
            guard inputs.count < 2, case .text(let text)? = inputs.last ?? input else { return nil }
            return text.pieces
        default: return nil
        }
    }

    /// What a program in a pipe is called, as far as that is known.
    mutating func programName(of node: CommandNode) -> String? {
        switch node {
        case .simple(let command): return command.words.first.flatMap { expand($0).first?.word.shownName }
        case .compound(let command, _):
            let lists: [CommandList] =
                switch command {
                case .group(let list), .subshell(let list): [list]
                case .conditional(let branches): branches.map { $0.condition ?? $0.body }
                case .loop(let condition, _, let body, _): [condition ?? body]
                case .iteration(_, _, let body, _): [body]
                case .selection(_, let clauses): clauses.map(\.body)
                case .always(let first, _): [first]
                case .test, .arithmetic, .function, .coprocess: []
                }
            return lists.first?.items.first?.first.elements.first.flatMap { programName(of: $0) }
        }
    }
}
