/// Replays a recording in its own time: what the screen shows at each moment. Pauses of more than two seconds are two seconds long.
///
/// Memory: the events of one piece of the file.
package struct CastReplay: Sendable {
    private var reader = CastReader()
    private var events: [CastEvent] = []
    private var next = 0
    private var isComplete = false
    package private(set) var screen = Emulator(columns: 80, rows: 24, historyRows: 0)
    /// Of the recording: the time up to which it was shown.
    private var shown: UInt64 = 0
    /// Of the viewer's clock: when that was. Nil before the beginning and while it is paused.
    private var shownAt: UInt64?

    package static let longestPause: UInt64 = 2_000_000_000

    package init() {}

    /// The events that were read are shown, or nearly.
    package var wantsMore: Bool { !isComplete && next == events.count }

    /// The next bytes of the file, cut anywhere.
    package mutating func read(_ bytes: ArraySlice<UInt8>) {
        events.removeFirst(next)
        next = 0
        reader.read(bytes) { events.append($0) }
    }

    /// There is no more of the file.
    package mutating func finish() { isComplete = true }

    /// Stops its clock, or lets it go on.
    package mutating func pause(_ isPaused: Bool, at now: UInt64) { shownAt = isPaused ? nil : now }

    /// When the next event is to be shown.
    package var deadline: UInt64? {
        guard next < events.count else { return shownAt }
        guard let shownAt else { return 0 }
        return shownAt + pause(before: events[next])
    }

    private func pause(before event: CastEvent) -> UInt64 {
        guard let time = event.time, time > shown else { return 0 }
        return min(time - shown, Self.longestPause)
    }

    /// Shows what is to be shown by now.
    /// - Returns: whether that was all of it.
    package mutating func advance(at now: UInt64) -> Bool {
        var moment = shownAt ?? now
        while next < events.count {
            let event = events[next]
            let due = moment + pause(before: event)
            guard due <= now else { break }
            moment = due
            shown = max(shown, event.time ?? 0)
            switch event {
            case .header(let columns, let rows), .resize(let columns, let rows, _): screen.resize(columns: columns, rows: rows)
            case .output(let text, _): screen.feed(text[...])
            case .marker: break
            }
            next += 1
        }
        shownAt = moment
        return isComplete && next == events.count
    }
}

extension CastEvent {
    /// Nil for the header.
    fileprivate var time: UInt64? {
        switch self {
        case .header: nil
        case .output(_, let time), .resize(_, _, let time), .marker(_, let time): time
        }
    }
}
