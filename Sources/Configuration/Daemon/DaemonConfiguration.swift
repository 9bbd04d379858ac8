/// All of `sallyport.yaml`. Paths are absolute: what the file writes is relative to its own folder.
package struct DaemonConfiguration: Equatable, Sendable {
    /// Where to take connections. Never empty.
    package var listen: [NetworkAddress]
    /// Private key files in OpenSSH's format, at most one for each algorithm. Never empty.
    package var hostKeys: [String]
    /// The folder of the database.
    package var stateDirectory: String
    /// The folder below which recordings are written.
    package var recordings: String
    /// The path of the admin socket.
    package var adminSocket: String
    package var vaultKey: VaultKeySource
    /// Whose user certificates are believed. Never empty.
    package var userAuthorities: [UserAuthority]
    /// An OpenSSH key revocation list (PROTOCOL.krl).
    package var revokedKeys: String?
    /// The path of `access.yaml`.
    package var access: String
    /// The path of `policy.yaml`.
    package var policy: String
    /// Under which host and port users reach the bastion: unless it is written, the first of `listen`, with this machine's name if that is
    /// all of its addresses.
    package var publicAddress: NetworkAddress
    package var certificates: CertificateLifetimes
    /// One line for the banner: how to get a certificate.
    package var certificateHelp: String
    package var limits: ConnectionSettings
    /// Names of environment variables that clients may set on targets (RFC 4254 §6.4); a trailing `*` matches the rest.
    package var environment: [String]
    package var session: SessionSettings
    /// Whom requests for approvals are told to. At most `NotificationSettings.most`.
    package var notify: [NotificationSettings] = []
}

/// Host and port, as in `web1.internal:22`, `192.0.2.7:22`, `[2001:db8::1]:22`.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name, an IPv4 address, an IPv6 address without brackets, or `*` for all addresses of this machine.
    package var host: String
    /// 0 lets the system choose, and is there in `listen` only.
    package var port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    package var description: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

package enum VaultKeySource: Equatable, Sendable {
    case file(String)
    /// The name of a systemd credential: a file in `$CREDENTIALS_DIRECTORY`.
    case credential(String)
}

package enum UserAuthority: Hashable, Sendable {
    /// Sallyport's own, whose key is in the vault.
    case vault
    /// A file of public keys, one a line.
    case file(String)
}

/// How long the certificates that Sallyport issues are good for.
package struct CertificateLifetimes: Equatable, Sendable {
    package var defaultSeconds: UInt64 = 8 * 3600
    /// What is asked for beyond that is refused.
    package var longestSeconds: UInt64 = 24 * 3600
}

/// `limits:`. Durations are seconds.
package struct ConnectionSettings: Equatable, Sendable {
    /// From accept to a successful log-in (OpenSSH: LoginGraceTime).
    package var loginGraceSeconds: UInt32 = 30
    /// OpenSSH: MaxAuthTries.
    package var authenticationTries: UInt32 = 6
    package var startups = Startups()
    package var connectionsPerUser = 20
    package var connectionsPerAddress = 50
    /// Session channels, and also tunnels, that one connection may have open at once.
    package var channels: UInt32 = 32
    /// 0 for none.
    package var idleSeconds: UInt32 = 0
    /// Seconds of silence before a keepalive (OpenSSH: ClientAliveInterval); 0 for none.
    package var keepaliveSeconds: UInt32 = 30
    /// OpenSSH: ClientAliveCountMax.
    package var keepaliveCount: UInt32 = 3
}

/// sshd_config(5) MaxStartups, `start:rate:full`: with `begin` unauthenticated connections, `rate` percent of new ones are dropped,
/// rising to all of them at `full`.
package struct Startups: Equatable, Sendable {
    /// 1 or more.
    package var begin = 10
    /// 1…100.
    package var rate = 30
    /// At least `begin`.
    package var full = 100
}

/// How session processes are started.
package struct SessionSettings: Equatable, Sendable {
    /// The path of `sallyport-session`; nil for the one beside `sallyportd`.
    package var executable: String?
    /// How many are started ahead of a connection, 0…64.
    package var waiting = 2
    /// User ids that session processes run under when the monitor is root, one for each at a time. Never includes 0.
    /// The default is a range that systemd leaves free (its UIDS-GIDS page): dynamic users are 61184-65519, containers begin at 100000 or above.
    package var uids: ClosedRange<UInt32> = 65_536...99_999
}
