internal import LibSSH

/// What is to be shown on a client's channel and has not been taken yet. Whoever fills it waits while it is not empty, so it holds one screen at most, or one
/// piece of a recording.
struct DeskOutput {
    private var bytes: [UInt8] = []
    private var start = 0

    var isEmpty: Bool { start == bytes.count }

    mutating func append(_ more: some Collection<UInt8>) {
        if isEmpty {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        }
        bytes += more
    }

    /// Delivers as much as the client's window takes.
    mutating func deliver(to client: Channel) {
        while !isEmpty {
            let count = bytes[start...].withUnsafeBytes { client.write($0) }
            if count == 0 { return }
            start += count
        }
    }
}
