/// Decides whether a certificate makes its holder somebody, and whom. Possession of the key is not checked here.
package struct CertificateChecker: Sendable {
    private let authorities: Set<PublicKey>
    private let revocation: RevocationList
    private let isRevoked: @Sendable (Certificate) -> Bool

    /// - Parameters:
    ///   - authorities: the keys whose signature is believed. Security keys among them are never believed.
    ///   - isRevoked: asks the ledger, after `revocation`. A ledger that cannot be asked must answer true.
    package init(
        authorities: [PublicKey], revocation: RevocationList, isRevoked: @escaping @Sendable (Certificate) -> Bool
    ) {
        self.authorities = Set(authorities.filter(\.algorithm.maySignCertificates))
        self.revocation = revocation
        self.isRevoked = isRevoked
    }

    /// The verdict at a moment, for a connection from `peer`. The order is that of the checks below; the first that fails is reported.
    package func verdict(on certificate: Certificate, at unixSeconds: UInt64, from peer: IPAddress) -> CertificateVerdict {
        do throws(CertificateRefusal) {
            try requireAuthority(of: certificate)  // first: until here an attacker has chosen every field
            try requireUser(certificate)
            try requireValidity(of: certificate, at: unixSeconds)
            try requireName(in: certificate)
            try requireNoRevocation(of: certificate)
            let forcedCommand = try obeyCriticalOptions(of: certificate, from: peer)
            try requireEmptyFlags(in: certificate)
            return .accepted(CertifiedIdentity(certificate, forcedCommand: forcedCommand))
        } catch {
            return .refused(error)
        }
    }

    private func requireAuthority(of certificate: Certificate) throws(CertificateRefusal) {
        guard authorities.contains(certificate.signatureKey) else {
            throw CertificateRefusal(
                .untrustedAuthority, of: certificate, "Your certificate was not signed by an authority that this bastion trusts.",
                reason: "authority not trusted")
        }
        let isSigned = certificate.signatureKey.isValidSignature(
            certificate.signature, over: certificate.signedBytes, allowing: Set(SignatureAlgorithm.allCases))
        guard isSigned else {
            throw CertificateRefusal(
                .badSignature, of: certificate, "The signature of your certificate is not valid.",
                reason: "signature wrong, or by an algorithm that is not accepted")
        }
    }

    private func requireUser(_ certificate: Certificate) throws(CertificateRefusal) {
        guard certificate.kind == .user else {
            throw CertificateRefusal(
                .notForUsers, of: certificate, "Your certificate is not a user certificate.", reason: "type \(certificate.kind)")
        }
    }

    /// PROTOCOL.certkeys: valid after ≤ now < valid before.
    private func requireValidity(of certificate: Certificate, at now: UInt64) throws(CertificateRefusal) {
        guard now >= certificate.validAfter else {
            throw CertificateRefusal(
                .notYetValid, of: certificate, "Your certificate is not valid yet.",
                reason: "valid after \(certificate.validAfter), now \(now)")
        }
        guard now < certificate.validBefore else {
            throw CertificateRefusal(
                .expired, of: certificate, "Your certificate has expired; get a new one.",
                reason: "valid before \(certificate.validBefore), now \(now)")
        }
    }

    /// The key id is who somebody is. It must be among the principals too, so that a certificate made for logging in elsewhere, with
    /// free text as its key id, is nobody here.
    private func requireName(in certificate: Certificate) throws(CertificateRefusal) {
        guard CertifiedIdentity.isName(certificate.keyID) else {
            throw CertificateRefusal(
                .unusableName, of: certificate, "The key id of your certificate cannot be a user name.",
                reason: "key id is no user name")
        }
        guard !certificate.principals.isEmpty else {
            throw CertificateRefusal(
                .noPrincipals, of: certificate, "Your certificate names no principals.", reason: "empty principal list")
        }
        // By bytes: to Swift, a text with the Kelvin sign equals one with the letter K, and to sshd it does not.
        guard certificate.principals.contains(where: { $0.utf8.elementsEqual(certificate.keyID.utf8) }) else {
            throw CertificateRefusal(
                .nameNotAmongPrincipals, of: certificate, "The key id of your certificate is not among its principals.",
                reason: "key id is not a principal")
        }
    }

    private func requireNoRevocation(of certificate: Certificate) throws(CertificateRefusal) {
        guard !revocation.revokes(certificate) else {
            throw CertificateRefusal(.revoked, of: certificate, "Your certificate was revoked.", reason: "in the revocation list")
        }
        guard !isRevoked(certificate) else {
            throw CertificateRefusal(.revoked, of: certificate, "Your certificate was revoked.", reason: "revoked in the ledger")
        }
    }

    /// - Returns: the forced command, if there is one.
    private func obeyCriticalOptions(of certificate: Certificate, from peer: IPAddress) throws(CertificateRefusal) -> [UInt8]? {
        var forcedCommand: [UInt8]?
        for option in certificate.criticalOptions {
            switch try read(option, of: certificate) {
            case .forceCommand(let command): forcedCommand = command
            case .sourceAddresses(let ranges):
                guard ranges.contains(where: { $0.contains(peer) }) else {
                    throw CertificateRefusal(
                        .wrongSourceAddress, of: certificate, "Your certificate may not be used from \(peer).",
                        reason: "source-address does not have \(peer)")
                }
            }
        }
        return forcedCommand
    }

    private func read(_ option: CertificateOption, of certificate: Certificate) throws(CertificateRefusal) -> CriticalOption {
        do throws(CriticalOption.Problem) {
            return try CriticalOption(option)
        } catch {
            switch error {
            case .unknown:
                throw CertificateRefusal(
                    .unknownOption, of: certificate, "Your certificate has a critical option that this bastion does not know.",
                    reason: "critical option \(option.name)")
            case .verifyRequired:
                throw CertificateRefusal(
                    .verificationRequired, of: certificate,
                    "Your certificate asks for verification by the security key, which this bastion cannot check.",
                    reason: "critical option verify-required")
            case .malformed(let what):
                throw CertificateRefusal(
                    .malformedOption, of: certificate, "A critical option of your certificate is malformed.",
                    reason: "critical option \(option.name): \(what)")
            }
        }
    }

    /// The extensions that OpenSSH knows are flags. One with content means something that nobody here has read.
    private func requireEmptyFlags(in certificate: Certificate) throws(CertificateRefusal) {
        for option in certificate.extensions where CertificateExtension(rawValue: option.name) != nil && !option.data.isEmpty {
            throw CertificateRefusal(
                .malformedOption, of: certificate, "An extension of your certificate is malformed.",
                reason: "extension \(option.name) with content")
        }
    }
}

