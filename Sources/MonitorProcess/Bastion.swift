internal import Configuration
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Store
internal import Synchronization
internal import Vault

/// What all connections and the admin socket share, made once in `Main` and passed on.
final class Bastion: Sendable {
    /// As `sallyport status` shows it.
    static let version = "0.1.0"

    let store: Store
    let authorities: Authorities
    /// Of masked values.
    let fingerprint: ValueFingerprint
    let vault: Mutex<OpenVault>
    let recordings: RecordingFolder
    let now: WallClock
    let random: RandomSource
    let logger: Logger
    let startedAt: Timestamp

    let limits: Mutex<ConnectionLimits>
    let connections = LiveConnections()
    let identifiers = SessionIdentifiers()
    let reloading = Mutex(())
    let approvals: ApprovalDesk
    private let current: CurrentConfiguration

    init(
        _ current: CurrentConfiguration, approvals: ApprovalDesk, authorities: Authorities, fingerprint: ValueFingerprint,
        store: Store, vault: OpenVault,
        recordings: RecordingFolder,
        now: @escaping WallClock,
        random: @escaping RandomSource, logger: Logger
    ) {
        self.authorities = authorities
        self.fingerprint = fingerprint
        self.store = store
        self.vault = Mutex(vault)
        self.recordings = recordings
        self.now = now
        self.random = random
        self.logger = logger
        startedAt = now()
        limits = Mutex(ConnectionLimits(current.running.connectionBounds))
        self.current = current
        self.approvals = approvals
    }

    /// The configuration as it is now. Take it once for each decision.
    var running: RunningConfiguration { current.running }

    /// Replaces the configuration as a whole; then ends what it no longer grants.
    func run(with new: RunningConfiguration) -> Int {
        current.replace(by: new)
        limits.withLock { $0.change(to: new.connectionBounds) }
        let ended = connections.all.count { $0.endIfWithdrawn() }
        approvals.recheck()
        // Whom to notify may have changed.
        approvals.notify()
        return ended
    }

    /// Sessions that have to end when their grant does.
    func endOverdueSessions() {
        let moment = now().milliseconds
        for connection in connections.all { connection.endIfOverdue(at: moment) }
    }

    /// A client that never reached a session process.
    func dropped(_ client: AcceptedClient, because reason: String) {
        limits.withLock { $0.ended(client.ticket) }
        logger.warning("connection dropped", metadata: ["from": "\(client.address)", "reason": "\(reason)"])
    }
}

extension ConnectionBriefing {
    /// All that a session process is told about its client.
    init(_ client: AcceptedClient, _ running: RunningConfiguration) {
        self.init(
            connectionID: client.id, clientAddress: "\(client.address)",
            hostKeys: running.hostKeys.map { $0.openSSHFile(comment: "") },
            certificateHelp: running.daemon.certificateHelp, limits: running.sessionLimits,
            environment: running.daemon.environment)
    }
}
