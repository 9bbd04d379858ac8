import Foundation
import Guard
import MonitorProtocol
import OpenSSHKeys
import Testing

/// A requester, an approver or a session process that does not keep to its word.
@Suite struct `Approvals under attack` {
    let target: TargetUnderTest
    let daemon: RunningDaemon
    private static let terminal = TerminalRequest(term: "xterm", columns: 80, rows: 24)
    private static let policy = """
        default: allow
        uncertain: allow
        approvals: {by: [bob]}
        rules:
          - name: again
            match: {command: {program: systemctl}}
            verdict: approve
            approval: {by: [bob], for: 15m}
          - name: once
            match: {command: {program: reboot}}
            verdict: approve

        """

    private static func access(_ target: TargetUnderTest, requests to: String = "[alice]") -> String {
        target.access(
            grants: """
                  - { name: a, to: [alice], targets: [web1], logins: [root], channels: [shell, exec] }
                  - { name: deciders, to: [bob], targets: [web1], rights: [decide] }
                """) + """
                requests:
                  - name: on-call
                    to: \(to)
                    targets: [web1]
                    logins: [deploy]
                    channels: [exec]
                    longest: 8h
                    approval: {by: [bob]}

                """
    }

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
        try RunningDaemon.write(Array(Self.policy.utf8), to: daemon.folder + "/policy.yaml")
        try reload(Self.access(target))
    }

    private func reload(_ access: String) throws {
        try daemon.rewriteAccess(access)
        let reply = try daemon.admin(.reload)
        guard case .done = reply else { throw RunningDaemon.Failure(description: "not reloaded: \(reply)") }
    }

    private func loggedIn(_ user: String) throws -> ScriptedSession {
        try daemon.loggedInSession(daemon.certificate(for: PrivateKey.generateEd25519().publicKey, user: user)).session
    }

    private func alice() throws -> ScriptedSession {
        let session = try loggedIn("alice")
        try session.reach()
        return session
    }

    /// - Returns: the number of the request that waits now.
    private func held(_ reply: MonitorReply) throws -> Int64 {
        guard case .held(let notice) = reply else { throw RunningDaemon.Failure(description: "not held: \(reply)") }
        return Int64(notice.approval)
    }

    private func decide(_ number: Int64, _ session: ScriptedSession) throws -> DeskReply {
        let reply = try session.ask(.decide(Decide(approval: UInt64(number), approves: true, reason: nil)))
        guard case .desk(let said) = reply else { throw RunningDaemon.Failure(description: "\(reply)") }
        return said
    }

    private func story(of number: Int64) throws -> (state: Approval.State, steps: [ApprovalStep]) {
        guard case .approval(let approval, let steps) = try daemon.admin(.showApproval(number: number)) else {
            throw RunningDaemon.Failure(description: "no request \(number)")
        }
        return (approval.state, steps)
    }

    private func waitFor(_ state: Approval.State, of number: Int64) throws {
        _ = try RunningDaemon.eventually("request \(number) \(state)") {
            try story(of: number).state == state ? true : nil
        }
    }

    // MARK: Nothing stays behind

    @Test func `a connection that ends while it waits leaves nothing open`() throws {
        var before = 0
        for round in 0..<12 {
            let session = try alice()
            let number = try held(try session.begin(1, command: "reboot"))
            try session.tell("raise \(SIGKILL)")
            session.letGo()
            try waitFor(.withdrawn, of: number)
            #expect(try story(of: number).steps.last?.text == "the connection ended")
            // The first ones open what is opened once.
            if round == 1 { before = try daemon.openDescriptors }
        }
        _ = try RunningDaemon.eventually("descriptors as before: \(before)") {
            try daemon.openDescriptors <= before + 4 ? true : nil
        }
    }

    @Test func `an approval that nothing comes of is void at once`() throws {
        let session = try alice()
        let number = try held(try session.begin(1, command: "reboot"))
        // Alice may still reach the target, and no longer run commands there.
        try daemon.rewriteAccess(Self.access(target).replacing("channels: [shell, exec]", with: "channels: [shell]"))
        let bob = try loggedIn("bob")
        guard case .done = try daemon.admin(.reload) else { throw RunningDaemon.Failure(description: "not reloaded") }
        #expect(try decide(number, bob).exitStatus == 0)
        guard case .refused = try session.receive().reply else {
            Issue.record("it runs")
            return
        }
        try waitFor(.void, of: number)
    }

    @Test func `a reason that the ledger does not take decides nothing`() throws {
        let (session, bob) = (try alice(), try loggedIn("bob"))
        let number = try held(try session.begin(1, command: "reboot"))
        guard
            case .desk(let said) = try bob.ask(.decide(Decide(approval: UInt64(number), approves: false, reason: "no\u{0}"))),
            case .desk(let again) = try bob.ask(.desk(command: Array("deny \(number) --reason a\u{0}b".utf8)))
        else { throw RunningDaemon.Failure(description: "no answer") }
        #expect(said.exitStatus == 1 && again.exitStatus == 1)
        #expect(try story(of: number).state == .waiting)
        #expect(try decide(number, bob).exitStatus == 0)
    }

    // MARK: Nothing begins

    @Test func `what is approved on a connection that was ended does not begin`() throws {
        let (session, bob) = (try alice(), try loggedIn("bob"))
        guard case .channel(let granted) = try session.begin(1) else { throw RunningDaemon.Failure(description: "no channel") }
        let number = try held(try session.begin(2, command: "reboot"))
        guard case .done = try daemon.admin(.killSession(granted.session)) else {
            throw RunningDaemon.Failure(description: "not killed")
        }
        #expect(try decide(number, bob).exitStatus == 1)
        var replies: [MonitorReply] = []
        while replies.count < 2 { replies.append(try session.receive().reply) }
        #expect(!replies.contains { if case .channel = $0 { true } else { false } }, "\(replies)")
        try waitFor(.withdrawn, of: number)
    }

    @Test func `a line that is asked about makes the one void that waits`() throws {
        let (session, bob) = (try alice(), try loggedIn("bob"))
        guard case .channel = try session.begin(1, .shell, command: "", terminal: Self.terminal) else {
            throw RunningDaemon.Failure(description: "no channel")
        }
        let first = try ask(1, "reboot", session)
        let number = try held(session.receive().reply)
        let second = try ask(2, "ls", session)
        let replies = try [session.receive(), session.receive()]
        #expect(Set(replies.map(\.number)) == [first, second])
        try waitFor(.void, of: number)
        #expect(try decide(number, bob).exitStatus == 1)
    }

    // MARK: What an approval covers

    private func ask(
        _ number: UInt32, _ text: String, _ session: ScriptedSession, alias: String? = nil, or other: String? = nil
    ) throws -> UInt32 {
        var question = LineQuestion(number: number, text: Array(text.utf8), language: .bash, witnesses: .editor)
        if let alias { question.definitions = [LineDefinition(.alias, name: Array("s".utf8), text: Array(alias.utf8))] }
        if let other {
            question.doubts = [.witnessesDiffer]
            question.otherReadings = [Array(other.utf8)]
        }
        return try session.send(.judgeLine(JudgeLine(channel: ChannelNumber(1), question: question)))
    }

    private func expectRun(_ reply: MonitorReply) {
        guard case .lineJudgement(.run) = reply else {
            Issue.record("\(reply)")
            return
        }
    }

    @Test func `the same words are not the same line when an alias gives them another meaning`() throws {
        let (session, bob) = (try alice(), try loggedIn("bob"))
        guard case .channel = try session.begin(1, .shell, command: "", terminal: Self.terminal) else {
            throw RunningDaemon.Failure(description: "no channel")
        }
        _ = try ask(1, "s nginx", session, alias: "systemctl status")
        let number = try held(session.receive().reply)
        #expect(try decide(number, bob).exitStatus == 0)
        expectRun(try session.receive().reply)
        // Covered for a quarter of an hour.
        _ = try ask(2, "s nginx", session, alias: "systemctl status")
        expectRun(try session.receive().reply)
        _ = try ask(3, "s nginx", session, alias: "systemctl stop")
        _ = try held(session.receive().reply)
    }

    @Test func `a command at a terminal is not the one without`() throws {
        let (session, bob) = (try alice(), try loggedIn("bob"))
        let number = try held(try session.begin(1, command: "systemctl edit x"))
        #expect(try decide(number, bob).exitStatus == 0)
        guard case .channel = try session.receive().reply else { throw RunningDaemon.Failure(description: "no channel") }
        guard case .channel = try session.begin(2, command: "systemctl edit x") else {
            throw RunningDaemon.Failure(description: "not covered")
        }
        _ = try held(try session.begin(3, command: "systemctl edit x", terminal: Self.terminal))
    }

    // MARK: Access that was asked for

    private func request(_ session: ScriptedSession) throws -> Int64 {
        let words = "request web1 --login deploy --for 1h --reason x"
        guard case .desk(let reply) = try session.ask(.desk(command: Array(words.utf8))),
            let number = Int64(reply.text.drop { !$0.isNumber }.prefix { $0.isNumber })
        else { throw RunningDaemon.Failure(description: "not asked") }
        return number
    }

    @Test func `access is void when its entry is for others now`() throws {
        let (session, bob) = (try loggedIn("alice"), try loggedIn("bob"))
        let number = try request(session)
        try reload(Self.access(target, requests: "[carol]"))
        try waitFor(.void, of: number)
        #expect(try decide(number, bob).exitStatus == 1)
    }

    @Test func `access that was given gives nothing when its entry is for others now`() throws {
        let (session, bob) = (try loggedIn("alice"), try loggedIn("bob"))
        let number = try request(session)
        #expect(try decide(number, bob).exitStatus == 0)
        try waitFor(.used, of: number)
        func logins() throws -> [String] {
            guard case .deskPage(.targets(let rows, _)) = try session.ask(.deskView(.targets(after: 0))) else { return [] }
            return rows.flatMap(\.logins)
        }
        #expect(try logins().contains("deploy"))
        try reload(Self.access(target, requests: "[carol]"))
        #expect(try !logins().contains("deploy"))
    }

    // MARK: The signature

    @Test func `a certificate that has expired signs nothing more`() throws {
        let session = try alice()
        let number = try held(try session.begin(1, command: "reboot"))
        let issue = AdminRequest.IssueCertificate(
            user: "bob", ttlSeconds: 3, principals: [], sourceAddresses: [], forceCommand: nil, permitsTerminal: true,
            permitsForwarding: true, publicKey: try PrivateKey.generateEd25519().publicKey.line)
        guard case .line(let line) = try daemon.admin(.issueCertificate(issue)) else {
            throw RunningDaemon.Failure(description: "no certificate")
        }
        let certificate = try Certificate(line: line)
        let (bob, _) = try daemon.loggedInSession(certificate)
        while UInt64(Date().timeIntervalSince1970) < certificate.validBefore { usleep(50_000) }
        let said = try decide(number, bob)
        #expect(said.exitStatus == 1 && said.text.contains("expired"))
        guard case .refused = try bob.ask(.openDeskLeg(Leg(1))) else {
            Issue.record("a new target")
            return
        }
        #expect(try story(of: number).state == .waiting)
    }
}
