internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Store

extension AdminAnswers {
    /// Issues a user certificate. It is in the ledger before anybody has it, so that each can be listed and revoked.
    func answerIssueCertificate(_ issue: AdminRequest.IssueCertificate) throws -> String {
        let options = try criticalOptions(of: issue)
        let principals = try principals(of: issue)
        let key = try certifiedKey(of: issue)
        let longest = bastion.running.daemon.certificates.longestSeconds
        guard issue.ttlSeconds >= 1, issue.ttlSeconds <= longest else {
            throw AdminFailure(
                .invalid,
                "a certificate is valid for 1 s to \(longest) s (certificates: longest-ttl in sallyport.yaml), not \(issue.ttlSeconds) s"
            )
        }
        var extensions: Set<CertificateExtension> = []
        if issue.permitsTerminal { extensions.insert(.permitTerminal) }
        if issue.permitsForwarding { extensions.insert(.permitPortForwarding) }

        let now = bastion.now()
        let until = now.certificateTime + issue.ttlSeconds
        let serial = try bastion.store.unusedSerial { UInt64(bastion.random()) << 32 | UInt64(bastion.random()) }
        let certificate: Certificate
        do {
            certificate = try CertificateSigner.userCertificate(
                for: key, keyID: issue.user, serial: serial, principals: principals,
                // A minute back, for clocks that are behind.
                validAfter: now.certificateTime - min(now.certificateTime, 60), validBefore: until, criticalOptions: options,
                extensions: extensions, signedBy: bastion.authorities.users)
        } catch {
            throw AdminFailure(.invalid, "no certificate could be made of this: \(error)")
        }
        try bastion.store.insert(
            IssuedCertificate(
                serial: serial, user: issue.user, principals: principals, issuedAt: now,
                validUntil: Timestamp(seconds: Int64(until)), keyFingerprint: key.fingerprint,
                sourceAddresses: issue.sourceAddresses,
                forceCommand: issue.forceCommand, revokedAt: nil, revocationReason: nil))
        bastion.logger.notice(
            "certificate issued",
            metadata: [
                "user": "\(issue.user)", "serial": "\(serial)", "key": "\(key.fingerprint)",
                "until": "\(LineLog.time(Int64(until) * 1000))",
            ])
        return certificate.line
    }

    private func principals(of issue: AdminRequest.IssueCertificate) throws -> [String] {
        guard CertifiedIdentity.isName(issue.user) else {
            throw AdminFailure(
                .invalid,
                "a user's name is 1 to 64 letters, digits and ._@+- and begins with a letter or digit, not \"\(escaped(issue.user))\""
            )
        }
        for principal in issue.principals {
            guard (1...253).contains(principal.utf8.count),
                principal.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ",") })
            else {
                throw AdminFailure(
                    .invalid,
                    "a principal is 1 to 253 printable characters without spaces and commas, not \"\(escaped(principal))\"")
            }
        }
        var principals = [issue.user]
        for principal in issue.principals where !principals.contains(principal) { principals.append(principal) }
        guard principals.count <= Certificate.mostPrincipals else {
            throw AdminFailure(.invalid, "a certificate has at most \(Certificate.mostPrincipals) principals")
        }
        return principals
    }

    private func criticalOptions(of issue: AdminRequest.IssueCertificate) throws -> [CriticalOption] {
        var options: [CriticalOption] = []
        if let command = issue.forceCommand {
            guard !command.isEmpty, !command.utf8.contains(0), command.utf8.count <= 8192 else {
                throw AdminFailure(.invalid, "a forced command is 1 to 8192 bytes without NUL")
            }
            options.append(.forceCommand(Array(command.utf8)))
        }
        let ranges = try issue.sourceAddresses.map { text in
            guard let range = AddressRange(text) else {
                throw AdminFailure(
                    .invalid, "\"\(escaped(text))\" is no address range; write 10.0.0.0/8, 2001:db8::/32, or one address")
            }
            return range
        }
        if !ranges.isEmpty { options.append(.sourceAddresses(ranges)) }
        return options
    }

    private func certifiedKey(of issue: AdminRequest.IssueCertificate) throws -> PublicKey {
        do { return try PublicKey(line: issue.publicKey) } catch {
            throw AdminFailure(.invalid, "this is not a line of an OpenSSH .pub file that can be certified: \(error)")
        }
    }

    func answerListCertificates(_ filter: AdminRequest.CertificateFilter) throws -> [IssuedCertificate] {
        guard (1...10_000).contains(filter.limit) else {
            throw AdminFailure(.invalid, "a list has 1 to 10000 certificates, not \(filter.limit)")
        }
        return try bastion.store.certificates(filter)
    }

    func answerShowCertificate(_ serial: UInt64) throws -> IssuedCertificate {
        guard let certificate = try bastion.store.certificate(serial: serial) else {
            throw AdminFailure(.notFound, "there is no certificate with serial \(serial)")
        }
        return certificate
    }

    /// From now on nobody logs in with it, and whoever is logged in with it is thrown out.
    func answerRevokeCertificate(_ serial: UInt64, _ reason: String) throws -> String {
        guard try bastion.store.revoke(serial: serial, reason: reason, at: bastion.now()) else {
            throw AdminFailure(.notFound, "there is no certificate with serial \(serial)")
        }
        let authority = bastion.authorities.users.publicKey.fingerprint
        let users = bastion.connections.all.filter { $0.uses(serial: serial, of: authority) }
        for connection in users {
            connection.terminate(Refusal(message: "your certificate was revoked.", exitStatus: Refusal.refusedStatus))
        }
        return "Certificate \(serial) is revoked. Connections ended: \(users.count)."
    }
}
