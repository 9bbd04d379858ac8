/// Commands for later, databases with a shell escape, connections that carry a shell, and clouds.
extension CarrierTable {
    static let services: [Carrier] = [
        // at(1): the text on the standard input is a job.
        Carrier("at", "batch", options: "-bdlrcmMV f: q: t: u: v V!") { call in
            if call.options.has("l", "r", "d", "c") { return }
            if let file = call.options.value("f") {
                return call.doubt(.commandFile, "`\(call.name)` runs the commands of \(file.quoted), which are not in view")
            }
            call.runProgram(from: .standardInput) { call, text in
                call.runScript(text) { $0.input = .file(CommandWord("/dev/null")) }
            }
        },
        Carrier("crontab", options: "-lreincsTV u: x: p:", look: crontab),
        Carrier("incrontab", options: "-lred u: f: reload list remove edit user: version! help!") { call in
            if let file = call.operands.first { call.doubt(.commandFile, "`incrontab` takes the commands of \(file.quoted)") }
        },

        // Database shells: `\!` and `.shell` leave them. What their statements do is for the rules about SQL.
        Carrier(
            "psql", "pgcli", "mysql", "mariadb", "mycli", "mysqlsh", "sqlite3", "sqlite", "litecli", "duckdb", "sqlplus", "isql",
            "tsql", "clickhouse-client",
            "clickhouse-local", "cqlsh", "redis-cli", "valkey-cli", "mongo", "mongosh", "influx", "beeline", "hive",
            "impala-shell", "presto", "trino", "usql",
            "vsql", "hdbsql", "sqlcmd", "snowsql", "cockroach", look: database),

        // Connections.
        Carrier("socat", "socat1", options: "-dDhuUvVxgsS4 b: r: R: T: t: L: W: lf: ly? lm? ls lp: lu lh V! h! ?!", .permutes) {
            call in
            for address in call.operands { socketAddress(&call, address) }
        },
        Carrier(
            "nc", "netcat", "ncat", "nc.traditional", "nc.openbsd", "cryptcat", "pnetcat", "dbd", "sbd", "rustcat", "pwncat",
            options: netcat, .permutes, look: connect),
        Carrier(
            "websocat", "websocketd", options: "-tbEnqvk E exec: sh-c: cmd: port: address: dir: devconsole help! h! version! V!",
            .permutes
        ) { call in
            for address in call.operands + call.options.values("exec", "sh-c", "cmd") {
                let text = address.known ?? ""
                for prefix in ["sh-c:", "cmd:", "exec:"] where text.begins(with: prefix) {
                    call.runScript(address.dropping(prefix.utf8.count))
                }
            }
            if call.name == "websocketd" { call.run(call.operands) }
        },
        .prefix(
            "tcpserver", "sslserver", "udpsvd", options: "-146DdHhNnPpQqRrOov c: C: g: l: t: u: U: x: X: B: b: i: E v", leading: 2
        ),
        .prefix("tcpsvd", options: "-hpv l: u: c: C: b: E h", leading: 2),
        .prefix("autoexpect", options: "-pc f: quiet C: P: Q:", .oneDash),

        // Commands on machines of a cloud.
        Carrier(
            "gcloud", "az", "aws", "aws2", "oci", "fly", "flyctl", "heroku", "doctl", "hcloud", "nomad", "tsh", "boundary", "cf",
            "eb", "openstack",
            look: cloud),
        Carrier("wsl", options: "d: distribution: u: user: cd: e: exec: shell-type: system help! list! l! version! status!") {
            call in call.run(call.operands)
        },
        Carrier("xdotool", "ydotool") { call in
            let words = call.arguments
            if let index = words.firstIndex(where: { $0.known == "exec" }) {
                call.run(words[(index + 1)...].drop { $0.known == "--sync" })
            }
            if words.contains(where: { ["type", "key"].contains($0.known ?? "") }) {
                call.doubt(.evaluated, "`\(call.name)` types into what runs on the screen")
            }
        },
    ]

