/// What one reading has found so far, and what later statements of it have to know.
struct SQLFindings {
    private(set) var reading = SQLReading()
    /// Names that `PREPARE name AS …` or `PREPARE name FROM '…'` gave to text that was read.
    var prepared: Set<String> = []
    /// What `SET @name = …` of mysql gives a variable, as far as it consists of literals.
    var assigned: [String: SQLText] = [:]
    /// How many texts are around the one being read.
    var nesting = 0
    /// There is no room for more; the rest of the text is not looked at.
    private(set) var isFull = false

    mutating func add(_ statement: SQLStatement) {
        guard reading.statements.count < SQLBounds.statements else { return overflow() }
        reading.statements.append(statement)
    }

    mutating func doubt(_ kind: Doubt.Kind, _ text: String) {
        reading.add(Doubt(kind, String(text.prefix(300))))
    }

    /// A command line that a shell will run, here or on the server.
    mutating func runs(_ command: SQLText) {
        guard command.bytes.contains(where: { !$0.isSQLSpace }) else { return }
        let word = command.word
        guard !reading.shellCommands.contains(word) else { return }
        guard reading.shellCommands.count < SQLBounds.sideEffects else { return overflow() }
        reading.shellCommands.append(word)
        if !command.holes.isEmpty {
            doubt(.evaluated, "part of a shell command in the SQL is only known when it runs: \(command.word.source.prefix(100))")
        }
    }

    mutating func opens(_ path: SQLText, _ operation: RunCommand.Redirection.Operation) {
        guard !path.bytes.isEmpty else { return }
        guard reading.redirections.count < SQLBounds.sideEffects else { return overflow() }
        reading.redirections.append(.init(operation: operation, target: path.word))
    }

    private mutating func overflow() {
        isFull = true
        doubt(.tooLarge, "there are more statements than are looked at")
    }

    /// Leaves nothing behind, so that what is taken is the only copy and can grow in place.
    mutating func take() -> SQLFindings {
        let taken = self
        self = SQLFindings()
        return taken
    }
}
