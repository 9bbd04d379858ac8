/// `program`, `input`, `via` of a rule: which programs.
package struct ProgramPattern: Hashable, Sendable {
    private enum Kind: Hashable {
        /// The last component, without pattern characters.
        case name(String)
        case names(GlobProgram)
        /// The path as typed.
        case path(PathGlob)
        case group(String)
    }
    private let kind: Kind
    /// As written.
    package let source: String

    /// Nil for the empty text, for a group that the catalogue has not, and for a glob that is none.
    package init?(_ source: String) {
        self.source = source
        if source.hasPrefix("group:") {
            let name = String(source.dropFirst(6))
            guard ProgramCatalogue.groups[name] != nil else { return nil }
            kind = .group(name)
        } else if source.utf8.contains(UInt8(ascii: "/")) {
            guard let path = PathGlob(source) else { return nil }
            kind = .path(path)
        } else {
            guard !source.isEmpty, let glob = GlobProgram(text: source) else { return nil }
            kind = glob.isLiteral ? .name(source) : .names(glob)
        }
    }

    /// The names that it is, if it is a list of names; nil for a glob or a path.
    var names: Set<String>? {
        switch kind {
        case .name(let name): [name]
        case .group(let group): ProgramCatalogue.groups[group]
        case .names, .path: nil
        }
    }

    func match(_ facts: CommandFacts) -> Match {
        guard let program = facts.program else { return .no }
        if case .path(let path) = kind {
            switch facts.programPath.map({ path.answer($0, facts.effort) }) ?? .no {
            case .no: return .no
            case .yes: return .yes
            case .perhaps: return unknown(facts)
            }
        }
        if let name = facts.programName { return includes(name, facts.effort) ? .yes : .no }
        guard couldBe(program.symbols, facts.effort) else { return .no }
        return program.hasUnknown ? unknown(facts) : .yes
    }

    /// Whether it is one of these and no pattern or unknown part is in its name.
    func surelyMatches(_ facts: CommandFacts) -> Bool {
        if case .path(let path) = kind {
            return facts.programPath.map { path.matches($0, .surelyMatches, facts.effort) } ?? false
        }
        return facts.programName.map { includes($0, facts.effort) } ?? false
    }

    /// By name alone: what a pipe or a carrier is known by.
    func includes(_ name: String, _ effort: Effort) -> Bool {
        switch kind {
        case .name(let wanted): ProgramPatterns.forms(of: name).contains(wanted)
        case .names(let glob): glob.matches(WordText(name).symbols, .couldMatch, effort)
        case .group(let group): ProgramPatterns.forms(of: name).contains { ProgramCatalogue.groups[group]?.contains($0) == true }
        case .path: false
        }
    }

    /// Whether a name with patterns (`/bin/r?`) or with something unknown could be one of these.
    private func couldBe(_ symbols: [WordSymbol], _ effort: Effort) -> Bool {
        func literal(_ name: String) -> Bool {
            GlobProgram(steps: name.unicodeScalars.map { .one($0.value) }).matches(symbols, .couldMatch, effort)
        }
        switch kind {
        case .name(let name): return literal(name)
        case .names(let glob): return glob.matches(symbols, .couldMatch, effort)
        case .group(let group): return ProgramCatalogue.groups[group]?.contains(where: literal) ?? false
        case .path: return false
        }
    }

    private func unknown(_ facts: CommandFacts) -> Match {
        let source = facts.command.words.first?.source ?? ""
        return facts.maybe(
            "\(Doubt.quoted(source)) is known only when it runs, and may be a program that a rule asks about", .unknownProgram)
    }
}
