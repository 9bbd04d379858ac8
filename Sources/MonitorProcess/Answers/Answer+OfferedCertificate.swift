internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Synchronization

extension ConnectionMonitor {
    /// Whether the certificate that a client offers logs it in, and as whom.
    ///
    /// libssh has verified that the client holds the certified key when `isProven`; all else about the certificate is decided here.
    func answerOfferedCertificate(_ offer: OfferedCertificate) -> MonitorReply {
        let certificate: Certificate
        do {
            certificate = try Certificate(blob: offer.certificate)
        } catch {
            return refuse(.unreadable(error), offer)
        }
        switch verdict(on: certificate) {
        case .refused(let refusal): return refuse(refusal, offer)
        case .accepted(let identity):
            return offer.isProven ? logIn(identity, with: certificate, offer) : accept(identity, on: offer.leg)
        }
    }

    /// "May I?": the answer of the proof to come, and nothing changes.
    private func accept(_ identity: CertifiedIdentity, on leg: Leg) -> MonitorReply {
        guard isSameUser(identity, on: leg) else { return .refused(Self.otherUser) }
        return .identity(GrantedIdentity(identity))
    }

    private func logIn(_ identity: CertifiedIdentity, with certificate: Certificate, _ offer: OfferedCertificate) -> MonitorReply
    {
        guard isSameUser(identity, on: offer.leg), let client = state.withLock({ $0.client }) else {
            logger.warning(
                "security: another user's certificate inside a connection",
                metadata: ["offered": "\(escaped(identity.name))", "serial": "\(identity.serial)"])
            return .refused(Self.otherUser)
        }
        if offer.leg == .outer, !bastion.limits.withLock({ $0.authenticated(client.ticket, as: identity.name) }) {
            logger.notice(
                "connection refused",
                metadata: ["reason": "too many connections of this user", "user": "\(escaped(identity.name))"])
            return .refused("You have as many connections as you may have at once.")
        }
        state.withLock { state in
            state.phase.authenticated(offer.leg)
            if offer.leg == .outer { state.identity = identity }
            state.legs[offer.leg]?.identity = identity
            state.legs[offer.leg]?.certificate = certificate
        }
        // Once more now that a revocation finds this connection: one that came between the verdict and here found nothing to end.
        if case .refused(let refusal) = verdict(on: certificate) {
            terminate(Refusal(message: refusal.userMessage, exitStatus: Refusal.refusedStatus))
            return .refused(refusal.userMessage)
        }
        logger.notice(
            "logged in",
            metadata: [
                "leg": "\(offer.leg.number)", "login": "\(escaped(offer.userName))", "serial": "\(identity.serial)",
                "key": "\(identity.keyFingerprint)", "authority": "\(identity.authorityFingerprint)", "from": "\(client.address)",
            ])
        return .identity(GrantedIdentity(identity))
    }

    private func verdict(on certificate: Certificate) -> CertificateVerdict {
        guard let client = state.withLock({ $0.client }) else { preconditionFailure("certificates are offered by clients") }
        return bastion.running.checker.verdict(on: certificate, at: bastion.now().certificateTime, from: client.ip)
    }

    /// Inner sessions belong to whoever logged in outside.
    private func isSameUser(_ identity: CertifiedIdentity, on leg: Leg) -> Bool {
        leg == .outer || state.withLock { $0.identity?.name } == identity.name
    }

    private static let otherUser = "This certificate is not that of the user who opened the connection to the bastion."

    private func refuse(_ refusal: CertificateRefusal, _ offer: OfferedCertificate) -> MonitorReply {
        var facts: Logger.Metadata = [
            "leg": "\(offer.leg.number)", "login": "\(escaped(offer.userName))", "code": "\(refusal.code.rawValue)",
        ]
        if let client = state.withLock({ $0.client }) { facts["from"] = "\(client.address)" }
        for (fact, value) in refusal.facts { facts[fact] = "\(value)" }
        logger.notice("certificate refused", metadata: facts)
        return .refused(refusal.userMessage)
    }
}

extension GrantedIdentity {
    fileprivate init(_ identity: CertifiedIdentity) {
        self.init(
            name: identity.name, permitsTerminal: identity.permitsTerminal, permitsForwarding: identity.permitsForwarding,
            forcedCommand: identity.forcedCommand)
    }
}

/// One sentence each, without a name in front: the session process writes `sallyport: ` before what it shows.
extension MonitorReply {
    /// Refused by a rule.
    static func refused(_ message: String) -> MonitorReply {
        .refused(Refusal(message: message, exitStatus: Refusal.refusedStatus))
    }

    /// The bastion, or the way to the target, failed.
    static func failed(_ message: String) -> MonitorReply {
        .refused(Refusal(message: message, exitStatus: Refusal.failedStatus))
    }
}

extension Timestamp {
    /// Certificates count seconds since 1970 without sign (PROTOCOL.certkeys); a clock before that is taken for 1970.
    var certificateTime: UInt64 { UInt64(max(0, seconds)) }
}
