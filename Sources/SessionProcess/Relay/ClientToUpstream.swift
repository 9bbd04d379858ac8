internal import LibSSH

/// The pump from the client to the target: gate → deliver.
///
/// Reads only what the target's window takes, so that a target that does not read stops the client and costs nothing here.
struct ClientToUpstream {
    private static let bufferSize = 32 * 1024

    private(set) var bytesDelivered: UInt64 = 0
    private var incoming = PendingBytes()
    /// Let through by the gate, not yet taken by the target: it has the buffer's bytes until it is empty.
    private var admitted: ArraySlice<UInt8> = []

    /// Moves what can be moved, one buffer at most.
    /// - Parameter gate: what stands here; nil where everything passes, because it was judged before it began.
    /// - Parameter typed: is told what the client sent.
    /// - Returns: whether there is more to move at once; with a gate, `SessionChannel` knows.
    mutating func pump(
        from client: Channel, to upstream: Channel, through gate: (any ChannelGate)?, typed: (ArraySlice<UInt8>) -> Void
    ) -> Bool {
        if admitted.isEmpty, upstream.writableBytes > 0, !upstream.session.isWritePending {
            if let gate { admitted = gate.takeToTarget() }
            if admitted.isEmpty, gate?.wantsClientBytes ?? true {
                incoming.fill(upTo: min(Self.bufferSize, upstream.writableBytes)) { client.read(into: $0)?.count ?? 0 }
                if !incoming.isEmpty {
                    typed(incoming.bytes)
                    admit(through: gate)
                }
            }
        }
        let moves = !admitted.isEmpty
        deliver(to: upstream)
        if client.isDrained, admitted.isEmpty, gate?.isEmptyTowardsTarget ?? true { upstream.sendEOF() }
        return moves && admitted.isEmpty && gate == nil && client.hasUnreadData
    }

    /// All that was let through has been delivered.
    var isEmpty: Bool { admitted.isEmpty }

    private mutating func admit(through gate: (any ChannelGate)?) {
        if let gate {
            gate.receive(fromClient: incoming.bytes)
            admitted = gate.takeToTarget()
        } else {
            admitted = incoming.bytes
        }
        incoming.clear()
    }

    private mutating func deliver(to upstream: Channel) {
        let count = admitted.withUnsafeBytes { upstream.write($0) }
        bytesDelivered += UInt64(count)
        admitted = admitted.dropFirst(count)
        // Lets go of the buffer, which would otherwise be copied at the next reading.
        if admitted.isEmpty { admitted = [] }
    }
}
