/// Programs for files, archives, packages and builds that take a command among their options, or run files of commands.
extension CarrierTable {
    static let files: [Carrier] = [
        // GNU tar 1.35, and bsdtar's `--use-compress-program`. Long names may be cut.
        Carrier("tar", "gtar", "bsdtar", "star", options: archive, .permutes, look: tar),
        Carrier("zip", look: zip),
        Carrier(
            "cpio", "bsdcpio",
            options: """
                -0aAbBcdfikLlmnopPrstuvV6z C: E: F: H: I: M: O: R: block-size: format: file: pattern-file: owner: rsh-command: \
                to-stdout help! version!
                """,
            .permutes
        ) { call in
            for text in call.options.values("rsh-command") { call.runScript(text) }
        },
        Carrier(
            "sort",
            options: """
                -bcCdfghiMmnRrsuVz compress-program: k: key: o: output: S: buffer-size: t: field-separator: T: \
                temporary-directory: batch-size: parallel: files0-from: random-source: sort: check? debug help! version!
                """,
            .permutes
        ) { call in
            for program in call.options.values("compress-program") { call.run([program]) }
            for file in call.options.values("o", "output") { call.file(.write, file) }
        },
        Carrier(
            "install",
            options: """
                -bcCdDpsTvZ g: group: m: mode: o: owner: strip-program: t: target-directory: S: suffix: backup? strip compare \
                directory preserve-timestamps verbose help! version!
                """,
            .permutes
        ) { call in
            for program in call.options.values("strip-program") {
                call.run([program, CommandWord(unknown: "the installed file")])
            }
        },
        Carrier("dump", "restore", options: "-cnqSuvMaiklNorRtxhymC F: f: B: b: d: D: e: E: h: I: L: Q: s: T: A: X:") { call in
            for text in call.options.values("F") { call.runScript(text) }
        },
        Carrier(
            "borg", "restic", "duplicity", "rclone",
            options: "rsh: password-command: ssh-cmd~ o: option: password-file: repository-file: r: repo: config: help! version!",
            .permutes
        ) { call in
            for text in call.options.values("rsh", "password-command") { call.runScript(text) }
            for option in call.options.values("o", "option") {
                if let (name, value) = option.atEquals, name.ends(with: "command") || name.ends(with: "program") {
                    call.runScript(value)
                }
            }
        },
        Carrier(
            "wget", "wget2",
            options: """
                -bcdEFHkKlmNnpqrSvVx use-askpass: e: execute: O: output-document: o: output-file: a: append-output: i: \
                input-file: P: U: A: R: D: X: I: t: T: w: Q: l: header: post-file: post-data: config: help! version!
                """,
            .permutes
        ) { call in
            for text in call.options.values("use-askpass") { call.run([text]) }
            for text in call.options.values("e", "execute") where text.contains("use_askpass") {
                call.runScript(text.atEquals?.value ?? text)
            }
        },
        Carrier(
            "tcpdump", "dumpcap",
            options: "-AbdDeEfhHIJKlLnNOpqStuUvxX# B: c: C: F: G: i: j: m: M: r: s: T: V: w: W: y: z: Z: Q: E: help! version!",
            .permutes
        ) { call in
            for program in call.options.values("z") { call.run([program, CommandWord(unknown: "the saved file")]) }
        },
        Carrier(
            "openvpn",
            options: """
                config: up: down: route-up: route-pre-down: ipchange: client-connect: client-disconnect: learn-address: \
                auth-user-pass-verify:: tls-verify: tls-crypt-v2-verify: plugin: script-security: dev: remote: help! version!
                """,
            .permutes
        ) { call in
            for text in call.options.values(
                "up", "down", "route-up", "route-pre-down", "ipchange", "client-connect", "client-disconnect", "learn-address",
                "auth-user-pass-verify", "tls-verify", "tls-crypt-v2-verify")
            { call.runScript(text) }
            for library in call.options.values("plugin") { call.doubt(.redefinition, "`openvpn` loads \(library.quoted)") }
        },
        Carrier("openssl", options: "engine: provider-path: provider: help! version!", [.oneDash, .permutes]) { call in
            for library in call.options.values("engine", "provider-path") {
                call.doubt(.redefinition, "`openssl` loads \(library.quoted)")
            }
        },
        Carrier(
            "gcc", "g++", "cc", "c++", "c89", "c99", "gfortran", "clang",
            options: "wrapper: o: x: I: L: l: D: U: include: isystem: std~ B: specs: help! version!", [.oneDash, .permutes]
        ) { call in
            for text in call.options.values("wrapper") { call.runScript(text.replacing(",", by: CommandWord(" "))) }
            for file in call.options.values("B", "specs") {
                call.doubt(.redefinition, "`\(call.name)` takes programs from \(file.quoted)")
            }
        },
        Carrier(
            "latex", "pdflatex", "xelatex", "lualatex", "tex", "pdftex", "luatex",
            options: "shell-escape enable-write18 interaction: output-directory: jobname: halt-on-error version! help!",
            [.oneDash, .permutes]
        ) { call in
            let isLua = call.name.begins(with: "lua")
            if call.options.has("shell-escape", "enable-write18") || isLua {
                call.doubt(.foreignCode, "a document can run commands in `\(call.name)`")
            }
        },
        Carrier(
            "nmap", options: "script: script-args: interactive iL: oN: oX: oG: oA: p: e: S: D: V! version! h! help!",
            [.oneDash, .permutes]
        ) { call in
            for script in call.options.values("script") where script.contains("/") || script.contains(".nse") {
                call.doubt(.commandFile, "`nmap` runs the code of \(script.quoted)")
            }
            if call.options.has("interactive") { call.doubtInteractive() }
        },
        Carrier("busctl", options: "address: H: M: user system help! version!", .permutes) { call in
            for address in call.options.values("address") where address.contains("exec:") {
                // `unixexec:path=/bin/rm,argv1=-rf,argv2=/`
                call.doubt(.evaluated, "`busctl` starts the program that \(address.quoted) names")
                let parts = (address.known ?? "").parts(at: ":").last?.parts(at: ",") ?? []
                call.run(
                    parts.compactMap { CommandWord(String($0)).atEquals }.filter {
                        $0.name == "path" || $0.name.begins(with: "argv")
                    }.map(\.value))
            }
        },
        Carrier(
            "rpm", "rpmbuild", "rpm2cpio",
            options: """
                -abceFhilpqtUvV E: eval: pipe: root: D: define: dbpath: queryformat: qf: rcfile: load: macros: help! version!
                """,
            .permutes
        ) { call in
            for text in call.options.values("pipe") { call.runScript(text) }
            for text in call.options.values("eval", "E", "D", "define")
            where text.contains("%(") || text.contains("%{lua:") || text.holdsUnknown {
                call.doubt(.foreignCode, "a macro of `rpm` can run commands: \(text.quoted)")
                if let shell = text.known?.after("%(") { call.runScript(CommandWord(String(shell.upTo(")")))) }
            }
            for file in call.options.values("load", "macros") {
                call.doubt(.commandFile, "`rpm` takes macros from \(file.quoted)")
            }
        },
        Carrier(
            "apt", "apt-get", "aptitude", "apt-cache",
            options: "-qsdfymuVbP o: option: c: config-file: t: target-release: a: help! h! version! v!", .permutes
        ) { call in
            for option in call.options.values("o", "option") {
                guard let (name, value) = option.atEquals else { continue }
                let lower = name.lowercased()
                if [
                    "invoke", "pre-install-pkgs", "proxyautodetect", "proxy-auto-detect", "dpkg::", "::bin::", "::dpkg",
                    "solvers", "compressor",
                ].contains(where: { lower.contains($0) }),
                    !lower.begins(with: "dpkg::options")
                {
                    call.runScript(value)
                }
            }
            for file in call.options.values("c", "config-file") {
                call.doubt(.commandFile, "`\(call.name)` takes commands from \(file.quoted)")
            }
        },
        Carrier(
            "dpkg",
            options: """
                -BGORV no-act pre-invoke: post-invoke: status-fd: status-logger: admindir: root: instdir: force~ i install r \
                remove P purge configure a help! version!
                """,
            .permutes
        ) { call in
            for text in call.options.values("pre-invoke", "post-invoke", "status-logger") { call.runScript(text) }
        },

        // Files of commands.
        Carrier(
            "make", "gmake", "bmake", "nmake", "remake",
            options: """
                -bBdeikLmnpqrRsStvw f: file: makefile: C: directory: I: include-dir: j? jobs? l? load-average? max-load? o: \
                old-file: assume-old: W: what-if: new-file: assume-new: E: eval: O? output-sync? always-make debug? \
                environment-overrides ignore-errors keep-going check-symlink-times just-print dry-run recon print-data-base \
                question no-builtin-rules no-builtin-variables silent quiet stop no-keep-going touch trace print-directory \
                no-print-directory warn-undefined-variables no-silent version! help! h!
                """, .permutes, look: make),
        Carrier(
            "ninja", "samu", "rake", "ant", "mvn", "mvnw", "gradle", "gradlew", "just", "task", "invoke", "inv", "scons", "waf",
            "tox", "nox", "bazel",
            "buck", "pants", "mage", "grunt", "gulp", "jake", "cake", "sbt", "lein", "mill", "meson", "redo", "tup", "earthly",
            "doit", "snakemake",
            "nextflow", "cwltool", "foreman", "honcho", "overmind", "hivemind", "supervisord", "circusd", "runsvdir", "s6-svscan",
            "logrotate",
            "monit", "cron", "anacron", "crond", "fcron", "atd", "procmail", "maildrop", "run-mailcap", "initctl",
            options: "version! help! h! V!"
        ) { call in
            call.doubt(.commandFile, "`\(call.name)` runs the commands of files that are not in view")
        },
        Carrier("cmake", "ctest", "cpack", options: "-NLA P: E build: B: S: D: G: C: R: help! version!", .permutes) { call in
            if call.name == "cmake", call.options.has("E") {
                // `cmake -E env X=y COMMAND`, `cmake -E time COMMAND`, `cmake -E chdir DIR COMMAND`.
                var words = call.arguments.drop { $0.known != "-E" }.dropFirst()
                let all = words
                let verb = words.popFirst()?.known
                if verb == "env" || verb == "time" { call.run([CommandWord("env")] + words) }
                if verb == "chdir" { call.run(words.dropFirst()) }
                if verb == "rm" || verb == "cat" || verb == "rename" || verb == "copy" || verb == "touch" { call.run(all) }
                return
            }
            if call.options.has("P", "build") || call.name != "cmake" {
                call.doubt(.commandFile, "`\(call.name)` runs the commands of files that are not in view")
            }
        },
        Carrier(
            "npm", "pnpm", "yarn", options: "c: call: p: package: C: prefix: w: workspace: g y yes silent help! h! version! v!",
            look: packageRunner),
        Carrier(
            "npx", "pnpx", "bunx", options: "c: call: p: package: y yes q quiet no-install ignore-existing help! h! version! v!"
        ) { call in
            for text in call.options.values("c", "call") { call.runScript(text) }
            call.run(call.operands)
        },
        Carrier(
            "bundle", "bundler", "poetry", "pipenv", "pdm", "hatch", "uv", "rye", "pixi", "conda", "mamba", "micromamba",
            "direnv", "rbenv", "pyenv", "nodenv", "asdf", "mise", "opam", "stack", "cabal", "dotenv", "aws-vault", "chamber",
            "op", "doppler", "infisical", "sops", "teller", "nix", "guix", "devbox", "cargo", "rustup", "go", "dotnet",
            look: environmentRunner),
        .prefix("envchain", leading: 1),
        Carrier(
            "nix-shell", options: "A: p: packages: I: i: E: expr: run: command: arg:: argstr:: pure impure keep: help! version!",
            .permutes
        ) { call in
            for text in call.options.values("run", "command") { call.runScript(text) }
            if call.options.value("run", "command") == nil { call.runShell() }
        },
    ]

