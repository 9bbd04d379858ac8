internal import LibSSH

/// The pump from the target to the client: gate → mask → record → deliver.
///
/// Reads only what the client's window takes: a client that stops reading stops the target.
struct UpstreamToClient {
    private static let bufferSize = 32 * 1024

    private(set) var bytesDelivered: UInt64 = 0
    private var masker = Masker()
    /// Read, not yet recorded; a step's memory only.
    private var incoming = PendingBytes()
    /// Recorded, not yet delivered: the client's window was larger than libssh could use, because keys are being exchanged anew.
    private var recorded: ArraySlice<UInt8> = []
    private var stream = ChannelStream.output

    /// Moves what can be moved, one buffer at most.
    /// - Parameter record: writes to the recording. A function, because the recording is not this pump's alone: while the client is written to, a
    ///   callback may record a new size of its window.
    /// - Returns: whether there is more to move at once.
    mutating func pump(
        from upstream: Channel, to client: Channel, through gate: (any ChannelGate)?,
        record: (ArraySlice<UInt8>, ChannelStream) throws(Recording.Failure) -> Void
    ) throws(Recording.Failure) -> Bool {
        if recorded.isEmpty {
            guard client.writableBytes > 0, !client.session.isWritePending else { return false }
            guard let next = next(from: upstream, to: client, gate) else { return false }
            recorded = masker.mask(next, of: stream)
            // No recording, no session: what could not be recorded is not delivered.
            try record(recorded, stream)
            incoming.clear()
        }
        deliver(to: client)
        return recorded.isEmpty && upstream.hasUnreadData
    }

    /// The next bytes on the way to the client: what the gate has, or what the target sent and the gate lets through, which may be nothing.
    private mutating func next(from upstream: Channel, to client: Channel, _ gate: (any ChannelGate)?) -> ArraySlice<UInt8>? {
        if let gate, gate.hasBytesForClient {
            stream = .output
            return gate.takeToClient()
        }
        incoming.fill(upTo: min(Self.bufferSize, client.writableBytes)) { buffer in
            guard let (stream, count) = upstream.read(into: buffer) else { return 0 }
            self.stream = stream
            return count
        }
        guard !incoming.isEmpty else { return nil }
        // What the server writes to its error stream is text for the user.
        guard let gate, stream == .output else { return incoming.bytes }
        gate.receive(fromTarget: incoming.bytes)
        return gate.takeToClient()
    }

    /// All that was read has been delivered.
    var isEmpty: Bool { recorded.isEmpty }

    private mutating func deliver(to client: Channel) {
        let count = recorded.withUnsafeBytes { client.write($0, to: stream) }
        bytesDelivered += UInt64(count)
        recorded = recorded.dropFirst(count)
        if recorded.isEmpty { recorded = [] }
    }
}
