/// Where a shell or another interpreter takes its program from, when it is not an option's value.
///
/// The same words decide for all of them: no operand or `-` is the standard input, anything else is a file.
enum ProgramSource {
    case standardInput
    /// A process substitution, `<(curl …)`: what another program prints.
    case substitution(CommandWord)
    case file(CommandWord)

    init(_ operand: CommandWord?) {
        guard let operand else {
            self = .standardInput
            return
        }
        if let known = operand.known, Self.standardInputs.contains(known) {
            self = .standardInput
        } else if case .unknown(let unknown) = operand.pieces.first,
            unknown.source.begins(with: "<(") || unknown.source.begins(with: "=(")
        {
            self = .substitution(operand)
        } else {
            self = .file(operand)
        }
    }

    private static let standardInputs: Set<String> = [
        "-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "/proc/thread-self/fd/0",
    ]
}

extension CarrierCall {
    /// The program's code is a file, or what it reads from its standard input.
    ///
    /// - Parameter text: what to do if the input is in plain view.
    mutating func runProgram(from source: ProgramSource, text: (inout CarrierCall, CommandWord) -> Void) {
        switch source {
        case .file(let file): doubt(.commandFile, "`\(name)` runs the commands of \(file.quoted), which are not in view")
        case .substitution(let word): doubt(.pipedProgram, "`\(name)` runs what \(word.quoted) prints")
        case .standardInput:
            switch command.input {
            case .text(let word): text(&self, word)
            case .file(let file):
                if file.known == "/dev/null" { return }
                doubt(.commandFile, "`\(name)` runs the commands of \(file.quoted), which are not in view")
            case .pipe(let names):
                let writer = names.last.map { $0.isEmpty ? "another program" : Doubt.quoted($0) } ?? "another program"
                doubt(.pipedProgram, "`\(name)` runs what \(writer) prints")
            case .inherited:
                if command.redirections.contains(where: { $0.target.isSocket }) {
                    return doubt(.pipedProgram, "`\(name)` runs what comes from the network")
                }
                switch standardInput {
                case .terminal: doubt(.interactive, "further commands can be typed into `\(name)`")
                case .stream: doubt(.pipedProgram, "`\(name)` runs what the client sends to it")
                }
            }
        }
    }

    /// The input's text is shell text. Its commands read on in the same input: what is left of it then is not known.
    mutating func runInputScript(_ text: CommandWord) {
        let name = name
        runScript(text) { $0.input = .pipe([name]) }
    }

    /// At a terminal, further commands can be typed into the program, wherever its output goes.
    mutating func doubtInteractive(_ what: String = "further commands can be typed into it") {
        doubt(.interactive, "`\(name)`: \(what)")
    }

    /// A pager whose output another program reads only copies.
    mutating func doubtPager(_ what: String) {
        if command.output == nil { doubtInteractive(what) }
    }
}

extension CommandWord {
    /// The network as bash and ksh open it: `bash -i >& /dev/tcp/host/port 0>&1`.
    fileprivate var isSocket: Bool { leadingText.map { $0.begins(with: "/dev/tcp/") || $0.begins(with: "/dev/udp/") } ?? false }
}
