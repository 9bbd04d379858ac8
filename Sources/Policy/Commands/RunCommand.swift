/// One program that a command line can start (POSIX: a simple command), or an assignment or redirection without a program.
///
/// One command of the text can be several of these: for each value that an unknown word has in plain view, for words that can vanish, for each
/// directory it may run in, for each input (zsh reads from a pipe and from files alike), and in each family of shells that reads it differently.
///
/// "Can": the branches of `if`, the bodies of functions and loops and what stands behind `||` are all there. `ShellGrammar` makes these, and
/// `Carriers` makes further ones of those that only start another (`sudo`, `xargs`, `sh -c`).
package struct RunCommand: Hashable, Sendable {
    /// The program's name first. Empty for a bare assignment or redirection.
    package var words: [CommandWord]
    /// `NAME=value` in front, and those of `export`, `declare`, `readonly`, `local`, `typeset` are words of these commands, not here.
    package var assignments: [Assignment]
    package var redirections: [Redirection]
    package var input: Input
    /// Where the output goes if into a pipe: the name of the program that reads it, as far as it is known. Nil without a pipe.
    package var output: String?
    /// The working directory if the line itself changed it before: `cd /etc && cat passwd`. Nil: where the session starts, the login's home.
    package var directory: CommandWord?
    /// Through which programs it is started, outermost first: `sudo`, `xargs`. Empty for what the shell starts itself.
    package var carriers: [String]
    package var standing = Standing.program

    /// What the words of a command are, besides a program and its arguments.
    package enum Standing: Hashable, Sendable {
        case program
        /// The first word is an alias or a function, as the shell told: what it stands for is among the commands.
        case definedName
        /// A statement that was typed into a database client which runs already; it is the client's input.
        case followedClient
    }

    package init(
        words: [CommandWord], assignments: [Assignment] = [], redirections: [Redirection] = [], input: Input = .inherited,
        output: String? = nil, directory: CommandWord? = nil, carriers: [String] = []
    ) {
        self.words = words
        self.assignments = assignments
        self.redirections = redirections
        self.input = input
        self.output = output
        self.directory = directory
        self.carriers = carriers
    }

    package struct Assignment: Hashable, Sendable {
        package var name: String
        /// Nil for an array or what else has no single value.
        package var value: CommandWord?
        package init(name: String, value: CommandWord?) {
            self.name = name
            self.value = value
        }
    }

    package struct Redirection: Hashable, Sendable {
        /// POSIX.1-2024 XCU 2.7. Here-documents and here-strings are `Input.text`; duplications of descriptors (`2>&1`) and process
        /// substitutions (`> >(tee log)`) are left out.
        package enum Operation: String, Hashable, Sendable { case read, write, append, readWrite }
        package var operation: Operation
        package var target: CommandWord
        package init(operation: Operation, target: CommandWord) {
            self.operation = operation
            self.target = target
        }
    }

    /// What the program reads from its standard input.
    package enum Input: Hashable, Sendable {
        /// What the command line as a whole gets: with ssh whatever the client sends, at a terminal the keyboard.
        case inherited
        /// In plain view: a here-document, a here-string, or a pipe from `echo`, `printf` or `cat` with one of these. The word's text can be unknown.
        case text(CommandWord)
        case file(CommandWord)
        /// The output of other programs: their names in the order of the pipe, as far as known. None for a descriptor that the line does not
        /// show (`<&3`, `0>&1`) and for a coprocess.
        case pipe([String])
    }
}
