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

    func seal(_ plaintext: UnsafeRawBufferPointer) throws(VaultError) -> (ciphertext: [UInt8], tag: [UInt8]) {
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
        var tag = [UInt8](repeating: 0, count: SealedSecret.tagLength)
        guard ciphertext.withUnsafeMutableBytes({ update(plaintext, into: $0) }), finish(),
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1
        else { throw .cryptography("AES-256-GCM") }
        return (ciphertext, tag)
    }

    /// Decrypts to where the secret stays, so that no copy of it is left in memory.
    func open(_ ciphertext: [UInt8], tag: [UInt8]) throws(VaultError) -> SecretBytes {
        var tag = tag
        let secret = try SecretBytes(count: ciphertext.count) { (memory) throws(VaultError) in
            guard ciphertext.withUnsafeBytes({ update($0, into: memory) }),
                EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
            else { throw .cryptography("AES-256-GCM") }
        }
        // Only this says whether the bytes are what was sealed; until then none of them is believed.
        guard finish() else {
            ERR_clear_error()
            throw .tampered
        }
        return secret
    }

    /// As many bytes come out as go in: GCM makes a stream cipher.
    private func update(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
        guard !input.isEmpty else { return true }
        var length: Int32 = 0
        return EVP_CipherUpdate(context, output.baseAddress, &length, input.baseAddress, Int32(input.count)) == 1
            && Int(length) == input.count
    }

    private func finish() -> Bool {
        var none = [UInt8](repeating: 0, count: 16)
        var length: Int32 = 0
        return EVP_CipherFinal_ex(context, &none, &length) == 1
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
