import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

/// A daemon that has one session, and in it these events.
@Suite struct `sallyport session commands` {
    private static func event(
        _ number: Int64, _ action: PolicyEvent.Action, verdict: String = "allow", outcome: PolicyEvent.Outcome = .passed,
        rule: String? = nil, uncertain: [PolicyEvent.Reason] = []
    ) -> PolicyEvent {
        PolicyEvent(
            number: number, at: Timestamp(milliseconds: someMoment.milliseconds + number * 1000), connectionID: "c1",
            session: someSession, user: "alice", target: "web1", login: "root", channel: .shell, verdict: verdict,
            outcome: outcome, rule: rule, uncertain: uncertain, shadows: [], action: action)
    }

    private static func line(_ number: UInt32, _ bytes: [UInt8], _ language: String = "bash") -> PolicyEvent.Action {
        .line(LineAction(number: number, bytes: bytes, commands: [], language: language, witnesses: ["editor"]))
    }

    private static func report(_ number: UInt32, _ kind: LineReportAction.Kind, status: UInt8? = nil) -> PolicyEvent.Action {
        .lineReport(LineReportAction(number: number, kind: kind, status: status))
    }

    private static let events = [
        event(1, line(1, Array("ls\n-l".utf8))),
        event(2, line(2, [0xFF, 0x1B] + Array("[2J".utf8)), verdict: "block", outcome: .refused, rule: "no"),
        event(3, report(2, .dropped)),
        event(4, report(1, .ended, status: 3), outcome: .told),
        event(
            5, line(3, Array("x".utf8)), verdict: "approve", outcome: .refused,
            uncertain: [.init(kind: "unread-line", text: "nothing shows what is typed")]),
        event(6, line(4, Array("vim".utf8))),
        event(7, line(5, Array("# nothing".utf8)), uncertain: [.init(kind: "interactive", text: "an editor")]),
        event(8, report(5, .withdrawn)),
        event(9, report(77, .ended, status: 0)),
    ]

    private static func daemon(_ events: [PolicyEvent], of summary: SessionSummary = session(command: nil, exit: nil)) throws
        -> ScriptedDaemon
    {
        try ScriptedDaemon { request in
            switch request {
            case .showSession: .sessions([summary])
            case .listEvents(let filter):
                .events(Array(events.filter { $0.number > filter.after }.prefix(filter.limit)))
            default: .failure(AdminFailure(.failed, "not expected"))
            }
        }
    }

