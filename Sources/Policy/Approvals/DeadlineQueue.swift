/// The next of many deadlines: a binary heap. What it holds of requests that have ended, or have another deadline by now, is skipped.
struct DeadlineQueue: Sendable {
    struct Entry: Sendable, Comparable {
        var deadline: UInt64
        var number: Int64
        static func < (a: Entry, b: Entry) -> Bool { (a.deadline, a.number) < (b.deadline, b.number) }
    }

    private var heap: [Entry] = []

    init() {}
    init(_ entries: [Entry]) {
        // A sorted array is a heap.
        heap = entries.sorted()
    }

    var count: Int { heap.count }
    var first: Entry? { heap.first }

    mutating func insert(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] { least = child }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
