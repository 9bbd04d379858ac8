import Foundation
import Logging
import MonitorProtocol
import Testing

@testable import MonitorProcess

@Suite struct LogTextTests {
    struct Vector: Sendable {
        let text: String
        let expected: String
    }

    @Test(
        "text of a peer cannot move a cursor, end a line or hide",
        arguments: [
            Vector(text: "plain text", expected: "plain text"), Vector(text: "a\nb", expected: "a\\x0ab"),
            Vector(text: "\u{1b}[2J", expected: "\\x1b[2J"), Vector(text: "\u{9b}2J", expected: "\\u{9b}2J"),
            Vector(text: "\u{202e}exe", expected: "\\u{202e}exe"), Vector(text: "back\\slash", expected: "back\\\\slash"),
            Vector(text: "é漢字🙂", expected: "é漢字🙂"), Vector(text: "\u{7f}", expected: "\\x7f"),
            Vector(text: "a\u{2028}b", expected: "a\\u{2028}b"), Vector(text: "\r\n", expected: "\\x0d\\x0a"),
            Vector(text: "\u{e0041}", expected: "\\u{e0041}"), Vector(text: "a\u{3164}b\u{a0}c", expected: "a\\u{3164}b\\u{a0}c"),
        ])
    func escapes(vector: Vector) { #expect(escaped(vector.text) == vector.expected) }

    @Test func `long text is cut and says so`() {
        #expect(escaped("abcdef", limit: 3) == "abc…")
        #expect(escaped("abc", limit: 3) == "abc")
        #expect(escaped([UInt8](repeating: 0x61, count: 1_000_000), limit: 3) == "aaa…")
    }

    @Test func `bytes that are not UTF-8 are shown each as itself`() {
        #expect(escaped([0x61, 0xff, 0x62]) == "a\\xffb")
        #expect(escaped([0xe2, 0x82, 0xe2, 0x82, 0xac]) == "\\xe2\\x82€")
        #expect(escaped([0xed, 0xa0, 0x80, 0xc3]) == "\\xed\\xa0\\x80\\xc3")
        #expect(escaped(Array("\\xff".utf8)) == "\\\\xff")
    }

    /// What a logger with this handler writes.
    private func line(_ body: (Logger) -> Void) -> String {
        let lines = Lines()
        body(Logger(label: "test") { _ in LineLog(level: .info, now: { 1_795_485_845_123 }, write: { lines.append($0) }) })
        return lines.text
    }
    private final class Lines: @unchecked Sendable {  // guarded by the lock
        private let lock = NSLock()
        private var all: [String] = []
        func append(_ line: String) { lock.withLock { all.append(line) } }
        var text: String { lock.withLock { all.joined(separator: "\n") } }
    }

    @Test func `a line is time, level, event and facts in order`() {
        let line = line { $0.notice("logged in", metadata: ["user": "alice", "from": "192.0.2.1:22", "agent": "Mozilla 5"]) }
        #expect(line == "2026-11-24T02:04:05.123Z notice logged in agent=\"Mozilla 5\" from=192.0.2.1:22 user=alice")
    }

    @Test func `no value can end a line or forge a fact`() {
        let line = line { $0.notice("event", metadata: ["a": "x\nb=y", "b": "\" user=root", "c": "\u{1b}[2J", "d": ""]) }
        #expect(line.hasSuffix(#"event a="x\u{a}b=y" b="\" user=root" c="\u{1b}[2J" d="""#))
    }

    @Test func `a log that was already escaped still is one fact`() {
        #expect(LineLog.fact("a\\") == "\"a\\\\\"")
    }
}
