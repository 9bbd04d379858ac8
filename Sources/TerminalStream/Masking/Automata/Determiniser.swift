/// A deterministic automaton, before it is laid out for running.
struct DeterministicAutomaton: Sendable {
    var classes: ByteClasses
    /// The next state for each state and class: row by row.
    var next: [Int32]
    /// The positions that each state stands for, in order.
    var positions: [[Int32]]

    var stateCount: Int { positions.count }

    func step(_ state: Int, _ byte: UInt8) -> Int { Int(next[state * classes.count + Int(classes.classOfByte[Int(byte)])]) }

    /// Dead for good, in an anchored automaton; nothing begun, in an unanchored one.
    static let empty = 0
    /// Where an anchored automaton starts.
    static let start = 1
}

/// The subset construction (Rabin and Scott 1959) over positions.
struct Determiniser {
    /// What each position matches, which follow it, and which come first. For reading backwards the caller turns `follow` round.
    var sets: [ByteSet]
    var follow: [[Int32]]
    var first: [Int32]
    /// A match may begin at every byte; the automaton starts in state 0 and never dies.
    var isUnanchored: Bool
    var mostStates: Int

    /// - Throws: if more states are needed.
    func run() throws(AutomatonError) -> DeterministicAutomaton {
        let classes = ByteClasses(separating: sets)
        let classesOfSet = Dictionary(uniqueKeysWithValues: Set(sets).map { ($0, classes.classes(of: $0)) })
        let classesOfPosition = sets.map { classesOfSet[$0] ?? [] }
        let width = classes.count
        /// Where each class leads if a match begins here.
        var fresh = [[Int32]](repeating: [], count: width)
        for position in first {
            for each in classesOfPosition[Int(position)] { fresh[each].append(position) }
        }

        var ids: [[Int32]: Int32] = [[]: 0]
        var states: [[Int32]] = [[]]
        var next: [Int32] = []
        var kept = 0
        func id(of positions: [Int32]) throws(AutomatonError) -> Int32 {
            if let id = ids[positions] { return id }
            guard states.count < mostStates else { throw AutomatonError("it needs more than \(mostStates) states") }
            kept += positions.count
            guard kept <= Self.mostKept else { throw AutomatonError("its states stand for too much at once") }
            let id = Int32(states.count)
            ids[positions] = id
            states.append(positions)
            return id
        }
        var restart = [Int32](repeating: 0, count: width)
        if isUnanchored {
            for each in 0..<width { restart[each] = try id(of: fresh[each]) }
        } else {
            states.append([])  // the start, which no state leads to
        }

        var reached = [[Int32]](repeating: [], count: width)
        var touched: [Int] = []
        var state = 0
        while state < states.count {
            var row = restart
            if state == DeterministicAutomaton.start, !isUnanchored {
                for each in 0..<width { row[each] = try id(of: fresh[each]) }
            }
            for position in states[state] {
                for successor in follow[Int(position)] {
                    for each in classesOfPosition[Int(successor)] {
                        if reached[each].isEmpty { touched.append(each) }
                        reached[each].append(successor)
                    }
                }
            }
            for each in touched {
                if isUnanchored { reached[each] += fresh[each] }
                reached[each].sort()
                var positions: [Int32] = []
                positions.reserveCapacity(reached[each].count)
                for position in reached[each] where position != positions.last { positions.append(position) }
                row[each] = try id(of: positions)
                reached[each].removeAll(keepingCapacity: true)
            }
            touched.removeAll(keepingCapacity: true)
            next += row
            guard next.count <= Self.mostEntries else { throw AutomatonError("its table would be too large") }
            state += 1
        }
        return DeterministicAutomaton(classes: classes, next: next, positions: states)
    }

    static let mostEntries = 1 << 22
    /// Positions in all states together: it bounds time and memory where each state stands for thousands. The whole catalogue needs a fraction of it.
    static let mostKept = 1 << 20
}
