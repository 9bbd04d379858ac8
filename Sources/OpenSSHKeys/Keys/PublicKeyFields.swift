/// The fields of a public key after its name, each checked for length and form.
///
/// The same fields stand in plain key blobs and, after the nonce, in certificates.
enum PublicKeyFields: Equatable, Sendable {
    /// RFC 8709 §4: the 32 bytes of RFC 8032 §5.1.5.
    case ed25519(point: [UInt8])
    /// RFC 5656 §3.1: an uncompressed point.
    case ecdsa(EllipticCurve, point: [UInt8])
    /// RFC 4253 §6.6: big-endian, no leading zeros.
    case rsa(exponent: [UInt8], modulus: [UInt8])
    /// PROTOCOL.u2f.
    case securityKeyEd25519(point: [UInt8], application: String)
    case securityKeyECDSA256(point: [UInt8], application: String)

    /// RSA-1024 is within reach of a determined attacker; NIST SP 800-131A asks for 2048 since 2014.
    static let smallestModulusBits = 2048
    /// OpenSSL's OPENSSL_RSA_MAX_MODULUS_BITS and the most that ssh-keygen makes: verification time grows with the square.
    static let largestModulusBits = 16384
    /// OpenSSL's limit for moduli over 3072 bits (OPENSSL_RSA_MAX_PUBEXP_BITS), here for all: verification time grows with it.
    static let largestExponentBits = 64
    /// WebAuthn relying party identifiers are host names with a scheme; OpenSSH writes `ssh:`.
    static let largestApplication = 256

    /// Reads the fields that `algorithm` has, and nothing after them.
    static func read(_ algorithm: KeyAlgorithm, from reader: inout WireReader) throws(KeyError) -> PublicKeyFields {
        do throws(WireError) {
            switch algorithm {
            case .ed25519: return .ed25519(point: try reader.readEd25519Point())
            case .ecdsa256: return .ecdsa(.p256, point: try reader.readPoint(on: .p256))
            case .ecdsa384: return .ecdsa(.p384, point: try reader.readPoint(on: .p384))
            case .ecdsa521: return .ecdsa(.p521, point: try reader.readPoint(on: .p521))
            case .rsa:
                let exponent = try reader.readPositiveInteger(bits: largestExponentBits)
                let modulus = try reader.readPositiveInteger(bits: largestModulusBits)
                return .rsa(exponent: Array(exponent), modulus: Array(modulus))
            case .securityKeyEd25519:
                let point = try reader.readEd25519Point()
                return .securityKeyEd25519(point: point, application: try reader.readText(limit: largestApplication))
            case .securityKeyECDSA256:
                let point = try reader.readPoint(on: .p256)
                return .securityKeyECDSA256(point: point, application: try reader.readText(limit: largestApplication))
            }
        } catch {
            throw .wire(error)
        }
    }

    /// Refuses RSA numbers that are no key: even or small moduli, and the exponent 1, with which everybody can sign.
    func requireStrength() throws(KeyError) {
        guard case .rsa(let exponent, let modulus) = self else { return }
        let bits = bitCount(ofMagnitude: modulus[...])
        guard bits >= Self.smallestModulusBits else {
            throw .invalid("an RSA modulus of \(bits) bits; at least \(Self.smallestModulusBits) are needed")
        }
        guard modulus.last.map({ $0 % 2 == 1 }) == true else { throw .invalid("an even RSA modulus") }
        guard exponent.last.map({ $0 % 2 == 1 }) == true, exponent != [1] else {
            throw .invalid("an RSA exponent that is even or 1")
        }
    }
}

extension WireReader {
    fileprivate mutating func readEd25519Point() throws(WireError) -> [UInt8] {
        let point = try readString(limit: 32)
        guard point.count == 32 else { throw .malformed("Ed25519 point that has not 32 bytes") }
        return Array(point)
    }

    /// Curve name and point. The name repeats what the key's name said and must say the same.
    fileprivate mutating func readPoint(on curve: EllipticCurve) throws(WireError) -> [UInt8] {
        guard try readString(limit: 16).elementsEqual(curve.name.utf8) else { throw .malformed("curve name of another curve") }
        let point = try readString(limit: curve.pointLength)
        guard point.count == curve.pointLength, point.first == 4 else { throw .malformed("point that is not uncompressed") }
        return Array(point)
    }
}
