/// The end of a stream as it reads: escapes, zero width characters and the like taken out, with the place in the stream of each byte.
///
/// Positions are counted from the stream's beginning, logical ones in bytes of this text, raw ones in bytes that came in.
struct LogicalText: Sendable {
    /// Stands where the run of text ends although no character does: the cursor was moved. No pattern matches it.
    static let cut: UInt8 = 0x1B

    /// From here on raw positions go along with logical ones.
    private struct Anchor {
        var logical: Int
        var raw: Int
        /// Where what belongs to the logical byte before ends: behind its raw bytes, but before a sequence that follows them.
        var previousEnd: Int
    }

    private(set) var bytes: [UInt8] = []
    /// The logical position of the first of `bytes`.
    private(set) var base = 0
    private var anchors: [Anchor] = []
    /// Where the next logical byte is expected if nothing comes between, and where the last one ends.
    private var rawNext = 0
    private(set) var rawEnd = 0

    /// - Parameter rawStart: where in the stream this text begins.
    init(rawStart: Int) {
        rawNext = rawStart
        rawEnd = rawStart
        anchors = [Anchor(logical: 0, raw: rawStart, previousEnd: rawStart)]
    }

    var end: Int { base + bytes.count }

    /// Adds bytes that stand for themselves.
    @inline(__always) mutating func append(_ run: Span<UInt8>, at raw: Int) {
        if raw != rawNext { anchors.append(Anchor(logical: end, raw: raw, previousEnd: rawEnd)) }
        run.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        rawNext = raw + run.count
        rawEnd = rawNext
    }

    mutating func append(_ run: ArraySlice<UInt8>, at raw: Int) { append(run.span, at: raw) }

    /// Adds one byte for `width` raw bytes.
    mutating func append(_ byte: UInt8, at raw: Int, width: Int) {
        if raw != rawNext { anchors.append(Anchor(logical: end, raw: raw, previousEnd: rawEnd)) }
        bytes.append(byte)
        rawNext = raw + 1
        rawEnd = raw + width
    }

    /// Where the raw bytes of a logical one begin.
    func rawStart(of logical: Int) -> Int {
        if logical >= end { return max(rawNext, rawEnd) + (logical - end) }
        let anchor = anchors[self.anchor(before: logical)]
        return anchor.raw + (logical - anchor.logical)
    }

    /// Where they end.
    func rawEnd(of logical: Int) -> Int {
        if logical == end - 1 { return rawEnd }
        let index = anchor(before: logical + 1)
        return anchors[index].logical == logical + 1 ? anchors[index].previousEnd : rawStart(of: logical) + 1
    }

    /// The last anchor at or before a position.
    private func anchor(before logical: Int) -> Int {
        var low = 0
        var high = anchors.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if anchors[middle].logical <= logical { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Forgets what stands before `logical`, if that is much.
    mutating func forget(before logical: Int) {
        let count = logical - base
        guard count >= 2048, count >= bytes.count - count else { return }
        bytes.removeFirst(count)
        base = logical
        anchors.removeFirst(anchor(before: logical))
    }
}
