/// Which keys and certificates are no longer good: an OpenSSH KRL (PROTOCOL.krl).
package struct RevocationList: Sendable {
    /// What is revoked of one authority, or of all.
    struct Revocations: Equatable, Sendable {
        var serials = SerialRanges()
        var keyIDs: Set<[UInt8]> = []
    }

    /// By the blob of the authority's key; the empty blob stands for all authorities (PROTOCOL.krl §2).
    var certificates: [[UInt8]: Revocations] = [:]
    var keys: Set<[UInt8]> = []
    var sha1Fingerprints: Set<[UInt8]> = []
    var sha256Fingerprints: Set<[UInt8]> = []

    /// Revokes nothing.
    package init() {}

    /// Whether the certificate, its key, or the authority that signed it is revoked.
    package func revokes(_ certificate: Certificate) -> Bool {
        if revokes(certificate.certifiedKey) || revokes(certificate.signatureKey) { return true }
        return [certificate.signatureKey.blob, []].contains { authority in
            guard let revoked = certificates[authority] else { return false }
            return revoked.keyIDs.contains(Array(certificate.keyID.utf8)) || revoked.serials.contains(certificate.serial)
        }
    }

    /// Whether a plain key is revoked, by itself or by a fingerprint.
    package func revokes(_ key: PublicKey) -> Bool {
        if keys.contains(key.blob) || sha256Fingerprints.contains(sha256(key.blob)) { return true }
        guard !sha1Fingerprints.isEmpty else { return false }
        guard let digest = sha1(key.blob) else { return true }  // who cannot be compared with the revoked counts as revoked
        return sha1Fingerprints.contains(digest)
    }
}
