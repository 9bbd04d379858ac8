internal import COpenSSL

/// The vault with its key: seals and opens secrets. Nothing else in the program can.
package struct OpenVault: Sendable {
    package let key: VaultKey

    package init(key: VaultKey) { self.key = key }

    /// Seals a secret for a name, with a fresh random nonce of 96 bits (NIST SP 800-38D §8.2.2: good for 2^32 secrets under one key).
    package func seal(_ secret: borrowing SecretBytes, name: String) throws(VaultError) -> SealedSecret {
        try secret.withBytes { (secret) throws(VaultError) in try seal(secret, name: name) }
    }

    /// - Parameter secret: the caller wipes it.
    package func seal(_ secret: [UInt8], name: String) throws(VaultError) -> SealedSecret {
        try seal(SecretBytes(copying: secret), name: name)
    }

    private func seal(_ secret: UnsafeRawBufferPointer, name: String) throws(VaultError) -> SealedSecret {
        var nonce = [UInt8](repeating: 0, count: SealedSecret.nonceLength)
        guard RAND_bytes(&nonce, Int32(nonce.count)) == 1 else { throw .cryptography("RAND_bytes") }
        let head = [SealedSecret.version] + key.identifier
        let cipher = try GaloisCounterMode(key: key, nonce: nonce, additionalData: head + Array(name.utf8), direction: .seal)
        let (ciphertext, tag) = try cipher.seal(secret)
        return SealedSecret(bytes: head + nonce + ciphertext + tag)
    }

    /// Opens a secret that was sealed for this name.
    ///
    /// - Throws: `wrongKey` if it was sealed under another key, `tampered` if a byte of it or its name is another.
    package func open(_ sealed: SealedSecret, name: String) throws(VaultError) -> SecretBytes {
        let bytes = sealed.bytes
        guard bytes.count >= SealedSecret.headLength + SealedSecret.tagLength, bytes[0] == SealedSecret.version else {
            throw .tampered
        }
        guard Array(bytes[1..<9]) == key.identifier else { throw .wrongKey }
        let nonce = Array(bytes[9..<SealedSecret.headLength])
        let cipher = try GaloisCounterMode(
            key: key, nonce: nonce, additionalData: Array(bytes[0..<9]) + Array(name.utf8), direction: .open)
        return try cipher.open(
            Array(bytes[SealedSecret.headLength..<(bytes.count - SealedSecret.tagLength)]),
            tag: Array(bytes.suffix(SealedSecret.tagLength)))
    }
}
