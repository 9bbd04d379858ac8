import OpenSSHKeys

/// A certificate in the making, every field of which can be wrong (PROTOCOL.certkeys).
struct CertificateDraft {
    var name: String
    var nonce = randomBytes(32)
    /// The certified key's blob without its name.
    var keyFields: [UInt8]
    var serial: UInt64 = 7
    var type: UInt32 = 1
    var keyID = Array("alice".utf8)
    var principals: [UInt8]
    var validAfter: UInt64 = 0
    var validBefore: UInt64 = .max
    var criticalOptions: [UInt8] = []
    var extensions: [UInt8]
    var reserved: [UInt8] = []
    /// Stands in the certificate; the signer may be another.
    var signatureKey: [UInt8]

    /// For the plain key of `blob`, to be signed by `authority`: a user certificate of alice, valid always, with `permit-pty`.
    init(of blob: [UInt8], authority: [UInt8]) {
        var reader = WireReader(blob)
        let plain = (try? reader.readText()) ?? ""
        name = KeyAlgorithm(rawValue: plain)?.certificateName ?? plain + "-cert-v01@openssh.com"
        keyFields = Array(reader.remaining)
        principals = Self.strings("alice")
        extensions = Self.options(("permit-pty", []))
        signatureKey = authority
    }

    /// What is signed.
    var body: [UInt8] {
        var writer = WireWriter()
        writer.writeText(name)
        writer.writeString(nonce)
        writer.writeBytes(keyFields)
        writer.writeUInt64(serial)
        writer.writeUInt32(type)
        writer.writeString(keyID)
        writer.writeString(principals)
        writer.writeUInt64(validAfter)
        writer.writeUInt64(validBefore)
        writer.writeString(criticalOptions)
        writer.writeString(extensions)
        writer.writeString(reserved)
        writer.writeString(signatureKey)
        return writer.bytes
    }

    /// The certificate's blob with the signature that `sign` makes of the body.
    func signed(_ sign: ([UInt8]) throws -> [UInt8]) rethrows -> [UInt8] {
        var writer = WireWriter()
        writer.writeBytes(body)
        writer.writeString(try sign(body))
        return writer.bytes
    }

    func signed(by key: PrivateKey) throws -> [UInt8] {
        try signed { try key.sign($0, algorithm: key.preferredSignatureAlgorithm) }
    }

    static func strings(_ texts: String...) -> [UInt8] { strings(texts.map { Array($0.utf8) }) }

    static func strings(_ texts: [[UInt8]]) -> [UInt8] {
        var writer = WireWriter()
        for text in texts { writer.writeString(text) }
        return writer.bytes
    }

    /// Options whose data is as given.
    static func options(_ options: (name: String, data: [UInt8])...) -> [UInt8] {
        var writer = WireWriter()
        for option in options {
            writer.writeText(option.name)
            writer.writeString(option.data)
        }
        return writer.bytes
    }

    /// The data of an option that is one string.
    static func content(_ text: String) -> [UInt8] { strings(text) }
}
