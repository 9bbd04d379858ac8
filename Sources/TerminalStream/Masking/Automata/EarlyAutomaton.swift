/// All rules whose value may begin before their trigger in one automaton, read backwards from the end of the text: it accepts where one may have begun.
struct EarlyAutomaton: Sendable {
    let automaton: DeterministicAutomaton
    let flags: [UInt8]
    /// For each state, what must not stand before a match that begins there, whichever rule's it is.
    let notBefore: [ByteSet]

    /// Nil if there is no such rule.
    ///
    /// - Throws: if they are too many together.
    init?(_ rules: [CompiledRule]) throws(MaskSetError) {
        var sets: [ByteSet] = []
        var predecessors: [[Int32]] = []
        var ends: [Int32] = []
        var boundaries: [Int32: ByteSet] = [:]
        for rule in rules {
            guard let early = rule.early else { continue }
            let offset = Int32(sets.count)
            sets += early.sets
            predecessors += early.predecessors.map { $0.map { $0 + offset } }
            ends += rule.earlyEnds.map { $0 + offset }
            for position in early.first { boundaries[position + offset] = rule.notBefore }
        }
        guard !sets.isEmpty else { return nil }
        do throws(AutomatonError) {
            automaton = try Determiniser(
                sets: sets, follow: predecessors, first: ends, isUnanchored: false,
                mostStates: CompiledRule.mostStates
            ).run()
        } catch {
            throw MaskSetError("the rules whose value begins before the trigger, together: \(error.reason)")
        }
        notBefore = automaton.positions.map { positions in
            positions.compactMap { boundaries[$0] }.reduce(ByteSet.all) { $0.intersection($1) }
        }
        flags = automaton.positions.map { $0.contains { boundaries[$0] != nil } ? StateFlags.accepts : 0 }
    }
}
