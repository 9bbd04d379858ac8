/// Terminal multiplexers and debuggers: what they start, and what is typed into them.
extension CarrierTable {
    static let terminals: [Carrier] = [
        Carrier("tmux", "byobu", "byobu-tmux", options: "-2CDlNuv c: f: L: S: T: V!") { call in
            if let text = call.options.value("c") { call.runScript(text) }
            for file in call.options.values("f") where file.known != "/dev/null" {
                call.doubt(.commandFile, "`tmux` runs the commands of \(file.quoted)")
            }
            call.doubtOpaque(call.options)
            let list = call.operands.split(omittingEmptySubsequences: false) { $0.known == ";" || $0.known == "\\;" }
            for words in list.prefix(mostTerminalCommands) { multiplex(&call, words) }
            if list.count > mostTerminalCommands { call.doubt(.tooLarge, "`tmux` gets more commands than are looked at") }
        },
        Carrier(
            "screen",
            options: """
                -aAfilLmOqUvxX1234 c: d~ D~ e: h: p: r~ R~ s: S: t: T: x~ X Q ls~ list~ wipe~ dmS~ version! help!
                """, look: screen),
        Carrier(
            "gdb", "cgdb", "gdbtui", "gdb-multiarch",
            options: """
                -qnhvwl args batch batch-silent quiet silent nx n nh nw tui return-child-result readnow readnever write \
                fullname x: command: ix: init-command: eix: early-init-command: ex: eval-command: iex: init-eval-command: \
                eiex: early-init-eval-command: d: directory: c: core: p: pid: s: symbols: e: exec: se: cd: D: data-directory: \
                i: interpreter: tty: b: l: ui: epoch configuration! version! help!
                """, .oneDash, look: debug),
        Carrier(
            "lldb",
            options: """
                -bxQ a: arch: c: core: f: file: p: n: w: o: one-line: O: one-line-before-file: s: source: S: \
                source-before-file: k: one-line-on-crash: K: source-on-crash: batch no-lldbinit source-quietly attach-name: \
                attach-pid: wait-for version! v! help! h!
                """
        ) { call in
            for text in call.options.values("o", "one-line", "O", "one-line-before-file", "k", "one-line-on-crash") {
                debuggerCommand(&call, text)
            }
            for file in call.options.values("s", "source", "S", "source-before-file", "K", "source-on-crash") {
                call.doubt(.commandFile, "`lldb` runs the commands of \(file.quoted)")
            }
            call.run(call.operands)
            if !call.options.has("b", "batch") { call.runEscapeProgram() }
        },
        .prefix(
            "gdbserver",
            options: "multi once attach debug remote-debug wrapper~ no-startup-with-shell startup-with-shell version! help!",
            leading: 1),
    ]

    private static let mostTerminalCommands = 32

    /// tmux(1): commands that take shell text or a command, with the options that take a value. One word is shell text, several
    /// are a command.
    private static let windowCommands: [String: String] = [
        "new-session": "-AdDEPX c: e: F: f: n: s: t: x: y:", "new": "-AdDEPX c: e: F: f: n: s: t: x: y:",
        "new-window": "-abdkPS c: e: F: n: t:", "neww": "-abdkPS c: e: F: n: t:",
        "split-window": "-bdfhIvPZ c: e: l: p: t: F:", "splitw": "-bdfhIvPZ c: e: l: p: t: F:",
        "respawn-pane": "-k c: e: t:", "respawnp": "-k c: e: t:", "respawn-window": "-k c: e: t:", "respawnw": "-k c: e: t:",
        "pipe-pane": "-IOo t:", "pipep": "-IOo t:", "run-shell": "-bC c: d: t:", "run": "-bC c: d: t:",
        "display-popup": "-BCEkN b: c: d: e: h: s: S: t: T: w: x: y:", "popup": "-BCEkN b: c: d: e: h: s: S: t: T: w: x: y:",
    ]

    private static func multiplex(_ call: inout CarrierCall, _ words: ArraySlice<CommandWord>) {
        guard let name = words.first?.known else {
            if words.isEmpty { call.doubtInteractive("it gives a shell") }
            return
        }
        let rest = words.dropFirst()
        if let text = windowCommands[name] {
            let options = OptionGrammar(text).read(rest)
            // `run-shell -C` takes tmux commands.
            if options.has("C"), name.begins(with: "run") {
                for text in options.operands { call.runScript(CommandWord("tmux ") + text) }
                return
            }
            call.runQuoted(options.operands[...]) { if let directory = options.value("c", "d") { $0.directory = directory } }
            if options.operands.isEmpty, name.begins(with: "new") || name.begins(with: "split") {
                call.doubtInteractive("it gives a shell")
            }
            return
        }
        switch name {
        case "send-keys", "send":
            // The keys are typed into whatever runs there, a shell most of the time. Names of keys are words of their own.
            let options = OptionGrammar("-FHKlMRX c: N: t:").read(rest)
            let typed = options.operands.filter { !keys.contains($0.known?.lowercased() ?? "") }
            call.runScript(.joined(typed))
        case "if-shell", "if":
            let operands = OptionGrammar("-bF t:").read(rest).operands
            if let text = operands.first { call.runScript(text) }
            for text in operands.dropFirst() { call.runScript(CommandWord("tmux ") + text) }
        case "confirm-before", "confirm", "command-prompt", "bind-key", "bind", "set-hook", "display-menu", "menu", "set-option",
            "set", "set-window-option", "setw":
            if rest.count > 1 { call.doubt(.evaluated, "`tmux \(name)` sets commands that run later") }
        case "source-file", "source":
            for file in rest { call.doubt(.commandFile, "`tmux` runs the commands of \(file.quoted)") }
        case "attach-session", "attach", "a", "at", "attach-s": call.doubtInteractive("it gives a shell")
        case "set-buffer", "setb", "paste-buffer", "pasteb", "load-buffer", "loadb":
            call.doubt(.evaluated, "`tmux \(name)` types text into what runs in it")
        default: break
        }
    }

