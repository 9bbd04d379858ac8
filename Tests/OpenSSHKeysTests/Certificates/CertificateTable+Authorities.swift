import OpenSSHKeys
import Testing

extension CertificateTable {
    /// Who signs, and with what.
    mutating func addAuthorities() throws {
        for name in GeneratedKeys.names {
            try keygen("signed by \(name)", authority: name + "-ca")
            try keygen("for a key of \(name)", key: name)
        }
        try keygen("signed by RSA with SHA-256", authority: "rsa-ca", "-t", "rsa-sha2-256")
        try keygen("signed by RSA with SHA-1", authority: "rsa-ca", "-t", "ssh-rsa", refusal: .badSignature)
        try keygen("signed by an authority nobody trusts", authority: "stranger-ca", refusal: .untrustedAuthority)
        try keygen("signed by DSA", authority: "dsa-ca", refusal: .unreadable)
        try keygen(
            "signed by RSA of 1024 bits", authority: "rsa1024-ca", refusal: .unreadable,
            sshdAccepts: "RequiredRSASize of Debian's sshd is 1024; an authority of that size can be forged")
        try keygen("for a DSA key", key: "dsa", refusal: .unreadable)
        try keygen(
            "for an RSA key of 1024 bits", key: "rsa1024", refusal: .unreadable,
            sshdAccepts: "RequiredRSASize of Debian's sshd is 1024; such a key can be found by others")
    }

    /// Signatures that are not what they should be.
    mutating func addSignatures() throws {
        let keys = keys
        try signature("signed by a stranger in the authority's name", refusal: .badSignature) { body, _ in
            let stranger = try keys.privateKey("stranger-ca")
            return try stranger.sign(body, algorithm: .ed25519)
        }
        try signature("signed over other bytes", refusal: .badSignature) { body, authority in
            try authority.sign(body.dropLast() + [0], algorithm: .ed25519)
        }
        try signature("no signature", refusal: .badSignature) { _, _ in [] }
        try signature("a signature of nothing but a name", refusal: .badSignature) { _, _ in
            CertificateDraft.strings("ssh-ed25519", "")
        }
        try signature("bytes after the signature's end", refusal: .badSignature) { body, authority in
            try authority.sign(body, algorithm: .ed25519) + [0]
        }
        try signature("Ed25519 signature called ssh-rsa", refusal: .badSignature) { body, authority in
            CertificateDraft.strings(Array("ssh-rsa".utf8), try content(authority.sign(body, algorithm: .ed25519)))
        }
        try signature("SHA-512 signature called rsa-sha2-256", authority: "rsa-ca", refusal: .badSignature) { body, authority in
            CertificateDraft.strings(Array("rsa-sha2-256".utf8), try content(authority.sign(body, algorithm: .rsaSHA512)))
        }
        try signature("P-256 signature called nistp384", authority: "ecdsa256-ca", refusal: .badSignature) { body, authority in
            CertificateDraft.strings(Array("ecdsa-sha2-nistp384".utf8), try content(authority.sign(body, algorithm: .ecdsa256)))
        }
        try signature(
            "ECDSA numbers with needless zeros in front", authority: "ecdsa256-ca", refusal: .badSignature,
            sshdAccepts: "sshd trims zeros; here one number has one encoding"
        ) { body, authority in
            var numbers = WireReader(try content(authority.sign(body, algorithm: .ecdsa256)))
            let padded = CertificateDraft.strings([0, 0] + Array(try numbers.readString()), Array(try numbers.readString()))
            return CertificateDraft.strings(Array("ecdsa-sha2-nistp256".utf8), padded)
        }
        var short = CertificateDraft(of: try keys.publicBlob("ed25519"), authority: try keys.publicBlob("rsa-ca"))
        let authority = try keys.privateKey("rsa-ca")
        // One signature in 256 begins with a zero byte, which is left out here.
        for _ in 0..<5000 {
            let content = try content(authority.sign(short.body, algorithm: .rsaSHA512))
            if content[0] == 0 {
                let shortened = CertificateDraft.strings(Array("rsa-sha2-512".utf8), Array(content.drop { $0 == 0 }))
                add(
                    "RSA signature shorter than its modulus", key: "ed25519", blob: short.signed { _ in shortened },
                    .badSignature,
                    "sshd pads it; RFC 8332 §3 wants the length of the modulus")
                break
            }
            short.nonce = randomBytes(32)
        }
        try draft("signed by a certificate of the authority", refusal: .unreadable) {
            let inner = CertificateDraft(of: try keys.publicBlob("ed25519-ca"), authority: try keys.publicBlob("ed25519-ca"))
            $0.signatureKey = try inner.signed(by: keys.privateKey("ed25519-ca"))
        }
    }
}

/// The string behind the name in a signature.
private func content(_ signature: [UInt8]) throws -> [UInt8] {
    var reader = WireReader(signature)
    _ = try reader.readString()
    return Array(try reader.readString())
}

extension CertificateDraft {
    static func strings(_ texts: [UInt8]...) -> [UInt8] { strings(texts) }
}
