/// Writes the event lines of an asciicast v2 file. Only `start` makes one, so that no event can come before the header.
///
/// An event is written in three steps, `begin`, appending the escaped text, `end`: so its text is copied once, into the caller's buffer.
struct AsciicastEncoder: Sendable {
    /// asciicast v2, "Supported event codes".
    enum EventKind: Sendable {
        case output
        case resize
        case marker
    }

    private var clock: RecordingClock

    /// Writes the header line; the times of events count from `nanoseconds` of a clock that never goes back.
    static func start(_ header: AsciicastHeader, at nanoseconds: UInt64, into lines: inout [UInt8]) -> AsciicastEncoder {
        header.append(to: &lines)
        return AsciicastEncoder(clock: RecordingClock(startingAt: nanoseconds))
    }

    private init(clock: RecordingClock) { self.clock = clock }

    /// An event whose text is being appended to the lines.
    struct OpenEvent: ~Copyable {
        fileprivate let start: Int
        fileprivate let textStart: Int
    }

    /// Writes the beginning of an event, up to the quotation mark that opens its text.
    mutating func begin(_ kind: EventKind, at nanoseconds: UInt64, into lines: inout [UInt8]) -> OpenEvent {
        let start = lines.count
        lines.append(UInt8(ascii: "["))
        clock.appendSeconds(at: nanoseconds, to: &lines)
        switch kind {
        case .output: lines.append(json: #", "o", ""#)
        case .resize: lines.append(json: #", "r", ""#)
        case .marker: lines.append(json: #", "m", ""#)
        }
        return OpenEvent(start: start, textStart: lines.count)
    }

    /// Writes the end of an event, or takes its beginning back if no text was appended.
    func end(_ event: consuming OpenEvent, into lines: inout [UInt8]) {
        if lines.count == event.textStart {
            lines.removeLast(event.textStart - event.start)
        } else {
            lines.append(json: "\"]\n")
        }
    }
}