extension CertificateRefusal: Error {}

/// Who a checked certificate says somebody is. Only a checker makes one.
package struct CertifiedIdentity: Equatable, Sendable {
    /// The certificate's key id: 1…64 characters of `[A-Za-z0-9._@+-]`, the first a letter or digit; safe on terminals and in paths.
    package let name: String
    package let serial: UInt64
    /// `permit-pty`.
    package let permitsTerminal: Bool
    /// `permit-port-forwarding`.
    package let permitsForwarding: Bool
    /// Replaces whatever the user asks for; never empty.
    package let forcedCommand: [UInt8]?
    package let principals: [String]
    /// `SHA256:…` of the certified key.
    package let keyFingerprint: String
    /// `SHA256:…` of the authority's key.
    package let authorityFingerprint: String
    /// Seconds since 1970.
    package let validAfter: UInt64
    /// Seconds since 1970, the first at which the certificate is no longer valid.
    package let validBefore: UInt64

    fileprivate init(_ certificate: Certificate, forcedCommand: [UInt8]?) {
        name = certificate.keyID
        serial = certificate.serial
        permitsTerminal = certificate.has(.permitTerminal)
        permitsForwarding = certificate.has(.permitPortForwarding)
        self.forcedCommand = forcedCommand
        principals = certificate.principals
        keyFingerprint = certificate.certifiedKey.fingerprint
        authorityFingerprint = certificate.signatureKey.fingerprint
        validAfter = certificate.validAfter
        validBefore = certificate.validBefore
    }

    /// Whether `text` can be a user's name. Also for whoever issues certificates.
    package static func isName(_ text: String) -> Bool {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first, isLetterOrDigit(first) else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || "._@+-".utf8.contains($0) }
    }
}
