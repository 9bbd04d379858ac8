/// The body of SSH_AGENTC_ADD_IDENTITY (RFC 9987 §4.2): how ssh-add gives a private key to an agent.
package enum AddedIdentity {
    /// RFC 9987 §6.1.
    private static let number: UInt8 = 17

    /// Reads a message without its length in front. Nil for any other message. The caller wipes the bytes.
    package static func privateKey(in message: [UInt8]) throws(KeyError) -> PrivateKey? {
        guard message.first == number else { return nil }
        var fields = WireReader(message.dropFirst())
        let name: String
        let publicFields: ArraySlice<UInt8>
        do throws(WireError) { name = try fields.readText(limit: 64) } catch { throw .wire(error) }
        guard let algorithm = KeyAlgorithm(rawValue: name) else { throw .unsupportedAlgorithm(name) }
        do throws(WireError) { publicFields = try self.publicFields(algorithm, fields) } catch { throw .wire(error) }
        let publicKey = try PublicKey(algorithm, encodedFields: publicFields)
        var secret = try PrivateKeyFields.read(of: publicKey, from: &fields)
        defer { secret.wipeAll() }
        return try PrivateKey(secret, publicKey: publicKey)
    }

    /// What of the fields stands in the public key's blob, in its order. For RSA the message has modulus and exponent the other way round.
    private static func publicFields(_ algorithm: KeyAlgorithm, _ fields: WireReader) throws(WireError) -> ArraySlice<UInt8> {
        var fields = fields
        let first = try fields.readString()
        var encoded = WireWriter()
        switch algorithm {
        case .ed25519: encoded.writeString(first)
        case .ecdsa256, .ecdsa384, .ecdsa521:
            encoded.writeString(first)
            encoded.writeString(try fields.readString())
        case .rsa:
            encoded.writeString(try fields.readString())
            encoded.writeString(first)
        case .securityKeyEd25519, .securityKeyECDSA256: throw .malformed("a handle of a security key")
        }
        return encoded.bytes[...]
    }
}
