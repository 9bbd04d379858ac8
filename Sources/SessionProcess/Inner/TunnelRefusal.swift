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

    init(_ channel: Channel, message: String) {
        self.channel = channel
        bytes = Array("SSH-2.0-sallyport\r\n".utf8) + Self.packet(message)
    }

    /// Sends the refusal and ends the channel.
    func send() {
        _ = bytes.withUnsafeBytes { channel.write($0) }
        channel.sendEOF()
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
