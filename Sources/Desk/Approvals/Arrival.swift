/// When something was shown to the desk. What is shown comes without a time, and gets the next one that is told: that is never too early.
struct Arrival: Sendable {
    private(set) var time: UInt64?

    mutating func note(_ now: UInt64) {
        if time == nil { time = now }
    }

    /// Whole seconds since.
    func seconds(until now: UInt64) -> UInt64 {
        guard let time, now > time else { return 0 }
        return (now - time) / 1_000_000_000
    }
}
