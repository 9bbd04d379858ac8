import MonitorProtocol
import Policy
import SFTP
import Testing

@testable import MonitorProcess

/// What a session tells of files is held against what was decided.
@Suite struct FileDecisionsTests {
    private static func path(_ text: String) -> FilePath { FilePath(asked: Array(text.utf8), absolute: Array(text.utf8)) }

    private static func decision(_ operation: SFTP.FileOperation, _ text: String, isRefused: Bool = false)
        -> FileDecisions.Decision
    {
        FileDecisions.Decision(
            access: FileAccess(operation: operation, path: path(text)), verdict: isRefused ? .block : .allow,
            rule: isRefused ? "no" : nil, limit: nil, shadow: nil, isRefused: isRefused)
    }

    private static let refused = FileEvent.Outcome.refused(reason: "no")

    @Test func `what was allowed is told of once`() throws {
        var decisions = FileDecisions()
        try decisions.add(Self.decision(.read, "/a"))
        let event = FileEvent(.read, Self.path("/a"), outcome: .ok)
        #expect(try decisions.take(for: event)?.verdict == .allow)
        #expect(throws: FileDecisions.Violation(what: "told of a read that was never judged")) { try decisions.take(for: event) }
    }

    @Test func `nothing else than what was judged is believed`() throws {
        var decisions = FileDecisions()
        try decisions.add(Self.decision(.read, "/a"))
        for event in [
            FileEvent(.write, Self.path("/a"), outcome: .ok), FileEvent(.read, Self.path("/b"), outcome: .ok),
            FileEvent(.read, FilePath(asked: Array("a".utf8), absolute: Array("/a".utf8)), outcome: .ok),
        ] {
            #expect(throws: FileDecisions.Violation.self) { try decisions.take(for: event) }
        }
        #expect(decisions.untold.count == 1)
    }

    @Test func `what was refused cannot be told as done`() throws {
        var decisions = FileDecisions()
        try decisions.add(Self.decision(.write, "/a", isRefused: true))
        #expect(throws: FileDecisions.Violation(what: "told of a write that was refused")) {
            try decisions.take(for: FileEvent(.write, Self.path("/a"), outcome: .ok))
        }
        #expect(try decisions.take(for: FileEvent(.write, Self.path("/a"), outcome: Self.refused))?.rule == "no")
    }

    @Test func `of two decisions on one path each event finds its own`() throws {
        var decisions = FileDecisions()
        try decisions.add(Self.decision(.read, "/a", isRefused: true))
        try decisions.add(Self.decision(.read, "/a"))
        #expect(try decisions.take(for: FileEvent(.read, Self.path("/a"), outcome: .ok))?.isRefused == false)
        #expect(try decisions.take(for: FileEvent(.read, Self.path("/a"), outcome: Self.refused))?.isRefused == true)
        #expect(decisions.untold.isEmpty)
    }

    @Test func `what the gate refuses by itself was never judged`() throws {
        var decisions = FileDecisions()
        #expect(try decisions.take(for: FileEvent(.unknown, Self.path("/x"), outcome: Self.refused)) == nil)
    }

    @Test func `a session that is judged without end and tells nothing is ended`() throws {
        var decisions = FileDecisions()
        #expect(throws: FileDecisions.Violation(what: "more files were judged than told of")) {
            for number in 0..<20_000 { try decisions.add(Self.decision(.read, "/\(number)")) }
        }
        var long = FileDecisions()
        #expect(throws: FileDecisions.Violation.self) {
            for number in 0..<3_000 { try long.add(Self.decision(.read, "/\(number)" + String(repeating: "x", count: 4_000))) }
        }
    }
}

@Suite struct PolicyRefusalTests {
    @Test func `what is allowed is not refused`() {
        #expect(PolicyRefusal(verdict: .allow, howToAsk: "Ask.").refusal == nil)
    }

    @Test func `each says what decided, why, and how to ask`() {
        func message(_ verdict: PolicyVerdict, rule: String? = nil, message: String? = nil, doubts: [Doubt] = []) -> String? {
            PolicyRefusal(verdict: verdict, rule: rule, message: message, doubts: doubts, howToAsk: "Ask Zoe.").refusal?.message
        }
        #expect(message(.block, rule: "r", message: "Not here") == "blocked by rule \"r\": Not here. Ask Zoe.")
        #expect(message(.block, rule: "r") == "blocked by rule \"r\". Ask Zoe.")
        #expect(message(.block) == "not run, because no rule allows it. Ask Zoe.")
        #expect(
            message(.approve, doubts: [Doubt(.evaluated, "`eval` runs `$x`")])
                == "not run, because it cannot be known what it would do (`eval` runs `$x`); "
                + "an approval is wanted, and nobody is named who could give it. Ask Zoe.")
        #expect(message(.mask, rule: "r") == nil)
    }

    @Test func `whatever is in it fits into a message and moves no terminal`() throws {
        let long = String(repeating: "\u{1b}[2J\u{202e}é", count: 400)
        let refusal = try #require(
            PolicyRefusal(
                subject: "read \(escaped(long, limit: 120))", verdict: .block, rule: String(repeating: "r", count: 64),
                message: String(repeating: "m", count: 400), doubts: [], howToAsk: String(repeating: "h", count: 100)
            ).refusal)
        #expect(refusal.message.hasSuffix("h"))
        let uncertain = try #require(
            PolicyRefusal(verdict: .block, doubts: Array(repeating: Doubt(.syntax, long), count: 9), howToAsk: "Ask.").refusal)
        #expect(uncertain.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
        #expect(uncertain.message.hasSuffix("Ask."))
    }
}
