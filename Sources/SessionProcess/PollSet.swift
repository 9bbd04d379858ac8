internal import Glibc
internal import LibSSH
internal import MonitorProtocol

/// The descriptors that one turn of the loop waits for, and whom they belong to. Its memory is kept from turn to turn.
struct PollSet {
    enum Owner {
        case monitor
        case session(Session)
        case bridge(TunnelBridge)
    }

    private var entries: [pollfd] = []
    private var owners: [Owner] = []

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        owners.removeAll(keepingCapacity: true)
    }

    mutating func add(_ owner: Owner, _ descriptor: Int32, _ interest: Readiness) {
        entries.append(pollfd(fd: descriptor, events: interest.rawValue, revents: 0))
        owners.append(owner)
    }

    /// Adds a session's socket, if libssh has not closed it.
    mutating func add(_ session: Session) {
        guard let descriptor = session.descriptor else { return }
        entries.append(pollfd(fd: descriptor, events: session.pollEvents, revents: 0))
        owners.append(.session(session))
    }

    /// Waits until something is ready or the time is over; `nil` waits forever.
    mutating func wait(nanoseconds: UInt64?) {
        // Rounded up: a turn before its time would find nothing to do, again and again.
        let milliseconds = nanoseconds.map { Int32(clamping: ($0 + 999_999) / 1_000_000) } ?? -1
        if poll(&entries, nfds_t(entries.count), milliseconds) < 0 {
            for index in entries.indices { entries[index].revents = 0 }
        }
    }

    /// Those that are ready, in the order in which they were added.
    var ready: some Sequence<(Owner, Readiness)> {
        entries.indices.lazy.filter { entries[$0].revents != 0 }.map { (owners[$0], Readiness(rawValue: entries[$0].revents)) }
    }

    var isMonitorReady: Bool {
        for (owner, _) in ready { if case .monitor = owner { return true } }
        return false
    }
}
