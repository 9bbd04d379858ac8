/// Programs that start another as somebody else, or with other rights.
extension CarrierTable {
    static let privileges: [Carrier] = [
        // sudo(8) 1.9. `-h` is help or a host; `-k` alone runs nothing, before a command it does.
        Carrier(
            "sudo", "dzdo",
            options: """
                -AbBEHiknNPSse askpass background bell set-home login reset-timestamp non-interactive no-update \
                preserve-groups stdin shell edit preserve-env? C: close-from: D: chdir: g: group: h~ host: p: prompt: R: \
                chroot: r: role: t: type: T: command-timeout: u: user: U: other-user: a: auth-type: c: login-class: K! \
                remove-timestamp! l! list! v! validate! V! version! help!
                """, .assignments, look: sudo),
        Carrier("sudoedit", options: "-ABEHknNPS g: u: C: D: h~ p: R: r: t: T: V! version! help!", .assignments) { call in
            call.doubt(.interactive, "`sudoedit` opens an editor, in which further commands can be typed")
        },
        // OpenBSD doas(1). With -C it only checks the configuration.
        Carrier("doas", options: "-nsL a: C! u:") { call in
            call.runOperands(bare: call.options.has("s"))
            if call.options.has("s") { call.runShell() }
        },
        Carrier("su", options: substitute, .permutes) { substituteUser(&$0, $0.options) },
        Carrier("runuser", options: substitute + " u: user:") { call in
            if call.options.has("u", "user") { return call.runOperands() }
            substituteUser(&call, substituteGrammar.read(call.arguments))
        },
        .prefix("pkexec", options: "disable-internal-agent keep-cwd user: u: version! help!", bare: true),
        .prefix(
            "run0",
            options: """
                -i description: unit: slice: slice-inherit property: u: user: g: group: nice: D: chdir: setenv: background: \
                machine: pty pipe shell-prompt-prefix: lightweight: no-ask-password area: a: via-shell h! help! V! version!
                """, bare: true),
        .prefix("gosu", "su-exec", "setuidgid", "s6-setuidgid", "envuidgid", "s6-envuidgid", leading: 1),
        .prefix("s6-applyuidgid", options: "-zU u: g: G:"),
        .prefix("pfexec", options: "P:"),
        Carrier("sg") { call in
            // `sg GROUP -c TEXT`, `sg GROUP TEXT` and `sg - GROUP TEXT`: all are for a shell.
            var operands = call.operands
            if operands.first?.known == "-" { operands.removeFirst() }
            let rest = operands.dropFirst()
            if rest.first?.known == "-c" { return call.runScript(.joined(rest.dropFirst())) }
            if rest.isEmpty { call.runShell() } else { call.runScript(.joined(rest)) }
        },
        Carrier("newgrp") { $0.runShell() },
        .prefix(
            "setpriv",
            options: """
                -d dump nnp no-new-privs ambient-caps: inh-caps: bounding-set: ruid: euid: rgid: egid: reuid: regid: \
                clear-groups keep-groups init-groups groups: securebits: pdeathsig: ptracer: selinux-label: apparmor-profile: \
                seccomp-filter: landlock-access: landlock-rule: reset-env h! help! V! version!
                """),
        Carrier("capsh", look: capsh),
        Carrier("runcon", options: "-c compute t: type: u: user: r: role: l: range: help! version!") { call in
            call.runOperands(after: call.options.has("t", "type", "u", "user", "r", "role", "l", "range", "c", "compute") ? 0 : 1)
        },
        Carrier("newrole", options: "-p r: role: t: type: l: level: V! version! help!") { call in
            call.run([CommandWord("sh")] + call.operands)
        },
        .prefix("chroot", options: "userspec: groups: skip-chdir u: g: G: -n help! version!", leading: 1, bare: true),
        .prefix("fakeroot", options: "l: lib: faked: s: i: b: fd-base: -u unknown-is-real h! help! v! version!", bare: true),
        .prefix(
            "fakechroot", options: "s use-system-libs l: lib: d: elfloader: e: environment: c: config-dir: b: bindir: h! v!",
            bare: true),
        .prefix("cgexec", options: "g: sticky"),
        .prefix("aa-exec", options: "p: profile: n: namespace: -idv immediate debug verbose h! help!"),
        .prefix("firejail", options: "-c join~ version! help! list! tree! top! h! ?!", bare: true),
        .prefix(
            "proot",
            options: """
                r: rootfs: b: bind: m: mount: q: qemu: w: pwd: cwd: kill-on-exit v: verbose: -0 root-id i: change-id: p: port: \
                k: kernel-release: R: S: link2symlink V! version! h! help!
                """, .oneDash, bare: true),
        .prefix(
            "bwrap",
            options: """
                args: argv0: unshare-all share-net unshare-user unshare-user-try unshare-ipc unshare-pid unshare-net \
                unshare-uts unshare-cgroup unshare-cgroup-try userns: userns2: disable-userns assert-userns-disabled pidns: \
                uid: gid: hostname: chdir: clearenv setenv:: unsetenv: lock-file: sync-fd: bind:: bind-try:: dev-bind:: \
                dev-bind-try:: ro-bind:: ro-bind-try:: bind-fd:: ro-bind-fd:: remount-ro: overlay-src: overlay::: tmp-overlay: \
                ro-overlay: exec-label: file-label: proc: dev: tmpfs: mqueue: dir: file:: bind-data:: ro-bind-data:: symlink:: \
                seccomp: add-seccomp-fd: block-fd: userns-block-fd: info-fd: json-status-fd: new-session die-with-parent \
                as-pid-1 cap-add: cap-drop: perms: size: chmod:: level-prefix help! version!
                """),
        .prefix("lxc-usernsexec", options: "m: s"),
        .prefix(
            "rootlesskit",
            options: "net: mtu: disable-host-loopback copy-up: copy-up-mode: port-driver: p: publish: pidns cgroupns ipcns"),
        Carrier("gksu", "gksudo", "kdesu", "kdesudo", "beesu", options: "-kSlpgdt u: user: m: message: c:") { call in
            for text in call.options.values("c") { call.runScript(text) }
            call.doubtOpaque(call.options)
            call.runQuoted(call.operands[...])
        },
        .prefix("super", "really", "calife", "rootsh", options: "u:"),
    ]

