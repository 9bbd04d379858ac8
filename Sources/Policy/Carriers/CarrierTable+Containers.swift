/// Programs that run a command in a container, a name space, a virtual machine or a cluster, or as a service.
extension CarrierTable {
    static let containers: [Carrier] = [
        Carrier(
            "docker", "podman", "nerdctl", "docker.io", "finch",
            options: """
                -Dd H: host: c: context: connection: l: log-level: config: tls tlscacert: tlscert: tlskey: tlsverify debug a: \
                address: n: namespace: r remote url: identity: root: runroot: runtime: storage-driver: storage-opt: module: \
                cgroup-manager: conmon: events-backend: hooks-dir: imagestore: log-driver: network-cmd-path: \
                network-config-dir: noout out: tmpdir: transient-store volumepath: data-root: cni-path: cni-netconfpath: \
                snapshotter: hosts-dir: experimental debug-full help! h! version! v!
                """
        ) { call in container(&call, call.options.operands[...]) },
        Carrier("docker-compose", "podman-compose", options: compose) { call in composed(&call, call.options.operands[...]) },
        Carrier("buildah", "ctr", "crictl", "runc", "crun", "youki", "kata-runtime") { call in
            let words = engine.read(call.arguments).operands
            guard let verb = words.prefix(3).firstIndex(where: { ["exec", "run"].contains($0.known ?? "") }) else { return }
            let options = engine.read(words[(verb + 1)...])
            call.doubtOpaque(options, leading: 1)
            call.run(engine.read(options.operands.dropFirst()).operands) { $0.directory = unknownDirectory }
        },
        Carrier(
            "lxc", "incus", "multipass", "pct", "qm", "virsh", "toolbox", "distrobox", "apptainer", "singularity", "minikube",
            "vagrant", "limactl", "lima", "colima", look: machine),
        .prefix(
            "lxc-attach", "lxc-execute",
            options: """
                -ensRsq n: name: P: lxcpath: a: arch: e: elevated-privileges? s: namespaces: R: remount-sys-proc keep-env \
                clear-env L: pty-log: v: set-var: keep-var: f: rcfile: u: uid: g: gid: c: context: l: logpriority: o: logfile: \
                h! help!
                """,
            bare: true),
        .prefix("lxc-unshare", options: "s: namespaces: u: user: H: hostname: i: ifname: d D M", bare: true),
        .prefix("jexec", "ezjail-admin", options: "-ln u: U: d:", leading: 1, bare: true),
        .prefix(
            "systemd-nspawn",
            options: """
                -qabxSUnPj D: directory: i: image: template: M: machine: u: user: uuid: S: slice: property: hostname: chdir: \
                pivot-root: E: setenv: private-users? network-namespace-path: network-interface: network-macvlan: \
                network-ipvlan: network-bridge: network-zone: p: port: Z: selinux-context: L: selinux-apifs-context: bind: \
                bind-ro: tmpfs: overlay: overlay-ro: capability: drop-capability: kill-signal: personality: volatile? \
                settings: console: link-journal: oci-bundle: root-hash: inaccessible: rlimit: oom-score-adjust: cpu-affinity: \
                resolv-conf: timezone: set-credential: load-credential: ambient-capability: as-pid2 boot ephemeral read-only \
                quiet private-network network-veth pipe keep-unit notify-ready: no-new-privileges: system-call-filter: \
                suppress-sync: h! help! version!
                """, bare: true),
        Carrier("kubectl", "oc", "k3s", "microk8s", "kubecolor", "okteto", look: kubernetes),

        .prefix(
            "nsenter",
            options: """
                -aFZec all no-fork follow-context env preserve-credentials keep-caps user-parent join-cgroup t: target: m? \
                mount? u? uts? i? ipc? n? net? p? pid? C? cgroup? U? user? T? time? S: setuid: G: setgid: r? root? w? wd? W: \
                wdns: N: net-socket: h! help! V! version!
                """, bare: true),
        .prefix(
            "unshare",
            options: """
                -frc fork map-root-user map-current-user map-auto keep-caps m? mount? u? uts? i? ipc? n? net? p? pid? U? user? \
                C? cgroup? T? time? mount-proc? mount-binfmt? map-user: map-group: map-users: map-groups: map-subids \
                kill-child? propagation: setgroups: R: root: w: wd: S: setuid: G: setgid: monotonic: boottime: l: load-interp: \
                forward-signals h! help! V! version!
                """, bare: true),
        Carrier("ip") { call in
            // `ip netns exec NAME COMMAND…`, `ip vrf exec NAME COMMAND…`; `netns` may be cut to `net`.
            let words = call.arguments.drop { $0.leadingText?.utf8.first == UInt8(ascii: "-") }
            if let batch = call.arguments.firstIndex(where: { ["-b", "-batch"].contains($0.known ?? "") }),
                batch + 1 < call.arguments.endIndex
            {
                call.doubt(.commandFile, "`ip` runs the commands of \(call.arguments[batch + 1].quoted)")
            }
            guard let object = words.first?.known, "netns".begins(with: object) && object.count > 2 || "vrf".begins(with: object)
            else {
                return
            }
            guard let verb = words.dropFirst().first?.known, verb.utf8.first == UInt8(ascii: "e") else { return }
            var rest = words.dropFirst(2)
            if rest.first?.known == "-all" || rest.first?.known == "-a" {
                rest = rest.dropFirst()
            } else {
                rest = rest.dropFirst()
            }
            call.run(rest)
        },
        Carrier(
            "systemd-run",
            options: """
                -rdtPqGSv user system scope remain-after-exit send-sighup same-dir pty pipe quiet collect shell wait no-block \
                slice-inherit on-clock-change on-timezone-change no-ask-password ignore-failure verbose H: host: M: machine: \
                C: capsule: u: unit: p: property: description: slice: service-type: uid: gid: nice: working-directory: E: \
                setenv: on-active: on-boot: on-startup: on-unit-active: on-unit-inactive: on-calendar: path-property: \
                socket-property: timer-property: expand-environment: background: json: area: job-mode: root-directory: R: h! \
                help! version!
                """
        ) { call in
            let options = call.options
            for property in options.values("p", "property") {
                // `ExecStartPre=-/bin/rm …`: signs in front say how it is run.
                guard let (name, value) = property.atEquals, name.begins(with: "Exec") else { continue }
                let signs = (value.leadingText ?? "").utf8.prefix { "-+!@:|".utf8.contains($0) }.count
                call.runScript(value.dropping(signs))
            }
            call.runOperands(bare: options.has("S", "shell")) { command in
                command.directory =
                    options.value("working-directory")
                    ?? (options.has("d", "same-dir", "scope") ? command.directory : CommandWord("/"))
            }
        },
        Carrier(
            "machinectl",
            options: """
                -qlat M: machine: uid: E: setenv: H: host: n: lines: o: output: s: signal: kill-whom: kill-who: read-only mkdir \
                verify: max-addresses: p: property: value now force no-pager no-legend runner: V: all full h! help! version!
                """
        ) { call in
            guard call.operands.first?.known == "shell" || call.operands.first?.known == "login" else { return }
            let words = call.operands.dropFirst(2)
            if words.isEmpty { call.runShell { $0.directory = nil } } else { call.run(words) { $0.directory = nil } }
        },
        .prefix(
            "flatpak-spawn",
            options: """
                -v forward-fd: clear-env watch-bus env: latest-version no-network sandbox host directory: share-pids unset-env: \
                env-fd: verbose help! h!
                """
        ),
        .prefix("snap-run", "host-spawn", "distrobox-host-exec", options: "-Y Y! v! version! h! help!"),
        .prefix(
            "distrobox-enter",
            options: """
                -TvdHr n: name: e: a: additional-flags: no-tty no-workdir clean-path root verbose dry-run h! help! V! version!
                """,
            leading: 0),
        .prefix(
            "schroot",
            options: """
                -abcefipqr c: chroot: d: directory: u: user: s: shell: o: option: n: session-name: all all-chroots run-session \
                recover-session begin-session end-session preserve-environment quiet verbose l! list! i! info! h! help! V! \
                version!
                """,
            bare: true),
        .prefix("arch-chroot", "systemd-chroot", "manjaro-chroot", options: "-NhrR u:", leading: 1, bare: true),
    ]

