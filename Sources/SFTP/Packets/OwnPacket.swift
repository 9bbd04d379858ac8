internal import OpenSSHKeys

/// The packets that the gate sends itself.
enum OwnPacket {
    /// SSH_FXP_STATUS (§7). The language tag stays empty: nobody knows the language of a rule's message.
    static func status(_ code: StatusCode, _ message: String, id: UInt32) -> [UInt8] {
        packet(.status) {
            $0.writeUInt32(id)
            $0.writeUInt32(code.rawValue)
            $0.writeText(cut(message))
            $0.writeText("")
        }
    }

    /// SSH_FXP_INIT (§4), always for version 3: a later one would be another protocol.
    static func initialise() -> [UInt8] { packet(.initialise) { $0.writeUInt32(ClientRequest.protocolVersion) } }

    /// SSH_FXP_VERSION (§4) with these extension pairs.
    static func version(_ extensions: [(name: ArraySlice<UInt8>, data: ArraySlice<UInt8>)]) -> [UInt8] {
        packet(.version) {
            $0.writeUInt32(ClientRequest.protocolVersion)
            for pair in extensions {
                $0.writeString(pair.name)
                $0.writeString(pair.data)
            }
        }
    }

    /// SSH_FXP_REALPATH (§6.11) or SSH_FXP_LSTAT (§6.8).
    static func ask(_ type: PacketType, _ path: [UInt8], id: UInt32) -> [UInt8] {
        packet(type) {
            $0.writeUInt32(id)
            $0.writeString(path)
        }
    }

    private static func packet(_ type: PacketType, _ fields: (inout WireWriter) -> Void) -> [UInt8] {
        var body = WireWriter()
        body.writeByte(type.rawValue)
        fields(&body)
        var writer = WireWriter()
        writer.writeString(body.bytes)
        return writer.bytes
    }

    /// At most `SFTPLimit.sentence` bytes, whole characters.
    private static func cut(_ message: String) -> String {
        guard message.utf8.count > SFTPLimit.sentence else { return message }
        var kept = ""
        var length = 0
        for scalar in message.unicodeScalars {
            length += scalar.utf8.count
            if length > SFTPLimit.sentence { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept
    }
}