    /// crontab(5) in a text: `m h dom mon dow command`, `@reboot command`; `%` ends the command.
    private static func crontab(_ call: inout CarrierCall) {
        let options = call.options
        if options.has("e") { return call.doubtInteractive("it opens an editor") }
        if options.has("l", "r", "T") { return }
        let source = ProgramSource(call.operands.first)
        call.runProgram(from: source) { call, text in
            guard let known = text.known else {
                return call.doubt(.evaluated, "`crontab` takes commands that are only known when it runs: \(text.quoted)")
            }
            let lines = known.parts(at: "\n\r")
            for line in lines.prefix(mostJobs) {
                guard let command = job(line) else { continue }
                call.runScript(CommandWord(command)) { $0.input = .file(CommandWord("/dev/null")) }
            }
            if lines.count > mostJobs { call.doubt(.tooLarge, "`crontab` gets more jobs than are looked at") }
        }
    }

    private static let mostJobs = 64

    private static func job(_ line: Substring) -> String? {
        let text = line.without(" \t")
        guard let first = text.utf8.first, first != UInt8(ascii: "#") else { return nil }
        let fields = first == UInt8(ascii: "@") ? 1 : 5
        let parts = text.parts(at: " \t", most: fields + 1)
        // `NAME=value` sets a variable for the jobs; it may have blanks.
        if let name = parts.first, name.holds("="), first.startsName { return nil }
        guard parts.count > fields, let command = parts.last else { return nil }
        return String(command.upTo("%"))
    }

    private static func database(_ call: inout CarrierCall) {
        let words = call.arguments
        if words.contains(where: { ["--help", "--version", "-V", "-?", "-version", "-l", "--list"].contains($0.known ?? "") }) {
            return
        }
        var hasStatement = false
        for (index, word) in zip(words.indices, words) {
            let text = word.leadingText ?? ""
            call.runEscapes(in: word, separators: "\n\r;", statements: true)
            // `psql -c TEXT`, `mysql -eTEXT`, `sqlcmd -Q TEXT`, `mongosh --eval CODE`.
            let letters = text.utf8.dropFirst(text.utf8.first == UInt8(ascii: "-") ? 1 : text.utf8.count)
            let isLong = ["--command", "--execute", "--file", "--query", "--eval"].contains { text.begins(with: $0) }
            if isLong || letters.first.map("cefqsQi".utf8.contains) ?? false { hasStatement = true }
            if text.begins(with: "--eval") {
                if let code = word.atEquals?.value ?? words[(index + 1)...].first { call.runForeignCode(code) }
            }
        }
        let operands = words.filter { $0.leadingText?.utf8.first != UInt8(ascii: "-") }
        switch call.name {
        case "sqlite3", "sqlite", "litecli", "duckdb": if operands.count > 1 { hasStatement = true }
        case "redis-cli", "valkey-cli": if !operands.isEmpty { hasStatement = true }
        case "mongo", "mongosh", "sqlplus":
            if let file = operands.last(where: { $0.known?.ends(with: ".js") == true || $0.known?.begins(with: "@") == true }) {
                hasStatement = true
                call.doubt(.commandFile, "`\(call.name)` runs the commands of \(file.quoted)")
            }
        default: break
        }
        if hasStatement { return }
        switch call.command.input {
        case .text(let text): call.runEscapes(in: text, statements: true)
        case .inherited: call.doubtInteractive("a shell can be started from it")
        case .file, .pipe: break
        }
    }

    /// `EXEC:COMMAND`, `SYSTEM:TEXT`, `SHELL:TEXT` with options behind a comma; `A!!B` is two addresses.
    private static func socketAddress(_ call: inout CarrierCall, _ address: CommandWord) {
        guard let text = address.leadingText else {
            if address.beginsUnknown { call.doubt(.evaluated, "the address \(address.quoted) of `socat` can name a command") }
            return
        }
        if address.pieces.count == 1, text.holds("!!") {
            let second = text.after("!!") ?? ""
            let first = text.utf8.dropLast(second.utf8.count + 2)
            for part in [Substring(first), second] { socketAddress(&call, CommandWord(String(part))) }
            return
        }
        let keyword = text.upTo(":").lowercased()
        guard ["exec", "system", "shell"].contains(keyword) else { return }
        let command = address.dropping(keyword.utf8.count + 1)
        let end = keyword == "exec" || command.pieces.count > 1 ? nil : command.known.flatMap(commandEnd)
        let script = (keyword == "exec" ? command.known.flatMap(commandEnd) : end).map { CommandWord($0) } ?? command
        call.runScript(script) { $0.input = .pipe(["socat"]) }
    }

