/// Programs that run commands on other machines, and the local commands that they start on the way.
///
/// A remote command is judged like a local one: its paths are read as if they were here.
extension CarrierTable {
    static let remotes: [Carrier] = [
        // The options of OpenSSH 9; they may stand behind the host too.
        Carrier("ssh", "slogin", "gsissh", "hpnssh", options: secureShell) { call in remoteShell(&call, call.options) },
        Carrier("autossh", options: secureShell + " M:") { call in remoteShell(&call, call.options) },
        Carrier("dbclient", "dropbear-client", options: "-TNAftvygkso p: l: i: L: R: D: W: K: I: B: J: c: m: b: V! h!") { call in
            if let command = call.options.value("J") { call.runScript(command) }
            remoteShell(&call, call.options)
        },
        Carrier(
            "plink",
            options: """
                -vNTtAaXxCs124 P: l: pw: pwfile: i: L: R: D: W: m: load: hostkey: sercfg: proxycmd: batch agent noagent ssh \
                telnet rlogin raw serial share noshare noantispoof V!
                """,
            .oneDash
        ) { call in
            for text in call.options.values("proxycmd") { call.runScript(text) }
            for file in call.options.values("m") { call.doubt(.commandFile, "`plink` runs the commands of \(file.quoted)") }
            remoteShell(&call, call.options)
        },
        Carrier("rsh", "remsh", "rexec", "krsh", "rlogin", options: "-dnKx8EL l: k: p: e:") { call in
            remoteShell(&call, call.options)
        },
        .prefix("sshpass", options: "-ehvV f: d: p: P:"),
        Carrier(
            "mosh",
            options: "-46anv client: server: ssh: predict: family: p: port: bind-server: no-init no-ssh-pty local help! version!"
        ) { call in
            for text in call.options.values("ssh", "server", "client") { call.runScript(text) }
            var words = call.operands.dropFirst()
            if words.first?.known == "--" { words = words.dropFirst() }
            call.run(words) { $0.directory = nil }
        },
        Carrier(
            "pssh", "parallel-ssh", "prsync", "pnuke",
            options: """
                -iAPIv h: hosts: H: host: l: user: p: par: o: outdir: e: errdir: t: timeout: O: option: x: extra-args: X: \
                extra-arg: inline inline-stdout send-input print help! version!
                """
        ) { call in
            if call.name == "pssh" || call.name == "parallel-ssh" {
                call.runScript(.joined(call.operands)) { $0.directory = nil }
            }
        },
        Carrier(
            "pdsh", "clush", "dsh", "cssh", "mussh", "pdsh.rcmd",
            options: """
                -aAbBcCdFgiILMnNpqrSsvVzZ w: x: f: t: u: l: R: o: O: m: e: g: X: H: D: copy~ hostfile: worker: options: machine: \
                group: file: help! version!
                """
        ) { call in
            let words = call.operands.first?.known == "--" ? call.operands.dropFirst() : call.operands[...]
            call.doubtOpaque(call.options)
            call.runScript(.joined(words)) { $0.directory = nil }
        },
        Carrier("scp", "pscp", options: "-346ABCOpqRrsTv c: D: F: i: J: l: o: P: S: X:") { call in
            secureShellOptions(&call, call.options)
            // It is called with ssh's arguments for the host.
            for program in call.options.values("S") { call.run([program, CommandWord(unknown: "…", splits: true)]) }
        },
        Carrier("sftp", "psftp", options: "-46AaCfNpqrv B: b: c: D: F: i: J: l: o: P: R: S: s: X:", look: secureFileTransfer),
        Carrier("sshfs", "ssh-copy-id", options: "-fnsdhVC46 o: i: p: F: S: t:", .permutes) { call in
            secureShellOptions(&call, call.options)
        },
        Carrier(
            "ssh-keygen", "ssh-add", "ssh-pkcs11-helper",
            options: "-ABcDdEeHiklLqUvXxyTKh D: s: S: w: f: t: b: C: N: P: O: I: n: V: z: r: F: R: M: Y: m: a: Z: e: G: W: j: J:"
        ) { call in
            let libraries = call.name == "ssh-add" ? call.options.values("s", "S", "e") : call.options.values("D", "w")
            for library in libraries { call.doubt(.redefinition, "`\(call.name)` loads the library \(library.quoted)") }
        },
        Carrier("rsync", options: synchronize, .permutes) { call in
            // The other side's options are a cluster in which `e` is no command: `rsync --server -vlogDtpre.iLsfxC . /srv`.
            if call.options.has("server", "daemon") { return }
            for text in call.options.values("e", "rsh") { call.runScript(text + CommandWord(" host rsync --server")) }
            for text in call.options.values("rsync-path") { call.runScript(text + CommandWord(" --server")) }
        },
        Carrier(
            "sshuttle", "sshfs-mount",
            options: "-vDNHxlfp e: ssh-cmd: r: remote: python: to-ns: method: x: exclude: dns help! version! V!"
        ) { call in
            for text in call.options.values("e", "ssh-cmd") { call.runScript(text + CommandWord(" host python3 -V")) }
        },
        Carrier(
            "ftp", "lftp", "ncftp", "tnftp", "cftp", "yafc",
            options: "-46adefginpstvRuV c: e: f: q: N: P: r: s: T: x: o: p: u: help! version!"
        ) { call in
            for text in call.options.values("c", "e") { call.runEscapes(in: text, separators: "\n\r;") }
            for file in call.options.values("f") {
                call.doubt(.commandFile, "`\(call.name)` runs the commands of \(file.quoted)")
            }
            // lftp's `-c` is all that it runs.
            if !call.options.has("c") { call.runEscapeProgram() }
        },
        Carrier("telnet", "tn3270", "kermit", "minicom", "picocom", "cu", "tip") { call in
            call.doubtInteractive("a shell can be started from it")
        },

        // Management of many machines.
        Carrier(
            "ansible", "ansible-console",
            options: """
                -bkKvoCDU a: args: m: module-name: i: inventory: l: limit: u: user: f: forks: e: extra-vars: B: background: P: \
                poll: t: tree: M: module-path: T: timeout: c: connection: become become-user: become-method: private-key: \
                key-file: playbook-dir: task-timeout: ssh-common-args: ssh-extra-args: scp-extra-args: sftp-extra-args: \
                vault-id: vault-password-file: vault-pass-file: ask-pass ask-become-pass ask-vault-pass one-line check diff \
                syntax-check list-hosts! verbose step flush-cache J h! help! version!
                """, .permutes, look: ansible),
        Carrier(
            "ansible-playbook", "ansible-pull", "puppet", "chef-client", "chef-solo", "chef-apply", "cf-agent", "bolt", "pyinfra",
            "knife", "cap", "fab", "dsc",
            options: "h! help! version! e: execute: list-hosts! list-tasks! list-tags! syntax-check!", .permutes
        ) { call in
            guard let file = call.operands.first else { return }
            call.doubt(.commandFile, "`\(call.name)` runs what files say that are not in view: \(file.quoted)")
            for code in call.options.values("e", "execute") where call.name == "puppet" { call.runForeignCode(code) }
        },
        Carrier("salt", "salt-call", "salt-ssh", "salt-run", "salt-cp") { call in
            let runners: Set<String> = [
                "cmd.run", "cmd.run_all", "cmd.run_stdout", "cmd.run_stderr", "cmd.run_bg", "cmd.shell", "cmd.retcode",
                "cmd.exec_code", "cmd.powershell",
                "cmd.run_chroot", "cmd.exec_code_all", "ssh.cmd", "mine.cmd",
            ]
            let words = call.arguments
            if let index = words.firstIndex(where: { runners.contains($0.known ?? "") }) {
                for word in words[(index + 1)...] {
                    call.runScript(word.atEquals.map { $0.name == "cmd" ? $0.value : word } ?? word) { $0.directory = nil }
                }
            } else if words.contains(where: {
                ["cmd.script", "state.apply", "state.highstate", "state.sls"].contains($0.known ?? "")
            }) {
                call.doubt(.commandFile, "`\(call.name)` runs what files on the master say")
            } else if words.contains(where: \.holdsUnknown) {
                call.doubt(.evaluated, "the function that `\(call.name)` calls is only known when it runs")
            }
        },
    ]

