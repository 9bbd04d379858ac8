/// Further programs that start others: for batch systems and screens, recorders and sandboxes, and those with a hook among their
/// options.
extension CarrierTable {
    static let hooks: [Carrier] = [
        // Batch systems and parallel computing.
        .prefix("mpirun", "mpiexec", "orterun", "prterun", options: mpi, .oneDash),
        .prefix("srun", "salloc", "aprun", options: cluster, bare: true),
        Carrier("sbatch", "qsub", "bsub", options: cluster + " wrap: -Iz") { call in
            for text in call.options.values("wrap") { call.runScript(text) }
            if call.options.has("wrap") { return }
            if call.name == "bsub", !call.operands.isEmpty { return call.runScript(.joined(call.operands)) }
            call.runProgram(from: ProgramSource(call.operands.first)) { call, text in call.runInputScript(text) }
        },
        .prefix("ts", "tsp", options: "-nfmEBC L: N: D: S: t~ c~ p~ o~ i~ s~ r~ w~ k~ u~ l K h V"),
        .prefix("nq", options: "-cqw"),
        Carrier("pueue") { call in
            guard call.arguments.first?.known == "add" else { return }
            let grammar = OptionGrammar(
                "-eiS w: working-directory: d: delay: g: group: a: after: l: label: p: print-task-id escape immediate stashed follow"
            )
            call.runScript(.joined(grammar.read(call.arguments.dropFirst()).operands))
        },
        .prefix("multitime", "pexec", "grc", options: "-vq n: s: f: I: i: o: c:"),
        .prefix("faketime", "datefudge", options: "-fms p: exclude-monotonic", leading: 1),
        Carrier("keyctl") { call in
            // `keyctl session NAME COMMAND…`; `-` is a name.
            if call.arguments.first?.known == "session" { call.run(call.arguments.dropFirst(2)) }
        },

        // Screens, recorders, terminals in a browser.
        .prefix("openvt", options: "-fesuvwlV c: h! version!"),
        Carrier(
            "xterm", "uxterm", "rxvt", "urxvt", "konsole", "x-terminal-emulator", "gnome-terminal", "xfce4-terminal",
            "lxterminal", "alacritty", "kitty", "st", "foot", "terminator", "tilix", look: window),
        .prefix("xinit", "startx", "cage", options: "-dms"),
        Carrier(
            "asciinema", "ttyrec", "termtosvg", "t-rec",
            options: "-yqao c: command: e: t: title: i: idle-time-limit: stdin append overwrite cols: rows: env:", .permutes
        ) { call in
            for text in call.options.values("c", "command", "e") { call.runScript(text) }
        },
        .prefix(
            "ttyd", "gotty",
            options: """
                -adORSqwW6 p: port: i: interface: c: credential: u: uid: g: gid: s: signal: w: cwd: t: client-option: T: \
                terminal-type: m: max-clients: b: base-path: I: index: C: ssl-cert: K: ssl-key: A: ssl-ca:
                """
        ),
        Carrier("tmate", options: "-2CFlkNuvV c: f: L: S: a: n: r: t:") { call in
            for text in call.options.values("c") { call.runScript(text) }
            call.doubtInteractive("it gives a shell")
        },
        Carrier(
            "agetty", "getty", "mingetty",
            options: "-8cEgiJmNRLnUwhs a: autologin: f: H: I: l: login-program: o: p: r: t: x: chdir: delay:"
        ) { call in
            for program in call.options.values("l", "login-program") { call.run([program]) }
        },

        // Sandboxes.
        .prefix(
            "minijail0", "nsjail", "sandbox-exec", "isolate",
            options: """
                -invrsdeKlpNIGLTUX u: g: c: C: P: b: k: S: f: t: m: M: a: z: Mo R: B: H: D: E: x: config: cwd: chroot: user: \
                group:
                """
        ),

        // A hook among the options.
        hook(
            "aria2c",
            "on-download-complete on-download-error on-download-start on-download-stop on-download-pause on-bt-download-complete",
            isProgram: true),
        hook("certbot", "pre-hook post-hook deploy-hook renew-hook manual-auth-hook manual-cleanup-hook"),
        hook("scrot", "e exec"), hook("dmsetup", "exec", isProgram: true), hook("genie", "c command"), hook("gem", "e editor"),
        hook("latexmk", "latex pdflatex xelatex lualatex pdf-previewer"), hook("msmtp", "passwordeval"),
        hook("fetchmail", "m mda"),
        hook("hg", "e ssh"), hook("svn", "editor-cmd diff-cmd diff3-cmd"),
        hook("rdiff-backup", "remote-schema"), hook("unison", "sshcmd rshcmd servercmd", [.oneDash]),

        hook("mdadm", "program"), hook("udhcpc", "s script"),
        hook("wpa_cli", "a"), hook("hostapd_cli", "a"), hook("openconnect", "s script csd-wrapper"),
        hook("vpnc", "script"),
        hook("fzf", "preview"), hook("sk", "preview c cmd"), hook("rg", "pre"),
        hook("ag", "pager"), hook("ack", "pager"),

        Carrier("pppd") { call in
            // Options without a dash: `pppd connect TEXT`.
            for (word, value) in zip(call.arguments, call.arguments.dropFirst()) {
                if ["connect", "disconnect", "pty", "init", "welcome"].contains(word.known ?? "") { call.runScript(value) }
            }
        },
        Carrier("pidstat") { call in
            // `pidstat -e PROGRAM ARGUMENT…`
            if let option = call.arguments.firstIndex(where: { $0.known == "-e" }) { call.run(call.arguments[(option + 1)...]) }
        },
        Carrier(
            "msgfilter", "msgexec", "csvtool",
            options: "-eEFps i: o: D: P: w: input: output-file: directory: help! version! h! V!"
        ) { call in
            // `csvtool call TEXT FILE` gives the row's fields to a shell.
            guard call.name == "csvtool" else { return call.run(call.operands) }
            if call.operands.first?.known == "call" { call.runScript(.joined(call.operands.dropFirst().prefix(1))) }
        },
        Carrier("service", "invoke-rc.d", "rc-service") { call in
            // The name is a file's below /etc/init.d: `service ../../bin/sh`.
            if let name = call.operands.first, name.contains("/") { call.run(call.operands) }
        },
        Carrier(
            "smbclient",
            options: "-NkLeEPgyxBqV A: c: command: D: d: I: l: m: n: O: p: R: s: T: t: U: W: b: i: M: help! version!", .permutes
        ) { call in
            for text in call.options.values("c", "command") { call.runEscapes(in: text, separators: "\n\r;") }
            if !call.options.has("c", "command") { call.runEscapeProgram() }
        },
        Carrier("exiftool", "gs", "ghostscript", options: "if: c: config: geotag: p: o: execute dNOSAFER", [.oneDash, .permutes])
        { call in
            for code in call.options.values("if", "c", "p") { call.runForeignCode(code) }
            for file in call.options.values("config") {
                call.doubt(.commandFile, "`\(call.name)` runs the code of \(file.quoted)")
            }
            if call.name != "exiftool", !call.operands.isEmpty {
                call.doubt(.commandFile, "`\(call.name)` runs the program of \(call.operands[0].quoted)")
            }
        },
        Carrier("torchrun", "accelerate", "gunicorn", "uwsgi", "flask", "celery", "uvicorn", "streamlit", "jupyter", "pytest") {
            call in
            if !call.operands.isEmpty { call.doubt(.commandFile, "`\(call.name)` runs code that is not in view") }
        },
    ]

