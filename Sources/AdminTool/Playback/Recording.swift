internal import Foundation

/// asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a header line, then one event a line.
enum Recording {
    struct Header: Decodable, Equatable {
        var version: Int
        var width: Int
        var height: Int
        /// Seconds; longer pauses are meant to be shortened to it.
        var idleTimeLimit: Double?

        private enum CodingKeys: String, CodingKey {
            case version, width, height
            case idleTimeLimit = "idle_time_limit"
        }

        init(line: [UInt8]) throws(ToolFailure) {
            guard let header = try? JSONDecoder().decode(Header.self, from: Data(line)), header.version == 2 else {
                throw ToolFailure("the recording does not begin as an asciicast v2 file")
            }
            self = header
        }
    }

    /// What happened at a moment, in seconds since the start.
    struct Event: Equatable {
        enum Kind: String { case output = "o", input = "i", resize = "r", marker = "m" }
        var time: Double
        /// Nil for kinds of later versions, which a player passes over.
        var kind: Kind?
        var data: String

        /// Nil for a line that is no event, such as the last one of a recording that was cut off.
        init?(line: [UInt8]) {
            guard let parts = try? JSONSerialization.jsonObject(with: Data(line)) as? [Any], parts.count == 3,
                let time = (parts[0] as? NSNumber)?.doubleValue, time.isFinite,
                let code = parts[1] as? String, let data = parts[2] as? String
            else { return nil }
            self.time = time
            kind = Kind(rawValue: code)
            self.data = data
        }
    }
}

/// When to show each event: pauses cut to a limit, then everything sped up.
struct PlaybackClock {
    /// A pause longer than this is a broken recording, not a pause.
    private static let longestPause = 86_400.0 * 7

    let speed: Double
    let idleLimit: Double?
    private var last = 0.0
    /// Seconds since the start of the playback at which the last event was due.
    private(set) var due = 0.0

    init(speed: Double, idleLimit: Double?) {
        self.speed = speed
        self.idleLimit = idleLimit
    }

    /// Seconds since the start of the playback. Time that goes back in a recording stands still here.
    mutating func schedule(_ time: Double) -> Double {
        let pause = min(max(time - last, 0), idleLimit ?? .infinity, Self.longestPause)
        last = max(last, time)
        due += pause / speed
        return due
    }
}
