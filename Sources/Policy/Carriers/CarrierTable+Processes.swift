/// Programs and builtins that change how the next command runs, not what it is.
extension CarrierTable {
    static let processes: [Carrier] = [
        // Builtins and precommand words of the shells.
        .prefix("builtin", "noglob", "nocorrect", "-", "and", "or", "not"),
        .prefix("command", options: "-p v! V!"),
        .prefix("exec", options: "-cl a:"),
        .prefix("time", "gtime", options: "-apqv append portability quiet verbose f: format: o: output: help! V! version!"),
        Carrier("jobs") { call in
            if call.arguments.first?.known == "-x" { call.run(call.arguments.dropFirst()) }
        },
        Carrier("env", options: environment, [.assignments, .dash], look: env),

        // coreutils and util-linux.
        .prefix("nice", options: "n: adjustment: help! version!", .numbers),
        .prefix(
            "ionice", options: "c: class: n: classdata: p: pid: P: pgid: u: uid: t ignore h! help! V! version!",
            unless: "p pid P pgid u uid"),
        Carrier(
            "chrt",
            options: """
                -abdefiorRv all-tasks batch deadline ext fifo idle other rr reset-on-fork verbose T: sched-runtime: P: \
                sched-period: D: sched-deadline: p! pid! m! max! h! help! V! version!
                """
        ) { call in
            // Newer versions want no priority where there can be only one.
            if call.options.has("b", "batch", "i", "idle", "o", "other", "d", "deadline", "e", "ext") { call.runOperands() }
            call.runOperands(after: 1)
        },
        .prefix("taskset", options: "-ac all-tasks cpu-list p! pid! h! help! V! version!", leading: 1),
        .prefix("nohup", options: "help! version!"),
        .prefix(
            "timeout", "gtimeout", options: "-fpv foreground preserve-status verbose k: kill-after: s: signal: t~ help! version!",
            leading: 1),
        .prefix("stdbuf", options: "i: input: o: output: e: error: help! version!"),
        .prefix("unbuffer", options: "-p"),
        .prefix("setsid", options: "-cfw ctty fork wait h! help! V! version!"),
        .prefix(
            "prlimit",
            options: """
                p: pid: o: output: noheadings raw verbose h! help! V! version! c? core? d? data? e? nice? f? fsize? i? \
                sigpending? l? memlock? m? rss? n? nofile? q? msgqueue? r? rtprio? s? stack? t? cpu? u? nproc? v? as? x? \
                locks? y? rttime?
                """, unless: "p pid"),
        .prefix("choom", options: "n: adjust: p: pid: h! help! V! version!", unless: "p pid"),
        .prefix(
            "uclampset", options: "m: M: p: pid: -asRv all-tasks system reset-on-fork verbose h! help! V! version!",
            unless: "p pid"),
        .prefix("coresched", options: "s: source: d: dest: t: dest-type: v", leading: 1, unless: "s source d dest"),
        .prefix("setarch", "linux32", "linux64", options: architecture, bare: true),
        .prefix(
            "i386", "i486", "i586", "i686", "x86_64", "amd64", "uname26", "arm", "armh", "armv7l", "aarch64", "ppc", "ppc32",
            "ppc64",
            "ppc64le", "s390", "s390x", "sparc", "sparc64", "mips", "mips64", "riscv64", "ia64", options: architecture, bare: true
        ),
        Carrier(
            "flock",
            options: """
                -sxeunoF shared exclusive unlock nonblock nb close no-fork verbose w: wait: timeout: E: conflict-exit-code: h! \
                help! V! version!
                """
        ) {
            call in
            // `flock FILE COMMAND…`, or `flock FILE -c TEXT`.
            let rest = call.operands.dropFirst()
            guard let first = rest.first?.known, ["-c", "--command"].contains(first) else { return call.runOperands(after: 1) }
            call.runScript(.joined(rest.dropFirst().prefix(1)))
        },
        .prefix("lckdo", "with-lock-ex", options: "-wWeEsxqvft", leading: 1),
        .prefix("setlock", "s6-setlock", "chainlockmark", options: "-nNxXrw t: d", leading: 1),

        // Service supervision and daemons.
        .prefix("chpst", options: "u: U: b: /: e: m: d: o: p: f: c: r: t: l: L: n: C: -PvV012"),
        .prefix("envdir", "s6-envdir", options: "-ifn", leading: 1),
        .prefix("softlimit", "s6-softlimit", options: "a: c: d: f: l: m: o: p: r: s: t: -hH"),
        .prefix("pgrphack", "fghack"),
        .prefix("daemonize", options: "-av c: e: o: E: p: u: l:"),
        .prefix(
            "daemon",
            options: """
                n: name: X~ command: P: pidfiles: F: pidfile: U unsafe C: config: N noconfig i inherit e: env: u: user: R: \
                chroot: D: chdir: m: umask: r respawn f foreground b bind o: output: O: stdout: E: stderr: h! help! V! \
                version! v? verbose? p: t: c
                """),
        Carrier(
            "start-stop-daemon",
            options: """
                -SbCmoqvtB start background no-close make-pidfile oknodo quiet verbose test remove-pidfile notify-await a: \
                startas: c: chuid: d: chdir: g: group: I: iosched: k: umask: n: name: N: nicelevel: O: output: p: pidfile: P: \
                procsched: r: chroot: R: retry: s: signal: u: user: x: exec: pid: ppid: notify-timeout: 1: stdout: 2: stderr: \
                w: wait: e: env: K! stop! T! status! H! help! V! version!
                """, .permutes
        ) { call in
            guard let program = call.options.value("a", "startas") ?? call.options.value("x", "exec") else { return }
            call.doubtOpaque(call.options)
            let directory = call.options.value("d", "chdir")
            call.run([program] + call.operands) { if let directory { $0.directory = directory } }
        },
        .prefix("ssh-agent", options: "-cDdks a: E: O: P: t:", unless: "k"),
        .prefix("dbus-run-session", options: "config-file: dbus-daemon: help! version!"),
        .prefix("dbus-launch", options: "auto-syntax config-file: exit-with-session sh-syntax csh-syntax"),
        .prefix(
            "xvfb-run",
            options: """
                -al auto-servernum listen-tcp e: error-file: f: auth-file: n: server-num: p: xauth-protocol: s: server-args: w: \
                wait: h! help!
                """
        ),
        .prefix(
            "systemd-cat", options: "t: identifier: p: priority: stderr-priority: level-prefix: namespace: h! help! version!"),
        .prefix("systemd-inhibit", options: "what: who: why: mode: list! no-pager no-legend h! help! version!"),
        .prefix(
            "systemd-socket-activate",
            options: "l: listen: -ad accept datagram seqpacket inetd fdname: now E: setenv: h! help! version!"),
        .prefix("logsave", options: "-asv", leading: 1),
        .prefix(
            "cpulimit",
            options: """
                l: limit: c: cpu: p: pid: e: exe: P: path: -vzibfkr lazy background foreground include-children monitor-forks \
                verbose h! help!
                """
        ),
        .prefix(
            "numactl",
            options: """
                -labtsHV localalloc all balancing touch show hardware i: interleave: p: preferred: P: preferred-many: m: \
                membind: N: cpunodebind: C: physcpubind: S: shm: f: file: o: offset: L: length: M: shmmode: shmid: huge strict \
                dump dump-nodes w: weighted-interleave:
                """),
        .prefix("schedtool", options: "n: p: a: M: -NFRBIDrve"),
        .prefix("trickle", options: "-vshVL d: u: w: t: l: n:"),
        .prefix("proxychains", "proxychains4", options: "-q f:"),
        .prefix(
            "torsocks", "torify", "tsocks", "usewithtor", "dante", "socksify",
            options: "-idqv u: user: p: pass: a: address: P: port: isolate debug quiet"),
        .prefix("caffeinate", options: "-disum t: w:"),
        .prefix(
            "rlwrap",
            options: """
                -acimnoprstuzA1234567890 a? A? b: c C: D: e: E f: F: g: H: i I l: M: m? n N o O: p? P: q: r R S: s: t: T: u U v \
                w: W? X: z: pass-sigint-as-sigterm
                """
        ),
        .prefix("chronic", "ifne", options: "-vne"),
        .prefix("dtach", "abduco", options: "-zE e: r: c: n: A: a: N: p: -lfq"),
        .prefix("catchsegv", "eatmydata", "primusrun", "optirun", "pw-jack", "aoss", "padsp"),
        .prefix(
            "ltrace",
            options: """
                -bcCfhiLrStTvV a: A: D: e: F: l: n: o: p: s: u: w: x: output: where: config: demangle indent: library: \
                no-signals help! version! V!
                """
        ),
        .prefix("strace", options: traceOptions),
        .prefix("valgrind", options: "h help! help-debug! version! -dqv quiet verbose"),
        Carrier("perf", look: perf),
        .prefix("heaptrack", "operf", options: "-drsgvV e: events: k: vmlinux: d: callgraph separate-thread help! version!"),
        Carrier("rr") { call in
            if call.arguments.first?.known == "record" {
                call.run(OptionGrammar("-hn c: o: output-trace-dir: env:").read(call.arguments.dropFirst()).operands)
            }
        },
        Carrier("busybox", "busybox-static", "busybox.static", "toybox", "coreutils", "sbase-box", "ubase-box") {
            multicall(&$0)
        },
    ]