    private static let archive = """
        -AcdrtuxaBghiJjklmnOopPRsSUvwWzZGM0 b: C: f: F: H: I: K: L: N: T: V: X: to-command: checkpoint-action: \
        use-compress-program: info-script: new-volume-script: rsh-command: rmt-command: checkpoint? directory: file: exclude: \
        exclude-from: files-from: owner: group: mode: mtime: newer: after-date: newer-mtime: label: tape-length: \
        blocking-factor: record-size: starting-file: transform: xform: strip-components: suffix: sort: format: index-file: \
        listed-incremental: level: occurrence? owner-map: group-map: pax-option: volno-file: warning: add-file: quoting-style: \
        quote-chars: no-quote-chars: one-top-level? overwrite keep-old-files skip-old-files verbose verify wildcards anchored \
        create extract get list append concatenate diff compare update delete test-label totals? utc version! help!
        """

    private static func tar(_ call: inout CarrierCall) {
        let options = call.options
        for text in options.values(
            "to-command", "use-compress-program", "info-script", "new-volume-script", "rsh-command", "I", "F")
        where call.name != "bsdtar" || text.known?.begins(with: "/dev/") != true {
            call.runScript(text)
        }
        for program in options.values("rmt-command") { call.run([program]) }
        for action in options.values("checkpoint-action") {
            // `exec=COMMAND`; what is not known can be one.
            if action.leadingText?.begins(with: "exec=") == true {
                call.runScript(action.dropping(5))
            } else if action.beginsUnknown {
                call.runScript(action)
            }
        }
        oldStyle(&call)
    }

