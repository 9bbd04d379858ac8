internal import COpenSSL

/// The SHA-256 digest of `bytes`: 32 bytes.
package func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    return hasher.finalize()
}

/// SHA-256 of bytes that come in pieces.
///
/// Traps when libcrypto cannot hash, which happens without memory: no caller could go on with a wrong digest.
package struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer

    package init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto cannot compute SHA-256")
        }
        self.context = context
    }

    package mutating func update(_ bytes: ArraySlice<UInt8>) {
        let done = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(done == 1, "libcrypto cannot compute SHA-256")
    }

    package mutating func update(_ bytes: [UInt8]) { update(bytes[...]) }

    package consuming func finalize() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        precondition(EVP_DigestFinal_ex(context, &digest, nil) == 1, "libcrypto cannot compute SHA-256")
        return digest
    }

    deinit { EVP_MD_CTX_free(context) }
}

/// The SHA-1 digest, which old revocation lists name keys by. Nil where a FIPS provider forbids SHA-1.
func sha1(_ bytes: [UInt8]) -> [UInt8]? {
    var digest = [UInt8](repeating: 0, count: 20)
    guard EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha1(), nil) == 1 else {
        ERR_clear_error()
        return nil
    }
    return digest
}
