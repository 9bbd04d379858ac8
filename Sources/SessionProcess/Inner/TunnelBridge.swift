internal import Glibc
internal import LibSSH
internal import MonitorProtocol

/// Carries bytes between a `direct-tcpip` channel of the outer session and the socket of the inner one.
///
/// Bounded: at most one buffer in each direction, and a side is read only while the other has room.
final class TunnelBridge {
    private static let bufferSize = 64 * 1024

    let channel: Channel
    private let socket: OwnedDescriptor
    /// From the client, not yet taken by the inner session's socket.
    private var inward = PendingBytes()
    /// From the inner session, not yet taken by the channel.
    private var outward = PendingBytes()
    /// The last poll found bytes, or the end, on the socket.
    var isReadable = false
    private(set) var isEnded = false
    private var hasShutDown = false

    /// - Parameter socket: this end of the pair; the inner session has the other.
    init(_ channel: Channel, socket: consuming OwnedDescriptor) {
        self.channel = channel
        self.socket = socket
    }

    var descriptor: Int32 { socket.number }

    /// What the socket is to be polled for: it is read only while the channel takes more.
    var interest: Readiness {
        var interest: Readiness = []
        if outward.isEmpty, channel.writableBytes > 0, !channel.session.isWritePending { interest.insert(.readable) }
        if !inward.isEmpty { interest.insert(.writable) }
        return interest
    }

    /// Moves what can be moved, one buffer each way.
    func pump() -> Bool {
        guard !isEnded else { return false }
        let moved = pumpInward()
        pumpOutward()
        if channel.isClosedByPeer || channel.session.isLost { end() }
        return moved
    }

    func end() {
        guard !isEnded else { return }
        isEnded = true
        channel.close()
    }

    private func pumpInward() -> Bool {
        if inward.isEmpty {
            inward.fill(upTo: Self.bufferSize) { channel.read(into: $0)?.count ?? 0 }
        }
        let before = inward.count
        inward.drain { bytes in max(0, send(socket.number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))) }
        if channel.isDrained, inward.isEmpty, !hasShutDown {
            hasShutDown = true
            shutdown(socket.number, Int32(SHUT_WR))
        }
        return before > 0 && inward.isEmpty && channel.hasUnreadData
    }

    private func pumpOutward() {
        if outward.isEmpty, isReadable, channel.writableBytes > 0 {
            isReadable = false
            var isOver = false
            outward.fill(upTo: min(Self.bufferSize, channel.writableBytes)) { buffer in
                let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
                isOver = count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
                return max(0, count)
            }
            if isOver { return end() }
        }
        outward.drain { channel.write($0) }
    }
}
