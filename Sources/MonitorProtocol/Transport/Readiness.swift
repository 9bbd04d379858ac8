internal import Glibc

/// What a descriptor is waited for, and what it turned out to be ready for (poll(2)).
package struct Readiness: OptionSet, Sendable, Hashable {
    package let rawValue: Int16
    package init(rawValue: Int16) { self.rawValue = rawValue }

    /// POLLIN: a read would not block.
    package static let readable = Readiness(rawValue: Int16(POLLIN))
    /// POLLOUT: a write would not block.
    package static let writable = Readiness(rawValue: Int16(POLLOUT))
    /// POLLHUP, always waited for: the other end is gone. Bytes may be left to read.
    package static let hungUp = Readiness(rawValue: Int16(POLLHUP))
    /// POLLRDHUP: the other end will not write any more. The number of x86 and ARM: poll.h hides the name behind _GNU_SOURCE.
    package static let readHungUp = Readiness(rawValue: 0x2000)
    /// POLLERR or POLLNVAL, always waited for.
    package static let failed = Readiness(rawValue: Int16(POLLERR | POLLNVAL))
}

/// Waits until one of the descriptors is ready (poll(2)); goes on waiting for the rest of the time if a signal interrupts.
///
/// - Parameters:
///   - descriptors: a number of -1 is passed over.
///   - timeoutMilliseconds: nil waits forever.
/// - Returns: the readiness of each descriptor in the same order; all empty when the time is over.
package func waitForReadiness(
    of descriptors: [(number: Int32, for: Readiness)], timeoutMilliseconds: Int32? = nil
) throws(SystemError) -> [Readiness] {
    var entries = descriptors.map { pollfd(fd: $0.number, events: $0.for.rawValue, revents: 0) }
    let deadline = Deadline(afterMilliseconds: timeoutMilliseconds)
    while true {
        let ready = poll(&entries, nfds_t(entries.count), deadline.millisecondsLeft)
        if ready >= 0 { return entries.map { Readiness(rawValue: $0.revents) } }
        let code = errno
        guard code == EINTR else { throw SystemError("poll", code) }
    }
}

/// A moment of the monotonic clock after which waiting is over.
package struct Deadline: Sendable {
    /// Nanoseconds of CLOCK_MONOTONIC; nil for never.
    private let moment: Int64?

    /// - Parameter milliseconds: from now; nil for never.
    package init(afterMilliseconds milliseconds: Int32?) {
        moment = milliseconds.map { Self.now + Int64($0) * 1_000_000 }
    }

    /// As poll(2) wants it: -1 for never, rounded up so that a wait never ends early.
    package var millisecondsLeft: Int32 {
        guard let moment else { return -1 }
        return Int32(clamping: max(0, (moment - Self.now + 999_999) / 1_000_000))
    }

    package var hasPassed: Bool { millisecondsLeft == 0 }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// Waits for one descriptor until the deadline.
///
/// - Throws: ETIMEDOUT when it passes first.
func wait(for readiness: Readiness, of number: Int32, until deadline: Deadline, in call: String) throws(SystemError) {
    while true {
        let left = deadline.millisecondsLeft
        let ready = try waitForReadiness(of: [(number, readiness)], timeoutMilliseconds: left < 0 ? nil : left)
        if ready[0] != [] { return }
        if deadline.hasPassed { throw SystemError(call, ETIMEDOUT) }
    }
}
