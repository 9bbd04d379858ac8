/// Mints certificates with an authority's private key.
package enum CertificateSigner {
    /// A user certificate, signed and read back with all of `Certificate`'s limits: one that comes out can be used.
    /// - Parameters:
    ///   - validAfter: seconds since 1970, the first at which it is valid; less than `validBefore`.
    ///   - validBefore: seconds since 1970, the first at which it is not.
    ///   - principals: one at least: Sallyport and sshd refuse certificates without.
    package static func userCertificate(
        for key: PublicKey, keyID: String, serial: UInt64, principals: [String], validAfter: UInt64, validBefore: UInt64,
        criticalOptions: [CriticalOption], extensions: Set<CertificateExtension>, signedBy authority: PrivateKey
    ) throws(KeyError) -> Certificate {
        guard !principals.isEmpty else { throw .invalid("a certificate without principals") }
        guard validAfter < validBefore else { throw .invalid("a certificate that is never valid") }
        var writer = WireWriter()
        writer.writeText(key.algorithm.certificateName)
        writer.writeString(randomBytes(32))
        writer.writeBytes(key.encodedFields)
        writer.writeUInt64(serial)
        writer.writeUInt32(1)  // SSH_CERT_TYPE_USER
        writer.writeText(keyID)
        writer.writeString(packed(principals))
        writer.writeUInt64(validAfter)
        writer.writeUInt64(validBefore)
        writer.writeString(packed(criticalOptions.map(\.option)))
        writer.writeString(packed(extensions.map { CertificateOption(name: $0.rawValue, data: []) }))
        writer.writeString([])
        writer.writeString(authority.publicKey.blob)
        writer.writeString(try authority.sign(writer.bytes, algorithm: authority.preferredSignatureAlgorithm))
        let certificate = try Certificate(blob: writer.bytes)
        for option in certificate.criticalOptions {
            do throws(CriticalOption.Problem) { _ = try CriticalOption(option) } catch {
                throw .invalid("a critical option \(option.name) that nobody accepts")
            }
        }
        return certificate
    }

    private static func packed(_ principals: [String]) -> [UInt8] {
        var writer = WireWriter()
        for principal in principals { writer.writeText(principal) }
        return writer.bytes
    }

    private static func packed(_ options: [CertificateOption]) -> [UInt8] {
        var writer = WireWriter()
        for option in options.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            writer.writeText(option.name)
            writer.writeString(option.data)
        }
        return writer.bytes
    }
}

extension PublicKey {
    /// The blob without the name in front.
    fileprivate var encodedFields: ArraySlice<UInt8> { blob.dropFirst(4 + algorithm.rawValue.utf8.count) }
}