    private static let secureShell = """
        -1246AaCfGgKkMNnqsTtVvXxYy B: b: c: D: E: e: F: I: i: J: L: l: m: O: o: P: p: Q: R: S: W: w:
        """

    private static let synchronize = """
        -46abcCdDEgHhIijJKkLlmNnOopqRrsStuUvVWxXyz0AP e: T: B: M: f: @: rsh: rsync-path: exclude: include: exclude-from: \
        include-from: filter: files-from: out-format: log-file: log-file-format: password-file: temp-dir: partial-dir: \
        backup-dir: suffix: compare-dest: copy-dest: link-dest: chmod: chown: usermap: groupmap: port: bwlimit: timeout: \
        contimeout: max-size: min-size: max-delete: block-size: compress-level: skip-compress: checksum-seed: address: \
        sockopts: protocol: iconv: remote-option: read-batch: write-batch: only-write-batch: info: debug: modify-window: \
        stop-after: stop-at: config: dparam: checksum-choice: compress-choice: max-alloc: outbuf: early-input: stderr: server \
        sender daemon help! version!
        """
    private static let secureShellGrammar = OptionGrammar(secureShell)

    /// `ssh [OPTION…] HOST [OPTION…] [COMMAND…]`: the words are joined and given to the login's shell.
    private static func remoteShell(_ call: inout CarrierCall, _ options: OptionReading) {
        secureShellOptions(&call, options)
        call.doubtOpaque(options, leading: 1)
        for (number, operands) in ([options.operands] + options.alternatives).enumerated() where !operands.isEmpty {
            let more = secureShellGrammar.read(operands.dropFirst())
            secureShellOptions(&call, more)
            call.doubtOpaque(more)
            let found = options.found + more.found
            func has(_ names: String) -> Bool { found.contains { names.contains($0.name) } }
            // `-O`, `-Q`, `-G`, `-V`, `-W` and `-N` run no command; with `-s` the word names a subsystem.
            if has("OQGVWNs") { return }
            for command in [more.operands] + more.alternatives where command.first?.leadingText?.utf8.first != UInt8(ascii: "-") {
                call.runScript(.joined(command)) { $0.directory = nil }
            }
            // An empty command is none.
            if number == 0, more.operands.allSatisfy(\.pieces.isEmpty),
                !found.contains(where: { $0.name == "o" && ($0.value?.isSetting("remotecommand") ?? false) })
            {
                call.runShell { command in
                    command.directory = nil
                    // `-n` and `-f` give it nothing to read.
                    if has("nf") { command.input = .file(CommandWord("/dev/null")) }
                }
            }
        }
    }

