/// What the daemon answers on the admin socket.
package enum AdminReply: Codable, Equatable, Sendable {
    case done(String)
    case failure(AdminFailure)
    case status(DaemonStatus)
    /// A certificate or public key line, as in an OpenSSH `.pub` file.
    case line(String)
    case certificates([IssuedCertificate])
    case credentials([StoredCredential])
    case sessions([SessionSummary])
    /// Beside it a read-only descriptor of the recording.
    case recording(SessionSummary)
    case clientConfiguration(ClientConfiguration)
    /// An empty list is the end.
    case events([PolicyEvent])
    /// An empty list is the end.
    case approvals([Approval])
    case approval(Approval, [ApprovalStep])
    case accesses([TimedAccess])
}

/// Why the daemon did not do it, in words that say what to do.
package struct AdminFailure: Codable, Equatable, Sendable, Error {
    package enum Code: String, Codable, Sendable { case notFound, refused, invalid, failed }
    package var code: Code
    package var message: String
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

package struct DaemonStatus: Codable, Equatable, Sendable {
    package var version: String
    package var startedAt: Timestamp
    package var listening: [String]
    package var connections: Int
    package var activeSessions: Int
    package init(version: String, startedAt: Timestamp, listening: [String], connections: Int, activeSessions: Int) {
        self.version = version
        self.startedAt = startedAt
        self.listening = listening
        self.connections = connections
        self.activeSessions = activeSessions
    }
}

/// A user certificate that Sallyport's own authority issued.
package struct IssuedCertificate: Codable, Equatable, Sendable {
    package var serial: UInt64
    package var user: String
    package var principals: [String]
    package var issuedAt: Timestamp
    package var validUntil: Timestamp
    /// `SHA256:…` of the certified key.
    package var keyFingerprint: String
    package var sourceAddresses: [String]
    package var forceCommand: String?
    package var revokedAt: Timestamp?
    package var revocationReason: String?

    package init(
        serial: UInt64, user: String, principals: [String], issuedAt: Timestamp, validUntil: Timestamp, keyFingerprint: String,
        sourceAddresses: [String], forceCommand: String?, revokedAt: Timestamp?, revocationReason: String?
    ) {
        self.serial = serial
        self.user = user
        self.principals = principals
        self.issuedAt = issuedAt
        self.validUntil = validUntil
        self.keyFingerprint = keyFingerprint
        self.sourceAddresses = sourceAddresses
        self.forceCommand = forceCommand
        self.revokedAt = revokedAt
        self.revocationReason = revocationReason
    }
}

/// A credential in the vault, without its secret.
package struct StoredCredential: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable { case privateKey = "private-key", password, certificate }
    package var login: String
    package var target: String
    package var kind: Kind
    /// For a private key: its algorithm and `SHA256:…`.
    package var detail: String?
    package var changedAt: Timestamp
    package init(login: String, target: String, kind: Kind, detail: String?, changedAt: Timestamp) {
        self.login = login
        self.target = target
        self.kind = kind
        self.detail = detail
        self.changedAt = changedAt
    }
}

/// One row of the ledger: one session channel.
package struct SessionSummary: Codable, Equatable, Sendable {
    package var id: SessionID
    package var connectionID: String
    package var user: String
    package var certificateSerial: UInt64
    package var certificateAuthority: String
    /// Address and port of the client.
    package var from: String
    package var target: String
    package var login: String
    package var kind: ChannelKind
    /// The exec command with invalid UTF-8 as U+FFFD; nil for a shell.
    package var command: String?
    package var hasTerminal: Bool
    package var startedAt: Timestamp
    /// Nil while it runs.
    package var endedAt: Timestamp?
    /// `exit 0`, `signal TERM`, `lost: …`; `interrupted` if the machine or the daemon stopped while it ran.
    package var exit: String?
    package var exitStatus: UInt32?
    package var bytesIn: UInt64
    package var bytesOut: UInt64
    /// Below the recordings directory: `2026/11/24/<id>.cast`.
    package var recording: String
    /// How many values of each mask rule its output had.
    package var masks: [String: UInt64]

    package init(
        id: SessionID, connectionID: String, user: String, certificateSerial: UInt64, certificateAuthority: String, from: String,
        target: String, login: String, kind: ChannelKind, command: String?, hasTerminal: Bool, startedAt: Timestamp,
        endedAt: Timestamp?, exit: String?, exitStatus: UInt32?, bytesIn: UInt64, bytesOut: UInt64, recording: String,
        masks: [String: UInt64] = [:]
    ) {
        self.id = id
        self.connectionID = connectionID
        self.user = user
        self.certificateSerial = certificateSerial
        self.certificateAuthority = certificateAuthority
        self.from = from
        self.target = target
        self.login = login
        self.kind = kind
        self.command = command
        self.hasTerminal = hasTerminal
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.exit = exit
        self.exitStatus = exitStatus
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.recording = recording
        self.masks = masks
    }
}

/// What `sallyport client-config` prints from.
package struct ClientConfiguration: Codable, Equatable, Sendable {
    /// Host and port under which users reach the bastion.
    package var host: String
    package var port: Int
    /// Public key lines of the bastion's host keys, without comment.
    package var hostKeys: [String]
    /// Names and aliases of all targets, for the known_hosts pattern of inner sessions.
    package var targetNames: [String]
    package init(host: String, port: Int, hostKeys: [String], targetNames: [String]) {
        self.host = host
        self.port = port
        self.hostKeys = hostKeys
        self.targetNames = targetNames
    }
}
