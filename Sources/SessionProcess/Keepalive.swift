internal import LibSSH
internal import MonitorProtocol

let nanosecondsPerSecond: UInt64 = 1_000_000_000

/// Notices a peer that has gone without saying so: after some silence it is asked for a sign of life, and given up after a few unanswered.
struct Keepalive {
    /// Nanoseconds; 0 for never.
    private let interval: UInt64
    private let most: UInt32
    private var heard: UInt64 = 0
    private var silentSince: UInt64
    private var unanswered: UInt32 = 0

    init(limits: SessionLimits, now: UInt64) {
        interval = UInt64(limits.keepaliveSeconds) * nanosecondsPerSecond
        most = limits.keepaliveCount
        silentSince = now
    }

    /// When `check` should be called next; `nil` for never.
    var deadline: UInt64? { interval == 0 ? nil : silentSince + interval * UInt64(unanswered + 1) }

    /// Asks a silent peer for a sign of life.
    /// - Returns: whether the peer counts as dead.
    mutating func check(_ session: Session, now: UInt64) -> Bool {
        if session.bytesReceived != heard {
            heard = session.bytesReceived
            silentSince = now
            unanswered = 0
        }
        guard let deadline, now >= deadline else { return false }
        if unanswered >= most { return true }
        unanswered += 1
        session.sendKeepalive()
        return false
    }
}
