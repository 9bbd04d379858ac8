/// Shells, and what they run: text, a file, their input.
extension CarrierTable {
    static let shells: [Carrier] = [
        Carrier(
            "sh", "bash", "rbash", "dash", "ash", "zsh", "rzsh", "ksh", "rksh", "ksh93", "mksh", "lksh", "pdksh", "oksh", "yash",
            "posh", "osh",
            "static-sh", "bash-static", "zsh-static", "sash", "hush", "bosh", options: shellOptions, [.plus, .dash, .oneDash],
            look: shell),
        // The languages of these differ from the Bourne family's: what is read of their text is a guess, and said to be one.
        Carrier("csh", "tcsh", "bsd-csh", options: "-bcdefFilmnqstvVxX version! help!", .dash) { call in
            if call.options.has("c"), let text = call.operands.first { call.doubtDialect(of: text) }
            shell(&call)
        },
        Carrier(
            "fish",
            options: """
                c: command: C: init-command: -ilnNPh interactive login no-execute no-config private d: debug: o: debug-output: \
                f: features: profile: p: profile-startup: D: debug-stack-frames: print-rusage-self v! version! help!
                """
        ) { call in
            for text in call.options.values("c", "command", "C", "init-command") {
                call.doubtDialect(of: text)
                call.runScript(text, parameters: call.operands)
            }
            if call.options.value("c", "command") == nil { call.runShellProgram(call.operands.first) }
        },
        Carrier("rc", "es", "nu", "elvish", "xonsh", "ysh", "pwsh", "powershell", "scsh", look: foreignShell),

        // The names of shells are known to these, but not which shell it is.
        Carrier("script", options: typescript, .permutes) { call in
            if let text = call.options.value("c", "command") { return call.runScript(text) }
            // BSD's `script FILE COMMAND…`, where no options of its own follow the file.
            let rest = typescriptOfBSD.read(call.arguments).operands.dropFirst()
            if rest.isEmpty { call.runShell() } else { call.run(rest) }
        },
        Carrier("scriptlive", options: "h! help! V! version!") { call in
            call.doubt(.commandFile, "`scriptlive` types the recorded input of a file into a shell")
        },
        Carrier("login") { $0.runShell() },
    ]

    /// The single letters of all these shells, and bash's long names. `-c` takes no value: the text is the first operand
    /// (POSIX.1-2024 XCU sh).
    private static let shellOptions = """
        -abcCdefghiIlmnpqrstuvVxXyYwzZBDEFGHJKLMNPQRSTUVW1 o: O: A: rcfile: init-file: login noprofile norc posix restricted \
        verbose noediting debug debugger pretty-print emulate: no-rcs norcs no-globalrcs noglobalrcs privileged interactive \
        dump-strings dump-po-strings protected wordexp help! version!
        """

    private static let typescript = """
        -aefqrkdp append return flush force quiet c: command: E: echo: I: log-in: O: log-out: B: log-io: T: log-timing: m: \
        logging-format: o: output-limit: t? timing? h! help! V! version!
        """
    private static let typescriptOfBSD = OptionGrammar(typescript)

    private static func shell(_ call: inout CarrierCall) {
        let options = call.options
        call.doubtOpaque(options)
        for file in options.values("rcfile", "init-file") {
            call.doubt(.commandFile, "`\(call.name)` first runs the commands of \(file.quoted)")
        }
        if options.has("c") {
            for operands in [options.operands] + options.alternatives {
                if let text = operands.first { call.runScript(text, parameters: operands.dropFirst()) }
            }
        } else if options.has("s") {
            call.runShellProgram(nil)
        } else if options.has("n"), !options.has("+n"), options.alternatives.isEmpty {
            // Only reads it for mistakes.
        } else {
            call.runShellProgram(options.operands.first)
        }
    }

    private static func foreignShell(_ call: inout CarrierCall) {
        let words = call.arguments
        let isText: (CommandWord) -> Bool = {
            ["-c", "--commands", "-command", "-e", "-encodedcommand"].contains($0.known?.lowercased() ?? "")
        }
        if let option = words.firstIndex(where: isText), option + 1 < words.endIndex {
            let text = CommandWord.joined(words[(option + 1)...])
            call.doubtDialect(of: text)
            call.runScript(text)
        } else if !["--help", "--version", "-h"].contains(words.first?.known ?? "") {
            let file = words.first { $0.leadingText?.begins(with: "-") != true }
            call.runProgram(from: ProgramSource(file)) { call, text in
                call.doubtDialect(of: text)
                call.runInputScript(text)
            }
        }
    }
}

extension CarrierCall {
    /// A shell with this operand, or with none: it reads commands from a file or from its input.
    mutating func runShellProgram(_ operand: CommandWord?) {
        runProgram(from: ProgramSource(operand)) { call, text in call.runInputScript(text) }
    }

    mutating func doubtDialect(of text: CommandWord) {
        doubt(.dialect, "`\(name)` reads \(text.quoted) by rules of its own")
    }
}
