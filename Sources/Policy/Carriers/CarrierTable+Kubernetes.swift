/// kubectl(1) and oc(1): commands in pods.
extension CarrierTable {
    private static let clusterOptions = """
        n: namespace: context: cluster: user: kubeconfig: s: server: token: as: as-group: as-uid: certificate-authority: \
        client-certificate: client-key: request-timeout: tls-server-name: cache-dir: profile: profile-output: password: \
        username: v: vmodule: loglevel: insecure-skip-tls-verify match-server-version warnings-as-errors disable-compression \
        help! h!
        """

    private static let global = OptionGrammar(clusterOptions)

    /// `exec`, `run`, `debug`, `rsh` and `attach`: options may stand anywhere before `--`.
    private static let inPod = OptionGrammar(
        clusterOptions + """
             -itTq stdin tty quiet rm attach leave-stdin-open no-tty c: container: f: filename: k: kustomize: image: \
            image-pull-policy: labels: l: env: e: port: restart: overrides: override-type: limits: requests: serviceaccount: \
            dry-run? o: output: template: pod-running-timeout: timeout: copy-to: target: share-processes~ set-image: custom: \
            as-root~ as-user: one-container keep-annotations keep-labels keep-liveness keep-readiness keep-startup node-name: \
            to-namespace: shell: no-ttyy command expose replace same-node arguments-only preserve-pod generator: hostport: \
            privileged annotations: save-config show-labels show-managed-fields
            """, .permutes)

    static func kubernetes(_ call: inout CarrierCall) {
        var words = global.read(call.arguments).operands[...]
        // `k3s kubectl …`, `microk8s kubectl …`
        if ["kubectl", "ctr", "crictl", "oc"].contains(words.first?.known ?? "") { return call.run(words) }
        guard let verb = words.first?.known, ["exec", "run", "debug", "rsh", "attach"].contains(verb) else { return }
        words = words.dropFirst()
        let dashes = words.firstIndex { $0.known == "--" }
        let options = inPod.read(words[..<(dashes ?? words.endIndex)])
        if options.ends { return }
        call.doubtOpaque(options)
        func change(_ command: inout RunCommand) { command.directory = unknownDirectory }
        if let dashes {
            call.run(words[(dashes + 1)...], change)
        } else if verb == "exec" || verb == "rsh" || verb == "run" {
            // Without `--` the command begins with the second operand, and its options are read as kubectl's.
            let second = options.operands.dropFirst().first
            if let second, let start = words.firstIndex(of: second) { call.run(words[start...], change) }
        }
        let isShell = verb == "rsh" && options.operands.count == 1 && dashes == nil
        if isShell || verb == "debug" && dashes == nil || verb == "attach" && options.has("i", "stdin") { call.runShell(change) }
    }
}
