internal import LibSSH

/// The pump from the target to the client: gate → mask → record → deliver.
///
/// Reads only what the client's window takes: a client that stops reading stops the target.
struct UpstreamToClient {
    /// Writes to the recording, which is not this pump's alone.
    typealias Record = (ArraySlice<UInt8>, ChannelStream) throws(Recording.Failure) -> Void

    private static let bufferSize = 32 * 1024

    private(set) var bytesDelivered: UInt64 = 0
    /// Nil before the channel has begun: then there is nothing to deliver.
    var masker: Masker?
    /// Read, not yet recorded; a step's memory only.
    private var incoming = PendingBytes()
    /// Masked and recorded, not yet delivered: the client's window was larger than libssh could use, because keys are being exchanged anew, or what was
    /// held back came with it.
    private var recorded: ArraySlice<UInt8> = []
    private var stream = ChannelStream.output
    private var unfinished: [ChannelStream] = [.output, .errors]

    /// Gives the gate what the target sent, one buffer at most; `pump` moves it on. What the gate has to ask then waits for no mask and no client.
    mutating func look(at upstream: Channel, for client: Channel, through gate: any ChannelGate) {
        guard recorded.isEmpty, !gate.hasBytesForClient, client.writableBytes > 0, !client.session.isWritePending else { return }
        read(from: upstream, for: client)
        guard !incoming.isEmpty, stream == .output else { return }
        gate.receive(fromTarget: incoming.bytes)
        incoming.clear()
    }

    /// Moves what can be moved, one buffer at most.
    /// - Returns: whether there is more to move at once.
    mutating func pump(
        from upstream: Channel, to client: Channel, through gate: (any ChannelGate)?, at now: UInt64, record: Record
    ) throws(Recording.Failure) -> Bool {
        if recorded.isEmpty {
            guard client.writableBytes > 0, !client.session.isWritePending else { return false }
            guard let next = next(from: upstream, to: client, gate) else {
                releaseIfDue(at: now)
                deliver(to: client)
                return false
            }
            try accept(masker?.take(next, of: stream, at: now), record)
            incoming.clear()
        }
        deliver(to: client)
        return recorded.isEmpty && upstream.hasUnreadData
    }

    /// No recording, no session: what could not be recorded is not delivered. Nor is what ends the session.
    private mutating func accept(_ passed: Masker.Passed?, _ record: Record) throws(Recording.Failure) {
        guard let passed else { return }
        try record(passed.recorded, stream)
        recorded = endsSession ? [] : passed.delivered
    }

    /// The next bytes on the way to the client: what the gate has, or what the target sent and the gate lets through, which may be nothing.
    private mutating func next(from upstream: Channel, to client: Channel, _ gate: (any ChannelGate)?) -> ArraySlice<UInt8>? {
        if let gate, gate.hasBytesForClient, incoming.isEmpty {
            stream = .output
            return gate.takeToClient()
        }
        if incoming.isEmpty { read(from: upstream, for: client) }
        guard !incoming.isEmpty else { return nil }
        // What the server writes to its error stream is text for the user.
        guard let gate, stream == .output else { return incoming.bytes }
        gate.receive(fromTarget: incoming.bytes)
        return gate.takeToClient()
    }

    private mutating func read(from upstream: Channel, for client: Channel) {
        incoming.fill(upTo: min(Self.bufferSize, client.writableBytes)) { buffer in
            guard let (stream, count) = upstream.read(into: buffer) else { return 0 }
            self.stream = stream
            return count
        }
    }

    /// A rule says that the session ends, because of a value that it found.
    var endsSession: Bool { masker?.findings.endsSession ?? false }
    /// When there is something to do although nothing comes.
    var deadline: UInt64? { recorded.isEmpty ? masker?.deadline : nil }

    private mutating func releaseIfDue(at now: UInt64) {
        guard let deadline, now >= deadline, let passed = masker?.release(at: now) else { return }
        stream = .output
        recorded = passed.delivered
    }

    /// Nothing more comes from the target: decides what the masks hold back, one stream at a time.
    /// - Returns: whether there is more to deliver, or to decide.
    mutating func finish(at now: UInt64, record: Record) throws(Recording.Failure) -> Bool {
        guard recorded.isEmpty else { return true }
        guard !unfinished.isEmpty, masker != nil else { return false }
        stream = unfinished.removeFirst()
        try accept(masker?.finish(stream, at: now), record)
        return !recorded.isEmpty || !unfinished.isEmpty
    }

    /// The channel is over, and the client does not hear any more: what is held back goes to the recording alone.
    mutating func finishRecording(at now: UInt64, record: Record) throws(Recording.Failure) {
        recorded = []
        _ = try finish(at: now, record: record)
    }

    var isFinished: Bool { masker == nil || unfinished.isEmpty }

    /// All that was read has been delivered.
    var isEmpty: Bool { recorded.isEmpty }

    private mutating func deliver(to client: Channel) {
        guard !recorded.isEmpty else { return }
        let count = recorded.withUnsafeBytes { client.write($0, to: stream) }
        bytesDelivered += UInt64(count)
        recorded = recorded.dropFirst(count)
        if recorded.isEmpty { recorded = [] }
    }
}
