/// What a command leads to besides itself.
package enum Carried: Hashable, Sendable {
    /// Another command that it can start.
    case command(RunCommand)
    /// Shell text that it can run. The input, output, redirections, assignments, directory and carriers of `in` are those of the
    /// text's commands; its words are the text's `$0`, `$1` …, or none.
    case script(CommandWord, in: RunCommand)
    case doubt(Doubt)
}

/// What a command line as a whole reads from.
package enum StandardInput: Hashable, Sendable {
    /// A person's keyboard: a bare `bash` is interactive.
    case terminal
    /// Whatever the client sends, as with `ssh host bash`: a bare `bash` runs a program that nobody has seen.
    case stream
}
