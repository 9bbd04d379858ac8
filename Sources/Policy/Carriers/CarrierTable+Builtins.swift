/// Builtins of the shells that run text, or change what names mean.
extension CarrierTable {
    static let builtins: [Carrier] = [
        Carrier("eval") { call in
            let words = call.arguments.first?.known == "--" ? call.arguments.dropFirst() : call.arguments
            call.runScript(.joined(words))
        },
        Carrier("trap", options: "-l! p! P!") { call in
            // With one word, or a number first, signals are reset to what they were.
            guard call.operands.count > 1, let action = call.operands.first else { return }
            if let text = action.known, text == "-" || text.utf8.allSatisfy(\.isDigit) { return }
            call.runScript(action)
        },
        Carrier("source", ".", options: "p:") { call in
            // bash reads the input's text as a file of commands.
            guard let file = call.operands.first else { return }
            call.runShellProgram(file)
        },
        Carrier("emulate", options: "-lLR c:", .permutes) { call in
            for text in call.options.values("c") { call.runScript(text) }
        },
        Carrier("sched") { call in
            if call.operands.count > 1 { call.runScript(.joined(call.operands.dropFirst())) }
        },
        Carrier("complete", "compgen", options: "-abcdefgjksuvDEIpr o: A: G: W: F: C: X: P: S: V:") { call in
            for text in call.options.values("C", "F") { call.runScript(text) }
            // The words of -W are expanded like those of a command line.
            for text in call.options.values("W") { call.runScript(CommandWord(": ") + text) }
        },
        Carrier("bind", options: "-lpsvPSVX m: f: q: u: r: x:") { call in
            for binding in call.options.values("x") {
                guard let command = binding.known?.after(":") else {
                    call.doubt(.evaluated, "`bind -x` runs text that is only known when it runs: \(binding.quoted)")
                    continue
                }
                call.runScript(CommandWord(String(command)))
            }
            for file in call.options.values("f") { call.doubt(.commandFile, "`bind -f` reads keys from \(file.quoted)") }
            if !call.operands.isEmpty { call.doubt(.redefinition, "`bind` changes what keys do") }
        },
        Carrier("mapfile", "readarray", options: "-t d: n: O: s: u: C: c:") { call in
            for text in call.options.values("C") {
                call.runScript(.joined([text, CommandWord(unknown: "$line", splits: false)]))
            }
            call.doubtVariables(call.operands)
        },
        Carrier("fc", "hist", "r", options: "-nrl! s e:") { call in
            if call.name == "r", !call.arguments.isEmpty { return }
            call.doubt(.evaluated, "`\(call.name)` runs a command of the history again")
        },
        Carrier("alias", options: "-pgsrmLt") { call in
            for word in call.operands {
                guard let (name, value) = word.atEquals else {
                    if word.holdsUnknown { call.doubt(.redefinition, "`alias` changes what a name means") }
                    continue
                }
                call.doubt(.redefinition, "`alias` changes what \(Doubt.quoted(name)) means")
                call.runScript(value)
            }
        },
        Carrier("unalias", "disable") { call in
            if !call.operands.isEmpty { call.doubt(.redefinition, "`\(call.name)` changes what a name means") }
        },
        Carrier("hash", options: "-rltdLfmv p:") { call in
            let names = call.options.has("p") || call.operands.contains { $0.atEquals != nil }
            if names { call.doubt(.redefinition, "`hash` changes which file a name stands for") }
        },
        Carrier("enable", options: "-adnps f:") { call in
            if call.options.has("f", "n", "d") { call.doubt(.redefinition, "`enable` changes which names are builtins") }
        },
        Carrier("shopt", options: "-pqosu") { call in
            let changing: Set<String> = ["expand_aliases", "nocaseglob", "sourcepath", "checkhash"]
            for word in call.operands where call.options.has("s") && (word.known.map(changing.contains) ?? true) {
                call.doubt(.redefinition, "`shopt -s \(word.known ?? "…")` changes what names mean")
            }
        },
        Carrier("setopt", "unsetopt") { call in
            call.doubt(.redefinition, "`\(call.name)` changes how zsh reads commands")
        },
        Carrier("zmodload", "autoload", options: "-LeuiIFabcdfpPAUXkRzmtTWwr") { call in
            if !call.operands.isEmpty { call.doubt(.redefinition, "`\(call.name)` brings names that are defined elsewhere") }
        },
        Carrier(
            "export", "declare", "typeset", "readonly", "local", "integer", "nameref", options: "-aAfFgiIlnprtuxTUHhEkmszZLRb",
            .plus
        ) { call in
            call.redefine(call.operands.compactMap(\.assignment))
            let reference = call.name == "nameref" || call.options.has("n")
            if reference { call.doubtVariables(call.operands.compactMap { $0.assignment?.value }) }
            call.runSubscripts()
        },
        Carrier("read", options: "-erszqAkE? a: d: i: n: N: p: t: u:") { call in
            call.doubtVariables(call.operands + call.options.values("a"))
            call.runSubscripts()
        },
        Carrier("printf", options: "v:") { call in
            call.doubtVariables(call.options.values("v"))
            for name in call.options.values("v") { call.runSubscript(name) }
        },
        Carrier("let", "unset", "test", "[", "getopts", "wait") { call in call.runSubscripts() },
    ]
}

extension CarrierCall {
    /// Arithmetic evaluates the subscripts of arrays, command substitutions among them: `let 'a[$(reboot)]=1'`. `test -v` and
    /// `unset` do too.
    mutating func runSubscripts() {
        for word in arguments { runSubscript(word) }
    }

    mutating func runSubscript(_ word: CommandWord) {
        guard
            case .text(let text)? = word.pieces.first(where: {
                if case .text(let text) = $0 { text.hasSubstitution } else { false }
            })
        else {
            return
        }
        guard name != "[" && name != "test" || text.holds("[") else { return }
        runScript(CommandWord(": " + text))
    }
}

extension String {
    /// Whether a shell that expands the text would run a command.
    var hasSubstitution: Bool {
        var last: UInt8 = 0
        for byte in utf8 {
            if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "(") && last == UInt8(ascii: "$") { return true }
            last = byte
        }
        return false
    }
}
