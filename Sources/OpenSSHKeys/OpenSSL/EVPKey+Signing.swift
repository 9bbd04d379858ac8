internal import COpenSSL

/// The digests of SSH signatures, as libcrypto names them.
enum Digest: String, Sendable {
    case sha256 = "SHA256"
    case sha384 = "SHA384"
    case sha512 = "SHA512"
}

extension EVPKey {
    /// Whether the key made `signature` (for ECDSA in ASN.1, for RSA by PKCS #1 v1.5). Failures of libcrypto count as no.
    func verifies(_ signature: ArraySlice<UInt8>, over data: [UInt8], digest: Digest?) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        guard EVP_DigestVerifyInit_ex(context, nil, digest?.rawValue, nil, nil, handle, nil) == 1 else { return false }
        return signature.withUnsafeBufferPointer { signature in
            EVP_DigestVerify(context, signature.baseAddress, signature.count, data, data.count) == 1
        }
    }

    /// The signature over `data` (for ECDSA in ASN.1, for RSA by PKCS #1 v1.5).
    func sign(_ data: [UInt8], digest: Digest?) throws(KeyError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw takeLibcryptoError() }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard
            EVP_DigestSignInit_ex(context, nil, digest?.rawValue, nil, nil, handle, nil) == 1,
            EVP_DigestSign(context, nil, &length, data, data.count) == 1
        else { throw takeLibcryptoError() }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, data, data.count) == 1 else { throw takeLibcryptoError() }
        return Array(signature.prefix(length))
    }
}
