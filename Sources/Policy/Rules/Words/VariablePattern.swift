/// An item of `variables`: `NAME` or `NAME=GLOB`; names may hold `*`.
///
/// Looks at assignments in front of a command and at the words of those that assign: `export`, `env` and their like.
package struct VariablePattern: Hashable, Sendable {
    private let name: GlobProgram
    private let value: ArgumentPattern?
    /// As written.
    package let source: String

    static let assigning: Set<String> = ["export", "declare", "typeset", "readonly", "local", "env", "sudo", "setenv", "doas"]

    package init?(_ source: String) {
        self.source = source
        let parts = source.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, !first.isEmpty, let name = GlobProgram(text: first) else { return nil }
        self.name = name
        guard parts.count == 2 else {
            value = nil
            return
        }
        guard let value = ArgumentPattern(value: parts[1]) else { return nil }
        self.value = value
    }

    func match(_ facts: CommandFacts) -> Match {
        var match = Match.no
        for assignment in facts.command.assignments {
            match = match.or(self.match(WordText(assignment.name), assignment.value.map { WordText($0) }, facts))
        }
        guard let program = facts.programName, Self.assigning.contains(program) else { return match }
        for argument in facts.parts.arguments {
            let symbols = argument.text.symbols
            let equals = symbols.firstIndex { $0 == .one(0x3D) }
            let name = WordText(symbols: Array(symbols[..<(equals ?? symbols.count)]), unknown: argument.text.unknown)
            // `export NAME` assigns nothing, but lets programs see what was assigned before.
            match = match.or(self.match(name, equals.map { argument.text.dropping($0 + 1) }, facts))
        }
        return match
    }

    private func match(_ name: WordText, _ value: WordText?, _ facts: CommandFacts) -> Match {
        guard self.name.matches(name.symbols, .couldMatch, facts.effort) else { return .no }
        if name.hasUnknown { return facts.doubt(name.unknown, "a variable") }
        guard let wanted = self.value else { return .yes }
        guard let value else {
            return facts.maybe("the value of a variable that a rule asks about is not in view")
        }
        return wanted.match(.init(value, isWhole: true), facts, "a variable's value")
    }
}
