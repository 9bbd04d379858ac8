internal import MonitorProtocol
internal import Policy
internal import Store
internal import Synchronization

/// The configuration as it is now, with the access that was given for a time beside what the files grant. Take it once for each decision.
final class CurrentConfiguration: Sendable {
    private struct Parts: Sendable {
        var running: RunningConfiguration
        var timed: [TimedAccess]
    }
    private let parts: Mutex<Parts>

    init(_ running: RunningConfiguration, timed: [TimedAccess]) {
        parts = Mutex(Parts(running: running.adding(timed), timed: timed))
    }

    var running: RunningConfiguration { parts.withLock { $0.running } }

    /// When the first of what was given for a time ends; nil if nothing was.
    var nextEnd: Timestamp? { parts.withLock { $0.timed.map(\.until).min() } }

    /// Replaces the files' part as a whole.
    func replace(by new: RunningConfiguration) {
        parts.withLock { $0.running = new.adding($0.timed) }
    }

    /// Replaces what was given for a time.
    func replace(timed: [TimedAccess]) {
        parts.withLock { parts in
            parts.timed = timed
            parts.running = parts.running.adding(timed)
        }
    }
}
