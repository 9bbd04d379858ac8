/// Remembers in which order the bytes of a channel's two streams arrived.
///
/// libssh buffers standard output and standard error apart, so their order is lost unless it is noted as each packet comes in.
struct ArrivalOrder {
    struct Run {
        var stream: ChannelStream
        var count: Int
    }

    /// Beyond this many runs the order is kept roughly: a peer that alternates one-byte packets would make us keep 16 bytes for each.
    private static let mostRuns = 4096

    private var runs: [Run] = []
    private var first = 0
    private var waiting = (output: 0, errors: 0)

    /// What to read next.
    var next: Run? { first < runs.count ? runs[first] : nil }

    /// Notes that `total` bytes of a stream now wait to be read, those already noted included.
    mutating func noteWaiting(_ total: Int, on stream: ChannelStream) {
        let known = stream == .output ? waiting.output : waiting.errors
        guard total > known else { return }
        if stream == .output { waiting.output = total } else { waiting.errors = total }
        let count = total - known
        if runs.count > first, runs[runs.count - 1].stream == stream {
            runs[runs.count - 1].count += count
        } else if runs.count - first >= Self.mostRuns, let last = runs.lastIndex(where: { $0.stream == stream }), last >= first {
            runs[last].count += count
        } else {
            runs.append(Run(stream: stream, count: count))
        }
    }

    /// Notes that bytes of the first run have been read.
    mutating func take(_ count: Int) {
        guard first < runs.count else { return }
        let stream = runs[first].stream
        if stream == .output { waiting.output -= count } else { waiting.errors -= count }
        runs[first].count -= count
        if runs[first].count <= 0 { first += 1 }
        if first == runs.count { clearRuns() }
    }

    mutating func clear() {
        clearRuns()
        waiting = (0, 0)
    }

    private mutating func clearRuns() {
        runs.removeAll(keepingCapacity: true)
        first = 0
    }
}