    static let unknownDirectory = CommandWord(unknown: "the container's directory")

    /// The lower engines, `ctr task exec`, `crictl exec`, `runc exec`, `buildah run`.
    private static let engine = OptionGrammar(
        """
        -dtirDTs a: address: n: namespace: e: env: exec-id: u: user: cwd: pid-file: p: process: console-socket: timeout: \
        isolation: v: volume: workingdir: root: log: log-format: c: config: runtime-endpoint: image-endpoint: interactive tty \
        sync cap: preserve-fds: apparmor: detach help! h!
        """)

    private static let compose = """
        f: file: p: project-name: profile: env-file: project-directory: ansi: parallel: progress: H: host: c: context: l: \
        log-level: all-resources compatibility dry-run tls tlscacert: tlscert: tlskey: verbose v! version! h! help!
        """

    private static let execute = OptionGrammar(
        """
        -ditTl detach interactive tty privileged latest no-TTY no-tty detach-keys: e: env: env-file: u: user: w: workdir: \
        preserve-fds: preserve-fd: cidfile: index: h! help!
        """)

    private static let runContainer = OptionGrammar(
        """
        -ditPqTlB detach interactive tty rm init privileged read-only publish-all quiet no-healthcheck oom-kill-disable \
        replace sig-proxy~ no-deps service-ports use-aliases build quiet-pull quiet-build remove-orphans no-hosts no-hostname \
        tls-verify~ rmi latest env-host http-proxy~ add-host: a: attach: annotation: blkio-weight: blkio-weight-device: \
        cap-add: cap-drop: cgroup-parent: cgroupns: cidfile: cpu-period: cpu-quota: cpu-rt-period: cpu-rt-runtime: c: \
        cpu-shares: cpus: cpuset-cpus: cpuset-mems: detach-keys: device: device-cgroup-rule: device-read-bps: \
        device-read-iops: device-write-bps: device-write-iops: disable-content-trust~ dns: dns-option: dns-opt: dns-search: \
        domainname: entrypoint: e: env: env-file: expose: gpus: group-add: health-cmd: health-interval: health-retries: \
        health-start-period: health-start-interval: health-timeout: h: hostname: ip: ip6: ipc: isolation: kernel-memory: l: \
        label: label-file: link: link-local-ip: log-driver: log-opt: mac-address: m: memory: memory-reservation: memory-swap: \
        memory-swappiness: mount: name: net: network: network-alias: net-alias: oom-score-adj: pid: pids-limit: platform: \
        publish: p: pull: restart: runtime: security-opt: shm-size: stop-signal: stop-timeout: storage-opt: sysctl: tmpfs: \
        ulimit: u: user: userns: uts: v: volume: volume-driver: volumes-from: w: workdir: pod: pod-id-file: arch: os: variant: \
        authfile: conmon-pidfile: pidfile: secret: systemd: timeout: tz: umask: uidmap: gidmap: subuidname: subgidname: rootfs \
        image-volume: init-path: log-level: cgroups: chrootdirs: decryption-key: env-merge: hooks-dir: hostuser: passwd~ \
        passwd-entry: group-entry: personality: preserve-fds: requires: retry: retry-delay: sdnotify: seccomp-policy: \
        shm-size-systemd: unsetenv: unsetenv-all interface-name: help!
        """)

