/// Editors and pagers: a person at them can start a shell, and most take commands as arguments.
extension CarrierTable {
    static let editors: [Carrier] = [
        Carrier(
            "vi", "vim", "nvim", "view", "rvim", "rview", "gvim", "gview", "vimdiff", "nvimdiff", "vim.basic", "vim.tiny",
            "vim.nox", "vim.gtk3",
            "nvi", "vile", "elvis", "ex", "vipw", "vigr", "visudo",
            options: """
                -AbCdDeEFfgHlLmMNnOopRrsvXxyZ c: cmd: S: i: u: U: W: w: T: t: q~ p~ V? startuptime: servername: remote \
                remote-send: remote-expr: headless embed listen: server: clean noplugin not-a-term literal log: socketid: \
                windowid: es version! help! h!
                """, .permutes, look: edit),
        // Lines of its input are commands, and `!` starts a shell.
        Carrier("ed", "red", options: "-sGElrv p: prompt: V! version! help! h!") { call in
            if call.name == "ed" { call.runEscapeProgram() }
        },
        Carrier(
            "emacs", "emacs-nox", "emacs-gtk", "xemacs", "zile", "mg", "jove", "jmacs",
            options: """
                -qQt batch script: l: load: f: funcall: eval: execute: L: directory: u: user: no-init-file no-site-file quick \
                nw no-window-system daemon? insert: kill chdir: file: terminal: d: display: find-file: visit: version! help!
                """, [.oneDash, .permutes]
        ) { call in
            for code in call.options.values("eval", "execute") { call.runForeignCode(code) }
            for code in call.options.values("f", "funcall") {
                call.doubt(.foreignCode, "`emacs` calls the function \(code.quoted)")
            }
            for file in call.options.values("l", "load", "script") {
                call.doubt(.commandFile, "`emacs` runs the code of \(file.quoted)")
            }
            if !call.options.has("batch", "script") { call.doubtInteractive("a shell can be started from it") }
        },
        Carrier(
            "emacsclient",
            options: "-cntqu e eval a: alternate-editor: s: socket-name: f: server-file: d: display: F: T: version! V! help! H!",
            .permutes
        ) { call in
            if call.options.has("e", "eval") { for code in call.operands { call.runForeignCode(code) } }
            for command in call.options.values("a", "alternate-editor") { call.runScript(command) }
            call.doubtInteractive("a shell can be started from it")
        },
        Carrier(
            "nano", "rnano", "pico", "micro", "joe", "jstar", "jpico", "rjoe", "jed", "ne", "mcedit", "kak", "hx", "helix",
            "editor", "sensible-editor",
            "select-editor", "dte", "tilde", options: "s: speller: version! help! V! h!", .permutes
        ) { call in
            if ["nano", "rnano", "pico"].contains(call.name) {
                for speller in call.options.values("s", "speller") { call.runScript(speller) }
            }
            call.doubtInteractive("a shell can be started from it")
        },
        Carrier("mc", "ranger", "nnn", "vifm", "lf", "yazi", "tig", "slrn", "tin", options: "version! help! V! h!", .permutes) {
            call in
            call.doubtInteractive("a shell can be started from it")
        },
        Carrier(
            "mail", "mailx", "s-nail", "mutt", "neomutt", "alpine", "pine",
            options: "-nNvEtHI s: a: c: b: e: F: f~ i: q: r: S: u: help! version!", .permutes
        ) { call in
            let isReader = call.name.ends(with: "mutt") || call.name.ends(with: "pine")
            if isReader { for text in call.options.values("e") { call.runEscapes(in: text) } }
            if isReader || call.operands.isEmpty { call.doubtInteractive("a shell can be started from it") }
            // A line `~!command` in the text of a message.
            if case .text(let text) = call.command.input, text.contains("~!") || text.contains("~|") {
                call.doubt(.evaluated, "`\(call.name)` runs a command that is in the message")
            }
        },
        Carrier(
            "less", "more", "most", "pg", "pager", "sensible-pager", "zless", "zmore", "bzless", "bzmore", "xzless", "xzmore",
            "zstdless", "lv",
            look: page),
        Carrier(
            "bat", "batcat", "delta",
            options: "-pnAP pager: paging: l: language: r: line-range: H: theme: style: version! help! V! h!", .permutes
        ) { call in
            for text in call.options.values("pager") { call.runScript(text) }
        },
        Carrier(
            "man",
            options: """
                -adDKltuiI7Z P: pager: H? html? L: locale: m: systems: M: manpath: S: s: sections: e: extension: E: encoding: \
                C: config-file: p: preprocessor: r: prompt: R: recode: T? troff-device? X? gxditview? whatis! f! apropos! k! w \
                where W where-cat default help! h! version! V!
                """, .permutes
        ) { call in
            for text in call.options.values("P", "pager", "H", "html") { call.runScript(text) }
            if !call.options.has("w", "where", "W", "where-cat") {
                call.doubtPager("a shell can be started from its pager")
            }
        },
        Carrier(
            "info", "pinfo", "w3m", "lynx", "links", "links2", "elinks", options: "version! help! V! h!", [.permutes, .oneDash]
        ) { call in
            call.doubtInteractive("a shell can be started from it")
        },
    ]

