/// What came of a line, or what else an auditor of the channel should know.
package struct LineReport: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// The command of that question began to run.
        case started
        /// It is over. Status 0…255 as the shell tells it.
        case ended(status: UInt8)
        /// It was allowed and did not run: the line was cleared, or it is a comment.
        case withdrawn
        /// So many bytes that were typed or pasted behind a refused line were dropped.
        case dropped(bytes: UInt64)
        /// A command ran that nobody had released: the integration was tampered with.
        case alarm(GuardAlarm)
        /// From here on there is less, or more, to read lines by.
        case reading(LineWitnesses)
    }
    /// The question that it is about; 0 for none.
    package var number: UInt32
    package var content: Content

    package init(number: UInt32, _ content: Content) {
        self.number = number
        self.content = content
    }
}

/// Signs that something ran, or could have run, that was not judged. The raw value is the wire's.
package enum GuardAlarm: UInt8, CaseIterable, Sendable {
    /// A command started that was not released.
    case unreleasedCommand = 1
    /// A mark with the session's nonce that no integration sends.
    case malformedMark = 2
    /// Without the integration: the prompt came back twice since something was typed into a program.
    case typedAhead = 3
    /// Without the integration: a key that is not known to end a line did. The line is a question of its own, with the doubt `alreadyRan`.
    case unjudgedLine = 4
    /// The same, and the policy would have refused the line.
    case refusedLineRan = 5

    /// Whether an enforced session ends. What only might be is for the auditor to look at: a program may show what looks like two prompts.
    package var endsSession: Bool {
        switch self {
        case .unreleasedCommand, .malformedMark, .refusedLineRan: true
        case .typedAhead, .unjudgedLine: false
        }
    }

    /// One sentence for a person, without the final full stop.
    package var text: String {
        switch self {
        case .unreleasedCommand: "a command started that had not been judged"
        case .malformedMark: "something imitates the marks of the shell integration"
        case .typedAhead: "what was typed into a program may have reached its shell without having been judged"
        case .unjudgedLine: "a line ran that had not been judged"
        case .refusedLineRan: "a line ran before it could be refused"
        }
    }
}
