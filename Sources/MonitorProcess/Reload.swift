internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Synchronization

struct Reloaded: Sendable {
    let connectionsEnded: Int
    /// The settings that changed and that only a restart puts to work.
    let forRestart: [String]
}

extension DaemonConfiguration {
    func settingsForRestart(in new: DaemonConfiguration) -> [String] {
        var names: [String] = []
        if listen != new.listen { names.append("listen") }
        if stateDirectory != new.stateDirectory { names.append("state-directory") }
        if recordings != new.recordings { names.append("recordings") }
        if adminSocket != new.adminSocket { names.append("admin-socket") }
        if vaultKey != new.vaultKey { names.append("vault-key") }
        if session != new.session { names.append("session") }
        return names
    }
}

extension Bastion {
    /// Reads the configuration again: all of it takes effect, or, when anything is wrong, nothing.
    ///
    /// Listen addresses, folders, the admin socket and the vault's key are those of the start. Connections whose route is no longer granted
    /// are ended.
    ///
    func reload(from file: String) throws -> Reloaded {
        // One at a time, so that the files as they were read last are what runs.
        let reloaded = try reloading.withLock { _ in
            let old = running.daemon
            let loaded = try LoadedConfiguration.load(file: file)
            log(loaded.warnings)
            let ended = run(with: try RunningConfiguration(loaded, ownAuthority: authorities.users.publicKey, store: store))
            return Reloaded(connectionsEnded: ended, forRestart: old.settingsForRestart(in: loaded.daemon))
        }
        logger.notice(
            "configuration reloaded",
            metadata: [
                "connections-ended": "\(reloaded.connectionsEnded)",
                "for-restart": "\(reloaded.forRestart.joined(separator: ","))",
            ])
        return reloaded
    }

    func log(_ warnings: [ConfigurationProblem]) {
        for warning in warnings { logger.warning("configuration", metadata: ["warning": "\(escaped(warning.warning))"]) }
    }

    /// On SIGHUP, where nobody waits for the answer.
    func reloadAndLog(from file: String) {
        do { _ = try reload(from: file) } catch {
            for line in "\(error)".split(whereSeparator: \.isNewline) {
                logger.error("configuration not reloaded", metadata: ["error": "\(line)"])
            }
        }
    }

    /// Before the daemon ends: each user is told, and each ledger row is ended.
    func endAllConnections() {
        let refusal = Refusal(message: "the bastion is being stopped.", exitStatus: Refusal.failedStatus)
        for connection in connections.all { connection.terminate(refusal) }
        // Their own deadline is two seconds; one more for the ledger.
        for _ in 0..<300 where connections.count > 0 { usleep(10_000) }
    }
}
