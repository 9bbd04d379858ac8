/// A glob of `arguments`, or for the value of a flag or a variable.
package struct ArgumentPattern: Hashable, Sendable {
    private enum Kind: Hashable {
        case path(PathGlob)
        /// `of=/dev/**`: a path behind this word.
        case keyed(String, PathGlob)
        case text(GlobProgram)
        /// What may be a path or any other text: a flag's value.
        case either(PathGlob, GlobProgram)
    }
    private let kind: Kind
    /// As written.
    package let source: String
    /// It starts with a dash, so it is about options too.
    let isOption: Bool

    /// Nil for a glob or a path that is none (`PathGlob`).
    package init?(_ source: String) {
        self.source = source
        isOption = source.utf8.first == UInt8(ascii: "-")
        if let equals = source.utf8.firstIndex(of: UInt8(ascii: "=")),
            source[..<equals].utf8.allSatisfy({ $0 != UInt8(ascii: "/") })
        {
            let value = String(source[source.utf8.index(after: equals)...])
            if value.hasPrefix("/") || value.hasPrefix("~") {
                guard let path = PathGlob(value) else { return nil }
                kind = .keyed(String(source[...equals]), path)
                return
            }
        }
        if source.utf8.contains(UInt8(ascii: "/")) || source.utf8.first == UInt8(ascii: "~") {
            guard let path = PathGlob(source) else { return nil }
            kind = .path(path)
        } else {
            guard let glob = GlobProgram(text: source) else { return nil }
            kind = .text(glob)
        }
    }

    /// For the value of a flag or of a variable. One with a `/` is compared as a path and as plain text: `*/*` is what holds a slash.
    package init?(value source: String) {
        self.source = source
        isOption = false
        guard let text = GlobProgram(text: source) else { return nil }
        let canBePath = source.utf8.contains(UInt8(ascii: "/")) || source.utf8.first == UInt8(ascii: "~")
        if canBePath, let path = PathGlob(source) { kind = .either(path, text) } else { kind = .text(text) }
    }

    var isPath: Bool {
        switch kind {
        case .path, .keyed: true
        case .text, .either: false
        }
    }

    func match(_ argument: CommandParts.Argument, _ facts: CommandFacts, _ what: @autoclosure () -> String) -> Match {
        facts.match(answer(argument, facts), of: argument.text, what())
    }

    /// Whether the argument can be meant, or something inside it that it holds for the program: the value behind a `=`.
    private func answer(_ argument: CommandParts.Argument, _ facts: CommandFacts) -> GlobAnswer {
        switch kind {
        case .path(let path):
            return argument.paths(in: facts.surroundings).lazy.map { path.answer($0, facts.effort) }.max() ?? .no
        case .keyed(let key, let path):
            guard argument.text.starts(with: key) else {
                // `$x`, `o$x`: what is not known can bring the rest of it.
                let steps: [GlobProgram.Step] = key.unicodeScalars.map { .one($0.value) } + [.many(slash: true)]
                let isPossible = GlobProgram(steps: steps).matches(argument.text.symbols, .couldMatch, facts.effort)
                return argument.text.hasUnknown && isPossible ? .perhaps : .no
            }
            let value = argument.text.dropping(key.unicodeScalars.count)
            return path.answer(PathText(value, in: facts.surroundings), facts.effort)
        case .either(let path, let glob):
            return max(
                answer(glob, argument.text.symbols, argument.text, facts),
                path.answer(PathText(argument.text, in: facts.surroundings), facts.effort))
        case .text(let glob):
            let whole = answer(glob, argument.text.symbols, argument.text, facts)
            guard whole != .yes, let equals = argument.text.symbols.firstIndex(of: .one(0x3D)) else { return whole }
            return max(whole, answer(glob, Array(argument.text.symbols[(equals + 1)...]), argument.text, facts))
        }
    }

    private func answer(_ glob: GlobProgram, _ symbols: [WordSymbol], _ text: WordText, _ facts: CommandFacts) -> GlobAnswer {
        guard glob.matches(symbols, .couldMatch, facts.effort) else { return .no }
        guard symbols.holdUnknown else { return .yes }
        return !text.splits && glob.matches(symbols, .surelyMatches, facts.effort) ? .yes : .perhaps
    }

    /// Whether it is meant whatever the unknown parts and the patterns of the argument become.
    func surelyMatches(_ argument: CommandParts.Argument, _ facts: CommandFacts) -> Bool {
        switch kind {
        case .path(let path):
            return path.matches(PathText(argument.text, in: facts.surroundings), .surelyMatches, facts.effort)
        case .keyed(let key, let path):
            guard argument.text.starts(with: key) else { return false }
            let value = argument.text.dropping(key.unicodeScalars.count)
            return path.matches(PathText(value, in: facts.surroundings), .surelyMatches, facts.effort)
        case .either(let path, let glob):
            return glob.matches(argument.text.symbols, .surelyMatches, facts.effort)
                || path.matches(PathText(argument.text, in: facts.surroundings), .surelyMatches, facts.effort)
        case .text(let glob):
            return glob.matches(argument.text.symbols, .surelyMatches, facts.effort)
        }
    }
}
