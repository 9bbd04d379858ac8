internal import MonitorProtocol

/// Channels that have just failed: for a while nothing else is tried on them, so that one which hangs does not hold up the others.
struct ChannelRests {
    private struct Rest {
        var failures = 0
        var until: Timestamp
    }

    /// A channel that works again is found within that time.
    static let longest: Int64 = 60_000
    private var rests: [String: Rest] = [:]

    mutating func failed(_ channel: String, at moment: Timestamp) {
        let failures = (rests[channel]?.failures ?? 0) + 1
        let rest = min(RetryDelay.milliseconds(afterFailures: failures), Self.longest)
        rests[channel] = Rest(failures: failures, until: Timestamp(milliseconds: moment.milliseconds + rest))
    }

    mutating func delivered(by channel: String) { rests[channel] = nil }

    /// Those to leave alone now. One that rests for longer than any can was put to rest before the clock was set back.
    func names(at moment: Timestamp) -> [String] {
        rests.filter { rest in (1...Self.longest).contains(rest.value.until.milliseconds - moment.milliseconds) }.keys.sorted()
    }

    /// When the next one may be tried again.
    func nextEnd(after moment: Timestamp) -> Timestamp? { rests.values.map(\.until).filter { $0 > moment }.min() }
}
