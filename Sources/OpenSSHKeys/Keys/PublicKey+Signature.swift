extension PublicKey {
    /// The longest signature blob: RSA with 16384 bits has 2.1 KiB.
    private static let largestSignature = 4096

    /// Whether this key signed `data`. Everything that cannot be decided is `false`.
    /// - Parameters:
    ///   - signature: a signature blob: name, then a string (RFC 4253 §6.6, RFC 5656 §3.1.2, RFC 8332 §3, RFC 8709 §6), nothing after.
    ///   - allowed: the algorithms that count. One that does not fit this key never does.
    package func isValidSignature(_ signature: [UInt8], over data: [UInt8], allowing allowed: Set<SignatureAlgorithm>) -> Bool {
        guard signature.count <= Self.largestSignature else { return false }
        var reader = WireReader(signature)
        guard
            let name = try? reader.readText(limit: 64),
            let algorithm = SignatureAlgorithm(rawValue: name),
            allowed.contains(algorithm), self.algorithm.signatureAlgorithms.contains(algorithm),
            let content = try? reader.readString(),
            reader.isAtEnd,
            let fields = try? fields,
            let key = try? EVPKey(publicKey: fields)
        else { return false }
        switch fields {
        case .ed25519: return key.verifies(content, over: data, digest: nil)
        // RFC 8332 §3: as long as the modulus, which libcrypto demands. OpenSSH also takes shorter ones.
        case .rsa: return key.verifies(content, over: data, digest: algorithm.digest)
        case .ecdsa(let curve, _):
            guard let encoded = try? ECDSASignature(content, on: curve).asn1 else { return false }
            return key.verifies(encoded[...], over: data, digest: algorithm.digest)
        case .securityKeyEd25519, .securityKeyECDSA256: return false
        }
    }
}

extension SignatureAlgorithm {
    /// What is hashed before signing; nil for Ed25519, which hashes inside.
    var digest: Digest? {
        switch self {
        case .ed25519: nil
        case .ecdsa256, .rsaSHA256: .sha256
        case .ecdsa384: .sha384
        case .ecdsa521, .rsaSHA512: .sha512
        }
    }
}
