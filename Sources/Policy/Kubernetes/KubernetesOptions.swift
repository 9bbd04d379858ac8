/// Walks over the words of `kubectl` or `helm`, whose options (of Go's pflag) may stand anywhere between the others and cannot be abbreviated.
struct KubernetesOptions {
    struct Names: Sendable {
        /// Letters and long names of the options that take a value.
        let valued: Set<String>
        init(_ text: String) { valued = Set(text.split(separator: " ").map(String.init)) }
    }

    /// From `kubectl options` and the options of its subcommands, 1.31.
    static let ofKubectl = Names(
        "n namespace context cluster user kubeconfig s server token as as-group as-uid certificate-authority client-certificate client-key "
            + "request-timeout tls-server-name username password cache-dir profile profile-output v vmodule log-dir log-file "
            + "f filename k kustomize l selector o output c container field-selector grace-period timeout replicas current-replicas "
            + "resource-version p patch type patch-file subresource template image image-pull-policy target copy-to custom overrides "
            + "override-type env labels annotations port hostport expose restart sort-by since since-time tail limit-bytes max-log-requests "
            + "pod-running-timeout address L label-columns chunk-size raw from-file from-literal from-env-file docker-server docker-username "
            + "docker-password docker-email cert key for verb resource resource-name role clusterrole serviceaccount group rule class "
            + "default-backend schedule tcp clusterip external-name node-port hard scopes min-available max-unavailable name target-port "
            + "protocol session-affinity load-balancer-ip external-ip cpu-percent min max to-revision revision field-manager pod-selector "
            + "retries skip-wait-for-delete-timeout output-directory node-name duration audience bound-object-kind bound-object-name "
            + "api-group api-version www www-prefix api-prefix accept-hosts accept-paths reject-paths reject-methods unix-socket "
            + "whitelist prune-allowlist prune-whitelist limits requests param param-file to to-namespace z role-namespace certificate"
    )
    static let ofHelm = Names(
        "n namespace kube-context kubeconfig kube-apiserver kube-as-user kube-as-group kube-ca-file kube-token kube-tls-server-name "
            + "burst-limit qps registry-config repository-cache repository-config f values set set-string set-file set-json set-literal "
            + "version repo revision timeout o output d destination username password ca-file cert-file key-file keyring post-renderer "
            + "post-renderer-args name-template description history-max max filter m l selector offset p starter api-versions a "
            + "kube-version output-dir release-name show-only s untardir sign-key key")

    private var words: ArraySlice<WordText>
    private let names: Names
    private var areOperands = false
    /// Known once the caller has seen it: some letters mean other things to some verbs.
    var verb: String?

    private(set) var namespaces: [KubernetesCall.Part] = []
    private(set) var takesAllNamespaces = false
    /// `-f`, `-k`
    private(set) var hasFile = false
    private(set) var open: String?

    init(_ words: ArraySlice<WordText>, _ names: Names) {
        self.words = words
        self.names = names
    }

    mutating func nextOperand() -> WordText? {
        while let word = words.popFirst() {
            if areOperands { return word }
            switch word.symbols.first {
            case .one(0x2D) where word.symbols.count > 1:
                if word.symbols == [.one(0x2D), .one(0x2D)] {
                    areOperands = true
                } else if word.symbols[1] == .one(0x2D) {
                    long(word.dropping(2))
                } else {
                    cluster(word.dropping(1))
                }
            case .unknown:
                open = open ?? word.unknown
                return word
            default:
                if word.splits { open = open ?? word.unknown }
                return word
            }
        }
        return nil
    }

    private mutating func long(_ word: WordText) {
        let equals = word.symbols.firstIndex(of: .one(0x3D))
        guard let name = WordText(symbols: Array(word.symbols[..<(equals ?? word.symbols.count)])).known else {
            open = open ?? word.unknown
            return
        }
        var value = equals.map { word.dropping($0 + 1) }
        if value == nil, names.valued.contains(name) { value = words.popFirst() }
        found(name, value)
    }

    private mutating func cluster(_ word: WordText) {
        for (index, symbol) in word.symbols.enumerated() {
            guard case .one(let value) = symbol, let scalar = Unicode.Scalar(value) else {
                open = open ?? word.unknown
                return
            }
            let letter = String(scalar)
            guard takesValue(letter) else {
                found(letter, nil)
                continue
            }
            var rest = word.dropping(index + 1)
            if rest.symbols.first == .one(0x3D) { rest = rest.dropping(1) }
            return found(letter, rest.symbols.isEmpty ? words.popFirst() : rest)
        }
    }

    private func takesValue(_ letter: String) -> Bool {
        // `logs -f` follows, `logs -p` shows the container before.
        if verb == "logs" || verb == "log", letter == "f" || letter == "p" { return false }
        return names.valued.contains(letter)
    }

    private mutating func found(_ name: String, _ value: WordText?) {
        if let value, value.splits { open = open ?? value.unknown }
        switch name {
        case "n", "namespace", "to-namespace": if let value { namespaces.append(KubernetesCall.Part(value)) }
        case "A", "all-namespaces": if value?.known != "false" { takesAllNamespaces = true }
        case "f" where verb == "logs" || verb == "log": break
        case "f", "filename", "k", "kustomize", "raw": hasFile = true
        default: break
        }
    }
}
