extension Rehearsal {
    /// What is asked for: all of it, or the bounded part, in which every scenario has its turn with one of its shells.
    init(_ options: FidelityOptions, _ mode: Mode) {
        let shells = options.shells.intersection(mode.shells)
        let random = Shell.allCases.filter(shells.contains).flatMap { shell in
            (0..<(options.isComplete ? options.count : 2)).map {
                RandomSession.scenario(seed: options.seed, number: $0, for: shell)
            }
        }
        let all = Rehearsal(options.chosen(Scenario.named + random), shells: shells)
        guard !options.isComplete else { self = all; return }
        var chosen: [Part] = []
        var number = 0
        var rest = all.parts[...]
        while let first = rest.first {
            let same = rest.prefix { $0.scenario.group == first.scenario.group && $0.scenario.name == first.scenario.name }
            chosen.append(same[same.startIndex + number % same.count])
            number += 1
            rest = rest.dropFirst(same.count)
        }
        self.init(parts: chosen)
    }
}