    /// Up to the first comma that is neither quoted nor escaped.
    private static func commandEnd(_ text: String) -> String {
        var quote: UInt8?
        var isEscaped = false
        var count = 0
        for byte in text.utf8 {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == quote {
                quote = nil
            } else if quote == nil,
                byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
            {
                quote = byte
            } else if byte == UInt8(ascii: ","), quote == nil {
                break
            }
            count += 1
        }
        return String(Substring(text.utf8.prefix(count)))
    }

    private static let netcat = """
        -46bCdDFhklnNrStuUvzZ e: exec: c~ sh-exec: lua-exec: i: I: G: g: M: m: O: o: P: p: q: s: T: V: W: w: X: x: J: L: \
        output: hex-dump: listen keep-open udp ssl source: source-port: proxy: proxy-type: proxy-auth: max-conns: delay: \
        idle-timeout: wait: allow: allowfile: deny: denyfile: broker chat telnet send-only recv-only no-shutdown crlf \
        append-output nodns verbose version! help!
        """

    private static func connect(_ call: inout CarrierCall) {
        let options = call.options
        let input = RunCommand.Input.pipe([call.name])
        for (index, word) in zip(call.arguments.indices, call.arguments) {
            // busybox: `-e` takes the rest of the line.
            guard word.known == "-e", index + 2 < call.arguments.endIndex else { continue }
            call.run(call.arguments[(index + 1)...]) { $0.input = input }
        }
        for program in options.values("e") { call.run([program]) { $0.input = input } }
        // ncat splits the text of `--exec` itself.
        for text in options.values("exec", "sh-exec", "c") { call.runScript(text) { $0.input = input } }
        // `-c` is a flag of OpenBSD's, and takes text in the others.
        if options.has("c") {
            for (index, word) in zip(call.arguments.indices, call.arguments) {
                guard let text = word.known, text.begins(with: "-"), !text.begins(with: "--"), text.ends(with: "c"),
                    index + 1 < call.arguments.endIndex
                else { continue }
                call.runScript(call.arguments[index + 1]) { $0.input = input }
            }
        }
        for code in options.values("lua-exec") { call.doubt(.commandFile, "`\(call.name)` runs the code of \(code.quoted)") }
    }

    /// `gcloud compute ssh HOST --command=TEXT`, `fly ssh console -C TEXT`, `aws ssm send-command`, `az vm run-command`, `heroku
    /// run TEXT`.
    private static func cloud(_ call: inout CarrierCall) {
        let words = call.arguments
        let names = words.compactMap(\.known)
        let remote: Set<String> = [
            "ssh", "run-command", "ssm", "exec", "run", "console", "execute-command", "instance-agent", "invoke", "run:detached",
        ]
        guard names.prefix(6).contains(where: remote.contains) else { return }
        let options: Set<String> = ["--command", "-C", "-c", "--scripts", "--exec", "--ssh-command"]
        var index = words.startIndex
        while index < words.endIndex {
            defer { index += 1 }
            let word = words[index]
            if let (name, value) = word.atEquals, options.contains(name) { call.runScript(value) { $0.directory = nil } }
            if let text = word.known, options.contains(text), index + 1 < words.endIndex {
                call.runScript(words[index + 1]) { $0.directory = nil }
            }
            if word.known == "--" {
                let rest = words[(index + 1)...]
                call.run(rest) { $0.directory = nil }
                return call.runScript(.joined(rest)) { $0.directory = nil }
            }
        }
        if names.contains("ssm"), names.contains("send-command") || names.contains("start-session") {
            call.doubt(.foreignCode, "`\(call.name) ssm` runs commands on other machines")
        }
        if call.name == "heroku" || call.name == "nomad" || call.name == "tsh" {
            let grammar = OptionGrammar(
                "a: app: r: remote: s: size: e: env: exit-code no-tty job task: i~ t~ region: namespace: cluster: login: proxy: user: p: l:"
            )
            guard let verb = words.firstIndex(where: { ["run", "exec", "ssh", "run:detached"].contains($0.known ?? "") }) else {
                return
            }
            let operands = grammar.read(words[(verb + 1)...]).operands
            call.runScript(.joined(operands.dropFirst(call.name == "heroku" ? 0 : 1))) { $0.directory = nil }
        }
    }
}
