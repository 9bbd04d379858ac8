internal import LibSSH

/// The pump from the client to the target: gate → deliver.
///
/// Reads only what the target's window takes, so that a target that does not read stops the client and costs nothing here.
struct ClientToUpstream {
    private static let bufferSize = 32 * 1024

    private(set) var bytesDelivered: UInt64 = 0
    private var gate = CommandGate()
    private var incoming = PendingBytes()
    /// Let through by the gate, not yet taken by the target: it has the buffer's bytes until it is empty.
    private var admitted: ArraySlice<UInt8> = []

    /// Moves what can be moved, one buffer at most.
    /// - Returns: whether there is more to move at once.
    mutating func pump(from client: Channel, to upstream: Channel) -> Bool {
        if admitted.isEmpty, upstream.writableBytes > 0, !upstream.session.isWritePending {
            incoming.fill(upTo: min(Self.bufferSize, upstream.writableBytes)) { client.read(into: $0)?.count ?? 0 }
            admitted = gate.admit(incoming.bytes)
            incoming.clear()
        }
        let moves = !admitted.isEmpty
        deliver(to: upstream)
        if client.isDrained, admitted.isEmpty { upstream.sendEOF() }
        return moves && admitted.isEmpty && client.hasUnreadData
    }

    private mutating func deliver(to upstream: Channel) {
        let count = admitted.withUnsafeBytes { upstream.write($0) }
        bytesDelivered += UInt64(count)
        admitted = admitted.dropFirst(count)
        // Lets go of the buffer, which would otherwise be copied at the next reading.
        if admitted.isEmpty { admitted = [] }
    }
}