    /// `tar xIf PROGRAM ARCHIVE`: letters without a dash, whose values follow in their order.
    private static func oldStyle(_ call: inout CarrierCall) {
        guard let letters = call.arguments.first?.known, letters.utf8.first != UInt8(ascii: "-"),
            letters.utf8.allSatisfy({ $0.isLetter || $0.isDigit })
        else { return }
        var values = call.arguments.dropFirst()
        for letter in letters.utf8.prefix(32) where "bCfFgHIKLNTVX".utf8.contains(letter) {
            guard let value = values.popFirst() else { return }
            if letter == UInt8(ascii: "I") || letter == UInt8(ascii: "F") { call.runScript(value) }
        }
    }

    /// zip(1): `-TT COMMAND` tests the archive with a command; the letters may stand in a cluster.
    private static func zip(_ call: inout CarrierCall) {
        let words = call.arguments
        for (index, word) in Swift.zip(words.indices, words) {
            guard let text = word.leadingText else { continue }
            if text.begins(with: "--unzip-c"), let (_, value) = word.atEquals {
                call.runScript(value)
            } else if text.begins(with: "--unzip-c") || text.utf8.first == UInt8(ascii: "-") && text.ends(with: "TT") {
                if index + 1 < words.endIndex { call.runScript(words[index + 1]) }
            } else if text.utf8.first == UInt8(ascii: "-"), !text.begins(with: "--"), let rest = text.after("TT") {
                call.runScript(word.dropping(text.utf8.count - rest.utf8.count))
            }
        }
    }

