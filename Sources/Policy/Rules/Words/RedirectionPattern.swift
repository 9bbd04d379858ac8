/// An item of `redirections`: `> /etc/**` for writing, `< /etc/shadow` for reading, a path alone for both.
package struct RedirectionPattern: Hashable, Sendable {
    private let reads: Bool
    private let writes: Bool
    private let path: PathGlob
    /// As written.
    package let source: String

    /// Nil for a path that is none (`PathGlob`).
    package init?(_ source: String) {
        self.source = source
        var rest = source[...]
        let arrows = rest.prefix { $0 == "<" || $0 == ">" }
        switch arrows {
        case ">", ">>": (reads, writes) = (false, true)
        case "<": (reads, writes) = (true, false)
        case "", "<>": (reads, writes) = (true, true)
        default: return nil
        }
        rest = rest.dropFirst(arrows.count).drop { $0 == " " }
        guard ["/", "~", "**"].contains(where: rest.hasPrefix), let path = PathGlob(String(rest)) else { return nil }
        self.path = path
    }

    func match(_ facts: CommandFacts) -> Match {
        facts.redirections.any { redirection in
            let text = WordText(redirection.target)
            guard isAbout(redirection) else { return .no }
            return facts.match(path.answer(PathText(text, in: facts.surroundings), facts.effort), of: text, "a file")
        }
    }

    /// Whatever the patterns and the unknown parts of the target become.
    func surelyMatches(_ redirection: RunCommand.Redirection, _ facts: CommandFacts) -> Bool {
        let text = WordText(redirection.target)
        return isAbout(redirection) && !text.splits
            && path.matches(PathText(text, in: facts.surroundings), .surelyMatches, facts.effort)
    }

    func isAbout(_ redirection: RunCommand.Redirection) -> Bool {
        switch redirection.operation {
        case .read: reads
        case .write, .append: writes
        case .readWrite: true
        }
    }
}