    private static let environment = """
        -iv0 ignore-environment null debug u: unset: C: chdir: S: split-string: a: argv0: P: L: U: block-signal? \
        default-signal? ignore-signal? list-signal-handling help! version!
        """
    private static let architecture = """
        -BFILRSTXZ3v 32bit fdpic-funcptrs short-inode addr-compat-layout addr-no-randomize whole-seconds sticky-timeouts \
        read-implies-exec mmap-page-zero 3gb 4gb uname-2.6 verbose p? pid: list! show? h! help! V! version!
        """
    private static let traceOptions = """
        -ACcdDFfhiknqrtTvwxyYzZ a: b: e: E: I: o: O: p: P: s: S: u: U: X: attach: columns: const-print-style: daemonize? debug \
        decode-fds? decode-pids: detach-on: env: fault: follow-forks inject: instruction-pointer interruptible: kvm: no-abbrev \
        output: output-append-mode output-separately quiet? raw: read: relative-timestamps? seccomp-bpf signal: stack-traces \
        stack-trace-frame-limit: status: string-limit: strings-in-hex? successful-only failed-only summary summary-only \
        summary-columns: summary-sort-by: summary-syscall-overhead: summary-wall-clock syscall-limit: syscall-number \
        syscall-times? absolute-timestamps? timestamps? tips? trace: trace-path: trace-fds: user: verbose: write: abbrev: \
        argv0: V! version! help!
        """

