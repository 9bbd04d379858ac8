/// One entry of `match:`.
package enum RuleMatcher: Sendable {
    /// In a box: to look at one of hundreds is to hold one object, not each of its lists.
    indirect case command(CommandMatcher)
    case sql(SQLMatcher)
    case kubernetes(KubernetesMatcher)
    /// Searched in the raw text of the whole line, so it is about each of its commands.
    case text(TextPattern)
    case file(FileMatcher)

    /// What it says about one command. A `text` matcher says nothing: see `WholeLine`.
    func match(_ facts: CommandFacts) -> Match {
        switch self {
        case .command(let matcher): matcher.match(facts)
        case .sql(let matcher): matcher.match(facts)
        case .kubernetes(let matcher): matcher.match(facts)
        case .file(let matcher): matcher.match(facts)
        case .text: .no
        }
    }

    /// Whether the command does nothing but what is named here, whatever its patterns and unknown parts become. Asked before a rule may excuse a
    /// command from a stricter `default:` or from being uncertain. Errs on the side of no.
    func surelyMatches(_ facts: CommandFacts) -> Bool {
        switch self {
        case .command(let matcher): matcher.match(facts) == .yes && matcher.surelyMatches(facts)
        case .sql(let matcher): matcher.surelyMatches(facts)
        case .kubernetes(let matcher): matcher.surelyMatches(facts)
        case .file(let matcher): matcher.surelyMatches(facts)
        case .text: false
        }
    }

    /// Whether it is about certain programs.
    package var namesPrograms: Bool { asksAboutProgram }

    var asksAboutProgram: Bool {
        switch self {
        case .command(let matcher): matcher.asksAboutProgram
        case .sql, .kubernetes, .text, .file: false
        }
    }
}
