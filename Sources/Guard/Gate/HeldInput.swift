/// What a user has sent and the target has not got yet, in its order. Bounded: beyond, the user is not read.
struct HeldInput {
    /// The guard asks for no more while it holds this much, so it holds at most this and one packet.
    static let limit = 64 * 1024
    /// What a shell has given back is beyond that; more than this no shell gives back, only somebody who sends marks without end.
    static let mostPutBack = 1024 * 1024

    private var bytes: [UInt8] = []
    private var start = 0

    var isEmpty: Bool { start == bytes.count }
    var count: Int { bytes.count - start }
    var isFull: Bool { count >= Self.limit }
    var waiting: ArraySlice<UInt8> { bytes[start...] }

    mutating func append(_ more: ArraySlice<UInt8>) {
        if isEmpty {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        } else if start > Self.limit {
            bytes.removeFirst(start)
            start = 0
        }
        bytes += more
    }

    /// Puts back what was sent too early, before everything that waits.
    mutating func putBack(_ earlier: ArraySlice<UInt8>) {
        guard count + earlier.count <= Self.mostPutBack else { return }
        bytes.replaceSubrange(0..<start, with: earlier)
        start = 0
    }

    mutating func removeFirst(_ count: Int) {
        start += count
        if isEmpty {
            bytes.removeAll(keepingCapacity: count <= Self.limit)
            start = 0
        }
    }

    /// Forgets all of it.
    /// - Returns: how many bytes that were.
    mutating func drop() -> Int {
        defer { self = HeldInput() }
        return count
    }
}
