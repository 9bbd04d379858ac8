/// What a client signs to log in with a public key (RFC 4252 §7): the only thing that Sallyport's agent signs.
package struct UserAuthenticationBlob: Equatable, Sendable {
    /// The exchange hash of the connection's first key exchange: 20…64 bytes.
    package let sessionIdentifier: [UInt8]
    package let user: String
    /// `ssh-connection`.
    package let service: String
    /// The signature algorithm asked for: `rsa-sha2-512`, `ssh-ed25519-cert-v01@openssh.com`, …
    package let algorithm: String
    /// A plain key's or a certificate's blob.
    package let keyBlob: [UInt8]

    /// SHA-1 gives 20 bytes, SHA-512 64.
    private static let sessionIdentifierLengths = 20...64
    private static let requestMessage: UInt8 = 50

    /// Reads the data to be signed. Nothing may stand after it, so that it cannot be the beginning of something else.
    package init(_ bytes: [UInt8]) throws(WireError) {
        var reader = WireReader(bytes)
        sessionIdentifier = Array(try reader.readString(limit: Self.sessionIdentifierLengths.upperBound))
        guard Self.sessionIdentifierLengths.contains(sessionIdentifier.count) else {
            throw .malformed("session identifier that is short")
        }
        guard try reader.readByte() == Self.requestMessage else { throw .malformed("message that is no authentication request") }
        user = try reader.readText(limit: 512)
        service = try reader.readText(limit: 64)
        guard try reader.readText(limit: 64) == "publickey" else {
            throw .malformed("authentication method other than publickey")
        }
        guard try reader.readBoolean() else { throw .malformed("authentication request that has no signature") }
        algorithm = try reader.readText(limit: 64)
        keyBlob = Array(try reader.readString(limit: Certificate.largestBlob))
        try reader.finish()
    }

    package init(sessionIdentifier: [UInt8], user: String, service: String, algorithm: String, keyBlob: [UInt8]) {
        self.sessionIdentifier = sessionIdentifier
        self.user = user
        self.service = service
        self.algorithm = algorithm
        self.keyBlob = keyBlob
    }

    package var encoded: [UInt8] {
        var writer = WireWriter()
        writer.writeString(sessionIdentifier)
        writer.writeByte(Self.requestMessage)
        writer.writeText(user)
        writer.writeText(service)
        writer.writeText("publickey")
        writer.writeBoolean(true)
        writer.writeText(algorithm)
        writer.writeString(keyBlob)
        return writer.bytes
    }
}
