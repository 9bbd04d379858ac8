/// Programs that run a command once, again, or for each of many arguments.
extension CarrierTable {
    static let repeaters: [Carrier] = [
        Carrier(
            "xargs",
            options: """
                -0oprtx null open-tty interactive no-run-if-empty verbose exit show-limits a: arg-file: d: delimiter: E: e? \
                eof? I: i? replace? J: L: l? max-lines? n: max-args: P: max-procs: R: S: s: max-chars: process-slot-var: help! \
                version!
                """, look: xargs),
        Carrier("parallel", "sem", "parallel.moreutils", "rust-parallel", options: parallelOptions, look: parallel),
        Carrier("find", "gfind", "bfs", "oldfind", look: find),
        Carrier("fd", "fdfind", look: fd),
        Carrier(
            "watch",
            options: """
                -bcCegprtwx beep color no-color errexit chgexit precise no-rerun no-title no-wrap exec d? differences? n: \
                interval: q: equexit: s: shotsdir: follow h! help! v! version!
                """
        ) { call in
            call.doubtOpaque(call.options)
            if call.options.has("x", "exec") { return call.runOperands() }
            for operands in [call.operands] + call.options.alternatives { call.runScript(.joined(operands)) }
        },
        Carrier("entr", options: "-acdnprxzs") { call in
            call.doubtOpaque(call.options)
            if call.options.has("s"), let text = call.operands.first { return call.runScript(text) }
            // `/_` is the name of the changed file.
            call.run(call.operands.map { $0.known == "/_" ? CommandWord(unknown: "/_") : $0 }) {
                $0.input = .file(CommandWord("/dev/null"))
            }
        },
        Carrier(
            "hyperfine",
            options: """
                -NiV w: warmup: r: runs: m: min-runs: M: max-runs: p: prepare: c: cleanup: s: setup: S: shell: L:: \
                parameter-list:: P::: parameter-scan::: export-json: export-csv: export-markdown: n: command-name: style: u: \
                time-unit: output: help! version!
                """,
            .permutes
        ) {
            call in
            for text in call.operands + call.options.values("p", "prepare", "c", "cleanup", "s", "setup") { call.runScript(text) }
        },
        Carrier("pee") { call in
            for text in call.arguments { call.runScript(text) }
        },
        Carrier("mispipe") { call in
            for text in call.arguments.prefix(2) { call.runScript(text) }
        },
        Carrier(
            "split",
            options: """
                a: suffix-length: b: bytes: C: line-bytes: l: lines: n: number: t: separator: filter: additional-suffix: d? \
                numeric-suffixes? x? hex-suffixes? -eu elide-empty-files unbuffered verbose help! version!
                """,
            .permutes
        ) {
            call in
            for text in call.options.values("filter") { call.runScript(text) }
        },
        Carrier(
            "run-parts",
            options: """
                -v test! list! verbose report reverse exit-on-error new-session regex: lsbsysinit u: umask: a: arg: help! h! V! \
                version!
                """,
            .permutes
        ) { call in
            for directory in call.operands { call.doubt(.commandFile, "`run-parts` runs the programs in \(directory.quoted)") }
        },
        Carrier("nodemon", "ts-node-dev", options: "-VqL x: exec: w: watch: e: ext: i: ignore: d: delay: h! help! v! version!") {
            call in
            for text in call.options.values("x", "exec") { call.runScript(text) }
            if let file = call.operands.first { call.doubt(.commandFile, "`\(call.name)` runs the code of \(file.quoted)") }
        },
    ]

    private static let parallelOptions = """
        -kuqXmtvghr0 j: jobs: P: max-procs: a: arg-file: I: i? d: delimiter: D: S: sshlogin: sshloginfile: slf: timeout: \
        results: res: joblog: tmpdir: tempdir: C: colsep: N: n: max-args: max-replace-args: L: l? s: max-chars: E: e? eof? \
        halt: halt-on-error: delay: retries: load: memfree: memsuspend: nice: env: workdir: wd: rpl: tmpl: template: basefile: \
        bf: transferfile: tf: return: trc: trim: tagstring: block: block-size: recstart: recend: regexp cat fifo header: \
        hostgroups hgrp id: semaphorename: semaphoretimeout: st: shebang shebang-wrap shellquote shuf skip-first-line progress \
        bar eta tag ctag keep-order line-buffer lb linebuffer group ungroup quote verbose pipe pipepart pipe-part spreadstdin \
        roundrobin round round-robin round-robin no-run-if-empty nonall onall bibtex citation cleanup dry-run dryrun fg bg \
        semaphore wait tollef xapply link xargs plain plus null resume resume-failed retry-failed limit: profile: J: filter: \
        compress minversion: max-line-length-allowed number-of-cpus number-of-cores help! version! V! will-cite tty tmux \
        tmuxpane arg-sep: arg-file-sep: process-slot-var: termseq: timeout: sql: sqlmaster: sqlworker: sqlandworker: \
        interactive p show-limits x exit
        """
}
