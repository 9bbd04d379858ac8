/// All items of `program`, `input` or `via`, one of which has to match. Most are names, and are looked up at once: a policy asks about hundreds.
package struct ProgramPatterns: Sendable {
    private let names: Set<String>
    private let others: [ProgramPattern]
    private let all: [ProgramPattern]

    package init(_ patterns: [ProgramPattern] = []) {
        all = patterns
        names = patterns.reduce(into: []) { $0.formUnion($1.names ?? []) }
        others = patterns.filter { $0.names == nil }
    }

    var isEmpty: Bool { all.isEmpty }
    /// The names, if there are some and nothing else.
    var onlyNames: Set<String>? { others.isEmpty && !all.isEmpty ? names : nil }

    func match(_ facts: CommandFacts) -> Match {
        guard facts.programName != nil else { return all.any { $0.match(facts) } }
        if facts.programForms.contains(where: names.contains) { return .yes }
        return others.any { $0.match(facts) }
    }

    /// Whether it is one of these and no pattern or unknown part is in its name.
    func surelyMatch(_ facts: CommandFacts) -> Bool {
        facts.programForms.contains(where: names.contains) || others.contains { $0.surelyMatches(facts) }
    }

    /// By name alone: what a pipe or a carrier is known by.
    func include(_ name: String, _ effort: Effort) -> Bool { all.contains { $0.includes(name, effort) } }

    /// The name, and what is left of it without a version or a part of it: `python3.11` is `python3` too, and `python`. Rules are written for the
    /// program, and every version of it has its own file.
    static func forms(of name: String) -> [String] {
        var forms = [name]
        var rest = name.utf8[...]
        while let last = rest.popLast(), (0x30...0x39).contains(last) || last == 0x2E || last == 0x2D, !rest.isEmpty,
            forms.count < mostForms
        {
            forms.append(String(Substring(rest)))
        }
        return forms
    }

    /// Longer versions than `-12.10.14` are none.
    private static let mostForms = 12
}
