/// Which matchers can be about a command at all, by its program's name: of hundreds, most ask about programs that it is not.
struct MatcherIndex: Sendable {
    struct Place: Hashable, Comparable, Sendable {
        var rule: Int
        var matcher: Int
        static func < (a: Place, b: Place) -> Bool { (a.rule, a.matcher) < (b.rule, b.matcher) }
    }

    private var byName: [String: [Place]] = [:]
    /// Those that do not ask for names, or not only.
    private var others: [Place] = []
    private var all: [Place] = []
    /// `text` is looked for in the line, not in its commands.
    private(set) var texts: [Place] = []

    init(_ rules: [PolicyRule]) {
        for (rule, content) in rules.enumerated() {
            for (matcher, kind) in content.matchers.enumerated() {
                let place = Place(rule: rule, matcher: matcher)
                if case .text = kind {
                    texts.append(place)
                    continue
                }
                all.append(place)
                if case .command(let command) = kind, let names = command.programs.onlyNames {
                    for name in names { byName[name, default: []].append(place) }
                } else {
                    others.append(place)
                }
            }
        }
    }

    /// In order, each once.
    func places(for facts: CommandFacts) -> [Place] {
        guard facts.program != nil else { return others }
        guard facts.programName != nil else { return all }
        var found = others
        for form in facts.programForms { if let places = byName[form] { found += places } }
        guard found.count > others.count else { return others }
        found.sort()
        var last: Place?
        return found.filter { place in
            defer { last = place }
            return place != last
        }
    }
}
