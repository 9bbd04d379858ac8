/// Interpreters of other languages: what they run is in doubt, and so are files of it.
extension CarrierTable {
    static let interpreters: [Carrier] = [
        interpreter(
            "python", "python2", "python3", "pypy", "pypy3", "ipython", "ipython3", "bpython", "jython", "micropython",
            options: "-bBdEhiIOPqsSuvVx c: m: W: X: Q: check-hash-based-pycs: help version help-all help-env help-xoptions",
            code: "c",
            file: "m", idle: "h V help version"),
        // The digits after `-0` and `-l` are letters of the cluster here: `perl -0777ne CODE`.
        interpreter(
            "perl", "perl5", "raku", "perl6",
            options: "-01234567acCflnpsStTuUvwWxXhASDO e: E: F? i? I: m? M? d? D? V? help version", code: "e E",
            idle: "v V h help version"),
        interpreter(
            "ruby", "jruby", "truffleruby",
            options: """
                -01234567aclnpsSvwyhU e: C: E: F? i? I: K? r: T? W? x? d X: X? encoding: external-encoding: internal-encoding: \
                jit version help enable: disable:
                """,
            code: "e", idle: "h version help"),
        interpreter("irb", "pry", options: "-fdw r: I: E: e: help version", code: "e", idle: "help version"),
        interpreter(
            "node", "nodejs",
            options: """
                -icvhp e: eval: r: require: import: loader: experimental-loader: C: conditions: input-type: env-file: \
                interactive check print version help inspect? inspect-brk? test watch title: icu-data-dir: openssl-config: \
                redirect-warnings: stack-trace-limit~
                """, code: "e eval", printing: "p print", idle: "v h version help"),
        interpreter(
            "deno", "bun", options: "-h e: eval: p: print: A version help quiet q", code: "e eval p print",
            subcommands: "eval run repl x exec", idle: "h version help"),
        interpreter(
            "tsx", "ts-node", "qjs", "esbuild-runner", options: "-ipTv e: eval: r: require: I: include: version help",
            code: "e eval", idle: "v version help"),
        interpreter(
            "php", "php-cli", "php-cgi", "phpdbg",
            options: "-aehHilmnqsvwC c: d: f: F: r: R: B: E: S: t: T: z: b: g: rf: rc: re: rz: ri: ini version help",
            code: "r R B E", file: "f F",
            idle: "v h i m l version help ini rf rc re rz ri S"),
        interpreter("lua", "luajit", "texlua", options: "-ivEWO b? e: l: j? version", code: "e", idle: "v"),
        interpreter("osascript", options: "-i e: l: s:", code: "e"),
        interpreter("tclsh", "wish", options: "encoding:", .oneDash),
        interpreter("expect", "expectk", options: "-dinNv c: f: b: D:", code: "c", file: "f b", idle: "v"),
        interpreter(
            "Rscript", "R", "littler",
            options: "-q e: f: g: d: file: args gui: slave no-save save vanilla quiet verbose default-packages: version help",
            code: "e", file: "f file", idle: "version help"),
        interpreter(
            "julia", options: "-iqvhO e: eval: E: print: L: load: p: t: J: C: g: m: machine-file: project? banner: version help",
            code: "e eval E print", file: "L load", idle: "v h version help"),
        interpreter(
            "guile", options: "-qvh c: s: l: e: L: C: x: debug version help", code: "c e", file: "s l", idle: "v h version help"),
        interpreter(
            "racket", options: "-ivnq e: eval: f: load: t: require: l: p: r: u: k::  m main version help", code: "e eval",
            file: "f load t require r u", idle: "v version help"),
        interpreter(
            "ghci", "runghc", "runhaskell", "stack-ghci", options: "e: ghc-arg: f: version help", code: "e", idle: "version help"),
        interpreter(
            "ocaml", "ocamlrun", options: "e: init: I: open: version vnum help noinit", .oneDash, code: "e", file: "init",
            idle: "version vnum help"),
        interpreter(
            "erl", "werl",
            options: "eval: run: s: config: pa: pz: noshell noinput detached name: sname: setcookie: boot: version", .oneDash,
            code: "eval run s"),
        interpreter(
            "elixir", "iex",
            options: "-Sv e: eval: rpc-eval:: r: pr: pa: pz: app: erl: cookie: sname: name: dot-iex: version help",
            code: "e eval rpc-eval", file: "r", idle: "v version help"),
        interpreter(
            "groovy", "scala", "kotlin", "kscript", options: "-v e: cp: classpath: version help", .oneDash, code: "e",
            idle: "v version help"),
        interpreter("jshell", options: "-sqv R: C: startup: execution: class-path: version help", idle: "version help"),
        interpreter(
            "jrunscript", "jjs", options: "-q e: f: l: cp: classpath: help", .oneDash, code: "e", file: "f", idle: "q help"),
        interpreter(
            "swipl", options: "-qO g: t: f: s: x: l: c: p: goal: version help", code: "g t goal", file: "f s l",
            idle: "version help"),
        interpreter(
            "sbcl", "clisp", "ecl", "ccl",
            options: "-qK x: i: E: eval: load: script: e: noinform non-interactive quit version help", code: "x eval e",
            file: "i load script", idle: "version help"),
        interpreter(
            "octave", "octave-cli", options: "-fqWHVv eval: p: path: persist version help", code: "eval", idle: "v version help"),
        interpreter(
            "gnuplot", "slsh", "maxima", "scilab", "sage", "gp",
            options: "-pdcV e: c: r: batch-string: persist default-settings version help", code: "e c r batch-string",
            idle: "V version help"),
        interpreter(
            "bpftrace", "stap", "dtrace", options: "-vqwkl e: n: p: c: o: f: B: version help", code: "e n", file: "f s",
            idle: "version help"),
        interpreter(
            "escript", "gst", "gforth", "picolisp", "scheme", "newlisp", "janet", "squirrel", "wren", "io",
            options: "e: version help", code: "e", idle: "version help"),
        Carrier("dc", options: "-V e: expression: f: file: i: h! help! version!", .permutes) { call in
            // `!` runs the rest of its line.
            for code in call.options.values("e", "expression") { call.runEscapes(in: code) }
            for file in call.options.values("f", "file") + call.operands {
                call.doubt(.commandFile, "`dc` runs the commands of \(file.quoted), which are not in view")
            }
            guard call.options.values("e", "expression", "f", "file").isEmpty, call.operands.isEmpty else { return }
            call.runProgram(from: .standardInput) { call, text in call.runEscapes(in: text) }
        },
        Carrier(
            "awk", "gawk", "mawk", "nawk", "original-awk", "bwk", "goawk", "igawk", "pgawk", "dgawk",
            options: """
                F: field-separator: v: assign: f: file: e: source: E: exec: i: include: l: load: W: -bcCghIkMnNOPrsStV o? p? \
                d? L? characters-as-bytes traditional posix sandbox lint? non-decimal-data optimize no-optimize bignum \
                use-lc-numeric re-interval csv debug? dump-variables? pretty-print? profile? gen-pot version! help!
                """, look: awk),
        Carrier(
            "sed", "gsed", "ssed",
            options: """
                -nrEsuzabl quiet silent debug regexp-extended separate unbuffered null-data zero-terminated posix \
                follow-symlinks binary sandbox e: expression: f: file: i? in-place? l: line-length: help! version!
                """, .permutes, look: sed),
    ]