    private static func container(_ call: inout CarrierCall, _ words: ArraySlice<CommandWord>) {
        var words = words
        call.doubtOpaque(call.options)
        if words.first?.known == "container" { words = words.dropFirst() }
        guard let verb = words.first?.known else { return }
        words = words.dropFirst()
        switch verb {
        case "exec": inside(&call, execute.read(words))
        case "run", "create": inside(&call, runContainer.read(words))
        case "compose": composed(&call, OptionGrammar(compose).read(words).operands[...])
        case "debug", "unshare":
            let options = OptionGrammar("c: command: shell: rootless-netns").read(words)
            for text in options.values("c", "command") { call.runScript(text) }
            if verb == "unshare" { call.run(options.operands) }
        case "machine" where words.first?.known == "ssh":
            let operands = OptionGrammar("username:").read(words.dropFirst()).operands
            if operands.count > 1 { call.runScript(.joined(operands.dropFirst())) }
        default: break
        }
    }

    private static func composed(_ call: inout CarrierCall, _ words: ArraySlice<CommandWord>) {
        switch words.first?.known {
        case "exec": inside(&call, execute.read(words.dropFirst()))
        case "run": inside(&call, runContainer.read(words.dropFirst()))
        default: break
        }
    }

    /// The first operand is the container, the image or the service; the command follows. Without one the image's own runs.
    private static func inside(_ call: inout CarrierCall, _ options: OptionReading) {
        if options.ends { return }
        call.doubtOpaque(options, leading: 1)
        let entry = options.value("entrypoint")
        for operands in [options.operands] + options.alternatives where !operands.isEmpty {
            let command = (entry?.entryPoint ?? []) + operands.dropFirst()
            call.run(command) { $0.directory = options.value("w", "workdir") ?? unknownDirectory }
        }
        if let text = options.value("health-cmd") { call.runScript(text) }
    }

