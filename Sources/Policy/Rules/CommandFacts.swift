/// What rules ask about one command, each worked out once.
final class CommandFacts {
    let command: RunCommand
    let situation: Situation
    /// The last component of the program's name; nil if it is not known, or there is no program.
    let programName: String?

    init(_ command: RunCommand, in situation: Situation) {
        self.command = command
        self.situation = situation
        programName = command.words.first?.known.map { String($0.split(separator: "/").last ?? "") }
    }
}