    private static func make(_ call: inout CarrierCall) {
        let options = call.options
        var isInView = false
        for text in options.values("E", "eval") { makefile(&call, text) }
        for file in options.values("f", "file", "makefile") {
            guard case .standardInput = ProgramSource(file) else { continue }
            isInView = true
            call.runProgram(from: .standardInput) { call, text in makefile(&call, text) }
        }
        for word in call.operands {
            // `make SHELL=/tmp/x`, and variables whose value make runs: `X='$(shell reboot)'`.
            guard let assignment = word.assignment, let value = assignment.value else { continue }
            if assignment.name == "SHELL" || assignment.name == "MAKEFLAGS" {
                call.doubt(.redefinition, "`make` takes another \(assignment.name)")
            }
            if value.contains("$(shell") || value.contains("${shell") { makefile(&call, value) }
        }
        if !isInView { call.doubt(.commandFile, "`\(call.name)` runs the commands of files that are not in view") }
    }

    /// Recipes, behind a tab or `;`, and `$(shell …)`. Variables of make are variables of a shell here.
    private static func makefile(_ call: inout CarrierCall, _ text: CommandWord) {
        call.doubt(.foreignCode, "`\(call.name)` runs a makefile: \(text.quoted)")
        guard let known = text.known else { return }
        var calls: [String] = []
        let lines = known.parts(at: "\n\r")
        for line in lines.prefix(mostLines) {
            var rest = line
            for _ in 0..<mostCalls {
                guard let call = rest.after("(shell") ?? rest.after("{shell") else { break }
                rest = call
                calls.append(String(call.upTo(")}")))
            }
            let recipe: Substring? = line.begins(with: "\t") ? line : line.after(";")
            if let recipe { calls.append(String(recipe.without("@-+ \t"))) }
        }
        if lines.count > mostLines { call.doubt(.tooLarge, "`\(call.name)` gets more rules than are looked at") }
        for text in calls { call.runScript(CommandWord(text)) }
    }

