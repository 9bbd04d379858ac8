/// The triggers of all rules in one automaton, which never stops. Accepting states come last.
struct TriggerAutomaton: Sendable {
    let classes: ByteClasses
    let next: [Int]
    let stateCount: Int
    let firstAccepting: Int
    /// For each accepting state, the rules whose trigger ends there, in order.
    let hits: [[Int]]

    static let mostStates = 65536

    init(_ rules: [CompiledRule]) throws(AutomatonError) {
        var sets: [ByteSet] = []
        var follow: [[Int32]] = []
        var first: [Int32] = []
        var owners: [Int] = []
        var isLast: [Bool] = []
        for (index, rule) in rules.enumerated() {
            let offset = Int32(sets.count)
            sets += rule.trigger.sets
            follow += rule.trigger.follow.map { $0.map { $0 + offset } }
            first += rule.trigger.first.map { $0 + offset }
            owners += [Int](repeating: index, count: rule.trigger.sets.count)
            var ends = [Bool](repeating: false, count: rule.trigger.sets.count)
            for position in rule.trigger.last { ends[Int(position)] = true }
            isLast += ends
        }
        let automaton = try Determiniser(
            sets: sets, follow: follow, first: first, isUnanchored: true, mostStates: Self.mostStates
        ).run()

        let rulesOf = automaton.positions.map { positions in
            positions.filter { isLast[Int($0)] }.map { owners[Int($0)] }.reduce(into: [Int]()) { rules, rule in
                if rules.last != rule { rules.append(rule) }
            }
        }
        let order =
            automaton.positions.indices.filter { rulesOf[$0].isEmpty }
            + automaton.positions.indices.filter { !rulesOf[$0].isEmpty }
        var numbers = [Int](repeating: 0, count: order.count)
        for (number, state) in order.enumerated() { numbers[state] = number }
        classes = automaton.classes
        let width = automaton.classes.count
        next = order.flatMap { state in automaton.next[state * width..<(state + 1) * width].map { numbers[Int($0)] } }
        hits = order.map { rulesOf[$0] }.filter { !$0.isEmpty }
        stateCount = order.count
        firstAccepting = order.count - hits.count
    }
}
