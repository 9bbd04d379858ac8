import Foundation
import Testing

@testable import TerminalStream

/// A digest that is the bytes themselves, so that a test can say exactly what was hashed.
struct TranscriptHasher: ContentHasher, ~Copyable {
    private var bytes: [UInt8] = []
    init() {}
    mutating func update(_ more: ArraySlice<UInt8>) { bytes += more }
    consuming func finalize() -> [UInt8] { bytes }
}

typealias TestCast = SessionCast<TranscriptHasher>

/// A recording read back by Foundation's JSON parser, which shares no code with the encoder.
struct RecordedLines {
    struct Event: Equatable {
        var seconds: Double
        var code: String
        var data: String
    }

    var header: [String: Any]
    var events: [Event]

    init(_ lines: [UInt8]) throws {
        #expect(lines.last == UInt8(ascii: "\n"))
        var parsed = try lines.split(separator: UInt8(ascii: "\n")).map { try JSONSerialization.jsonObject(with: Data($0)) }
        header = try #require(parsed.removeFirst() as? [String: Any])
        events = try parsed.map { line in
            let fields = try #require(line as? [Any])
            #expect(fields.count == 3)
            return Event(
                seconds: try #require(fields[0] as? Double), code: try #require(fields[1] as? String),
                data: try #require(fields[2] as? String))
        }
    }

    /// What a player shows.
    var output: String { events.filter { $0.code == "o" }.map(\.data).joined() }
    var markers: [String] { events.filter { $0.code == "m" }.map(\.data) }
}

extension AsciicastHeader {
    static let plain = AsciicastHeader(columns: 80, rows: 24, timestamp: 1_800_000_000)
}

/// Records the pieces as stdout, one a millisecond, and returns the file.
func record(_ pieces: [[UInt8]], isTerminal: Bool) -> [UInt8] {
    var lines: [UInt8] = []
    var cast = TestCast(.plain, isTerminal: isTerminal, at: 0, into: &lines)
    var now: UInt64 = 0
    for piece in pieces {
        now += 1_000_000
        cast.output(piece[...], from: .stdout, at: now, into: &lines)
    }
    cast.finish(at: now, into: &lines)
    return lines
}
