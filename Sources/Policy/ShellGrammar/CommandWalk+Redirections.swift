extension CommandWalk {
    /// Files that are opened, and what the standard input then is: usually one thing, in the order of the text.
    struct ExpandedRedirections {
        var files: [RunCommand.Redirection] = []
        var inputs: [RunCommand.Input] = []
    }

    mutating func expand(_ redirections: [RedirectionNode], _ around: Surroundings) -> ExpandedRedirections {
        var expanded = ExpandedRedirections()
        for redirection in redirections { expand(redirection, into: &expanded) }
        return expanded
    }

    private mutating func expand(_ redirection: RedirectionNode, into expanded: inout ExpandedRedirections) {
        let isInput = !redirection.isNamedDescriptor && redirection.descriptor ?? 0 == 0
        switch redirection.kind {
        case .hereDocument(let document):
            let body = expandWhole(document.body, source: redirection.target.source, tildes: .none)
            if isInput { expanded.inputs.append(.text(body)) }
        case .hereString:
            var pieces = WordPieces()
            for piece in expandWhole(redirection.target.parts, source: "").pieces { pieces.append(piece) }
            pieces.append(.text("\n"))
            let text = CommandWord(pieces: pieces.finish(), source: redirection.target.source)
            if isInput { expanded.inputs.append(.text(text)) }
        case .duplicate(let reads): expandDuplicate(redirection, reads: reads, into: &expanded)
        case .read, .readWrite:
            if let list = redirection.target.process {
                if isInput { expanded.inputs.append(input(from: list)) }
                return
            }
            let isRead = if case .read = redirection.kind { true } else { false }
            for target in expand(redirection.target).map(\.word) {
                expanded.files.append(RunCommand.Redirection(operation: isRead ? .read : .readWrite, target: target))
                if isInput { expanded.inputs.append(.file(target)) }
            }
        case .write: addFiles(.write, redirection.target, to: &expanded)
        case .append: addFiles(.append, redirection.target, to: &expanded)
        }
    }

    /// zsh writes into all files that the braces make.
    private mutating func addFiles(
        _ operation: RunCommand.Redirection.Operation, _ target: WordNode, to expanded: inout ExpandedRedirections
    ) {
        guard target.process == nil else { return }
        for word in expand(target).map(\.word) {
            expanded.files.append(RunCommand.Redirection(operation: operation, target: word))
        }
    }

    /// `>&log` writes into a file; the other forms name a descriptor, and what comes through one is not in view.
    private mutating func expandDuplicate(_ redirection: RedirectionNode, reads: Bool, into expanded: inout ExpandedRedirections)
    {
        let target = redirection.target.literalText
        let isDescriptor = target.map { text in text.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") } } ?? false
        if redirection.descriptor ?? (reads ? 0 : 1) == 0, !redirection.isNamedDescriptor, target != "0" {
            expanded.inputs.append(.pipe([]))
        }
        guard !isDescriptor, !reads, redirection.descriptor == nil, !redirection.isNamedDescriptor else { return }
        addFiles(.write, redirection.target, to: &expanded)
    }

    private mutating func input(from list: CommandList) -> RunCommand.Input {
        if let pieces = output(of: list) { return .text(CommandWord(pieces: pieces, source: "")) }
        let elements = list.items.flatMap { [$0.first] + $0.rest.map(\.pipeline) }.flatMap(\.elements)
        return .pipe(elements.prefix(16).compactMap { programName(of: $0) })
    }
}

// MARK: - Substitutions

extension CommandWalk {
    /// Walks the commands of all substitutions in a word. They run in subshells.
    mutating func walkSubstitutions(in parts: [WordPart], program: String?, _ around: Surroundings) {
        for part in parts {
            switch part {
            case .plain, .quoted: break
            case .group(_, let inner): walkSubstitutions(in: inner, program: program, around)
            case .array(let words): for word in words { walkSubstitutions(in: word.parts, program: program, around) }
            case .expansion(let expansion, _):
                switch expansion.kind {
                case .parameter(let parameter):
                    walkSubstitutions(in: parameter.operand, program: program, around)
                case .arithmetic(let inner): walkSubstitutions(in: inner, program: program, around)
                case .command(let list): apart { $0.walk(list, Surroundings(input: around.input)) }
                case .process(let reads, let list):
                    let inside =
                        reads
                        ? Surroundings(input: around.input, output: program)
                        : Surroundings(input: .pipe(program.map { [$0] } ?? []))
                    apart { $0.walk(list, inside) }
                }
            }
        }
    }

    mutating func walkSubstitutions(in redirections: [RedirectionNode], program: String?, _ around: Surroundings) {
        for redirection in redirections {
            if case .hereDocument(let document) = redirection.kind {
                walkSubstitutions(in: document.body, program: program, around)
            } else {
                walkSubstitutions(in: redirection.target.parts, program: program, around)
            }
        }
    }
}

extension WordNode {
    /// The commands of a word that is nothing but `<(…)` or `>(…)`.
    var process: CommandList? {
        guard parts.count == 1, case .expansion(let expansion, _) = parts[0], case .process(_, let list) = expansion.kind else {
            return nil
        }
        return list
    }
}
