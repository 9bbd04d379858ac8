/// git(1): aliases, hooks of the configuration, and the subcommands that take a command.
extension CarrierTable {
    static let git: [Carrier] = [
        Carrier(
            "git",
            options: """
                -pP C: c: exec-path? git-dir: work-tree: namespace: super-prefix: config-env: attr-source: list-cmds: paginate \
                no-pager no-replace-objects no-lazy-fetch no-optional-locks no-advice bare literal-pathspecs glob-pathspecs \
                noglob-pathspecs icase-pathspecs html-path! man-path! info-path! version! v! help! h!
                """, look: git)
    ]

    /// Settings whose value is a command, by their last part, and the section of those whose last part alone says too little.
    private static let commandSettings: Set<String> = [
        "pager", "editor", "sshcommand", "askpass", "external", "command", "textconv", "cmd", "driver", "clean", "smudge",
        "process", "helper",
        "program", "uploadpack", "receivepack", "packobjectshook", "difffilter", "sendmailcmd", "tocmd", "cccmd", "headercmd",
        "smtpserver",
        "gitproxy", "fsmonitor", "alternaterefscommand", "defaultkeycommand", "browser", "path", "vcs", "proxycommand",
        "postcommit",
    ]
    private static let commandSections: Set<String> = [
        "alias", "core", "diff", "difftool", "merge", "mergetool", "filter", "credential", "sequence", "gpg", "pager", "web",
        "browser", "man",
        "sendemail", "uploadpack", "remote", "trailer", "interactive", "receive", "hook", "http", "instaweb", "guitool", "imap",
    ]

    private static func git(_ call: inout CarrierCall) {
        let options = call.options
        call.doubtOpaque(options)
        var aliases: [String: CommandWord] = [:]
        for word in options.values("c") {
            guard let (name, value) = word.atEquals else {
                if word.holdsUnknown { call.doubt(.evaluated, "\(word.quoted) can set a command that `git` runs") }
                continue
            }
            setting(&call, name, value, &aliases)
        }
        for word in options.values("config-env") {
            if isCommand(word.atEquals?.name ?? "") {
                call.doubt(.evaluated, "`git` runs a command of the environment: \(word.quoted)")
            }
        }
        if let path = options.value("exec-path") { call.doubt(.redefinition, "`git` takes its programs from \(path.quoted)") }
        guard let subcommand = options.operands.first else { return }
        let arguments = options.operands.dropFirst()
        if let name = subcommand.known, let alias = aliases[name], let words = EnvironmentSplit.words(of: alias) {
            call.run([CommandWord("git")] + words + arguments)
        }
        for word in arguments where word.leadingText?.begins(with: "ext::") == true { call.runExternal(word.dropping(5)) }
        guard let name = subcommand.known else { return }
        run(&call, name, Array(arguments))
    }

    private static func isCommand(_ name: String) -> Bool {
        let parts = name.lowercased().parts(at: ".")
        guard let section = parts.first, let last = parts.last, parts.count > 1 else { return false }
        if section == "alias" || section == "pager" { return true }
        return commandSections.contains(String(section)) && commandSettings.contains(String(last))
    }

    private static func setting(
        _ call: inout CarrierCall, _ name: String, _ value: CommandWord, _ aliases: inout [String: CommandWord]
    ) {
        let parts = name.lowercased().parts(at: ".")
        switch (parts.first, parts.last) {
        case ("core", "hookspath"), ("include", _), ("includeif", _), ("init", "templatedir"), ("core", "attributesfile"):
            return call.doubt(.commandFile, "`git` takes commands from \(value.quoted)")
        case ("protocol", _) where name.lowercased().begins(with: "protocol.ext"): return
        default: break
        }
        guard isCommand(name), let first = parts.first else { return }
        if value.leadingText?.utf8.first == UInt8(ascii: "!") { return call.runScript(value.dropping(1)) }
        if first == "alias" {
            guard let known = value.known else {
                return call.doubt(.evaluated, "`git` runs an alias that is only known when it runs")
            }
            aliases[name.lowercased().parts(at: ".", most: 2).last.map(String.init) ?? ""] = CommandWord(known)
            return
        }
        let isFlag = ["true", "false", "yes", "no", "on", "off", "0", "1", ""].contains(value.known?.lowercased() ?? "-")
        if !isFlag { call.runScript(value) }
    }