    private static func edit(_ call: inout CarrierCall) {
        let options = call.options
        let words = call.arguments
        if call.name == "visudo", options.has("c") { return }
        for text in options.values("c", "cmd", "remote-send") { call.runEditorCommand(text) }
        for text in options.values("remote-expr") { call.runForeignCode(text) }
        // `+COMMAND`; `+12` and `+/text` only say where to begin.
        for word in words {
            guard let text = word.leadingText, text.utf8.first == UInt8(ascii: "+"),
                !(text.utf8.count == 1 && word.pieces.count == 1)
            else { continue }
            call.runEditorCommand(word.dropping(1))
        }
        let files = options.values("S", "u", "U", "W") + (options.has("es") ? [] : options.values("s"))
        for file in files where !["NONE", "NORC", "DEFAULTS"].contains(file.known ?? "") {
            call.doubt(.commandFile, "`\(call.name)` runs the commands of \(file.quoted)")
        }
        // `ex` and `vim -e -s` read commands from their input.
        if call.name == "ex" || options.has("e", "E", "es") {
            if case .text(let text) = call.command.input { call.runEditorCommand(text) } else { call.runEscapeProgram() }
        } else {
            call.doubtInteractive("a shell can be started from it")
        }
    }

    /// less(1): `+COMMAND` runs a command of its own at the start, `++COMMAND` for each file; `!` in it is a shell's.
    private static func page(_ call: inout CarrierCall) {
        for word in call.arguments {
            if let text = word.leadingText, text.utf8.first == UInt8(ascii: "+") {
                let rest = word.dropping(text.utf8.prefix { $0 == UInt8(ascii: "+") }.count)
                call.runEditorCommand(rest)
            } else if ["--help", "--version", "-V"].contains(word.known ?? "") {
                return
            }
        }
        call.doubtPager("a shell can be started from it")
    }
}

extension CarrierCall {
    /// Commands of an editor: what follows `!` is for a shell; other languages, and functions that start something, are in doubt.
    mutating func runEditorCommand(_ text: CommandWord) {
        guard let known = text.known else {
            return doubt(.evaluated, "a command for `\(name)` is only known when it runs: \(text.quoted)")
        }
        let lines = known.parts(at: "\n\r")
        for line in lines.prefix(Self.mostEditorLines) {
            if let rest = line.after("!"), !rest.utf8.allSatisfy(\.isSpace) {
                // `:wq!` and `:set nu!` have nothing behind it; a pattern may hold one too, and then a word of it is read as a
                // command.
                runScript(CommandWord(String(rest)))
            }
            let words = line.utf8.split { !$0.isLetter && $0 != UInt8(ascii: "_") }
            if line.holds("\\=") || words.contains(where: { Self.startsSomething.contains(String(Substring($0))) }) {
                doubt(.foreignCode, "`\(name)` runs a command that can start others: \(Doubt.quoted(String(line)))")
                runShellCalls(in: CommandWord(String(line)))
            }
        }
        if lines.count > Self.mostEditorLines {
            doubt(.tooLarge, "`\(name)` gets more commands than are looked at")
        }
    }

    private static var mostEditorLines: Int { 64 }
    /// Commands and functions of vim and less that start programs or run code, with their abbreviations; digits of `py3` are cut
    /// off.
    private static let startsSomething: Set<String> = [
        "system", "systemlist", "py", "pyx", "python", "pyfile", "pydo", "perl", "perldo", "ruby", "rubydo", "rubyfile", "lua",
        "luado", "luafile", "tcl",
        "tcldo", "tclfile", "mz", "mzscheme", "mzfile", "ter", "term", "terminal", "job_start", "term_start", "jobstart",
        "termopen", "source", "so",
        "runtime", "ru", "exe", "exec", "execute", "eval", "libcall", "libcallnr", "mak", "make", "lmake", "gr", "grep", "lgrep",
        "sh", "shell",
        "feedkeys", "timer_start", "hardcopy", "ha", "cexpr", "lexpr", "set_equalprg", "equalprg", "formatprg", "makeprg",
        "grepprg", "keywordprg", "pipe",
    ]
}