    /// - Parameters:
    ///   - code: the options whose value is code.
    ///   - file: the options whose value names a file, or a module, of code.
    ///   - printing: flags that make the first operand code.
    ///   - subcommands: words that may stand before the operand; `eval` makes it code.
    ///   - idle: flags after which nothing is run if there is no code.
    private static func interpreter(
        _ names: String..., options: String, _ style: OptionGrammar.Style = [], code: String = "", file: String = "",
        printing: String = "",
        subcommands: String = "", idle: String = ""
    ) -> Carrier {
        let split: (String) -> Set<String> = { Set($0.split(separator: " ").map(String.init)) }
        let (code, file, printing, subcommands, idle) = (
            split(code), split(file), split(printing), split(subcommands), split(idle)
        )
        return Carrier(names: names, options: OptionGrammar(options, style)) { call in
            let options = call.options
            var operands = options.operands[...]
            var runs = false
            call.doubtOpaque(options)
            for found in options.found {
                guard let value = found.value else { continue }
                if code.contains(found.name) {
                    call.runForeignCode(value)
                    if call.name.begins(with: "expect") { call.runSpawned(in: value) }
                    runs = true
                } else if file.contains(found.name) {
                    call.doubt(.commandFile, "`\(call.name)` runs the code of \(value.quoted), which is not in view")
                    runs = true
                }
            }
            if let first = operands.first?.known, subcommands.contains(first) {
                operands = operands.dropFirst()
                if first == "eval", let value = operands.first { return call.runForeignCode(value) }
            }
            if runs || operands.isEmpty && options.found.contains(where: { idle.contains($0.name) }) { return }
            if let value = operands.first, options.found.contains(where: { printing.contains($0.name) }) {
                return call.runForeignCode(value)
            }
            call.runProgram(from: ProgramSource(operands.first)) { call, text in call.runForeignCode(text) }
        }
    }

