/// Characters with others joined to them, which do not fit into a cell: the cell holds their number here.
///
/// Only as many are kept as cells can use, and some more until the next collection.
struct Clusters: Sendable {
    /// The UTF-8 of one cell: at most `maximumLength` bytes, and their count in the last byte.
    typealias Cluster = SIMD32<UInt8>
    /// As in tmux: what would be longer is not joined.
    static let maximumLength = 21
    static let mark: UInt32 = 1 << 31

    private var clusters: [Cluster] = []
    /// At this many `isFull` is true, and the owner of the cells renumbers those in use.
    private var limit = 1024

    var count: Int { clusters.count }
    var isFull: Bool { clusters.count >= limit }

    /// The content of a cell with `scalar` joined to what it holds, or nil if it holds too much already.
    mutating func joining(_ scalar: Unicode.Scalar, to content: UInt32) -> UInt32? {
        var cluster = Cluster()
        if content & Self.mark != 0 {
            cluster = clusters[Int(content & ~Self.mark)]
        } else {
            Self.append(content == 0 ? " " : Unicode.Scalar(content) ?? "\u{FFFD}", to: &cluster)
        }
        guard Int(cluster[31]) + scalar.utf8.count <= Self.maximumLength else { return nil }
        Self.append(scalar, to: &cluster)
        clusters.append(cluster)
        return Self.mark | UInt32(clusters.count - 1)
    }

    private static func append(_ scalar: Unicode.Scalar, to cluster: inout Cluster) {
        for byte in scalar.utf8 {
            cluster[Int(cluster[31])] = byte
            cluster[31] += 1
        }
    }

    /// Appends the text of a cell's content; a space for a blank.
    func append(_ content: UInt32, to text: inout [UInt8]) {
        if content & Self.mark != 0 {
            let cluster = clusters[Int(content & ~Self.mark)]
            for index in 0..<Int(cluster[31]) { text.append(cluster[index]) }
        } else if content < 0x80 {
            text.append(content == 0 ? 0x20 : UInt8(truncatingIfNeeded: content))
        } else {
            text.append(contentsOf: (Unicode.Scalar(content) ?? "\u{FFFD}").utf8)
        }
    }

    /// The character of a cell that others were joined to: a scalar's value.
    func base(of content: UInt32) -> UInt32 {
        guard content & Self.mark != 0 else { return content }
        let cluster = clusters[Int(content & ~Self.mark)]
        let bytes = (0..<Int(cluster[31])).map { cluster[$0] }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0x20
    }

    /// Begins a collection: returns what there was and forgets it. The owner of the cells then keeps each that is in use.
    mutating func beginCollection() -> [Cluster] {
        defer { clusters.removeAll(keepingCapacity: true) }
        return clusters
    }

    /// Keeps one of the clusters there were; returns the new content of its cell.
    mutating func keep(_ content: UInt32, of old: [Cluster]) -> UInt32 {
        clusters.append(old[Int(content & ~Self.mark)])
        return Self.mark | UInt32(clusters.count - 1)
    }

    /// Ends a collection. The next is due only after as many more as a sixteenth of the cells, so that collecting stays cheap for each character read.
    mutating func endCollection(cells: Int) { limit = clusters.count + max(1024, cells / 16) }
}