    private static let keys: Set<String> = [
        "enter", "c-m", "kpenter", "c-j", "space", "tab", "c-c", "c-d", "c-l", "c-u", "escape", "up", "down", "left", "right",
        "bspace", "c-z", "c-a", "c-e", "c-k",
    ]

    /// screen(1): `screen [OPTION…] [COMMAND…]`, and `screen -X stuff TEXT`.
    private static func screen(_ call: inout CarrierCall) {
        let options = call.options
        for file in options.values("c") where file.known != "/dev/null" {
            call.doubt(.commandFile, "`screen` runs the commands of \(file.quoted)")
        }
        if let shell = options.value("s") { call.runScript(shell) }
        if call.arguments.contains(where: { ["-ls", "-list", "-wipe", "-v"].contains($0.known ?? "") }) { return }
        call.doubtOpaque(options)
        if options.has("r", "x"), !options.has("X") { return call.doubtInteractive("it gives a shell") }
        for operands in [options.operands] + options.alternatives {
            guard options.has("X", "Q") else {
                call.run(operands)
                continue
            }
            let rest = operands.dropFirst()
            switch operands.first?.known {
            case "stuff":
                call.runScript(
                    .joined(
                        rest.map {
                            $0.replacing("^M", by: CommandWord("\n")).replacing("\\n", by: CommandWord("\n")).replacing(
                                "\r", by: CommandWord("\n"))
                        }))
            case "exec", "screen":
                call.run(
                    OptionGrammar("-afmlLhTt1234 t: T:").read(
                        rest.drop { $0.known?.begins(with: ".") == true || $0.known == "!" }
                    )
                    .operands)
            case "eval", "source", "readbuf", "paste", "bind", "at", "register", "process":
                call.doubt(.evaluated, "`screen -X` runs commands that are not in view")
            default: break
            }
        }
        if options.operands.isEmpty { call.doubtInteractive("it gives a shell") }
    }

    private static func debug(_ call: inout CarrierCall) {
        let options = call.options
        call.doubtOpaque(options)
        for text in options.values("ex", "eval-command", "iex", "init-eval-command", "eiex", "early-init-eval-command") {
            debuggerCommand(&call, text)
        }
        for file in options.values("x", "command", "ix", "init-command", "eix", "early-init-command") {
            call.doubt(.commandFile, "`\(call.name)` runs the commands of \(file.quoted)")
        }
        // `gdb --args PROGRAM…`; without it only the program is named.
        call.run(options.has("args") ? options.operands : Array(options.operands.prefix(1)))
        if !options.has("batch", "batch-silent") { call.runEscapeProgram() }
    }

    private static func debuggerCommand(_ call: inout CarrierCall, _ text: CommandWord) {
        guard let known = text.known else {
            return call.doubt(.evaluated, "a command for `\(call.name)` is only known when it runs: \(text.quoted)")
        }
        // lldb's `platform shell COMMAND`.
        let command = known.begins(with: "platform ") ? known.after(" ") ?? "" : known[...]
        let words = command.parts(at: " ", most: 2)
        guard let verb = words.first else { return }
        let rest = CommandWord(words.dropFirst().first.map(String.init) ?? "")
        if verb.begins(with: "!") { return call.runScript(CommandWord(String(known.after("!") ?? ""))) }
        if verb.utf8.count > 2, "shell".begins(with: String(verb)) { return call.runScript(rest) }
        if verb == "pipe" || verb == "|" || verb == "make" { return call.runScript(rest) }
        let code: Set<String> = [
            "python", "py", "pi", "python-interactive", "guile", "gu", "gr", "script", "compile", "call", "print", "p", "expr",
            "expression", "eval",
        ]
        if code.contains(String(verb)) { return call.runForeignCode(text) }
        if verb == "source" || verb == "command" {
            call.doubt(.commandFile, "`\(call.name)` runs the commands of \(rest.quoted)")
        }
    }
}
