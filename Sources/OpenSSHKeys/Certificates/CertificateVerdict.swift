/// What a checker says about a certificate.
package enum CertificateVerdict: Equatable, Sendable {
    case accepted(CertifiedIdentity)
    case refused(CertificateRefusal)
}

/// Why a certificate was refused: for machines, for the user, for the log.
package struct CertificateRefusal: Equatable, Sendable {
    package enum Code: String, CaseIterable, Sendable {
        case unreadable
        case untrustedAuthority = "untrusted-authority"
        case badSignature = "bad-signature"
        case notForUsers = "not-for-users"
        case notYetValid = "not-yet-valid"
        case expired
        case unusableName = "unusable-name"
        case noPrincipals = "no-principals"
        case nameNotAmongPrincipals = "name-not-among-principals"
        case revoked
        case unknownOption = "unknown-option"
        case verificationRequired = "verification-required"
        case malformedOption = "malformed-option"
        case wrongSourceAddress = "wrong-source-address"
    }

    package let code: Code
    /// One sentence without control characters.
    package let userMessage: String
    /// Printable ASCII, safe to log though parts come from a certificate that nobody trusted signed: `serial`, `keyID`, `authority` and
    /// `key` (fingerprints), `reason`; of an unreadable certificate only `reason`.
    package let facts: [String: String]

    /// The refusal of bytes that are not even a certificate.
    package static func unreadable(_ error: KeyError) -> CertificateRefusal {
        CertificateRefusal(
            code: .unreadable, userMessage: "Your certificate cannot be read.", facts: ["reason": printable(error.description)])
    }

    init(code: Code, userMessage: String, facts: [String: String]) {
        self.code = code
        self.userMessage = userMessage
        self.facts = facts
    }

    init(_ code: Code, of certificate: Certificate, _ userMessage: String, reason: String) {
        self.init(
            code: code, userMessage: userMessage,
            facts: [
                "serial": String(certificate.serial), "keyID": printable(certificate.keyID),
                "authority": certificate.signatureKey.fingerprint, "key": certificate.certifiedKey.fingerprint,
                "reason": printable(reason),
            ])
    }
}
