/// The kinds of public key that Sallyport reads. The raw value is the name on the wire.
///
/// `ssh-dss` is missing on purpose: a DSA key cannot even be represented.
package enum KeyAlgorithm: String, CaseIterable, Sendable {
    /// RFC 8709.
    case ed25519 = "ssh-ed25519"
    /// RFC 5656.
    case ecdsa256 = "ecdsa-sha2-nistp256"
    case ecdsa384 = "ecdsa-sha2-nistp384"
    case ecdsa521 = "ecdsa-sha2-nistp521"
    /// RFC 4253 §6.6; signatures only by RFC 8332.
    case rsa = "ssh-rsa"
    /// PROTOCOL.u2f.
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    case securityKeyECDSA256 = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// The first field of a certificate for such a key (PROTOCOL.certkeys, PROTOCOL.u2f).
    package var certificateName: String {
        let stem = rawValue.hasSuffix(Self.vendor) ? rawValue.dropLast(Self.vendor.count) : rawValue[...]
        return stem + "-cert-v01" + Self.vendor
    }

    /// The key inside a certificate of that name.
    package init?(certificateName: String) {
        guard let found = Self.allCases.first(where: { $0.certificateName == certificateName }) else { return nil }
        self = found
    }

    /// Whether such a key may be a certificate authority. Security keys may not: each certificate would need a touch, and a
    /// signature carries a counter and flags that the certificate format has no rule for.
    package var maySignCertificates: Bool { !signatureAlgorithms.isEmpty }

    /// The signatures by which such a key can speak, the one to use first. Empty for security keys: their signatures are verified
    /// by libssh in the session process, never here.
    package var signatureAlgorithms: [SignatureAlgorithm] {
        switch self {
        case .ed25519: [.ed25519]
        case .ecdsa256: [.ecdsa256]
        case .ecdsa384: [.ecdsa384]
        case .ecdsa521: [.ecdsa521]
        case .rsa: [.rsaSHA512, .rsaSHA256]
        case .securityKeyEd25519, .securityKeyECDSA256: []
        }
    }

    private static let vendor = "@openssh.com"
}

/// The signatures that Sallyport makes and believes. The raw value is the name in the signature blob.
///
/// `ssh-rsa` (RSA with SHA-1, RFC 4253) is missing on purpose: such a signature cannot be asked for nor allowed by mistake.
package enum SignatureAlgorithm: String, CaseIterable, Sendable {
    case ed25519 = "ssh-ed25519"
    case ecdsa256 = "ecdsa-sha2-nistp256"
    case ecdsa384 = "ecdsa-sha2-nistp384"
    case ecdsa521 = "ecdsa-sha2-nistp521"
    /// RFC 8332.
    case rsaSHA256 = "rsa-sha2-256"
    case rsaSHA512 = "rsa-sha2-512"
}
