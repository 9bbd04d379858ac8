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

    /// Whether the argument, or what an option's value it holds, can be meant. Unknown text makes it a maybe, which the caller says.
    func couldMatch(_ argument: CommandParts.Argument, _ facts: CommandFacts) -> Bool {
        switch kind {
        case .path(let path):
            return argument.paths(in: facts.surroundings).contains { path.matches($0, .couldMatch, facts.effort) }
        case .keyed(let key, let path):
            guard argument.text.starts(with: key) else {
                // `$x`, `o$x`: what is not known can bring the rest of it.
                let steps: [GlobProgram.Step] = key.unicodeScalars.map { .one($0.value) } + [.many(slash: true)]
                return argument.text.hasUnknown
                    && GlobProgram(steps: steps).matches(argument.text.symbols, .couldMatch, facts.effort)
            }
            let value = argument.text.dropping(key.unicodeScalars.count)
            return path.matches(PathText(value, in: facts.surroundings), .couldMatch, facts.effort)
        case .either(let path, let glob):
            return glob.matches(argument.text.symbols, .couldMatch, facts.effort)
                || path.matches(PathText(argument.text, in: facts.surroundings), .couldMatch, facts.effort)
        case .text(let glob):
            if glob.matches(argument.text.symbols, .couldMatch, facts.effort) { return true }
            guard let equals = argument.text.symbols.firstIndex(of: .one(0x3D)) else { return false }
            return glob.matches(Array(argument.text.symbols[(equals + 1)...]), .couldMatch, facts.effort)
        }
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

    /// Three-valued: the argument's own unknown parts decide between yes and maybe.
    func match(_ argument: CommandParts.Argument, _ facts: CommandFacts, _ what: String) -> Match {
        guard couldMatch(argument, facts) else { return .no }
        if !argument.text.hasUnknown || !argument.text.splits && surelyMatches(argument, facts) { return .yes }
        return facts.doubt(argument.text.unknown, what)
    }
}
