import Foundation
import Testing

@testable import AdminTool

@Suite struct `A recording` {
    @Test func `is timed with pauses cut, then sped up`() {
        var clock = PlaybackClock(speed: 2, idleLimit: 3)
        #expect([1, 2, 10, 10, 9, 12].map { clock.schedule($0) } == [0.5, 1, 2.5, 2.5, 2.5, 3.5])
    }

    @Test func `with absurd times ends all the same`() {
        var clock = PlaybackClock(speed: 1000, idleLimit: nil)
        #expect(clock.schedule(-5) == 0)
        #expect(clock.schedule(1e300).isFinite)
    }

    @Test(arguments: [
        "", "[]", "[1]", "[1,\"o\"]", "[1,\"o\",2]", "[\"1\",\"o\",\"x\"]", "{\"a\":1}", "[1,\"o\",\"x\"", "[1,\"o\",\"x\",4]",
        "null", "[1e999,\"o\",\"x\"]",
    ])
    func `line that is no event is passed over`(_ line: String) { #expect(Recording.Event(line: Array(line.utf8)) == nil) }

    @Test func `is read line by line however the reads fall`() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<500).map { String(repeating: "x", count: $0 * 7 % 1000) }
        try folder.write(lines.joined(separator: "\n"), to: "cast")
        var reader = LineReader(try #require(FileHandle(forReadingAtPath: folder["cast"])))
        for line in lines { #expect(try reader.next() == Array(line.utf8)) }
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test func `line without end is refused, not kept`() throws {
        var reader = LineReader(try #require(FileHandle(forReadingAtPath: "/dev/zero")))
        #expect(throws: ToolFailure.self) { try reader.next() }
    }
}
