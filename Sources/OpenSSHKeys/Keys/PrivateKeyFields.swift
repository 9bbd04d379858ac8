/// The secret numbers of a private key, big-endian, between file and libcrypto. Whoever makes one wipes it.
enum PrivateKeyFields {
    /// RFC 8032 §5.1.5: the 32 bytes that all is derived from.
    case ed25519(seed: [UInt8])
    case ecdsa(EllipticCurve, point: [UInt8], scalar: [UInt8])
    case rsa(RSA)

    struct RSA {
        var modulus: [UInt8]
        var exponent: [UInt8]
        var privateExponent: [UInt8]
        /// The inverse of `secondPrime` modulo `firstPrime` (RFC 8017 §3.2: qInv).
        var coefficient: [UInt8]
        var firstPrime: [UInt8]
        var secondPrime: [UInt8]
    }

    mutating func wipeAll() {
        switch self {
        case .ed25519(var seed):
            self = .ed25519(seed: [])
            wipe(&seed)
        case .ecdsa(let curve, let point, var scalar):
            self = .ecdsa(curve, point: point, scalar: [])
            wipe(&scalar)
        case .rsa(var numbers):
            self = .ed25519(seed: [])
            wipe(&numbers.privateExponent)
            wipe(&numbers.coefficient)
            wipe(&numbers.firstPrime)
            wipe(&numbers.secondPrime)
        }
    }

    /// Reads the fields after the name (PROTOCOL.key §3: the same as in agent messages) and checks that the public
    /// numbers among them are those of `publicKey`.
    static func read(of publicKey: PublicKey, from reader: inout WireReader) throws(KeyError) -> PrivateKeyFields {
        let bits = PublicKeyFields.largestModulusBits
        let publicFields = try publicKey.fields
        do throws(WireError) {
            switch publicFields {
            case .ed25519(let point):
                let repeated = try reader.readString(limit: 32)
                let secret = try reader.readString(limit: 64)
                guard secret.count == 64, repeated.elementsEqual(point), secret.suffix(32).elementsEqual(point) else {
                    throw .malformed("private key with another public key")
                }
                return .ed25519(seed: Array(secret.prefix(32)))
            case .ecdsa(let curve, let point):
                guard
                    try reader.readString(limit: 16).elementsEqual(curve.name.utf8),
                    try reader.readString(limit: curve.pointLength).elementsEqual(point)
                else { throw .malformed("private key with another public key") }
                return .ecdsa(curve, point: point, scalar: Array(try reader.readPositiveInteger(bits: curve.bits)))
            case .rsa(let exponent, let modulus):
                guard
                    try reader.readPositiveInteger(bits: bits).elementsEqual(modulus),
                    try reader.readPositiveInteger(bits: bits).elementsEqual(exponent)
                else { throw .malformed("private key with another public key") }
                return .rsa(
                    RSA(
                        modulus: modulus, exponent: exponent,
                        privateExponent: Array(try reader.readPositiveInteger(bits: bits)),
                        coefficient: Array(try reader.readPositiveInteger(bits: bits)),
                        firstPrime: Array(try reader.readPositiveInteger(bits: bits)),
                        secondPrime: Array(try reader.readPositiveInteger(bits: bits))))
            case .securityKeyEd25519, .securityKeyECDSA256:
                throw .malformed("private key that is only a handle of a security key")
            }
        } catch {
            throw .wire(error)
        }
    }

    /// Writes the fields after the name.
    func write(of publicKey: PublicKeyFields, to writer: inout WireWriter) {
        switch (self, publicKey) {
        case (.ed25519(let seed), .ed25519(let point)):
            writer.writeString(point)
            writer.writeUInt32(64)
            writer.writeBytes(seed)
            writer.writeBytes(point)
        case (.ecdsa(let curve, let point, let scalar), _):
            writer.writeText(curve.name)
            writer.writeString(point)
            writer.writeInteger(scalar)
        case (.rsa(let numbers), _):
            writer.writeInteger(numbers.modulus)
            writer.writeInteger(numbers.exponent)
            writer.writeInteger(numbers.privateExponent)
            writer.writeInteger(numbers.coefficient)
            writer.writeInteger(numbers.firstPrime)
            writer.writeInteger(numbers.secondPrime)
        case (.ed25519, _): preconditionFailure("an Ed25519 private key has an Ed25519 public key")
        }
    }
}
