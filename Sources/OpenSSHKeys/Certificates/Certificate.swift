/// An OpenSSH certificate (PROTOCOL.certkeys). To have one means that it can be read; only `CertificateChecker` says whether it is worth anything.
package struct Certificate: Sendable, Equatable {
    package enum Kind: Hashable, Sendable {
        case user
        case host
        case other(UInt32)
    }

    /// The certificate as it came.
    package let blob: [UInt8]
    /// The key that the holder proves possession of.
    package let certifiedKey: PublicKey
    package let serial: UInt64
    package let kind: Kind
    /// UTF-8 without NUL; may be empty and may hold control characters.
    package let keyID: String
    /// At most 256, none empty, without NUL.
    package let principals: [String]
    /// Seconds since 1970, the first at which it is valid.
    package let validAfter: UInt64
    /// Seconds since 1970, the first at which it is no longer valid. All ones for "always".
    package let validBefore: UInt64
    /// At most 64, in order of their names, no name twice.
    package let criticalOptions: [CertificateOption]
    /// At most 64, in order of their names, no name twice.
    package let extensions: [CertificateOption]
    /// The authority that the certificate says has signed it.
    package let signatureKey: PublicKey
    package let signature: [UInt8]
    /// How many bytes of `blob` are signed: all before the signature.
    let signedLength: Int

    /// What the signature is over.
    var signedBytes: [UInt8] { Array(blob.prefix(signedLength)) }

    package func has(_ permission: CertificateExtension) -> Bool { extensions.contains { $0.name == permission.rawValue } }

    /// As in a `-cert.pub` file, without comment.
    package var line: String { certifiedKey.algorithm.certificateName + " " + Base64.encode(blob) }

    package static func == (a: Certificate, b: Certificate) -> Bool { a.blob == b.blob }
}
