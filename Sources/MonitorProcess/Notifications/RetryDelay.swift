internal import MonitorProtocol
internal import Store

/// When a notification is tried again, and when no more.
enum RetryDelay {
    /// Nobody decides on something that was asked for a day ago.
    static let longestLife: Int64 = 24 * 3_600_000

    /// Milliseconds to wait after so many failures: 5 s, 15 s, 45 s and so on by three, at most an hour.
    static func milliseconds(afterFailures failures: Int) -> Int64 {
        var delay: Int64 = 5000
        // Seven steps reach the hour.
        for _ in 1..<max(1, min(failures, 8)) { delay *= 3 }
        return min(delay, Store.longestPutOff)
    }

    static func nextAttempt(afterFailures failures: Int, at moment: Timestamp) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds + milliseconds(afterFailures: failures))
    }
}