    /// A program of which only some options start something.
    ///
    /// - Parameters:
    ///   - options: those options; their value is shell text.
    ///   - isProgram: the value names a program, which gets arguments.
    private static func hook(_ name: String, _ options: String, _ style: OptionGrammar.Style = [], isProgram: Bool = false)
        -> Carrier
    {
        let names = Set(options.split(separator: " ").map(String.init))
        let grammar = names.sorted().map { "\($0):" }.joined(separator: " ") + " help! version!"
        return Carrier(name, options: grammar, style.union(.permutes)) { call in
            for found in call.options.found where names.contains(found.name) {
                guard let value = found.value else { continue }
                if isProgram { call.run([value, CommandWord(unknown: "…", splits: true)]) } else { call.runScript(value) }
            }
        }
    }

    private static let mpi = """
        -qvV n: np: c: N: H: host: hosts: f: hostfile: machinefile: x: mca:: map-by: bind-to: rank-by: wdir: wd: oversubscribe \
        allow-run-as-root tag-output report-bindings timeout: prefix: ppn: env:: genv:: genvall help! version!
        """
    private static let cluster = """
        -HIklOqQsuvVZ A: account: p: partition: n: ntasks: N: nodes: c: cpus-per-task: t: time: J: job-name: o: output: e: \
        error: i: input: w: nodelist: x: exclude: C: constraint: D: chdir: G: gpus: m: distribution: M: clusters: q: qos: mem: \
        gres: pty exclusive array: a: dependency: d: mail-type: mail-user: export: b~ W: R: r~ h! help! version! l: S: P: uid: \
        gid: jobid: overlap
        """

    /// `xterm -e COMMAND…`, `gnome-terminal -- COMMAND…`, `konsole -e COMMAND…`.
    private static func window(_ call: inout CarrierCall) {
        let words = call.arguments
        let command = words.firstIndex { ["-e", "--", "-x", "--command", "--execute", "-c"].contains($0.known ?? "") }
        if let command {
            let rest = words[(command + 1)...]
            return call.runQuoted(rest)
        }
        for word in words {
            if let (name, value) = word.atEquals, name == "--command" || name == "-e" { return call.runScript(value) }
        }
        call.doubtInteractive("it gives a shell")
    }
}
