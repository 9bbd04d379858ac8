internal import COpenSSL

/// One run of AES-256-GCM (NIST SP 800-38D) with libcrypto's EVP interface.
struct GaloisCounterMode {
    enum Direction: Int32 { case open = 0, seal = 1 }

    private let owner: CipherContext
    private var context: OpaquePointer { owner.pointer }

    /// - Parameter nonce: 12 bytes, libcrypto's default for GCM.
    init(key: VaultKey, nonce: [UInt8], additionalData: [UInt8], direction: Direction) throws(VaultError) {
        owner = try CipherContext()
        let context = owner.pointer
        let began = key.withBytes {
            EVP_CipherInit_ex(
                context, EVP_aes_256_gcm(), nil, $0.bindMemory(to: UInt8.self).baseAddress, nonce, direction.rawValue)
        }
        var length: Int32 = 0
        guard began == 1, EVP_CipherUpdate(context, nil, &length, additionalData, Int32(additionalData.count)) == 1 else {
            throw .cryptography("AES-256-GCM")
        }
    }

    func seal(_ plaintext: [UInt8]) throws(VaultError) -> (ciphertext: [UInt8], tag: [UInt8]) {
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count + 16)
        var tag = [UInt8](repeating: 0, count: SealedSecret.tagLength)
        var length: Int32 = 0
        var rest: Int32 = 0
        guard EVP_CipherUpdate(context, &ciphertext, &length, plaintext, Int32(plaintext.count)) == 1,
            EVP_CipherFinal_ex(context, &tag, &rest) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1
        else { throw .cryptography("AES-256-GCM") }
        return (Array(ciphertext.prefix(Int(length))), tag)
    }

    func open(_ ciphertext: [UInt8], tag: [UInt8]) throws(VaultError) -> SecretBytes {
        var plaintext = [UInt8](repeating: 0, count: ciphertext.count + 16)
        defer { OPENSSL_cleanse(&plaintext, plaintext.count) }
        var tag = tag
        var length: Int32 = 0
        var rest: Int32 = 0
        var end = [UInt8](repeating: 0, count: 16)
        guard EVP_CipherUpdate(context, &plaintext, &length, ciphertext, Int32(ciphertext.count)) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
        else { throw .cryptography("AES-256-GCM") }
        // Only this says whether the bytes are what was sealed; until then none of them is believed.
        guard EVP_CipherFinal_ex(context, &end, &rest) == 1 else {
            ERR_clear_error()
            throw .tampered
        }
        return SecretBytes(copying: Array(plaintext.prefix(Int(length))))
    }
}

/// Owns an EVP_CIPHER_CTX, which holds the expanded key: freeing it wipes it.
private final class CipherContext {
    let pointer: OpaquePointer

    init() throws(VaultError) {
        guard let pointer = EVP_CIPHER_CTX_new() else { throw .cryptography("EVP_CIPHER_CTX_new") }
        self.pointer = pointer
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }
}
