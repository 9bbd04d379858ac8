/// What a command asks of a Kubernetes cluster: `kubectl`, `oc`, `k3s kubectl`, `microk8s kubectl`, `helm` and their like.
///
/// Limit: what a file, a chart or a plugin of kubectl does is not looked at. Their resources are *elsewhere*, which is a maybe for every rule about
/// resources.
struct KubernetesCall {
    /// A word, or that it is known only when the command runs.
    enum Part: Hashable {
        case known(String)
        /// As typed.
        case unknown(String)

        init(_ word: WordText) {
            if let known = word.known { self = .known(known) } else { self = .unknown(word.unknown ?? "a pattern") }
        }
    }
    struct Resource: Hashable {
        /// As typed: a type, perhaps with a group.
        var type: Part
        /// Nil for all of that type.
        var name: Part?
    }

    /// The word behind the options, and the one behind that: `rollout restart`. Of `oc adm drain` it is `drain`.
    private(set) var verb: Part?
    private(set) var second: Part?
    private(set) var resources: [Resource] = []
    /// They are in a file, at a URL or in a release.
    private(set) var resourcesAreElsewhere = false
    /// Empty if none is named.
    private(set) var namespaces: [Part] = []
    private(set) var takesAllNamespaces = false
    /// A word that can become further options.
    private(set) var open: String?

    /// More words than a person types.
    private static let mostWords = 1024

    /// Nil for a command of another program.
    init?(_ command: RunCommand, program: String?) {
        guard let program else { return nil }
        var words = command.words.dropFirst().prefix(Self.mostWords).map { WordText($0) }[...]
        var client = ProgramCatalogue.withoutVersion(program)
        if ["k3s", "microk8s", "minikube", "rke2", "k0s"].contains(program) {
            guard let start = words.firstIndex(where: { ["kubectl", "helm", "helm3"].contains($0.known) }) else { return nil }
            client = ProgramCatalogue.withoutVersion(words[start].known ?? "")
            words = words[(start + 1)...]
            // `minikube kubectl -- get pods`
            if words.first?.known == "--" { words = words.dropFirst() }
        }
        switch client {
        case "kubectl", "oc", "kubecolor", "microk8s.kubectl": readKubectl(words)
        case "helm", "microk8s.helm": readHelm(words, command)
        default: return nil
        }
        if command.words.count > Self.mostWords { open = open ?? "the rest of the words" }
    }

    private mutating func readKubectl(_ words: ArraySlice<WordText>) {
        var scan = KubernetesOptions(words, KubernetesOptions.ofKubectl)
        var operands: [WordText] = []
        while let word = scan.nextOperand() {
            operands.append(word)
            if operands.count == 1 { scan.verb = word.known }
        }
        take(scan)
        if operands.count > 1, ["adm", "admin"].contains(operands[0].known) { operands.removeFirst() }
        verb = operands.first.map(Part.init)
        second = operands.dropFirst().first.map(Part.init)
        resourcesAreElsewhere = scan.hasFile
        if case .known(let verb) = verb { readResources(of: verb, operands.dropFirst()) }
    }

    private mutating func readHelm(_ words: ArraySlice<WordText>, _ command: RunCommand) {
        var scan = KubernetesOptions(words, KubernetesOptions.ofHelm)
        verb = scan.nextOperand().map(Part.init)
        if case .known(let name) = verb, let main = Self.helmVerbs[name] { verb = .known(main) }
        second = scan.nextOperand().map(Part.init)
        while scan.nextOperand() != nil {}
        take(scan)
        resourcesAreElsewhere = true
        let value = command.assignments.last { $0.name == "HELM_NAMESPACE" }?.value
        if namespaces.isEmpty, let value { namespaces = [Part(WordText(value))] }
    }

    private static let helmVerbs = ["delete": "uninstall", "del": "uninstall", "un": "uninstall", "ls": "list", "fetch": "pull"]

    private mutating func take(_ scan: KubernetesOptions) {
        namespaces = scan.namespaces
        takesAllNamespaces = scan.takesAllNamespaces
        open = scan.open
    }

    // MARK: - Resources

    private mutating func readResources(of verb: String, _ operands: ArraySlice<WordText>) {
        switch verb {
        case "logs", "log", "exec", "attach", "port-forward", "debug", "rsh", "run": named("pods", operands.prefix(1))
        case "cp", "rsync":
            resources = [Resource(type: .known("pods"))]
            for case let pod? in operands.map(\.namespaceOfPod) { namespaces.append(pod) }
        case "drain", "cordon", "uncordon": named("nodes", operands)
        case "certificate": named("certificatesigningrequests", operands.dropFirst())
        case "rollout", "set": typed(operands.dropFirst())
        case "create" where operands.first?.known == "token": named("serviceaccounts", operands.dropFirst())
        case "new-project": named("projects", operands)
        case "apply", "diff", "explain", "api-resources", "api-versions", "version", "config", "completion", "plugin", "help",
            "options",
            "cluster-info", "proxy", "auth", "login", "logout", "whoami", "status", "project", "kustomize":
            break
        default: typed(operands)
        }
    }

    /// Names of one type, or `TYPE/NAME`: `logs POD`, `exec deploy/web`.
    private mutating func named(_ type: String, _ operands: ArraySlice<WordText>) {
        if operands.isEmpty { resources = [Resource(type: .known(type))] }
        resources += operands.map { word in
            let (typed, name) = word.atSlash
            return Resource(type: typed ?? .known(type), name: name)
        }
    }

    /// `TYPE[,TYPE] [NAME…]`, or `TYPE/NAME…`
    private mutating func typed(_ operands: ArraySlice<WordText>) {
        guard let first = operands.first else { return }
        if operands.contains(where: { $0.atSlash.type != nil }) {
            resources += operands.map { word in
                let (type, name) = word.atSlash
                return Resource(type: type ?? Part(word), name: name)
            }
            return
        }
        let names = operands.dropFirst().map(Part.init)
        for type in first.symbols.split(separator: .one(0x2C)) {
            guard resources.count < Self.mostResources else {
                resourcesAreElsewhere = true
                break
            }
            let type = Part(WordText(symbols: Array(type), unknown: first.unknown))
            if names.isEmpty { resources.append(Resource(type: type)) }
            resources += names.map { Resource(type: type, name: $0) }
        }
    }

    /// Types times names: `get a,b x y` has four. Beyond, they may be any.
    private static let mostResources = 1024
}

extension WordText {
    /// `TYPE/NAME`; no type without a `/`.
    fileprivate var atSlash: (type: KubernetesCall.Part?, name: KubernetesCall.Part?) {
        guard let slash = symbols.firstIndex(of: .slash) else { return (nil, KubernetesCall.Part(self)) }
        let type = WordText(symbols: Array(symbols[..<slash]), unknown: unknown)
        return (KubernetesCall.Part(type), KubernetesCall.Part(dropping(slash + 1)))
    }

    /// `NAMESPACE/POD:PATH`
    fileprivate var namespaceOfPod: KubernetesCall.Part? {
        guard let colon = symbols.firstIndex(of: .one(0x3A)), let slash = symbols.firstIndex(of: .slash), slash < colon, slash > 0
        else {
            return nil
        }
        return KubernetesCall.Part(WordText(symbols: Array(symbols[..<slash]), unknown: unknown))
    }
}
