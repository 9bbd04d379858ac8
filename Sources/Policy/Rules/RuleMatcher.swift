/// One entry of `match:`.
package enum RuleMatcher: Sendable {
    case command(CommandMatcher)
    /// Searched in the raw text of the whole line, so it is about each of its commands.
    case text(TextPattern)
    case file(FileMatcher)

    /// What it says about one command. A `text` matcher says nothing: see `WholeLine`.
    func match(_ facts: CommandFacts) -> Match {
        switch self {
        case .command(let matcher): matcher.match(facts)
        case .text: .no
        case .file: .no
        }
    }

    var asksAboutProgram: Bool {
        switch self {
        case .command(let matcher): matcher.asksAboutProgram
        case .text, .file: false
        }
    }
}
