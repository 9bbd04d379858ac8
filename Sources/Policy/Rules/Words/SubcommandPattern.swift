/// `subcommand` of a rule: words that follow each other behind the program's options, each a glob: `delete`, `compute instances delete`.
package struct SubcommandPattern: Hashable, Sendable {
    private let words: [GlobProgram]
    /// As written.
    package let source: String

    /// More words than any tool nests.
    static let mostWords = 8
    package init?(_ source: String) {
        self.source = source
        let words = source.split(separator: " ").map { GlobProgram(text: String($0)) }
        guard (1...Self.mostWords).contains(words.count) else { return nil }
        var globs: [GlobProgram] = []
        for word in words {
            guard let word else { return nil }
            globs.append(word)
        }
        self.words = globs
    }

    func match(_ facts: CommandFacts) -> Match {
        let typed = facts.parts.words
        // For each number of words found so far: the best answer with which the walk can stand here.
        var here: [Match] = Array(repeating: .no, count: words.count + 1)
        here[0] = .yes
        /// The same for walks that take the word here for an option's value and step over it.
        var passing: [Match] = Array(repeating: .no, count: words.count + 1)
        var result = Match.no
        for word in typed {
            var next: [Match] = Array(repeating: .no, count: words.count + 1)
            var nextPassing = next
            for found in words.indices {
                var passed = passing[found]
                if case .anything(let text) = word {
                    passed = passed.and(facts.doubt(text.unknown, "a subcommand of \(facts.called)"))
                }
                next[found] = next[found].or(passed)
                guard here[found] != .no else { continue }
                switch word {
                case .option(let takesNext):
                    switch takesNext {
                    case .no: next[found] = next[found].or(here[found])
                    case .yes: nextPassing[found] = nextPassing[found].or(here[found])
                    case .perhaps:
                        next[found] = next[found].or(here[found])
                        nextPassing[found] = nextPassing[found].or(here[found].and(Self.ambiguous(facts)))
                    }
                case .other(let text):
                    let step = self.step(text, words[found], facts)
                    next[found + 1] = next[found + 1].or(here[found].and(step))
                case .anything(let text):
                    // It can become these words, options, or nothing.
                    let doubt = facts.doubt(text.unknown, "a subcommand of \(facts.called)")
                    next[found] = next[found].or(here[found].and(doubt))
                    result = result.or(here[found].and(doubt))
                }
            }
            result = result.or(next[words.count])
            if result == .yes { return .yes }
            next[words.count] = .no
            here = next
            passing = nextPassing
            if !here.contains(where: { $0 != .no }), !passing.contains(where: { $0 != .no }) { break }
        }
        return result
    }

    private func step(_ text: WordText, _ wanted: GlobProgram, _ facts: CommandFacts) -> Match {
        if wanted.matches(text.symbols, .couldMatch, facts.effort) {
            return text.hasUnknown ? facts.doubt(text.unknown, "a subcommand of \(facts.called)") : .yes
        }
        guard facts.known?.style.contains(.abbreviates) == true, wanted.isLiteral, !text.symbols.isEmpty else { return .no }
        guard let typed = text.known, text.symbols.count < wanted.steps.count else { return .no }
        return zip(wanted.steps, typed.unicodeScalars).allSatisfy { $0 == .one($1.value) } ? .yes : .no
    }

    private static func ambiguous(_ facts: CommandFacts) -> Match {
        facts.maybe("which word is the subcommand of \(facts.called) depends on whether the option before it takes a value")
    }
}

/// A word as the search for the subcommand sees it.
enum SubcommandWord {
    case option(takesNext: CommandParts.Taking)
    case other(WordText)
    /// Something that the shell can make several words of, or none.
    case anything(WordText)
}
