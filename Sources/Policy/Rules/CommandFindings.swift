/// What the `text` matchers of the rules find in a line.
struct WholeLine {
    enum Text {
        case nowhere
        /// Somewhere in the line, beside which anything else may stand.
        case somewhere
        /// The pattern is the whole line, from the first to the last byte.
        case everything
    }
    /// For each rule that applies.
    let texts: [Text]

    init(_ text: [UInt8], _ rules: [PolicyRule]) {
        let needsText = rules.contains { $0.matchers.contains { if case .text = $0 { true } else { false } } }
        let repaired = needsText ? TextPattern.repaired(text) : []
        texts = rules.map { rule in
            var found = Text.nowhere
            for case .text(let pattern) in rule.matchers where pattern.isFound(in: repaired) {
                if pattern.isAll(of: repaired) { return .everything }
                found = .somewhere
            }
            return found
        }
    }
}

/// What the rules say about one command.
struct CommandFindings {
    struct Finding {
        /// Of the rule among those that apply.
        var position: Int
        /// Never `no`.
        var match: Match
        /// Whether a mild rule may count: one that has found its text somewhere knows nothing about the rest of the line.
        var mayExcuse: Bool
        /// Whether it was the program that the rule asked about.
        var isAboutProgram: Bool
    }

    let command: RunCommand
    /// As doubts name it; nil if it is not known.
    let program: String?
    let findings: [Finding]

    init(_ facts: CommandFacts, _ rules: [PolicyRule], _ whole: WholeLine) {
        command = facts.command
        program = facts.programName
        findings = rules.indices.compactMap { position in
            var match = Match.no
            var isAboutProgram = false
            for matcher in rules[position].matchers {
                let one = matcher.match(facts)
                if one != .no, matcher.asksAboutProgram { isAboutProgram = true }
                match = match.or(one)
            }
            switch (match, whole.texts[position]) {
            case (.no, .nowhere): return nil
            case (.yes, _), (_, .nowhere):
                return Finding(position: position, match: match, mayExcuse: true, isAboutProgram: isAboutProgram)
            case (_, let text):
                return Finding(position: position, match: .yes, mayExcuse: text == .everything, isAboutProgram: isAboutProgram)
            }
        }
    }

    /// A line in which no command was found: only its text can be looked at.
    init(_ whole: WholeLine) {
        command = RunCommand(words: [])
        program = nil
        findings = whole.texts.enumerated().compactMap { position, text in
            guard text != .nowhere else { return nil }
            return Finding(position: position, match: .yes, mayExcuse: text == .everything, isAboutProgram: false)
        }
    }
}
