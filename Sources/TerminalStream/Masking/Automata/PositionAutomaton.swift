/// The Glushkov automaton of a pattern: one position for each byte that the pattern names, and which may follow which (Glushkov 1961; Aho et al.,
/// "Compilers", 3.9.5, followpos).
struct PositionAutomaton: Sendable {
    /// What each position matches. Never empty.
    private(set) var sets: [ByteSet] = []
    /// The positions that may stand behind each, in order, each once.
    private(set) var follow: [[Int32]] = []
    /// Where a match may begin, and where it may end; in order.
    private(set) var first: [Int32] = []
    private(set) var last: [Int32] = []
    /// For each part of the sequence that it was made of: its positions.
    private(set) var parts: [Range<Int>] = []

    static let mostPositions = 4096
    static let mostEdges = 1 << 18
    private var edges = 0

    /// The automaton of `parts`, one behind the other.
    ///
    /// - Throws: the reason, if it is over budget or matches nothing at all.
    init(_ parts: [MaskPattern]) throws(AutomatonError) {
        guard parts.reduce(0, { min($0 + $1.positions, 1 << 40) }) <= Self.mostPositions else {
            throw AutomatonError(
                "its repetitions written out have more than \(Self.mostPositions) places; use `{m,}` and let the widest match bound it"
            )
        }
        var whole = Fragment(first: [], last: [], isNullable: true)
        for part in parts {
            let start = sets.count
            let fragment = try build(part)
            whole = try join(whole, fragment)
            self.parts.append(start..<sets.count)
        }
        guard !whole.isNullable else { throw AutomatonError("it matches nothing at all") }
        for index in follow.indices { follow[index] = Self.ordered(follow[index]) }
        first = Self.ordered(whole.first)
        last = Self.ordered(whole.last)
    }

    /// The same, read from its end: who stands before each position.
    var predecessors: [[Int32]] {
        var result = [[Int32]](repeating: [], count: sets.count)
        for (position, next) in follow.enumerated() {
            for successor in next { result[Int(successor)].append(Int32(position)) }
        }
        return result
    }

    private struct Fragment {
        var first: [Int32]
        var last: [Int32]
        var isNullable: Bool
    }

    private mutating func build(_ pattern: MaskPattern) throws(AutomatonError) -> Fragment {
        switch pattern {
        case .bytes(let set):
            sets.append(set)
            follow.append([])
            let position = [Int32(sets.count - 1)]
            return Fragment(first: position, last: position, isNullable: false)
        case .sequence(let parts):
            var whole = Fragment(first: [], last: [], isNullable: true)
            for part in parts { whole = try join(whole, try build(part)) }
            return whole
        case .alternatives(let choices):
            var whole = Fragment(first: [], last: [], isNullable: false)
            for choice in choices {
                let fragment = try build(choice)
                whole.first += fragment.first
                whole.last += fragment.last
                whole.isNullable = whole.isNullable || fragment.isNullable
            }
            return whole
        case .repeated(let part, let minimum, let maximum):
            return try buildRepeated(part, minimum, maximum)
        }
    }

    /// `x{2,4}` is x x (x (x)?)?, `x{2,}` is x x+.
    private mutating func buildRepeated(_ part: MaskPattern, _ minimum: Int, _ maximum: Int?) throws(AutomatonError) -> Fragment {
        var whole = Fragment(first: [], last: [], isNullable: true)
        for _ in 0..<max(minimum - (maximum == nil ? 1 : 0), 0) { whole = try join(whole, try build(part)) }
        guard let maximum else {
            var loop = try build(part)
            try link(loop.last, loop.first)
            loop.isNullable = loop.isNullable || minimum == 0
            return try join(whole, loop)
        }
        // Each optional copy follows the required ones and the optional one before it.
        var ends = whole.last
        var canStop = whole.isNullable
        for _ in minimum..<maximum {
            let copy = try build(part)
            try link(whole.last, copy.first)
            if canStop { whole.first += copy.first }
            whole.last = copy.isNullable ? whole.last + copy.last : copy.last
            ends += copy.last
            canStop = canStop && copy.isNullable
        }
        whole.last = minimum < maximum ? Self.ordered(ends) : whole.last
        return whole
    }

    private mutating func join(_ a: Fragment, _ b: Fragment) throws(AutomatonError) -> Fragment {
        try link(a.last, b.first)
        return Fragment(
            first: a.isNullable ? a.first + b.first : a.first, last: b.isNullable ? a.last + b.last : b.last,
            isNullable: a.isNullable && b.isNullable)
    }

    private mutating func link(_ from: [Int32], _ to: [Int32]) throws(AutomatonError) {
        edges += from.count * to.count
        guard edges <= Self.mostEdges else { throw AutomatonError("its optional parts can be combined in too many ways") }
        for position in from { follow[Int(position)] += to }
    }

    private static func ordered(_ positions: [Int32]) -> [Int32] {
        var result: [Int32] = []
        for position in positions.sorted() where position != result.last { result.append(position) }
        return result
    }
}

/// Why an automaton is not made. Begins in lower case, without a full stop.
struct AutomatonError: Error, Equatable {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
