/// Answers about a rule's matches and its trigger, by walking both automata together.
struct TriggerSearch {
    let match: DeterministicAutomaton
    let flags: [UInt8]
    let trigger: PositionAutomaton

    private static let mostPairs = 1 << 17

    /// Whether the value's first byte can come before the first trigger is complete.
    ///
    /// - Throws: if a match need not contain the trigger: it would not be found.
    func valueBeginsBeforeTrigger(of rule: MaskRule) throws(MaskSetError) -> Bool {
        var result = false
        let contains = try walk(rule, isUnanchored: true) { state in
            if flags[state] & StateFlags.begunValue != 0 { result = true }
            return flags[state] & StateFlags.accepts == 0
        }
        guard contains else { throw MaskSetError(rule, .trigger, "there are matches that do not contain the trigger") }
        return result
    }

    /// Whether every match begins with a trigger.
    func matchesBeginWithTrigger(of rule: MaskRule) throws(MaskSetError) -> Bool {
        try walk(rule, isUnanchored: false) { state in flags[state] & StateFlags.accepts == 0 }
    }

    /// Where matches are, by the positions of their automaton, while their first trigger is looked for.
    struct Places {
        /// Before it is complete.
        var before = Set<Int32>()
        /// Directly behind it.
        var behind = Set<Int32>()
    }

    func places(of rule: MaskRule) throws(MaskSetError) -> Places {
        var places = Places()
        _ = try walk(rule, isUnanchored: true) { state in
            places.before.formUnion(match.positions[state])
            return true
        } found: { state in
            places.behind.formUnion(match.positions[state])
        }
        return places
    }

    /// Visits each state of the match that is reached before the trigger is complete, until `visit` says no; false then. Tells each that is reached with the trigger.
    private func walk(
        _ rule: MaskRule, isUnanchored: Bool, _ visit: (Int) -> Bool, found isBehind: (Int) -> Void = { _ in }
    ) throws(MaskSetError) -> Bool {
        let seeker: DeterministicAutomaton
        do throws(AutomatonError) {
            seeker = try Determiniser(
                sets: trigger.sets, follow: trigger.follow, first: trigger.first, isUnanchored: isUnanchored,
                mostStates: CompiledRule.mostStates
            ).run()
        } catch {
            throw MaskSetError(rule, .trigger, error.reason)
        }
        let ends = Set(trigger.last)
        let isFound = seeker.positions.map { $0.contains(where: ends.contains) }
        var bytes: [UInt8] = []
        var pairs = Set<Int>()
        for byte in UInt8.min...UInt8.max
        where pairs.insert(Int(match.classes.classOfByte[Int(byte)]) << 8 | Int(seeker.classes.classOfByte[Int(byte)])).inserted {
            bytes.append(byte)
        }

        let origin = (DeterministicAutomaton.start, isUnanchored ? DeterministicAutomaton.empty : DeterministicAutomaton.start)
        var seen = Set<Int>()
        var waiting = [origin]
        while let (state, sought) = waiting.popLast() {
            for byte in bytes {
                let next = match.step(state, byte)
                guard next != DeterministicAutomaton.empty else { continue }
                let found = seeker.step(sought, byte)
                if isFound[found] {
                    isBehind(next)
                    continue
                }
                if !isUnanchored, found == DeterministicAutomaton.empty { return false }
                guard seen.insert(next << 32 | found).inserted else { continue }
                guard seen.count <= Self.mostPairs else {
                    throw MaskSetError(rule, .trigger, "match and trigger are too complex together")
                }
                guard visit(next) else { return false }
                waiting.append((next, found))
            }
        }
        return true
    }
}