    @Test func `is a table of lines with what came of them`() throws {
        let outcome = try Self.daemon(Self.events).run(["session", "commands", someSession.text])
        #expect(outcome.errors == "")
        #expect(
            outcome.output == """
                TIME                  VERDICT   EXIT       LINE
                2026-11-24 02:04:00Z  allow     3          ls\\u{a}-l
                2026-11-24 02:04:01Z  block     refused    \u{FFFD}\\u{1b}[2J
                2026-11-24 02:04:04Z  approve?  refused    x
                2026-11-24 02:04:05Z  allow     allowed    vim
                2026-11-24 02:04:06Z  allow     withdrawn  # nothing

                """)
    }

    @Test func `has stable keys for scripts`() throws {
        let outcome = try Self.daemon(Self.events).run(["session", "commands", someSession.text, "--json"])
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        #expect(
            rows[0].keys.sorted() == [
                "at", "certain", "doubts", "ended_at", "exit_status", "language", "line", "line_base64", "number", "outcome",
                "rule",
                "verdict", "witnesses",
            ])
        #expect(rows.map { $0["number"] as? Int } == [1, 2, 3, 4, 5])
        #expect(rows.map { $0["outcome"] as? String } == ["ran", "refused", "refused", "allowed", "withdrawn"])
        #expect(rows.map { $0["certain"] as? Bool } == [true, true, false, true, true])
        #expect(rows[0]["exit_status"] as? Int == 3 && rows[0]["ended_at"] as? String == "2026-11-24T02:04:03Z")
        #expect(rows[1]["exit_status"] is NSNull && rows[1]["ended_at"] is NSNull && rows[0]["rule"] is NSNull)
        #expect(rows[1]["rule"] as? String == "no" && rows[1]["line_base64"] as? String == "/xtbMko=")
        #expect(rows[1]["line"] as? String == "\u{FFFD}\u{1b}[2J")
        #expect(rows[2]["doubts"] as? [[String: String]] == [["kind": "unread-line", "text": "nothing shows what is typed"]])
        #expect(rows[0]["witnesses"] as? [String] == ["editor"] && rows[0]["language"] as? String == "bash")
    }

    @Test func `of a command has that command`() throws {
        var exec = Self.event(1, .command(CommandAction(bytes: Array("uptime".utf8), commands: [])))
        exec.channel = .exec
        let outcome = try Self.daemon([exec], of: session()).run(["session", "commands", someSession.text])
        #expect(outcome.output.contains("allow    0     uptime"))
    }

    @Test func `reads all pages and keeps the lines that were asked for`() throws {
        let many =
            (1...2500).map { Self.event(Int64($0), Self.line(UInt32($0), Array("ls \($0)".utf8))) }
            + [Self.event(2501, Self.report(2, .ended, status: 9)), Self.event(2502, Self.report(2400, .ended, status: 9))]
        let daemon = try Self.daemon(many)
        let outcome = try daemon.run(["session", "commands", someSession.text, "--limit", "2", "--json"])
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        #expect(rows.map { $0["line"] as? String } == ["ls 1", "ls 2"])
        #expect(rows[1]["exit_status"] as? Int == 9)
        let asked = daemon.requests.compactMap { if case .listEvents(let filter) = $0 { filter } else { nil } }
        #expect(asked.allSatisfy { $0.content == .lines && $0.session == someSession && $0.limit <= 1000 })
    }

    @Test func `are in the list of decisions too`() throws {
        let daemon = try Self.daemon(Array(Self.events[1...3]))
        let table = try daemon.run(["audit", "list"]).output
        #expect(table.contains("block    no    refused  \u{FFFD}\\u{1b}[2J"))
        #expect(table.contains("-        -     told     line 1 ended with status 3"))
        let json = try daemon.run(["audit", "list", "--json"]).output
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(rows.map { $0["file"] is NSNull && $0["command"] is NSNull } == [true, true, true])
        let line = try #require(rows[0]["line"] as? [String: Any])
        #expect(line.keys.sorted() == ["base64", "commands", "language", "number", "omitted", "text", "witnesses"])
        let report = try #require(rows[2]["line_report"] as? [String: Any])
        #expect(report["kind"] as? String == "ended" && report["status"] as? Int == 3 && report["text"] is NSNull)
        #expect(rows[2]["outcome"] as? String == "told" && rows[2]["line"] is NSNull)
    }

    @Test func `are judged anew by policy replay`() throws {
        let daemon = try Self.daemon([
            Self.event(1, Self.line(1, Array("rm -rf /".utf8))), Self.event(2, Self.line(2, Array("ls".utf8))),
            Self.event(3, Self.line(3, Array("bash".utf8))), Self.event(4, Self.report(1, .ended, status: 0), outcome: .told),
            Self.event(5, Self.line(4, Array("drop database x;".utf8), "mysql")),
        ])
        let outcome = try daemon.run(["policy", "replay", "--since", "1h"])
        #expect(outcome.output.contains("allow → block by remove-system  rm -rf /"))
        #expect(outcome.output.contains("drop database x;"))
        #expect(outcome.output.hasSuffix("4 commands judged, 2 verdicts would change\n"))
    }

    @Test func `of a session without any says so`() throws {
        #expect(try Self.daemon([]).run(["session", "commands", someSession.text]).output == "no line\n")
        #expect(try Self.daemon([]).run(["session", "commands", someSession.text, "--json"]).output == "[\n\n]\n")
    }
}
