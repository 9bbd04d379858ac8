internal import LibSSH
internal import OpenSSHKeys

/// Tells a client why its tunnel is refused, in the only words that stock `ssh -J` shows: as the SSH server that it expects at the other end,
/// which says good-bye with a description before any key is exchanged (RFC 4253 §4.2, §6, §11.1).
final class TunnelRefusal {
    /// Where a client that jumps expects an SSH server.
    static let sshPort: UInt32 = 22
    /// RFC 4253 §11.1: SSH_DISCONNECT_HOST_NOT_ALLOWED_TO_CONNECT.
    private static let notAllowed: UInt32 = 1
    private static let disconnect: UInt8 = 1

    private let channel: Channel
    private let bytes: [UInt8]
    /// Nanoseconds of the monotonic clock at which the client has had time enough to read it.
    let deadline: UInt64
    private var hasSent = false
    private(set) var isOver = false

    init(_ channel: Channel, message: String, deadline: UInt64) {
        self.channel = channel
        self.deadline = deadline
        bytes = Array("SSH-2.0-sallyport\r\n".utf8) + Self.packet(message)
    }

    /// Sends the refusal, and closes the channel when the client has. Not before: the `ssh -W` that carries the tunnel ends with its channel, and a
    /// client that is still writing its first packet would see a broken pipe instead of the reason.
    func advance(at now: UInt64) {
        if !hasSent {
            hasSent = true
            _ = bytes.withUnsafeBytes { channel.write($0) }
        }
        guard channel.hasReceivedEOF || channel.isClosedByPeer || channel.session.isLost || now >= deadline else { return }
        isOver = true
        channel.close()
    }

    /// A binary packet without encryption (RFC 4253 §6): length, padding length, payload, padding to a multiple of 8, at least 4.
    private static func packet(_ message: String) -> [UInt8] {
        var payload = WireWriter()
        payload.writeByte(disconnect)
        payload.writeUInt32(notAllowed)
        payload.writeText("sallyport: \(message)")
        payload.writeText("")
        let padding = 4 + (8 - (payload.bytes.count + 9) % 8) % 8
        var packet = WireWriter()
        packet.writeUInt32(UInt32(1 + payload.bytes.count + padding))
        packet.writeByte(UInt8(padding))
        packet.writeBytes(payload.bytes)
        packet.writeBytes([UInt8](repeating: 0, count: padding))
        return packet.bytes
    }
}
