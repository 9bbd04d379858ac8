internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Vault

/// How the session logs in to the target: a password, or an agent's socket.
struct RouteCredential: ~Copyable {
    let authentication: GrantedRoute.Authentication
    let agent: CredentialAgent?
    /// The session's end; goes beside the reply.
    let agentSocket: OwnedDescriptor?

    var agentDescriptors: [Int32] {
        switch agentSocket {
        case let socket?: [socket.number]
        case nil: []
        }
    }
}

extension Bastion {
    /// Takes the granted login's credential out of the vault.
    func credential(for grant: Grant, user: String, connection: String, _ logger: Logger) throws -> RouteCredential {
        let name = AdminRequest.CredentialName(login: grant.login, target: grant.target.name)
        guard var stored = try unsealed(name) else {
            throw RouteRefusal(
                userMessage: "there is no credential for \(name.login) on \(name.target) yet. Call the administrator.",
                reason: "no credential in the vault")
        }
        defer { wipe(&stored.secret) }
        switch stored.kind {
        case .password:
            return RouteCredential(authentication: .password(stored.secret), agent: nil, agentSocket: nil)
        case .privateKey:
            return try agentCredential(try PrivateKey(openSSHFile: stored.secret), certificate: nil, grant, connection, logger)
        case .certificate:
            let key = try PrivateKey.generateEd25519()
            let certificate = try mintCertificate(for: key.publicKey, grant, user: user, connection: connection)
            logger.info(
                "certificate minted", metadata: ["serial": "\(certificate.serial)", "key": "\(key.publicKey.fingerprint)"])
            return try agentCredential(key, certificate: certificate, grant, connection, logger)
        }
    }

    private func agentCredential(
        _ key: PrivateKey, certificate: Certificate?, _ grant: Grant, _ connection: String, _ logger: Logger
    ) throws -> RouteCredential {
        let signer = RouteSigner(
            key: key, certificate: certificate, login: grant.login, comment: "sallyport \(connection)", identifiers: identifiers)
        let started = try CredentialAgent.start(signer, identifiers: identifiers, logger)
        return RouteCredential(authentication: .agent, agent: started.agent, agentSocket: try started.clientEnd.duplicate())
    }

    /// A certificate that the target's sshd believes (`TrustedUserCAKeys`) for this one log-in.
    ///
    /// A minute back for the target's clock, five ahead for the handshake; sshd looks at the dates once, when the user logs in.
    private func mintCertificate(for key: PublicKey, _ grant: Grant, user: String, connection: String) throws -> Certificate {
        let now = now().certificateTime
        return try CertificateSigner.userCertificate(
            for: key, keyID: "\(user) via sallyport \(connection)", serial: UInt64(random()) << 32 | UInt64(random()),
            principals: [grant.login], validAfter: now - min(now, 60), validBefore: now + 300, criticalOptions: [],
            extensions: [.permitTerminal], signedBy: authorities.upstream)
    }
}
