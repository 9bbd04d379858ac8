import OpenSSHKeys

extension CertificateTable {
    /// How the fields are written.
    mutating func addEncodings() throws {
        try draft("without a nonce") { $0.nonce = [] }
        try draft("with a nonce of 1000 bytes") { $0.nonce = randomBytes(1000) }
        try draft("with something in the reserved field") { $0.reserved = randomBytes(16) }
        try draft(
            "of more than 16 KiB", refusal: .unreadable,
            sshdAccepts: "sshd takes what fits a packet; 16 KiB are four times what anybody needs"
        ) { $0.extensions = CertificateDraft.options(("note@example.com", randomBytes(16_384))) }
        var complete = CertificateDraft(of: try keys.publicBlob("ed25519"), authority: try keys.publicBlob("ed25519-ca"))
        let authority = try keys.privateKey("ed25519-ca")
        add("with a byte after its end", key: "ed25519", blob: try complete.signed(by: authority) + [0], .unreadable)
        add("with a byte missing at its end", key: "ed25519", blob: try complete.signed(by: authority).dropLast(), .unreadable)
        var changed = try complete.signed(by: authority)
        changed[40] ^= 1
        add("with a nonce changed after signing", key: "ed25519", blob: changed, .badSignature)
        let signature = try Certificate(blob: complete.signed(by: authority)).signature
        complete.serial += 1
        add("with a serial changed after signing", key: "ed25519", blob: complete.signed { _ in signature }, .badSignature)
        complete.keyFields = Array(try keys.publicBlob("revoked-by-hash").dropFirst(4 + 11))
        add("with a key changed after signing", key: "revoked-by-hash", blob: complete.signed { _ in signature }, .badSignature)

        try draft(
            "named by a signature algorithm", key: "rsa", refusal: .unreadable,
            sshdAccepts: "sshd knows it as another name of RSA"
        ) {
            $0.name = "rsa-sha2-512-cert-v01@openssh.com"
        }
        try draft("RSA modulus with needless zeros in front", key: "rsa", refusal: .unreadable, sshdAccepts: "sshd trims zeros") {
            var reader = WireReader($0.keyFields)
            let exponent = Array(try reader.readString())
            $0.keyFields = CertificateDraft.strings(exponent, [0, 0] + Array(try reader.readString()))
        }
        try draft("RSA exponent of 1", key: "rsa", refusal: .unreadable) {
            var reader = WireReader($0.keyFields)
            _ = try reader.readString()
            $0.keyFields = CertificateDraft.strings([1], Array(try reader.readString()))
        }
        try draft("curve of another name", key: "ecdsa256", refusal: .unreadable) {
            $0.keyFields = CertificateDraft.strings(Array("nistp384".utf8), Array($0.keyFields.suffix(65)))
        }
        try draft("point off its curve", key: "ecdsa256", refusal: .unreadable) {
            $0.keyFields[$0.keyFields.count - 1] ^= 1
        }
        try draft("compressed point", key: "ecdsa256", refusal: .unreadable) {
            let point = Array($0.keyFields.suffix(65))
            $0.keyFields = CertificateDraft.strings(Array("nistp256".utf8), [2 | (point[64] & 1)] + point[1...32])
        }
        try draft("Ed25519 key of 31 bytes", refusal: .unreadable) {
            $0.keyFields = CertificateDraft.strings(Array($0.keyFields.suffix(31)))
        }
        try draft("authority with a byte after its key", refusal: .unreadable) { $0.signatureKey.append(0) }
    }
}
