internal import COpenSSL

/// Owns an EVP_PKEY, the only thing in this module that can hold a private key.
///
/// `@unchecked Sendable`: an EVP_PKEY is not changed after it is made, and libcrypto locks what it caches inside.
final class EVPKey: @unchecked Sendable {
    let handle: OpaquePointer

    init(owning handle: OpaquePointer) { self.handle = handle }
    deinit { EVP_PKEY_free(handle) }

    /// Which parts of a key EVP_PKEY_fromdata is given (openssl/evp.h: EVP_PKEY_PUBLIC_KEY, EVP_PKEY_KEYPAIR).
    enum Selection {
        static let publicKey = Int32(0x86)
        static let keyPair = Int32(0x87)
    }

    /// Fails for a point that is not on its curve.
    convenience init(publicKey fields: PublicKeyFields) throws(KeyError) {
        switch fields {
        case .ed25519(let point), .securityKeyEd25519(let point, _):
            guard let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, point, point.count) else {
                throw takeLibcryptoError()
            }
            self.init(owning: key)
        case .ecdsa(let curve, let point): try self.init(curve: curve, point: point)
        case .securityKeyECDSA256(let point, _): try self.init(curve: .p256, point: point)
        case .rsa(let exponent, let modulus):
            var parameters = EVPParameters()
            parameters.add("n", integer: modulus)
            parameters.add("e", integer: exponent)
            self.init(owning: try parameters.makeKey("RSA", selection: Selection.publicKey))
        }
    }

    private convenience init(curve: EllipticCurve, point: [UInt8]) throws(KeyError) {
        var parameters = EVPParameters()
        parameters.add("group", text: curve.groupName)
        parameters.add("pub", octets: point)
        do throws(KeyError) {
            self.init(owning: try parameters.makeKey("EC", selection: Selection.publicKey))
        } catch {
            throw .invalid("a point that is not on its curve")
        }
    }
}
