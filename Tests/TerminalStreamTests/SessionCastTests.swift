import Testing

@testable import TerminalStream

struct SessionCastTests {
    @Test func `a recording is these bytes`() {
        let header = AsciicastHeader(
            columns: 120, rows: 40, timestamp: 1_795_500_000, command: Array("ls \"a\"\n\u{FF}".utf8.dropLast(2)) + [0xFF],
            title: "alice as root on web1", term: "xterm-256color", shell: "/bin/bash")
        var lines: [UInt8] = []
        var cast = TestCast(header, isTerminal: true, at: 5_000_000_000, into: &lines)
        cast.output(Array("\u{1B}[1mhé\r\n".utf8)[...], from: .stdout, at: 5_000_001_999, into: &lines)
        cast.resize(columns: 100, rows: 30, at: 6_500_000_000, into: &lines)
        cast.note("command \"x\" held", at: 66_000_000_000, into: &lines)
        cast.finish(at: 70_000_000_000, into: &lines)
        #expect(
            String(decoding: lines, as: UTF8.self) == #"""
                {"version": 2, "width": 120, "height": 40, "timestamp": 1795500000, "command": "ls \"a\"\n\#u{FFFD}", "title": "alice as root on web1", "env": {"TERM": "xterm-256color", "SHELL": "/bin/bash"}}
                [0.000001, "o", "\u001b[1mhé\r\n"]
                [1.500000, "r", "100x30"]
                [61.000000, "m", "command \"x\" held"]

                """#)
    }

    @Test func `a header leaves out what is not known`() {
        var line: [UInt8] = []
        AsciicastHeader(columns: 0, rows: 0, timestamp: 1, shell: "/bin/sh").append(to: &line)
        #expect(
            String(decoding: line, as: UTF8.self)
                == "{\"version\": 2, \"width\": 80, \"height\": 24, \"timestamp\": 1, \"env\": {\"SHELL\": \"/bin/sh\"}}\n")
    }

    @Test func `times never go back when the clock does`() throws {
        var lines: [UInt8] = []
        var cast = TestCast(.plain, isTerminal: true, at: 1_000_000, into: &lines)
        for now: UInt64 in [3_000_000, 2_000_000, 0, 4_000_000, 3_999_999] {
            cast.output([0x41], from: .stdout, at: now, into: &lines)
        }
        cast.finish(at: 0, into: &lines)
        #expect(try RecordedLines(lines).events.map(\.seconds) == [0.002, 0.002, 0.002, 0.003, 0.003])
    }

    @Test func `a year of recording keeps its microseconds`() throws {
        var lines: [UInt8] = []
        var cast = TestCast(.plain, isTerminal: true, at: 7, into: &lines)
        cast.output([0x41], from: .stdout, at: 7 + 31_536_000_123_456_000, into: &lines)
        cast.finish(at: .max, into: &lines)
        #expect(String(decoding: lines, as: UTF8.self).contains("[31536000.123456, "))
    }

    @Test func `stderr is in order with stdout and cannot complete its characters`() throws {
        var lines: [UInt8] = []
        var cast = TestCast(.plain, isTerminal: false, at: 0, into: &lines)
        cast.output([0x61, 0xE2, 0x82], from: .stdout, at: 1_000_000, into: &lines)
        cast.output([0xAC, 0x62], from: .stderr, at: 2_000_000, into: &lines)
        cast.output([0xAC, 0x63], from: .stdout, at: 3_000_000, into: &lines)
        cast.finish(at: 3_000_000, into: &lines)
        #expect(try RecordedLines(lines).events.map(\.data) == ["a", "\u{FFFD}b", "€c"])
    }

    @Test func `bytes that complete no character write no line`() throws {
        var lines: [UInt8] = []
        var cast = TestCast(.plain, isTerminal: true, at: 0, into: &lines)
        let before = lines
        cast.output([0xF0, 0x9F], from: .stdout, at: 1, into: &lines)
        cast.output([], from: .stdout, at: 1, into: &lines)
        #expect(lines == before)
        cast.finish(at: 1_000_000, into: &lines)
        #expect(try RecordedLines(lines).events == [.init(seconds: 0.001, code: "o", data: "\u{FFFD}")])
    }

    @Test func `a size with a zero in it is not recorded`() throws {
        var lines: [UInt8] = []
        var cast = TestCast(.plain, isTerminal: true, at: 0, into: &lines)
        cast.resize(columns: 0, rows: 24, at: 0, into: &lines)
        cast.resize(columns: 80, rows: 0, at: 0, into: &lines)
        cast.resize(columns: 4_294_967_295, rows: 1, at: 0, into: &lines)
        cast.finish(at: 0, into: &lines)
        #expect(try RecordedLines(lines).events.map(\.data) == ["4294967295x1"])
    }

    @Test(arguments: 0..<300) func `whatever is sent, the file is lines of JSON that say what was sent`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = seed.isMultiple(of: 2) ? random.bytes(count: 600) : random.almostText(count: 600)
        let recorded = try RecordedLines(record(random.pieces(of: bytes), isTerminal: true))
        #expect(Array(recorded.output.utf8) == Array(String(decoding: bytes, as: UTF8.self).utf8))
        #expect(recorded.markers.isEmpty)
        #expect(zip(recorded.events, recorded.events.dropFirst()).allSatisfy { $0.seconds <= $1.seconds })
    }

    @Test func `every character of the basic plane survives`() throws {
        let text = String(String.UnicodeScalarView((0...0xFFFF).compactMap { Unicode.Scalar($0 as UInt32) }))
        #expect(try Array(RecordedLines(record([Array(text.utf8)], isTerminal: true)).output.utf8) == Array(text.utf8))
    }

    @Test func `printing the file does nothing to a terminal`() {
        let everything = String(String.UnicodeScalarView((0...0x2030).compactMap { Unicode.Scalar($0 as UInt32) }))
        let file = String(decoding: record([Array(everything.utf8)], isTerminal: true), as: UTF8.self)
        let controls = file.unicodeScalars.filter {
            $0.properties.generalCategory == .control || $0 == "\u{2028}" || $0 == "\u{2029}"
        }
        #expect(controls.allSatisfy { $0 == "\n" })
        #expect(controls.count == 2)
    }
}
