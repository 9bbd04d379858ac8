/// Why it cannot be known what a command line does. Makes it *uncertain*; what happens then is the policy's word `uncertain:`.
package struct Doubt: Hashable, Sendable {
    /// For machines. The raw value is a contract: it appears in JSON and in the ledger.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The shells would not take it, or this parser does not.
        case syntax
        /// Longer, deeper or with more expansions than is looked at.
        case tooLarge = "too-large"
        /// The name of the program is only known when it runs: `$x`, `$(…)`.
        case unknownProgram = "unknown-program"
        /// Text that is only known when it runs is run as a command (`eval "$x"`, `sh -c "$x"`), or a shell evaluates text once more where
        /// nobody expects it: `${x@P}`, `((x))` with `x='a[$(rm y)]'`, zsh's `*(e:'rm y':)`.
        case evaluated
        /// A shell or an interpreter reads its program from a pipe or from standard input: `curl … | sh`, `bash -s`.
        case pipedProgram = "piped-program"
        /// Code of another language: `python -c`, `perl -e`, `awk 'system()'`.
        case foreignCode = "foreign-code"
        /// A file of commands that is not in view: `source x`, `sh x`, `make`.
        case commandFile = "command-file"
        /// A program at which a person can type further commands: a shell, an editor with a shell escape.
        case interactive
        /// What names mean is changed: aliases, `PATH`, `LD_PRELOAD`, `enable`, `hash -p`.
        case redefinition
        /// The shells of the common families read it differently.
        case dialect
        /// A line was typed, and what it is could not be read for certain: see `LineDoubt`.
        case unreadLine = "unread-line"
        /// A rule asks about a word that is only known when it runs.
        case unknownWord = "unknown-word"
    }
    package var kind: Kind
    /// One sentence for a person, without the final full stop; may quote the command, escaped, at most 300 characters.
    package var text: String
    /// Which of the reading's commands it is about, as an index into `commands`; nil for the text as a whole.
    package var command: Int?

    package init(_ kind: Kind, _ text: String, command: Int? = nil) {
        self.kind = kind
        self.text = text
        self.command = command
    }
}

/// What a command line can run, and what cannot be known of it.
package struct CommandReading: Hashable, Sendable {
    /// In the order of the text, at most 4,096; behind them those that another family of shells makes of the text.
    package var commands: [RunCommand]
    package var doubts: [Doubt]
    /// Typed at a prompt where the shell asks for more: the text is right as far as it goes, and ends inside of a command.
    package var isUnfinished = false
    package init(commands: [RunCommand] = [], doubts: [Doubt] = []) {
        self.commands = commands
        self.doubts = doubts
    }
}
