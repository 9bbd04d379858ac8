/// `kubernetes:` of a rule: all that is given has to hold of one command.
package struct KubernetesMatcher: Sendable {
    /// One of them; empty for all.
    package var verbs: [KubernetesVerb] = []
    /// One of them; empty for all.
    package var resources: [KubernetesResourcePattern] = []
    /// One of them; empty for all.
    package var namespaces: [GlobProgram] = []

    package init() {}

    func match(_ facts: CommandFacts) -> Match {
        guard let call = facts.kubernetes else {
            guard facts.programMayBe(["kubectl", "oc", "helm"]) else { return .no }
            return facts.doubt(facts.command.words.first?.source, "a program for Kubernetes")
        }
        return verbMatch(call, facts).and(resourceMatch(call, facts)).and(namespaceMatch(call, facts))
    }

    private func verbMatch(_ call: KubernetesCall, _ facts: CommandFacts) -> Match {
        if verbs.isEmpty { return .yes }
        switch call.verb {
        case nil: return call.open.map { facts.doubt($0, "what \(facts.called) shall do") } ?? .no
        case .unknown(let source): return facts.doubt(source, "what \(facts.called) shall do")
        case .known(let verb): return verbs.any { $0.match(verb, call.second, facts) }
        }
    }

    private func resourceMatch(_ call: KubernetesCall, _ facts: CommandFacts) -> Match {
        if resources.isEmpty { return .yes }
        let match = call.resources.any { resource in resources.any { $0.match(resource, facts) } }
        guard match == .no else { return match }
        if call.resourcesAreElsewhere {
            return facts.maybe("which resources \(facts.called) is about is not in the line")
        }
        return call.resources.isEmpty ? call.open.map { facts.doubt($0, "a resource") } ?? .no : .no
    }

    private func namespaceMatch(_ call: KubernetesCall, _ facts: CommandFacts) -> Match {
        if namespaces.isEmpty || call.takesAllNamespaces { return .yes }
        let places = call.namespaces + call.namedNamespaces
        let match = places.any { place in
            switch place {
            case .known(let name): includes(name, facts) ? .yes : .no
            case .unknown(let source): facts.doubt(source, "a namespace")
            }
        }
        guard match == .no else { return match }
        if let open = call.open { return facts.doubt(open, "a namespace") }
        guard call.namespaces.isEmpty, !call.isAboutClusterOnly else { return .no }
        return facts.maybe("the namespace of \(facts.called) is not in the line: the configuration on the machine decides")
    }

    private func includes(_ namespace: String, _ facts: CommandFacts) -> Bool {
        let symbols = WordText(namespace).symbols
        return namespaces.contains { $0.matches(symbols, .couldMatch, facts.effort) }
    }

    /// Whether nothing of what the command does is outside of what the rule names. For rules that excuse.
    func surelyMatches(_ facts: CommandFacts) -> Bool {
        guard let call = facts.kubernetes, call.open == nil, verbMatch(call, facts) == .yes else { return false }
        if !resources.isEmpty {
            let isCovered = call.resources.allSatisfy { resource in resources.any { $0.match(resource, facts) } == .yes }
            if call.resourcesAreElsewhere || call.resources.isEmpty || !isCovered { return false }
        }
        if !namespaces.isEmpty {
            let places = call.namespaces + call.namedNamespaces
            let isCovered = places.allSatisfy { if case .known(let name) = $0 { includes(name, facts) } else { false } }
            if call.takesAllNamespaces || call.namespaces.isEmpty || !isCovered { return false }
        }
        return true
    }
}

extension KubernetesCall {
    /// The namespaces that the command is about themselves: `delete namespace prod`.
    var namedNamespaces: [Part] {
        resources.compactMap { resource in
            guard case .known(let type) = resource.type, ["namespaces", "projects"].contains(KubernetesResources.plural(type))
            else {
                return nil
            }
            return resource.name
        }
    }

    var isAboutClusterOnly: Bool {
        !resources.isEmpty && !resourcesAreElsewhere
            && resources.allSatisfy { resource in
                if case .known(let type) = resource.type {
                    KubernetesResources.ofCluster.contains(KubernetesResources.plural(type))
                } else {
                    false
                }
            }
    }
}

/// An item of `verbs`: one word (`delete`) or two (`rollout restart`), each a glob.
package struct KubernetesVerb: Hashable, Sendable {
    private let first: GlobProgram
    private let second: GlobProgram?

    package init?(_ source: String) {
        let words = source.split(separator: " ").map { GlobProgram(text: String($0)) }
        guard (1...2).contains(words.count), case .some(.some(let first)) = words.first else { return nil }
        self.first = first
        guard words.count == 2 else {
            second = nil
            return
        }
        guard case .some(let second) = words[1] else { return nil }
        self.second = second
    }

    func match(_ verb: String, _ next: KubernetesCall.Part?, _ facts: CommandFacts) -> Match {
        guard first.matches(WordText(verb).symbols, .couldMatch, facts.effort) else { return .no }
        guard let second else { return .yes }
        switch next {
        case nil: return .no
        case .known(let word): return second.matches(WordText(word).symbols, .couldMatch, facts.effort) ? .yes : .no
        case .unknown(let source): return facts.doubt(source, "what \(facts.called) shall do")
        }
    }
}

/// An item of `resources`: a type by any of its names, or `TYPE/NAME` with a glob for the name.
package struct KubernetesResourcePattern: Hashable, Sendable {
    private let type: GlobProgram
    private let name: GlobProgram?

    package init?(_ source: String) {
        let parts = source.split(separator: "/", maxSplits: 1).map(String.init)
        guard let first = parts.first, let glob = GlobProgram(text: first) else { return nil }
        let isPlain = glob.isLiteral && !first.contains("\\")
        type = isPlain ? GlobProgram(steps: KubernetesResources.plural(first).unicodeScalars.map { .one($0.value) }) : glob
        guard parts.count == 2 else {
            name = nil
            return
        }
        guard let name = GlobProgram(text: parts[1]) else { return nil }
        self.name = name
    }

    func match(_ resource: KubernetesCall.Resource, _ facts: CommandFacts) -> Match {
        var match = Match.no
        switch resource.type {
        case .unknown(let source): match = facts.doubt(source, "a resource")
        case .known(let typed):
            let plural = KubernetesResources.plural(typed)
            let types = plural == "all" ? KubernetesResources.all.union(["all"]) : [plural]
            if types.contains(where: { type.matches(WordText($0).symbols, .couldMatch, facts.effort) }) { match = .yes }
        }
        guard let name, match != .no else { return match }
        switch resource.name {
        case nil: return match
        case .known(let typed): return name.matches(WordText(typed).symbols, .couldMatch, facts.effort) ? match : .no
        case .unknown(let source): return match.and(facts.doubt(source, "a resource"))
        }
    }
}
