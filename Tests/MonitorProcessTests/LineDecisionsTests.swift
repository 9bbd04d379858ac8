import Guard
import MonitorProtocol
import Testing

@testable import MonitorProcess

/// What a session tells of lines is held against what was decided.
@Suite struct LineDecisionsTests {
    private static func event(_ number: UInt32) -> PolicyEvent {
        PolicyEvent(
            at: Timestamp(milliseconds: 0), connectionID: "c", session: nil, user: "alice", target: "web1", login: "root",
            channel: .shell, verdict: "allow", outcome: .passed, rule: nil, uncertain: [], shadows: [],
            action: .line(LineAction(number: number, bytes: [97], commands: [], language: "bash", witnesses: ["editor"])))
    }

    /// Lines 1 to `count` were asked about; those in `refused` were refused, those in `waiting` are not complete.
    private static func decisions(_ count: UInt32, refused: Set<UInt32> = [], waiting: Set<UInt32> = []) throws -> LineDecisions {
        var decisions = LineDecisions()
        for number in 1...count {
            _ = try decisions.asked(number, replaces: nil)
            decisions.answered(number, isRefused: refused.contains(number))
            if waiting.contains(number) { decisions.wait(.init(number: number, event: event(number))) }
        }
        return decisions
    }

    @Test func `questions count up by one`() throws {
        var decisions = try Self.decisions(2)
        for number: UInt32 in [0, 1, 2, 4, .max] {
            var copy = decisions
            #expect(throws: LineDecisions.Violation(what: "question \(number) after 2")) {
                try copy.asked(number, replaces: nil)
            }
        }
        _ = try decisions.asked(3, replaces: nil)
    }

    @Test func `the end of a line is told once`() throws {
        var decisions = try Self.decisions(1)
        #expect(try decisions.told(LineReport(number: 1, .started)) == .nothing)
        #expect(
            try decisions.told(LineReport(number: 1, .ended(status: 3)))
                == .report(LineReportAction(number: 1, kind: .ended, status: 3)))
        #expect(try decisions.told(LineReport(number: 1, .ended(status: 0))) == .nothing)
        #expect(try decisions.told(LineReport(number: 1, .withdrawn)) == .nothing)
    }

    @Test func `an outer command ends after those that were typed into it`() throws {
        var decisions = try Self.decisions(3)
        for number: UInt32 in [2, 3, 1] {
            #expect(
                try decisions.told(LineReport(number: number, .ended(status: 0)))
                    == .report(LineReportAction(number: number, kind: .ended, status: 0)))
        }
    }

    @Test(arguments: [LineReport.Content.started, .ended(status: 0), .withdrawn])
    func `a refused line did nothing, and one that nobody asked about neither`(content: LineReport.Content) throws {
        var decisions = try Self.decisions(2, refused: [1])
        #expect(throws: LineDecisions.Violation.self) { try decisions.told(LineReport(number: 1, content)) }
        #expect(throws: LineDecisions.Violation.self) { try decisions.told(LineReport(number: 3, content)) }
        #expect(throws: LineDecisions.Violation.self) { try decisions.told(LineReport(number: .max, content)) }
    }

    @Test func `what is dropped behind a refused line is told`() throws {
        var decisions = try Self.decisions(1, refused: [1])
        #expect(
            try decisions.told(LineReport(number: 1, .dropped(bytes: 7)))
                == .report(LineReportAction(number: 1, kind: .dropped, text: "7 bytes")))
        #expect(throws: LineDecisions.Violation.self) { try decisions.told(LineReport(number: 2, .dropped(bytes: 7))) }
    }

    @Test func `signs and ways of reading are told in words`() throws {
        var decisions = LineDecisions()
        #expect(
            try decisions.told(LineReport(number: 0, .alarm(.unreleasedCommand)))
                == .report(LineReportAction(number: 0, kind: .alarm, text: "a command started that had not been judged")))
        #expect(
            try decisions.told(LineReport(number: 0, .reading([.screen, .keys])))
                == .report(LineReportAction(number: 0, kind: .reading, text: "screen, keys")))
    }

    @Test func `a longer command takes the place of one that waits`() throws {
        var decisions = try Self.decisions(1, waiting: [1])
        #expect(try decisions.asked(2, replaces: 1) == nil)
        decisions.answered(2, isRefused: false)
        #expect(decisions.untold == nil)
        #expect(try decisions.told(LineReport(number: 1, .ended(status: 0))) == .nothing, "it never ran")
    }

    @Test func `only what is not complete is replaced, and only before another command`() throws {
        var complete = try Self.decisions(1)
        #expect(throws: LineDecisions.Violation.self) { try complete.asked(2, replaces: 1) }
        var older = try Self.decisions(2, waiting: [1])
        #expect(throws: LineDecisions.Violation.self) { try older.asked(3, replaces: 1) }
        var later = try Self.decisions(1, waiting: [1])
        #expect(throws: LineDecisions.Violation.self) { try later.asked(3, replaces: 2) }
    }

    @Test func `a question that was dropped before its answer is asked again in the same place`() throws {
        var decisions = try Self.decisions(1, waiting: [1])
        #expect(try decisions.asked(2, replaces: 1) == nil)
        decisions.answered(2, isRefused: false)
        decisions.wait(.init(number: 2, event: Self.event(2)))
        #expect(try decisions.asked(3, replaces: 1) == nil)
        decisions.answered(3, isRefused: false)
        #expect(decisions.untold == nil)
        #expect(try decisions.told(LineReport(number: 2, .withdrawn)) == .nothing, "it has no row")
    }

    @Test func `a line that waits is written down when the shell runs it after all`() throws {
        var decisions = try Self.decisions(1, waiting: [1])
        #expect(try decisions.told(LineReport(number: 1, .ended(status: 0))) == .nothing, "it has not started")
        #expect(try decisions.told(LineReport(number: 1, .started)) == .event(Self.event(1)))
        #expect(try decisions.told(LineReport(number: 1, .started)) == .nothing)
        #expect(
            try decisions.told(LineReport(number: 1, .ended(status: 0)))
                == .report(LineReportAction(number: 1, kind: .ended, status: 0)))
        #expect(decisions.untold == nil)
    }

    @Test func `a line that waits is written down when another comes or the channel ends, unless it is withdrawn`() throws {
        var decisions = try Self.decisions(1, waiting: [1])
        #expect(decisions.untold == Self.event(1))
        #expect(try decisions.asked(2, replaces: nil) == Self.event(1))

        var withdrawn = try Self.decisions(1, waiting: [1])
        #expect(try withdrawn.told(LineReport(number: 1, .withdrawn)) == .nothing)
        #expect(withdrawn.untold == nil)
        #expect(try withdrawn.asked(2, replaces: nil) == nil)
    }

    @Test func `a session that asks without end is remembered in bounds`() throws {
        var decisions = try Self.decisions(40_000)
        #expect(try decisions.told(LineReport(number: 1, .ended(status: 0))) == .nothing, "forgotten, and so not written down")
        #expect(try decisions.told(LineReport(number: 40_000, .ended(status: 0))) != .nothing)
        var refused = try Self.decisions(40_000, refused: Set(1...40_000))
        #expect(throws: LineDecisions.Violation.self) { try refused.told(LineReport(number: 40_000, .started)) }
        #expect(try refused.told(LineReport(number: 1, .ended(status: 0))) == .nothing)
    }

    @Test func `a session that tells without end is ended`() throws {
        var decisions = LineDecisions()
        #expect(throws: LineDecisions.Violation.self) {
            for _ in 0..<20_000 { _ = try decisions.told(LineReport(number: 0, .reading(.keys))) }
        }
    }
}
