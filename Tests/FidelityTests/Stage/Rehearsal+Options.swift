extension Rehearsal {
    /// What is asked for: all of it, or the bounded part, in which every scenario has its turn with one of its shells.
    init(_ options: FidelityOptions, _ mode: Mode) {
        let random = Shell.allCases.flatMap { shell in
            (0..<(options.isComplete ? options.count : 2)).map {
                RandomSession.scenario(seed: options.seed, number: $0, for: shell)
            }
        }
        let all = Rehearsal(options.chosen(Scenario.named + random), shells: Shell.all)
        var chosen: [Part] = []
        var number = 0
        var rest = all.parts[...]
        while let first = rest.first {
            let same = rest.prefix { $0.scenario.group == first.scenario.group && $0.scenario.name == first.scenario.name }
            chosen += options.isComplete ? Array(same) : [same[same.startIndex + number % same.count]]
            number += 1
            rest = rest.dropFirst(same.count)
        }
        // The same part for every mode, so that they can be compared.
        self.init(parts: chosen.filter { options.shells.contains($0.shell) && mode.shells.contains($0.shell) })
    }
}
