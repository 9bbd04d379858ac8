internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import Store

extension Bastion {
    /// Opens the recording and begins the ledger row, with the policy's decision; all or nothing.
    ///
    /// - Returns: the recording, open for appending only.
    func beginSession(_ summary: SessionSummary, decision: PolicyEvent?) throws -> OwnedDescriptor {
        let recording = try recordings.openNew(summary.recording)
        do {
            try store.beginSession(summary, decision: decision)
        } catch {
            try? recordings.remove(summary.recording)
            throw error
        }
        return recording
    }

    /// Ends the ledger row. A ledger that cannot be written then leaves the row open, and the next start marks it as interrupted.
    func endSession(_ id: SessionID, _ exit: EndChannel.Exit, bytesIn: UInt64, bytesOut: UInt64, _ logger: Logger) {
        let facts: Logger.Metadata = [
            "session": "\(id)", "exit": "\(exit.text)", "bytes-in": "\(bytesIn)", "bytes-out": "\(bytesOut)",
        ]
        do {
            try store.endSession(
                id, exit: exit.text, exitStatus: exit.status, bytesIn: bytesIn, bytesOut: bytesOut, at: now())
            logger.notice("session ended", metadata: facts)
        } catch {
            logger.error("session's end could not be written", metadata: facts.merging(["error": "\(error)"]) { $1 })
        }
    }
}

extension EndChannel.Exit {
    /// As the ledger says it: `exit 0`, `signal TERM`, `lost: …`.
    var text: String {
        switch self {
        case .status(let status): "exit \(status)"
        case .signal(let name): "signal \(escaped(name, limit: 64))"
        case .lost(let reason): "lost: \(escaped(reason, limit: 1024))"
        }
    }

    var status: UInt32? {
        if case .status(let status) = self { status } else { nil }
    }
}
