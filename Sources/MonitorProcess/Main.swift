internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Store
internal import Vault

/// `sallyportd --config FILE`: the daemon.
@main
struct Main {
    static func main() {
        umask(0o077)
        raiseDescriptorLimit()
        let signals = Signals.block()
        let now: WallClock = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
        let random: RandomSource = { UInt32.random(in: .min ... .max) }
        let logger = Logger(label: "sallyportd") { _ in
            LineLog(level: .info, now: { now().milliseconds }, write: LineLog.standardError)
        }
        do {
            let file = try CommandLineArguments(CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
                .configuration
            try run(file, signals: signals, now: now, random: random, logger: logger)
        } catch {
            FileHandle.standardError.write(Data("sallyportd: \(error)\n".utf8))
            exit(error is UsageError ? 2 : 1)
        }
    }

    /// What the daemon is made of, in the order in which it is made and, at the end, taken apart.
    private static func run(
        _ file: String, signals: Signals, now: @escaping WallClock, random: @escaping RandomSource, logger: Logger
    ) throws {
        let environment = ProcessInfo.processInfo.environment
        let loaded = try LoadedConfiguration.load(file: file)
        let state = try StateFolder(loaded.daemon.stateDirectory)
        let store = try Store(path: state.database)
        let vault = try OpenVault.open(loaded.daemon.vaultKey, for: store, credentials: environment["CREDENTIALS_DIRECTORY"])
        let authorities = try Authorities(in: store, vault: vault)
        let running = try RunningConfiguration(loaded, ownAuthority: authorities.users.publicKey, store: store)
        let recordings = RecordingFolder(loaded.daemon.recordings)
        try recordings.create()

        let interrupted = try store.markInterrupted(at: now())
        if interrupted > 0 { logger.warning("sessions were interrupted by the last stop", metadata: ["count": "\(interrupted)"]) }

        let void = try store.voidOpenApprovals(
            at: now(), because: "the bastion was restarted", notifying: running.daemon.notify.map(\.name))
        if void > 0 { logger.warning("requests for approvals were void after the last stop", metadata: ["count": "\(void)"]) }

        let current = CurrentConfiguration(running, timed: try store.timedAccesses(activeAt: now()))
        let notifier = try Notifier(
            store: store, channels: { current.running.channels }, publicAddress: { current.running.daemon.publicAddress.host },
            now: now, logger: logger)
        let approvals = try ApprovalDesk(
            store: store, configuration: current, now: now, logger: logger, notify: { notifier.wake() })
        let bastion = Bastion(
            current, approvals: approvals, authorities: authorities, fingerprint: try ValueFingerprint(in: store, vault: vault),
            store: store,
            vault: vault, recordings: recordings, now: now, random: random,
            logger: logger)
        bastion.log(loaded.warnings)
        let spawner = try SessionSpawner(SessionSpawner.Settings(running.daemon.session), bastion: bastion)
        let listener = try Listener(running.daemon.listen, bastion: bastion, spawner: spawner)
        let reload = { @Sendable in try bastion.reload(from: file) }
        let answers = AdminAnswers(bastion: bastion, listening: listener.addresses.map(\.description), reload: reload)
        let admin = try AdminSocket(path: running.daemon.adminSocket, answers: answers, logger: logger)

        notifier.run()
        startThread("approvals") {
            approvals.keepTime { bastion.endOverdueSessions() }
        }
        spawner.run()
        listener.run()
        admin.run()
        try state.write(listening: listener.addresses)
        let serviceManager = environment["NOTIFY_SOCKET"]
        notifyServiceManager("READY=1", socket: serviceManager)
        logger.notice("listening", metadata: ["addresses": "\(answers.listening.joined(separator: ","))"])

        while signals.next() == .reload { bastion.reloadAndLog(from: file) }

        notifyServiceManager("STOPPING=1", socket: serviceManager)
        logger.notice("stopping", metadata: ["connections": "\(bastion.connections.count)"])
        listener.stop()
        admin.stop()
        spawner.stop()
        bastion.endAllConnections()
        notifier.stop()
        logger.notice("stopped")
    }
}