    /// Tools that name the machine first: `lxc exec NAME -- COMMAND`, `multipass exec NAME COMMAND`, `vagrant ssh -c TEXT`,
    /// `apptainer exec IMAGE COMMAND`.
    private static func machine(_ call: inout CarrierCall) {
        let words = call.arguments
        let verbs: Set<String> = ["exec", "run", "shell", "enter", "ssh", "guest", "qemu-agent-command", "lxc-enter-namespace"]
        guard let index = words.firstIndex(where: { verbs.contains($0.known ?? "") }), let verb = words[index].known else {
            if call.name == "lima" { call.run(words) }
            return
        }
        var rest = words[(index + 1)...]
        if verb == "guest" { rest = rest.dropFirst() }
        if verb == "qemu-agent-command" {
            return call.doubt(.foreignCode, "`virsh qemu-agent-command` can run any command in the machine")
        }
        if let text = rest.firstIndex(where: { ["-c", "--command"].contains($0.known ?? "") }), verb == "ssh",
            text + 1 < rest.endIndex
        {
            return call.runScript(rest[text + 1]) { $0.directory = nil }
        }
        if let dashes = rest.firstIndex(where: { $0.known == "--" }) {
            return call.run(rest[(dashes + 1)...]) { $0.directory = unknownDirectory }
        }
        // Without `--` it is not certain which options take a value: each word after the machine's name may be the program.
        let grammar = OptionGrammar(
            """
            -TtniqDdefCcW B: bind: H: home: pwd: e: env: user: u: uid: group: gid: cwd: w: overlay: o: s: a: c: container: d: \
            distro: r: release: name: mode: project: timeout: app: workdir: shell: h! help!
            """)
        let options = grammar.read(rest)
        if options.ends { return }
        let isNamed = !(call.name == "minikube" || call.name == "toolbox" || call.name == "colima")
        let command = options.operands.dropFirst(isNamed ? 1 : 0)
        if command.isEmpty, ["shell", "enter", "ssh"].contains(verb) { return call.runShell { $0.directory = nil } }
        if verb == "ssh" { call.runScript(.joined(command)) { $0.directory = nil } }
        call.run(grammar.read(command).operands) { $0.directory = unknownDirectory }
    }
}

extension CommandWord {
    /// `--entrypoint PROGRAM`, and podman's `--entrypoint '["PROGRAM", "ARGUMENT"]'`. Empty, it takes the image's away.
    fileprivate var entryPoint: [CommandWord] {
        guard let text = known, text.utf8.first == UInt8(ascii: "[") else { return pieces.isEmpty ? [] : [self] }
        let parts = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count, by: 2).map { CommandWord(String(Substring(parts[$0]))) }
    }
}