    /// The options of a subcommand that have a command as value, with its other options that take values, and whether operands
    /// are a command.
    private static let subcommands: [String: (options: String, scripts: [String])] = [
        "rebase": (
            "-imprvqSnfCR x: exec: onto: s: strategy: X: strategy-option: C: whitespace: empty: interactive", ["x", "exec"]
        ),
        "difftool": ("-dyt x: extcmd: t: tool: dir-diff gui no-prompt", ["x", "extcmd"]),
        "grep": (
            "-aIivwEGFPnlLzchHoqWp O? open-files-in-pager? e: f: A: B: C: m: threads: max-depth:", ["O", "open-files-in-pager"]
        ),
        "clone": (
            "-lsnqv u: upload-pack: o: b: c: config: template: reference: depth: j: jobs: filter: separate-git-dir: bare mirror",
            ["u", "upload-pack"]
        ),
        "fetch": ("-aAfknpqtuvP upload-pack: depth: j: o: deepen: refmap: all", ["upload-pack"]),
        "pull": ("-qvnfrkt upload-pack: s: X: depth: j:", ["upload-pack"]),
        "ls-remote": ("-htqR upload-pack: exec: sort: o: heads tags refs", ["upload-pack", "exec"]),
        "fetch-pack": ("-qkv upload-pack: exec: depth: all thin", ["upload-pack", "exec"]),
        "send-pack": ("-qfnv receive-pack: exec: all mirror", ["receive-pack", "exec"]),
        "push": ("-nfudqv4 6 receive-pack: exec: o: push-option: repo: all mirror tags delete", ["receive-pack", "exec"]),
        "archive": ("-lv format: o: output: prefix: remote: exec: add-file: list", ["exec"]),
        "filter-branch": (
            """
            -f d: setup: subdirectory-filter: env-filter: tree-filter: index-filter: parent-filter: msg-filter: commit-filter: \
            tag-name-filter: original: state-branch: prune-empty force
            """,
            [
                "setup", "env-filter", "tree-filter", "index-filter", "parent-filter", "msg-filter", "commit-filter",
                "tag-name-filter",
            ]
        ),
        "send-email": (
            "sendmail-cmd: to-cmd: cc-cmd: header-cmd: smtp-server: to: cc: from: subject: in-reply-to:",
            ["sendmail-cmd", "to-cmd", "cc-cmd", "header-cmd"]
        ),
        "interpret-trailers": ("trailer: where:", []),
        "instaweb": (
            "-l d: httpd: m: module-path: p: port: b: browser: local start stop restart", ["d", "httpd", "b", "browser"]
        ),
        "svn": ("-r", []),
    ]

    private static let settingGrammar = OptionGrammar("-zle f: file: blob: type: t: default: comment: value:", .permutes)

    private static func run(_ call: inout CarrierCall, _ name: String, _ arguments: [CommandWord]) {
        if let (text, scripts) = subcommands[name] {
            let options = OptionGrammar(text, .permutes).read(arguments[...])
            for found in options.found where scripts.contains(found.name) { if let text = found.value { call.runScript(text) } }
            var aliases: [String: CommandWord] = [:]
            for word in name == "clone" ? options.values("c", "config") : [] {
                if let (name, value) = word.atEquals { setting(&call, name, value, &aliases) }
            }
            if let template = options.value("template") { call.doubt(.commandFile, "`git` takes hooks from \(template.quoted)") }
        }
        var words = arguments[...]
        func skipOptions() { words = words.drop { $0.leadingText?.utf8.first == UInt8(ascii: "-") } }
        switch name {
        case "bisect" where words.first?.known == "run": call.runQuoted(words.dropFirst())
        case "submodule":
            skipOptions()
            guard words.first?.known == "foreach" else { return }
            words = words.dropFirst()
            skipOptions()
            call.runQuoted(words)
        case "for-each-repo":
            skipOptions()
            call.run([CommandWord("git")] + words)
        case "config":
            // A command that is set now runs later, in this line or another.
            words = settingGrammar.read(words).operands[...]
            if words.first?.known == "set" { words = words.dropFirst() }
            guard words.count > 1, let key = words.first?.known, let value = words.dropFirst().first else { return }
            var aliases: [String: CommandWord] = [:]
            setting(&call, key, value, &aliases)
        case "shell", "remote-ext", "gui", "citool", "mergetool", "remote-fd": call.doubtInteractive()
        default: break
        }
    }
}

extension CarrierCall {
    /// gitremote-helpers: the words of `ext::COMMAND` are split at blanks; `% ` is a blank in a word.
    fileprivate mutating func runExternal(_ text: CommandWord) {
        guard let known = text.known else { return runScript(text) }
        var words = [""]
        var isEscaped = false
        for character in known {
            if isEscaped {
                words[words.count - 1].append(character)
                isEscaped = false
            } else if character == "%" {
                isEscaped = true
            } else if character == " " {
                words.append("")
            } else {
                words[words.count - 1].append(character)
            }
        }
        run(words.filter { !$0.isEmpty }.map { CommandWord($0) })
    }

    /// One word is shell text; several are a command.
    mutating func runQuoted(_ words: ArraySlice<CommandWord>, _ change: (inout RunCommand) -> Void = { _ in }) {
        if words.count == 1, let text = words.first { runScript(text, change) } else { run(words, change) }
    }
}
