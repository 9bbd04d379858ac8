/// Turns readings of a monotonic clock into seconds since the recording began, in whole microseconds, never going back.
///
/// Whole numbers throughout: a `Float` of seconds cannot hold milliseconds past some hours, and each time is rounded from the start and not
/// from the time before it, so that nothing drifts.
struct RecordingClock: Sendable {
    private let start: UInt64
    private var latest: UInt64

    init(startingAt nanoseconds: UInt64) {
        start = nanoseconds
        latest = nanoseconds
    }

    /// Appends `12.345678`. A reading before an earlier one counts as that earlier one.
    mutating func appendSeconds(at nanoseconds: UInt64, to text: inout [UInt8]) {
        latest = max(latest, nanoseconds)
        let microseconds = (latest - start) / 1000
        appendDecimal(microseconds / 1_000_000, digits: 1, to: &text)
        text.append(UInt8(ascii: "."))
        appendDecimal(microseconds % 1_000_000, digits: 6, to: &text)
    }

    /// Appends `value` with at least `digits` digits.
    private func appendDecimal(_ value: UInt64, digits: Int, to text: inout [UInt8]) {
        var scale: UInt64 = 1
        for _ in 1..<digits { scale *= 10 }
        while value / scale >= 10 { scale *= 10 }
        while scale > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / scale % 10))
            scale /= 10
        }
    }
}