    private static func env(_ call: inout CarrierCall) {
        let options = call.options
        // `env -S'rm -rf /'`: the text is split into words in front of the others, and options are read on in these.
        if let text = options.value("S", "split-string") {
            guard let words = EnvironmentSplit.words(of: text) else {
                return call.doubt(.evaluated, "`env -S` runs text that is only known when it runs: \(text.quoted)")
            }
            return call.run([CommandWord("env")] + words + options.operands)
        }
        call.runOperands { command in
            if options.has("i", "ignore-environment") { command.assignments = [] }
            command.assignments += options.assignments
            if let directory = options.value("C", "chdir") { command.directory = directory }
        }
    }

    /// `busybox APPLET…`, and `coreutils --coreutils-prog=rm …`.
    private static func multicall(_ call: inout CarrierCall) {
        guard let first = call.arguments.first else { return }
        if let (name, value) = first.atEquals, name == "--coreutils-prog" || name == "--coreutils-prog-shebang" {
            return call.run([value] + call.arguments.dropFirst())
        }
        if first.leadingText?.utf8.first == UInt8(ascii: "-") { return }
        if first.bringsWords {
            call.doubt(.unknownProgram, "\(first.quoted) is the program that `\(call.name)` runs, and is only known when it runs")
        }
        call.run(call.arguments)
    }

    private static let perfOptions = OptionGrammar(
        """
        -adgikmMnNqrRsSTvyz e: event: F: freq: c: count: o: output: C: cpu: p: pid: t: tid: u: uid: r: repeat: I: \
        interval-print: D: delay: x: field-separator: G: cgroup: m: mmap-pages: j: branch-filter: call-graph: filter: k: \
        clockid: W: weight transaction switch-events all-cpus no-inherit timestamp period stat no-samples raw-samples verbose \
        quiet append big-num detailed null sync no-aggr per-core per-socket per-thread topdown post: pre: table metrics: M: \
        all-user all-kernel no-buffering h! help!
        """)

    /// perf(1): `stat`, `record` and some others start what stands after their options. `--pre` and `--post` are shell text.
    private static func perf(_ call: inout CarrierCall) {
        var words = call.arguments
        if ["kvm", "mem", "c2c", "lock", "sched", "kwork", "ftrace", "timechart"].contains(words.first?.known ?? "") {
            words = words.dropFirst()
        }
        guard let command = words.first?.known, ["stat", "record", "trace", "top", "kmem"].contains(command) else { return }
        words = words.dropFirst()
        let options = perfOptions.read(words)
        for text in options.values("pre", "post") { call.runScript(text) }
        call.doubtOpaque(options)
        for operands in [options.operands] + options.alternatives where command != "top" { call.run(operands) }
    }
}
