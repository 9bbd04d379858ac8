/// Nobody decides with a key that was typed before they could read: after each change of what is shown, keys do not decide for half a second.
struct DecisionDelay: Sendable {
    /// Nanoseconds.
    static let length: UInt64 = 500_000_000

    private enum State {
        /// Something changed; its time is not known yet.
        case changed
        case until(UInt64)
        case over
    }

    private var state = State.changed

    var isOver: Bool { if case .over = state { true } else { false } }

    /// When something happens next; `now` at once, to learn the time.
    func deadline(_ now: UInt64) -> UInt64? {
        switch state {
        case .changed: now
        case .until(let time): time
        case .over: nil
        }
    }

    mutating func restart() { state = .changed }

    mutating func note(_ now: UInt64) {
        switch state {
        case .changed: state = .until(now &+ Self.length)
        case .until(let time) where now >= time: state = .over
        default: break
        }
    }
}
