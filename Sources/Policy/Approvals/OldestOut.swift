/// A dictionary with a bound: what was put in first goes out when there is no more room. Each call is O(1), spread over all calls.
struct OldestOut<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var values: [Key: (turn: UInt64, value: Value)] = [:]
    /// In the order they were put in; entries whose turn is not the current one of their key are gone.
    private var queue: [(turn: UInt64, key: Key)] = []
    private var first = 0
    private var turns: UInt64 = 0
    private let most: Int

    /// - Parameter most: 1 or more.
    init(most: Int) {
        precondition(most > 0, "a bound of nothing keeps nothing")
        self.most = most
    }

    var count: Int { values.count }

    subscript(key: Key) -> Value? { values[key]?.value }

    /// Puts it in as the newest, also where the key was there before.
    mutating func put(_ value: Value, for key: Key) {
        turns += 1
        values[key] = (turns, value)
        queue.append((turns, key))
        while values.count > most { removeOldest() }
        compact()
    }

    mutating func remove(_ key: Key) { values[key] = nil }

    mutating func removeAll(where isUnwanted: (Value) -> Bool) {
        values = values.filter { !isUnwanted($0.value.value) }
        compact()
    }

    private mutating func removeOldest() {
        while first < queue.count {
            let oldest = queue[first]
            first += 1
            guard values[oldest.key]?.turn == oldest.turn else { continue }
            values[oldest.key] = nil
            return
        }
    }

    private mutating func compact() {
        guard queue.count > 2 * values.count + 64 else { return }
        queue = queue[first...].filter { values[$0.key]?.turn == $0.turn }
        first = 0
    }
}
