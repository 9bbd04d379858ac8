import Foundation
import Guard
import MonitorProtocol
import OpenSSHKeys
import Testing

/// What the monitor answers a session that speaks of lines.
@Suite struct `Lines at a terminal` {
    let target: TargetUnderTest
    let daemon: RunningDaemon
    let session: ScriptedSession
    private static let terminal = TerminalRequest(term: "xterm", columns: 80, rows: 24)
    private static let channel = ChannelNumber(1)

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
        let policy = """
            default: allow
            uncertain: block
            rules:
              - { name: no-rm, match: { command: { program: rm } }, verdict: block, message: Not here }
              - { name: shells, match: { command: { program: [bash, sh, psql] } }, verdict: guard }

            """
        try RunningDaemon.write(Array(policy.utf8), to: daemon.folder + "/policy.yaml")
        guard case .done = try daemon.admin(.reload) else { throw RunningDaemon.Failure(description: "not reloaded") }
        (session, _) = try daemon.loggedInSession(daemon.certificate(for: PrivateKey.generateEd25519().publicKey))
        try session.reach()
    }

    private func useGuard(_ word: String, integration: String = "auto") throws {
        let grant =
            "  - { name: a, to: [alice], targets: [web1], logins: [root], channels: [shell, exec], guard: \(word) }"
        let access = target.access(grants: grant)
            .replacingOccurrences(
                of: "    logins: [root, deploy]", with: "    logins: [root, deploy]\n    integration: \(integration)")
        try daemon.rewriteAccess(access)
        guard case .done = try daemon.admin(.reload) else { throw RunningDaemon.Failure(description: "not reloaded") }
    }

    private func begin(_ kind: ChannelKind = .shell, _ command: String = "", channel: UInt32 = 1) throws -> GrantedChannel {
        guard case .channel(let granted) = try session.begin(channel, kind, command: command, terminal: Self.terminal) else {
            throw RunningDaemon.Failure(description: "no channel")
        }
        return granted
    }

    private func ask(_ number: UInt32, _ text: String, _ change: (inout LineQuestion) -> Void = { _ in }) throws -> MonitorReply {
        var question = LineQuestion(number: number, text: Array(text.utf8), language: .bash, witnesses: .editor)
        change(&question)
        return try session.ask(.judgeLine(JudgeLine(channel: Self.channel, question: question)))
    }

    private func tell(_ reports: LineReport...) throws {
        #expect(try session.ask(.lineReports(LineReports(channel: Self.channel, reports: reports))) == .accepted)
    }

    private func events() throws -> [PolicyEvent] {
        guard case .events(let events) = try daemon.admin(.listEvents(.init(content: .lines, limit: 100))) else {
            throw RunningDaemon.Failure(description: "no events")
        }
        return events
    }

    @Test func `are judged, written down, and followed to their end`() throws {
        let granted = try begin()
        let terms = try #require(granted.guardTerms)
        #expect(terms.isEnforced && terms.usesIntegration && terms.reader == .shell)
        #expect(terms.nonce.count == 16 && terms.secret.count == 8 && Set(terms.nonce).count > 4)
        #expect(try ask(1, "ls -l") == .lineJudgement(.run(reader: .nobody)))
        #expect(try ask(2, "vim x") == .lineJudgement(.run(reader: .program)))
        let refused = "blocked by rule \"no-rm\": Not here. Ask your administrator if you need it."
        #expect(try ask(3, "rm -rf /") == .lineJudgement(.refuse(message: refused)))
        #expect(try ask(4, "bash") == .lineJudgement(.run(reader: .shell)))
        try tell(
            LineReport(number: 1, .started), LineReport(number: 1, .ended(status: 2)), LineReport(number: 3, .dropped(bytes: 9)))

        let events = try events()
        #expect(events.map(\.outcome) == [.passed, .passed, .refused, .passed, .told, .told])
        #expect(events.map(\.verdict).prefix(4) == ["allow", "allow", "block", "allow"])
        #expect(events.allSatisfy { $0.session?.text == granted.session && $0.channel == .shell && $0.user == "alice" })
        guard case .line(let line) = events[0].action, case .lineReport(let end) = events[4].action else {
            Issue.record("\(events)")
            return
        }
        #expect(line.text == "ls -l" && line.language == "bash" && line.witnesses == ["editor"] && line.number == 1)
        #expect(line.commands.map(\.words) == [["ls", "-l"]])
        #expect(end == LineReportAction(number: 1, kind: .ended, status: 2))
    }

    @Test func `over several lines are one line, judged as soon as there is something to judge`() throws {
        _ = try begin()
        #expect(try ask(1, "for i in 1 2; do") == .lineJudgement(.goOn))
        #expect(try events().isEmpty)
        #expect(try ask(2, "for i in 1 2; do\nls $i") { $0.replaces = 1 } == .lineJudgement(.goOn))
        #expect(try ask(3, "for i in 1 2; do\nls $i\ndone") { $0.replaces = 2 } == .lineJudgement(.run(reader: .nobody)))
        #expect(try events().count == 1)
        #expect(try ask(4, "if true; then") == .lineJudgement(.goOn))
        guard case .lineJudgement(.refuse) = try ask(5, "if true; then\nrm x", { $0.replaces = 4 }) else {
            Issue.record("a blocked command waits for its end")
            return
        }
        #expect(try events().count == 2)
    }

    @Test func `that end too early are written down when the shell runs them`() throws {
        _ = try begin()
        _ = try ask(1, "echo 'a")
        try tell(LineReport(number: 1, .started))
        let event = try #require(try events().first)
        #expect(event.uncertain.map(\.kind) == ["syntax"])
        _ = try ask(2, "echo 'b")
        try tell(LineReport(number: 2, .withdrawn))
        _ = try ask(3, "echo 'c")
        #expect(
            try session.ask(.endChannel(EndChannel(channel: Self.channel, exit: .status(0), bytesIn: 0, bytesOut: 0)))
                == .accepted)
        let texts = try events().compactMap { if case .line(let line) = $0.action { line.text } else { nil } }
        #expect(texts == ["echo 'a", "echo 'c"])
    }

    @Test func `that could not be read for certain are uncertain`() throws {
        _ = try begin()
        guard case .lineJudgement(.refuse(let message)) = try ask(1, "ls", { $0.doubts = [.witnessesDiffer] }) else {
            Issue.record("let through")
            return
        }
        #expect(message.contains("the screen and the keys do not agree"))
        #expect(try events().first?.uncertain.map(\.kind) == ["unread-line"])
    }

    @Test func `that may be several are judged as each of them, and only the first is kept`() throws {
        _ = try begin()
        guard
            case .lineJudgement(.refuse(let message)) = try ask(
                1, "ls",
                {
                    $0.doubts = [.witnessesDiffer]
                    $0.otherReadings = [Array("pwd".utf8), Array("rm zq7".utf8)]
                })
        else {
            Issue.record("let through")
            return
        }
        #expect(message.contains("no-rm"))
        let event = try #require(try events().first)
        #expect(event.rule == "no-rm" && event.verdict == "block")
        #expect(event.uncertain.last?.text == "rule `no-rm` decides, about what the line may be instead")
        #expect(!"\(event)".contains("zq7"))
    }

    @Test func `that ran before they were judged are written down as having run`() throws {
        _ = try begin()
        guard case .lineJudgement(.refuse) = try ask(1, "rm x", { $0.doubts = [.alreadyRan] }) else {
            Issue.record("the session is not told what would have been")
            return
        }
        try tell(LineReport(number: 1, .alarm(.refusedLineRan)), LineReport(number: 1, .ended(status: 0)))
        let events = try events()
        #expect(events.map(\.outcome) == [.passed, .told, .told] && events.first?.verdict == "block")
    }

    @Test func `mean what the shell says that they mean`() throws {
        _ = try begin()
        let alias = LineDefinition(.alias, name: Array("ll".utf8), text: Array("rm -rf".utf8))
        guard case .lineJudgement(.refuse) = try ask(1, "ll /", { $0.definitions = [alias] }) else {
            Issue.record("let through")
            return
        }
    }

    @Test func `that are only observed all run, and the decision is written down`() throws {
        try useGuard("observe", integration: "off")
        let terms = try #require(try begin().guardTerms)
        #expect(!terms.isEnforced && !terms.usesIntegration)
        #expect(try ask(1, "rm -rf /") == .lineJudgement(.run(reader: .nobody)))
        let event = try #require(try events().first)
        #expect(event.verdict == "block" && event.rule == "no-rm" && event.outcome == .passed)
    }

    @Test func `where the guard is off are not spoken of`() throws {
        try useGuard("off")
        #expect(try begin().guardTerms == nil)
        _ = try session.send(
            .judgeLine(
                JudgeLine(
                    channel: Self.channel,
                    question: LineQuestion(number: 1, text: [], language: .bash, witnesses: .editor))))
        try session.waitUntilKilled()
        _ = try daemon.waitForLog("protocol violation", "not guarded")
    }

    @Test func `of a command are guarded if it is a program to be followed`() throws {
        #expect(try begin(.exec, "bash -l", channel: 1).guardTerms?.reader == .shell)
        #expect(try begin(.exec, "psql db", channel: 2).guardTerms?.reader == .psql)
        #expect(try begin(.exec, "top", channel: 3).guardTerms == nil)
        guard case .refused = try session.begin(4, .exec, command: "bash") else {
            Issue.record("a shell that nobody can follow")
            return
        }
    }

    @Test func `of a shell without a terminal nobody can judge`() throws {
        guard case .refused(let refusal) = try session.begin(1, .shell, command: "") else {
            Issue.record("let through")
            return
        }
        #expect(refusal.exitStatus == 126)
        #expect(refusal.message.contains("a shell without a terminal runs what nobody can judge"))
        try useGuard("observe")
        guard case .channel(let granted) = try session.begin(2, .shell, command: "") else {
            Issue.record("held")
            return
        }
        #expect(granted.guardTerms == nil)
        try useGuard("off")
        guard case .channel = try session.begin(3, .shell, command: "") else {
            Issue.record("held")
            return
        }
    }

    @Test(arguments: [
        [LineReport(number: 1, .started)], [LineReport(number: 2, .ended(status: 0))], [LineReport(number: 3, .withdrawn)],
    ])
    func `that were refused or never asked about cannot have run`(reports: [LineReport]) throws {
        _ = try begin()
        _ = try ask(1, "rm x")
        _ = try ask(2, "rm y")
        _ = try session.send(.lineReports(LineReports(channel: Self.channel, reports: reports)))
        try session.waitUntilKilled()
        _ = try daemon.waitForLog("protocol violation", "told")
    }

    @Test func `an alarm is in the log and in the ledger`() throws {
        let granted = try begin()
        try tell(LineReport(number: 0, .alarm(.unreleasedCommand)))
        _ = try daemon.waitForLog("raised an alarm", granted.session)
        #expect(try events().map(\.outcome) == [.told])
    }
}
