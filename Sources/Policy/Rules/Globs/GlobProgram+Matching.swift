/// How a typed word with patterns or unknown parts is compared.
enum GlobQuestion {
    /// Whether one of the texts that the word can stand for fits.
    case couldMatch
    /// Whether each of them does. Errs on the side of no.
    case surelyMatches
}

extension GlobProgram {
    /// Walks all states of the automaton at once over the symbols: time is symbols × steps, whatever they are.
    ///
    /// When no effort is left the answer is the strict one; whoever asked has to look at `effort.isSpent`.
    func matches(_ symbols: [WordSymbol], _ question: GlobQuestion = .couldMatch, _ effort: Effort) -> Bool {
        // Most rules part from most words in what both have as plain characters.
        var common = 0
        while common < literalCount, common < symbols.count, case .one(let wanted) = steps[common],
            case .one(let value) = symbols[common]
        {
            if wanted != value { return false }
            common += 1
        }
        var states = States(count: steps.count + 1)
        states.isActive[common] = true
        followSkips(&states)
        for symbol in symbols[common...] {
            guard effort.spend(steps.count) else { return question == .couldMatch }
            switch question {
            case .couldMatch: states = advance(states, couldMatch: symbol)
            case .surelyMatches: states = advance(states, surelyMatch: symbol)
            }
            if !states.isActive.contains(true) { return false }
        }
        return states.isActive[steps.count]
    }

    private struct States {
        /// One for each step that may come next, and one for the end.
        var isActive: [Bool]
        init(count: Int) { isActive = Array(repeating: false, count: count) }
    }

    /// Steps that need no character: over `skip`, and past `many`. Both lead forward, so one pass is enough.
    private func followSkips(_ states: inout States) {
        for index in steps.indices where states.isActive[index] {
            switch steps[index] {
            case .skip(let distance):
                states.isActive[index + 1] = true
                states.isActive[min(index + distance, steps.count)] = true
            case .many: states.isActive[index + 1] = true
            case .one, .set, .any: break
            }
        }
    }

    /// What one symbol can lead to if it stands for some text.
    private func advance(_ states: States, couldMatch symbol: WordSymbol) -> States {
        switch symbol {
        case .one(let value): return consume(states) { takes($0, value) }
        case .any(let dot): return consume(states) { takes($0, anyBut: !dot, .everything) }
        case .set(let set, let dot): return consume(states) { takes($0, anyBut: !dot, set) }
        case .below: return advance(states, couldMatch: .many(slash: true, dot: true))
        case .many(let slash, let dot):
            var reached = consume(states) { step in
                takes(step, anyBut: !dot, .everything) || slash && takes(step, 0x2F)
            }
            spread(&reached, slash: slash)
            for index in states.isActive.indices where states.isActive[index] { reached.isActive[index] = true }
            return reached
        case .unknown:
            var reached = states
            spread(&reached, slash: true, places: true)
            return reached
        }
    }

    /// What a symbol leads to whatever it stands for: only `*` and `?` take what is not known.
    private func advance(_ states: States, surelyMatch symbol: WordSymbol) -> States {
        switch symbol {
        case .one(let value): return consume(states) { takes($0, value) }
        case .any, .set:
            return consume(states) { step in
                switch step {
                case .any, .many: true
                case .one, .set, .skip: false
                }
            }
        case .many(let slash, _):
            return consume(states) { if case .many(let also) = $0 { also || !slash } else { false } }
        case .unknown, .below:
            return consume(states) { if case .many(let also) = $0 { also } else { false } }
        }
    }

    private func consume(_ states: States, _ takes: (Step) -> Bool) -> States {
        var next = States(count: states.isActive.count)
        for index in steps.indices where states.isActive[index] && takes(steps[index]) {
            if case .many = steps[index] { next.isActive[index] = true } else { next.isActive[index + 1] = true }
        }
        followSkips(&next)
        return next
    }

    /// Every state that any number of further characters leads to.
    private func spread(_ states: inout States, slash: Bool, places: Bool = false) {
        for index in steps.indices where states.isActive[index] {
            switch steps[index] {
            case .one(let value):
                if (value != 0x2F || slash) && (value <= 0x10FFFF || places) { states.isActive[index + 1] = true }
            case .set, .any, .many: states.isActive[index + 1] = true
            case .skip(let distance):
                states.isActive[index + 1] = true
                states.isActive[min(index + distance, steps.count)] = true
            }
        }
    }

    private func takes(_ step: Step, _ value: UInt32) -> Bool {
        switch step {
        case .one(let wanted): wanted == value
        case .set(let set): set.contains(value)
        case .any(let slash): value <= 0x10FFFF && (slash || value != 0x2F)
        // `**/x` fits wherever the path starts.
        case .many(let slash): slash || value != 0x2F && value <= 0x10FFFF
        case .skip: false
        }
    }

    /// Whether a step takes some character of `set` other than `/`, and other than `.` if `noDot`.
    private func takes(_ step: Step, anyBut noDot: Bool, _ set: ScalarSet) -> Bool {
        switch step {
        case .one(let value): value != 0x2F && set.contains(value) && !(noDot && value == 0x2E)
        case .set(let wanted): wanted.intersects(set)
        case .any, .many: true
        case .skip: false
        }
    }
}