    /// ssh_config(5): the settings whose value is a command, given as `-o NAME=VALUE` or `-o "NAME VALUE"`.
    private static func secureShellOptions(_ call: inout CarrierCall, _ options: OptionReading) {
        for word in options.values("o") {
            guard let (name, value) = word.setting else {
                if word.beginsUnknown { call.doubt(.evaluated, "\(word.quoted) can set a command that `\(call.name)` runs") }
                continue
            }
            switch name {
            case "proxycommand", "knownhostscommand", "localcommand":
                if value.known?.lowercased() != "none" { call.runScript(value) }
            case "remotecommand": call.runScript(value) { $0.directory = nil }
            case "pkcs11provider", "securitykeyprovider", "xauthlocation", "include":
                call.doubt(.redefinition, "`\(call.name)` uses \(value.quoted) for \(Doubt.quoted(name))")
            default: break
            }
        }
        for file in options.values("F") where file.known != "/dev/null" && file.known != "none" {
            call.doubt(.commandFile, "the configuration \(file.quoted) can name commands that `\(call.name)` runs")
        }
        for library in options.values("I") where call.name == "ssh" {
            call.doubt(.redefinition, "`ssh` loads the library \(library.quoted)")
        }
    }

    private static func secureFileTransfer(_ call: inout CarrierCall) {
        secureShellOptions(&call, call.options)
        for text in call.options.values("D") { call.runScript(text) }
        for program in call.options.values("S") { call.run([program, CommandWord(unknown: "…", splits: true)]) }
        // `!` starts a local shell, in a batch too.
        if let file = call.options.value("b") {
            if file.known == "-" { return call.runEscapeProgram() }
            return call.doubt(.commandFile, "`sftp` runs the commands of \(file.quoted), which are not in view")
        }
        call.runEscapeProgram()
    }

    private static func ansible(_ call: inout CarrierCall) {
        let options = call.options
        for text in options.values("ssh-common-args", "ssh-extra-args") { call.run([CommandWord("ssh"), text]) }
        guard let text = options.value("a", "args") else { return }
        let module = options.value("m", "module-name") ?? CommandWord("command")
        let name = module.known.map { $0.parts(at: ".").last.map(String.init) ?? "" }
        switch name {
        case "command", "shell", "raw", "win_shell", "win_command", "expect": call.runScript(text) { $0.directory = nil }
        case "script": call.doubt(.commandFile, "`ansible` runs the script \(text.quoted) on other machines")
        case nil: call.doubt(.evaluated, "the module that `ansible` runs is only known when it runs: \(module.quoted)")
        default: break
        }
    }
}

extension CommandWord {
    /// `NAME=VALUE`, `NAME VALUE` or `NAME = VALUE`; the name in lower case. As ssh reads an option.
    fileprivate var setting: (name: String, value: CommandWord)? {
        guard let text = leadingText else { return nil }
        let bytes = Array(text.utf8)
        let start = bytes.firstIndex { !$0.isSpace && $0 != UInt8(ascii: "\"") } ?? bytes.count
        guard let end = bytes[start...].firstIndex(where: { $0.isSpace || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "\"") })
        else { return nil }
        let value = bytes[end...].firstIndex { !$0.isSpace && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "\"") } ?? bytes.count
        return (String(decoding: bytes[start..<end], as: UTF8.self).lowercased(), dropping(value))
    }

    fileprivate func isSetting(_ name: String) -> Bool { setting?.name == name }
}
