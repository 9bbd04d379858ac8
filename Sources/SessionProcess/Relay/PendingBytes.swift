/// Bytes that were taken from one side and that the other has not taken yet. Filled only when empty, so it never holds more than one buffer,
/// and the buffer is made once.
struct PendingBytes {
    private var storage: [UInt8] = []
    private var start = 0
    private var end = 0

    var isEmpty: Bool { start == end }
    var count: Int { end - start }
    var bytes: ArraySlice<UInt8> { storage[start..<end] }

    /// Takes up to `limit` bytes from `source`, which returns how many it wrote.
    mutating func fill(upTo limit: Int, from source: (UnsafeMutableRawBufferPointer) -> Int) {
        precondition(isEmpty, "filled only when drained")
        if storage.count < limit { storage = [UInt8](repeating: 0, count: limit) }
        start = 0
        end = storage.withUnsafeMutableBytes { source(UnsafeMutableRawBufferPointer(rebasing: $0.prefix(limit))) }
    }

    /// Forgets the bytes: they have gone another way.
    mutating func clear() { start = end }

    /// Offers the bytes to `sink`, which returns how many it took.
    mutating func drain(into sink: (UnsafeRawBufferPointer) -> Int) {
        guard !isEmpty else { return }
        start += storage.withUnsafeBytes { sink(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }
}
