/// `file:` of a rule: all that is given has to hold of one operation.
package struct FileMatcher: Sendable {
    /// Nil for all.
    package var kinds: Set<FileOperation.Kind>?
    /// One of them; empty for all.
    package var paths: [PathGlob] = []
    /// Bytes. The rule is about what is larger.
    package var largerThan: UInt64?

    package init() {}

    /// Whether it is about one of these effects, sizes aside.
    func couldMatch(_ effects: [FileEffect], _ effort: Effort) -> Bool {
        effects.contains { effect in
            guard kinds?.contains(effect.kind) ?? true else { return false }
            guard !paths.isEmpty else { return true }
            return effect.paths.contains { path in
                paths.contains { $0.matches(path, .couldMatch, effort) || effect.takesTree && $0.isBelow(path) }
            }
        }
    }

    /// Whether the operation is within what it names, by each of its paths and wherever they lead. For rules that excuse from a stricter default.
    func surelyMatches(_ operation: FileOperation, _ effects: [FileEffect], _ effort: Effort) -> Bool {
        guard kinds?.contains(operation.kind) ?? true else { return false }
        guard !paths.isEmpty else { return true }
        return effects.allSatisfy { effect in
            effect.paths.allSatisfy { path in paths.contains { $0.matches(path, .surelyMatches, effort) } }
        }
    }

    /// Whether another path could make it match.
    func asksAboutPath(_ effects: [FileEffect]) -> Bool {
        !paths.isEmpty && effects.contains { kinds?.contains($0.kind) ?? true }
    }
}

// MARK: - Commands

extension FileMatcher {
    /// What it says about a command that transfers files.
    func match(_ facts: CommandFacts) -> Match {
        guard let transfer = facts.transfer else { return .no }
        let match = transfer.accesses.any { access in
            guard kinds?.contains(access.kind) ?? true else { return .no }
            return pathMatch(access, facts)
        }
        guard match != .yes, transfer.pathsAreElsewhere else { return sized(match, facts) }
        return match.or(
            facts.maybe("which files \(facts.called) transfers is not in the line"))
    }

    private func pathMatch(_ access: FileTransferCommand.Access, _ facts: CommandFacts) -> Match {
        guard !paths.isEmpty else { return .yes }
        let path = PathText(access.path, in: facts.surroundings)
        switch paths.map({ $0.answer(path, facts.effort) }).max() ?? .no {
        case .yes: return .yes
        case .perhaps: return facts.doubt(access.path.unknown ?? facts.command.directory?.source, "a file")
        case .no: break
        }
        guard access.goesBelow, paths.contains(where: { $0.matches(path.below, .couldMatch, facts.effort) }) else { return .no }
        return facts.maybe("which files below \(Doubt.quoted(access.path.source)) \(facts.called) transfers is not in the line")
    }

    /// How large it will be is known only when it is there.
    private func sized(_ match: Match, _ facts: CommandFacts) -> Match {
        guard largerThan != nil, match == .yes else { return match }
        return facts.maybe("how large the files of \(facts.called) are is not in the line")
    }

    /// Whether nothing that the command transfers is outside of what it names. For rules that excuse.
    func surelyMatches(_ facts: CommandFacts) -> Bool {
        guard let transfer = facts.transfer, !transfer.pathsAreElsewhere, largerThan == nil else { return false }
        return transfer.accesses.allSatisfy { access in
            guard kinds?.contains(access.kind) ?? true else { return false }
            guard !paths.isEmpty else { return true }
            let path = PathText(access.path, in: facts.surroundings)
            let forms = access.goesBelow ? [path, path.below] : [path]
            return forms.allSatisfy { form in paths.contains { $0.matches(form, .surelyMatches, facts.effort) } }
        }
    }
}
