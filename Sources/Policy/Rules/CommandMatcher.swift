/// `command:` of a rule: all that is given has to hold of one command.
package struct CommandMatcher: Sendable {
    func match(_ facts: CommandFacts) -> Match { .no }
    var asksAboutProgram: Bool { false }
}
