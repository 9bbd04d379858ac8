import Foundation
import MonitorProtocol
import Testing

@testable import Store

@Suite struct `The facts of a line` {
    static let texts =
        (0...0xFF).map { String(UnicodeScalar(UInt8($0))) } + [
            "", "echo \"a\\b\" 'c'", "\r\n", "\u{1b}[31m\0\u{7f}", "é👍🏽\u{301}\u{2028}\u{2029}\u{FEFF}\u{FFFD}\u{10FFFF}",
            "/</script>&\u{80}",
            String(repeating: "\u{1}", count: 5000),
        ]

    /// Equal as JSON, so that neither a member nor its spelling can differ.
    private func expectSame(_ event: PolicyEvent, _ line: LineAction) throws {
        let ours = Data(LineFacts(event, line).json)
        let theirs = try JSONEncoder().encode(EventFacts(event))
        let (one, other) = (try JSONSerialization.jsonObject(with: ours), try JSONSerialization.jsonObject(with: theirs))
        #expect(try #require(one as? NSDictionary) == #require(other as? NSDictionary))
        let back = try JSONDecoder().decode(EventFacts.self, from: ours)
        #expect(back.action == event.action)
        #expect(back.uncertain == event.uncertain)
        #expect(back.shadows == event.shadows)
        #expect(back.approval == event.approval)
    }

    @Test(arguments: texts) func `are what JSONEncoder would write, whatever the text`(text: String) throws {
        let line = LineAction(
            number: .max, bytes: Array(text.utf8),
            commands: [
                UnderstoodCommand(words: [text, "x", text], via: [text], verdict: text, rules: [text, text]),
                UnderstoodCommand(words: [], via: [], verdict: "allow", rules: []),
            ], language: text, witnesses: [text, "screen"])
        var event = event("x")
        event.uncertain = [.init(kind: text, text: text), .init(kind: "a", text: "b")]
        event.shadows = [.init(rule: text, verdict: text)]
        event.action = .line(line)
        event.approval = Int64.max
        try expectSame(event, line)
    }

    @Test func `are what JSONEncoder would write where there is nothing, and where commands were left out`() throws {
        var event = event("x")
        event.uncertain = []
        event.shadows = []
        for count in [0, 1, CommandAction.most + 3] {
            let line = LineAction(
                number: 0, bytes: [], commands: Array(repeating: .init(words: [], via: [], verdict: "", rules: []), count: count),
                language: "", witnesses: [])
            event.action = .line(line)
            try expectSame(event, line)
        }
    }
}