    private static func awk(_ call: inout CarrierCall) {
        let options = call.options
        call.doubtOpaque(options)
        var programs = options.values("e", "source")
        var isFromFile = false
        for file in options.values("f", "file", "E", "exec", "i", "include", "l", "load") {
            isFromFile = true
            if case .standardInput = ProgramSource(file), case .text(let text) = call.command.input {
                programs.append(text)
            } else {
                call.doubt(.foreignCode, "`\(call.name)` runs the program of \(file.quoted), which is not in view")
            }
        }
        if options.has("V", "version") { return }
        if programs.isEmpty, !isFromFile, let program = options.operands.first { programs = [program] }
        for word in programs {
            guard let text = word.known else {
                call.doubt(.foreignCode, "`\(call.name)` runs a program that is only known when it runs: \(word.quoted)")
                call.runShellCalls(in: word)
                continue
            }
            let program = AwkProgram(text)
            if program.runsCommands { call.doubt(.foreignCode, "this program of `\(call.name)` runs commands: \(word.quoted)") }
            for script in program.scripts { call.runScript(CommandWord(script)) }
            for file in program.written { call.file(.write, file) }
            for file in program.read { call.file(.read, file) }
        }
    }

    private static func sed(_ call: inout CarrierCall) {
        let options = call.options
        if options.has("sandbox") { return }
        for file in options.values("f", "file") {
            if case .standardInput = ProgramSource(file), case .text = call.command.input { continue }
            call.doubt(.commandFile, "`\(call.name)` runs the script \(file.quoted), which is not in view")
        }
        var scripts = options.values("e", "expression")
        if scripts.isEmpty, options.values("f", "file").isEmpty, let script = options.operands.first {
            // BSD's `-i` takes a suffix: in `sed -i '' SCRIPT` the empty word is not the script.
            scripts = script.pieces.isEmpty && options.has("i") ? Array(options.operands.prefix(2)) : [script]
        }
        if !options.values("f", "file").isEmpty, case .text(let text) = call.command.input { scripts.append(text) }
        // The parts of one script: a command may begin in one `-e` and end in the next.
        guard !scripts.isEmpty else { return }
        let word = CommandWord.joined(scripts, by: "\n")
        guard let text = word.known else {
            return call.doubt(.foreignCode, "the script of `\(call.name)` is only known when it runs: \(word.quoted)")
        }
        let script = SedScript(text)
        if script.runsCommands { call.doubt(.foreignCode, "this script of `\(call.name)` runs commands: \(word.quoted)") }
        for text in script.scripts { call.runScript(CommandWord(text)) }
        for file in script.written { call.file(.write, CommandWord(file)) }
        for file in script.read { call.file(.read, CommandWord(file)) }
    }
}
