/// What a client signs to log in with a public key (RFC 4252 §7): the only thing that Sallyport's agent signs.
package struct UserAuthenticationBlob: Equatable, Sendable {
    /// The exchange hash of the connection's first key exchange: 20…64 bytes.
    package let sessionIdentifier: [UInt8]
    /// ASCII, as the other texts: see `readASCII`.
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
        user = try reader.readASCII(limit: 512)
        service = try reader.readASCII(limit: 64)
        guard try reader.readASCII(limit: 64) == "publickey" else {
            throw .malformed("authentication method other than publickey")
        }
        guard try reader.readBoolean() else { throw .malformed("authentication request that has no signature") }
        algorithm = try reader.readASCII(limit: 64)
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

extension WireReader {
    /// Text without characters beyond ASCII. What is read here is compared with what was granted, and Swift compares texts as Unicode
    /// does: a user name with the Kelvin sign equals the one with the letter K, but is another user.
    fileprivate mutating func readASCII(limit: Int) throws(WireError) -> String {
        let text = try readText(limit: limit)
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .malformed("text that is not ASCII") }
        return text
    }
}
