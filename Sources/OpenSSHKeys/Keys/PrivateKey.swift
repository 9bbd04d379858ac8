/// A private key that can sign. It cannot be printed, compared or copied out but by `openSSHFile(comment:)`.
///
/// Shared freely between threads; the memory is wiped by libcrypto when the last reference goes.
package final class PrivateKey: Sendable {
    private let key: EVPKey
    package let publicKey: PublicKey

    /// Fails when the private half does not belong to the public one: such a key signs garbage, and for RSA the garbage gives the key away.
    init(_ fields: PrivateKeyFields, publicKey: PublicKey) throws(KeyError) {
        key = try EVPKey(privateKey: fields)
        self.publicKey = publicKey
        let probe = Array("sallyport".utf8)
        let signature = try Self.sign(probe, algorithm: preferredSignatureAlgorithm, with: key)
        guard publicKey.isValidSignature(signature, over: probe, allowing: [preferredSignatureAlgorithm]) else {
            throw .invalid("a private key that does not belong to its public key")
        }
    }

    /// A new Ed25519 key from libcrypto's private random generator.
    package static func generateEd25519() throws(KeyError) -> PrivateKey {
        var seed = randomBytes(32)
        defer { wipe(&seed) }
        let point = try EVPKey(ed25519Seed: seed).rawPublicKey()
        var writer = WireWriter()
        writer.writeString(point)
        return try PrivateKey(.ed25519(seed: seed), publicKey: PublicKey(.ed25519, encodedFields: writer.bytes[...]))
    }

    /// The signature algorithm to use unless the peer asks for another: the only one, or for RSA the one with SHA-512.
    package var preferredSignatureAlgorithm: SignatureAlgorithm {
        guard let algorithm = publicKey.algorithm.signatureAlgorithms.first else {
            preconditionFailure("a private key of an algorithm that cannot sign was let in")
        }
        return algorithm
    }

    /// The SSH signature blob over `data`: name and string. Fails when `algorithm` is not one of the key's.
    package func sign(_ data: [UInt8], algorithm: SignatureAlgorithm) throws(KeyError) -> [UInt8] {
        guard publicKey.algorithm.signatureAlgorithms.contains(algorithm) else {
            throw .unsupportedAlgorithm("\(algorithm.rawValue) for a key of \(publicKey.algorithm.rawValue)")
        }
        return try Self.sign(data, algorithm: algorithm, with: key)
    }

    private static func sign(_ data: [UInt8], algorithm: SignatureAlgorithm, with key: EVPKey) throws(KeyError) -> [UInt8] {
        let raw = try key.sign(data, digest: algorithm.digest)
        var writer = WireWriter()
        writer.writeText(algorithm.rawValue)
        switch algorithm {
        case .ed25519, .rsaSHA256, .rsaSHA512: writer.writeString(raw)
        case .ecdsa256, .ecdsa384, .ecdsa521: writer.writeString(try ECDSASignature(asn1: raw).encoded)
        }
        return writer.bytes
    }

    /// The private half, for `openSSHFile(comment:)`.
    func exportFields() throws(KeyError) -> PrivateKeyFields { try key.privateFields(as: publicKey.fields) }
}
