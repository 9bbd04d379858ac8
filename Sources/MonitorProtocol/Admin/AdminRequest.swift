/// What `sallyport` may ask of the running daemon over the admin socket.
///
/// On the wire (PROTOCOL.monitor §admin): a 32-bit big-endian length, then that many bytes of JSON, at most 16 MiB; one request, one reply,
/// any number of pairs on a connection. `recording` is answered with a read-only descriptor beside the reply.
package enum AdminRequest: Codable, Equatable, Sendable {
    case status
    case reload
    case issueCertificate(IssueCertificate)
    case listCertificates(CertificateFilter)
    case showCertificate(serial: UInt64)
    case revokeCertificate(serial: UInt64, reason: String)
    /// The public key line of one of Sallyport's own authorities.
    case certificateAuthority(Authority)
    case setCredential(SetCredential)
    case listCredentials
    case removeCredential(CredentialName)
    case rekeyCredentials
    case listSessions(SessionFilter)
    case showSession(String)
    /// The recording of a session; its descriptor comes with `.recording`.
    case recording(String)
    case killSession(String)
    /// The policy's decisions, the oldest first.
    case listEvents(EventFilter)
    case listApprovals(ApprovalFilter)
    case showApproval(number: Int64)
    /// By whoever administers this machine. `reason`: at most 500 bytes.
    case decideApproval(number: Int64, approve: Bool, reason: String?)
    /// Access that was asked for and has not ended.
    case listAccesses
    case revokeAccess(approval: Int64, reason: String)
    case clientConfiguration

    package enum Authority: String, Codable, Sendable {
        /// Signs users' certificates; the bastion trusts it.
        case users
        /// Signs the one-session certificates that targets trust (`TrustedUserCAKeys`).
        case upstream
    }

    package struct IssueCertificate: Codable, Equatable, Sendable {
        package var user: String
        package var ttlSeconds: UInt64
        /// Besides the user's own name.
        package var principals: [String]
        package var sourceAddresses: [String]
        package var forceCommand: String?
        /// False leaves out `permit-pty`.
        package var permitsTerminal: Bool
        /// False leaves out `permit-port-forwarding`, without which `ssh -J` is refused.
        package var permitsForwarding: Bool
        /// One line of an OpenSSH public key file.
        package var publicKey: String

        package init(
            user: String, ttlSeconds: UInt64, principals: [String], sourceAddresses: [String], forceCommand: String?,
            permitsTerminal: Bool, permitsForwarding: Bool, publicKey: String
        ) {
            self.user = user
            self.ttlSeconds = ttlSeconds
            self.principals = principals
            self.sourceAddresses = sourceAddresses
            self.forceCommand = forceCommand
            self.permitsTerminal = permitsTerminal
            self.permitsForwarding = permitsForwarding
            self.publicKey = publicKey
        }
    }

    package struct CertificateFilter: Codable, Equatable, Sendable {
        package var user: String?
        /// Newest first, at most this many, 1…10000.
        package var limit: Int
        package init(user: String?, limit: Int) {
            self.user = user
            self.limit = limit
        }
    }

    /// `LOGIN@TARGET`.
    package struct CredentialName: Codable, Hashable, Sendable {
        package var login: String
        package var target: String
        package init(login: String, target: String) {
            self.login = login
            self.target = target
        }
    }

    package struct SetCredential: Codable, Equatable, Sendable {
        package enum Secret: Codable, Equatable, Sendable {
            /// An unencrypted OpenSSH private key file.
            case privateKey(String)
            case password(String)
            /// No secret: a certificate is minted for each session.
            case certificate
        }
        package var name: CredentialName
        package var secret: Secret
        package init(name: CredentialName, secret: Secret) {
            self.name = name
            self.secret = secret
        }
    }

    package struct EventFilter: Codable, Equatable, Sendable {
        package enum Content: String, Codable, Sendable {
            case all
            /// Decisions on command lines, those of exec requests and typed ones.
            case commands
            /// These, and what was told of typed ones.
            case lines
        }
        package var session: SessionID?
        package var user: String?
        package var target: String?
        package var since: Timestamp?
        package var content: Content
        /// Only those after the event of that number: the way to the next page.
        package var after: Int64
        /// At most this many, 1…10000; fewer come when they would not fit into one reply.
        package var limit: Int
        package init(
            session: SessionID? = nil, user: String? = nil, target: String? = nil, since: Timestamp? = nil,
            content: Content = .all, after: Int64 = 0, limit: Int
        ) {
            self.session = session
            self.user = user
            self.target = target
            self.since = since
            self.content = content
            self.after = after
            self.limit = limit
        }
    }

    package struct SessionFilter: Codable, Equatable, Sendable {
        package var user: String?
        package var target: String?
        package var activeOnly: Bool
        /// Newest first, at most this many, 1…10000.
        package var limit: Int
        package init(user: String?, target: String?, activeOnly: Bool, limit: Int) {
            self.user = user
            self.target = target
            self.activeOnly = activeOnly
            self.limit = limit
        }
    }
}
