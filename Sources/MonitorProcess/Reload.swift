internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Synchronization

extension Bastion {
    /// Reads the configuration again: all of it takes effect, or, when anything is wrong, nothing.
    ///
    /// Listen addresses, folders, the admin socket and the vault's key are those of the start. Connections whose route is no longer granted
    /// are ended.
    ///
    /// - Returns: how many were ended.
    func reload(from file: String) throws -> Int {
        // One at a time, so that the files as they were read last are what runs.
        let ended = try reloading.withLock { _ in
            let loaded = try LoadedConfiguration.load(file: file)
            return run(with: try RunningConfiguration(loaded, ownAuthority: authorities.users.publicKey, store: store))
        }
        logger.notice("configuration reloaded", metadata: ["connections-ended": "\(ended)"])
        return ended
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