    /// Lines of a makefile in plain view, and calls of a shell in one of them.
    private static let mostLines = 64
    private static let mostCalls = 8

    /// `npm exec -- COMMAND`, `npm exec -c TEXT`; `npm run` and its like run what package.json says.
    private static func packageRunner(_ call: inout CarrierCall) {
        for text in call.options.values("c", "call") { call.runScript(text) }
        guard let verb = call.operands.first?.known else { return }
        let rest = OptionGrammar("c: call: p: package: y yes q quiet w: workspace: C: prefix:").read(call.operands.dropFirst())
        switch verb {
        case "exec", "x", "dlx":
            for text in rest.values("c", "call") { call.runScript(text) }
            call.run(rest.operands)
        case "run", "run-script", "test", "t", "start", "stop", "restart", "rum", "urn":
            call.doubt(.commandFile, "`\(call.name) \(verb)` runs the commands of package.json")
        case "explore": call.run(rest.operands.dropFirst().drop { $0.known == "--" })
        default: break
        }
    }

    /// `poetry run COMMAND`, `bundle exec COMMAND`, `conda run -n ENV COMMAND`, `nix run`: the word that says so, and what
    /// follows.
    private static func environmentRunner(_ call: inout CarrierCall) {
        let words = call.arguments
        let verbs: Set<String> = [
            "run", "exec", "-c", "--command", "x", "shell", "develop", "dev", "with", "exec-env", "exec-file", "time-machine",
        ]
        guard let index = words.prefix(8).firstIndex(where: { verbs.contains($0.known ?? "") }), let verb = words[index].known
        else { return }
        let rest = words[(index + 1)...]
        if let dashes = rest.firstIndex(where: { $0.known == "--" || $0.known == "-c" || $0.known == "--command" }) {
            let words = rest[(dashes + 1)...]
            return rest[dashes].known == "--" ? call.run(words) : call.runQuoted(words)
        }
        let programs: Set<String> = ["go", "cargo", "dotnet", "nix", "guix", "stack", "cabal"]
        if verb == "run", programs.contains(call.name) {
            return call.doubt(.commandFile, "`\(call.name) run` builds and runs what is not in view")
        }
        let options = OptionGrammar(
            "n: name: p: prefix: cwd: C: directory: project: with: python: extra: e: env: group: gemfile: no-capture-output live-stream v q"
        ).read(rest)
        call.doubtOpaque(options)
        // These name a directory, a file or a profile first.
        let leading = ["direnv", "sops", "aws-vault", "chamber", "rustup"].contains(call.name) ? 1 : 0
        for operands in [options.operands] + options.alternatives {
            if call.name == "sops" { call.runQuoted(operands.dropFirst(leading)) } else { call.run(operands.dropFirst(leading)) }
        }
    }
}