    private static let substitute = """
        -mpflPT preserve-environment fast login pty no-pty w: whitelist-environment: g: group: G: supp-group: c: command: \
        session-command: s: shell: h! help! V! version!
        """

    private static let substituteGrammar = OptionGrammar(substitute, .permutes)

    private static func sudo(_ call: inout CarrierCall) {
        let options = call.options
        func change(_ command: inout RunCommand) {
            command.assignments += options.assignments
            if let directory = options.value("D", "chdir") { command.directory = directory }
            // `-i` starts in the other login's home, which the rules take for this one's.
            if options.has("i", "login") { command.directory = nil }
        }
        if options.has("e", "edit") { return call.run([CommandWord("sudoedit")] + options.operands, change) }
        let shell = options.has("s", "shell", "i", "login")
        call.runOperands(change)
        guard shell else { return }
        if options.operands.isEmpty { return call.runShell(change) }
        // The words go to a shell. Newer versions quote all but `$`; older ones quote nothing.
        call.runScript(.joined(options.operands), change)
    }

    /// `su [-] [USER [ARGUMENT…]]`: the arguments are those of a shell.
    private static func substituteUser(_ call: inout CarrierCall, _ options: OptionReading) {
        call.doubtOpaque(options)
        var operands = options.operands
        var login = options.has("l", "login")
        if operands.first?.known == "-" {
            operands.removeFirst()
            login = true
        }
        var words = [options.value("s", "shell") ?? CommandWord("sh")]
        if let text = options.value("c", "command", "session-command") { words += [CommandWord("-c"), text] }
        call.run(words + operands.dropFirst()) { if login { $0.directory = nil } }
    }

    /// capsh(1): what follows `--` or `==` are arguments of bash, or of capsh again.
    private static func capsh(_ call: inout CarrierCall) {
        var shell = CommandWord("bash")
        for (index, word) in zip(call.arguments.indices, call.arguments) {
            let rest = call.arguments[(index + 1)...]
            switch word.known {
            case "--", "-+": return call.run([shell] + rest)
            case "==", "=+": return call.run([CommandWord("capsh")] + rest)
            default: if let (name, value) = word.atEquals, name == "--shell" { shell = value }
            }
        }
    }
}
