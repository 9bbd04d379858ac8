import Foundation
import MonitorProtocol
import Testing

private func approval(
    _ number: Int64 = 12, state: Approval.State = .waiting, user: String = "alice", command: String = "reboot",
    reason: String? = nil
) -> Approval {
    Approval(
        number: number, kind: .command, state: state, createdAt: someMoment,
        expiresAt: Timestamp(milliseconds: someMoment.milliseconds + 600_000), endedAt: state.isOver ? someMoment : nil,
        connectionID: "c1", session: someSession, user: user, target: "web1", login: "root", bytes: Array(command.utf8),
        commands: [UnderstoodCommand(words: [command, "a b", "it's"], via: ["sudo"], verdict: "approve", rules: ["reboots"])],
        rule: "reboots", uncertain: ["a variable"], approvers: ["bob", "group:ops"], count: 2, needsReason: false,
        reason: reason, approvedBy: ["bob"])
}

private func step(_ kind: ApprovalStep.Kind, by person: String?, _ text: String? = nil) -> ApprovalStep {
    ApprovalStep(
        approval: 12, at: someMoment, kind: kind, person: person, through: person == nil ? .bastion : .desk, text: text)
}

@Suite struct `sallyport approval` {
    @Test func `list asks for what is open and shows a table`() throws {
        let daemon = try ScriptedDaemon { request in
            guard case .listApprovals(let filter) = request, filter.after == 0 else { return .approvals([]) }
            return .approvals([approval(), approval(13, state: .approved, user: "carol")])
        }
        let outcome = try daemon.run(["approval", "list", "--user", "alice", "--limit", "7"])
        #expect(
            outcome.output == """
                NUMBER  STATE     USER   LOGIN@TARGET  ASKED                 EXPIRES               YES     RULE     WHAT
                12      waiting   alice  root@web1     2026-11-24 02:03:59Z  2026-11-24 02:13:59Z  1 of 2  reboots  reboot
                13      approved  carol  root@web1     2026-11-24 02:03:59Z  2026-11-24 02:13:59Z  1 of 2  reboots  reboot

                """)
        #expect(
            daemon.requests == [
                .listApprovals(.init(states: [.waiting, .approved], user: "alice", limit: 7)),
                .listApprovals(.init(states: [.waiting, .approved], user: "alice", after: 13, limit: 5)),
            ])
    }

    @Test func `list of all goes on with the next page, the newest first`() throws {
        let daemon = try ScriptedDaemon { request in
            guard case .listApprovals(let filter) = request else { return .done("") }
            let first = filter.after == 0 ? 2500 : filter.after - 1
            return .approvals(
                (0..<Int64(min(filter.limit, 700))).map { approval(first - $0, state: .denied) }.filter { $0.number > 0 })
        }
        let outcome = try daemon.run(["approval", "list", "--all", "--limit", "1500"])
        #expect(outcome.output.split(separator: "\n").count == 1501)
        #expect(
            daemon.requests == [
                .listApprovals(.init(newestFirst: true, limit: 1000)),
                .listApprovals(.init(after: 1801, newestFirst: true, limit: 800)),
                .listApprovals(.init(after: 1101, newestFirst: true, limit: 100)),
            ])
    }

    @Test func `list of a daemon that goes in circles ends`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.approvals([approval()])))
        let outcome = try daemon.run(["approval", "list"])
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
    }

    @Test func `list says so when there is none`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.approvals([])))
        #expect(try daemon.run(["approval", "list"]).output == "no request\n")
        #expect(try daemon.run(["approval", "list", "--json"]).output == "[\n\n]\n")
    }

    @Test func `show tells the whole story`() throws {
        let steps = [
            step(.requested, by: "alice"), step(.approved, by: "bob"), step(.denied, by: "carol", "not\ntoday"),
            step(.notified, by: nil, "chat: requested"),
        ]
        let daemon = try ScriptedDaemon(answering: .reply(.approval(approval(state: .denied, reason: "kernel"), steps)))
        let outcome = try daemon.run(["approval", "show", "12"])
        #expect(
            outcome.output == """
                request:      12, denied
                of:           alice, command
                login:        root@web1
                what:         reboot
                runs:         reboot 'a b' 'it'\\''s' (through sudo): approve by reboots
                rule:         reboots
                uncertain:    a variable
                reason:       kernel
                asked of:     2 of bob, group:ops
                approved by:  bob
                asked:        2026-11-24 02:03:59Z
                expires:      2026-11-24 02:13:59Z
                ended:        2026-11-24 02:03:59Z
                session:      \(someSession)
                connection:   c1
                step:         2026-11-24 02:03:59Z requested by alice (desk)
                step:         2026-11-24 02:03:59Z approved by bob (desk)
                step:         2026-11-24 02:03:59Z denied by carol (desk): not\\u{a}today
                step:         2026-11-24 02:03:59Z notified: chat: requested

                """)
        #expect(daemon.requests == [.showApproval(number: 12)])
    }

    @Test func `prints nothing that a terminal acts on, nor what hides or turns text`() throws {
        let hostile = hostileText + "\u{202a}\u{2066}\u{200e}\u{200f}\u{61c}\u{200b}\u{200d}\u{feff}\u{e0041}"
        let request = approval(user: hostile, command: hostile, reason: hostile)
        let daemon = try ScriptedDaemon { asked in
            switch asked {
            case .listApprovals(let filter): .approvals(filter.after == 0 ? [request] : [])
            default: .approval(request, [step(.denied, by: hostile, hostile)])
            }
        }
        for arguments in [["list"], ["show", "12"], ["list", "--json"], ["show", "12", "--json"]] {
            let output = try daemon.run(["approval"] + arguments).output
            #expect(!output.isEmpty)
            let bad = output.unicodeScalars.filter {
                ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value)
                    || [.format, .lineSeparator, .paragraphSeparator, .privateUse].contains($0.properties.generalCategory)
            }
            #expect(bad.isEmpty, "\(arguments)")
        }
    }

    @Test func `list and show have stable keys for scripts`() throws {
        let daemon = try ScriptedDaemon { request in
            switch request {
            case .listApprovals(let filter): .approvals(filter.after == 0 ? [approval()] : [])
            default: .approval(approval(), [step(.requested, by: "alice")])
            }
        }
        let list = try JSONSerialization.jsonObject(with: Data(try daemon.run(["approval", "list", "--json"]).output.utf8))
        let show = try JSONSerialization.jsonObject(with: Data(try daemon.run(["approval", "show", "12", "--json"]).output.utf8))
        let row = try #require((list as? [[String: Any]])?.first)
        let keys = [
            "approved_by", "approvers", "base64", "commands", "connection_id", "count", "created_at", "ended_at", "expires_at",
            "kind", "login", "needs_reason", "number", "reason", "rule", "seconds", "session", "state", "target", "text",
            "uncertain", "user",
        ]
        #expect(row.keys.sorted() == keys)
        #expect(row["ended_at"] is NSNull && row["seconds"] is NSNull)
        let one = try #require(show as? [String: Any])
        #expect(one.keys.sorted() == (keys + ["steps"]).sorted())
        let first = try #require((one["steps"] as? [[String: Any]])?.first)
        #expect(first.keys.sorted() == ["at", "kind", "person", "text", "through"])
    }

    @Test func `approve and deny ask the daemon, and tell what it says`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("Request 12 is denied.")))
        #expect(
            try daemon.run(["approval", "deny", "12", "--reason", "not today"])
                == Tool.Outcome(status: 0, output: "Request 12 is denied.\n", errors: ""))
        _ = try daemon.run(["approval", "approve", "13"])
        #expect(
            daemon.requests == [
                .decideApproval(number: 12, approve: false, reason: "not today"),
                .decideApproval(number: 13, approve: true, reason: nil),
            ])
    }

    @Test func `that was refused or is not there is status 1`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.failure(AdminFailure(.refused, "request 12 is over already."))))
        let expected = Tool.Outcome(status: 1, output: "", errors: "sallyport: request 12 is over already.\n")
        #expect(try daemon.run(["approval", "approve", "12"]) == expected)
        #expect(try daemon.run(["approval", "show", "12"]) == expected)
    }
}

@Suite struct `sallyport access` {
    private let access = TimedAccess(
        approval: 12, user: "alice", target: "db1", login: "postgres", channels: ["exec", "shell"], guardMode: "enforce",
        from: someMoment, until: Timestamp(milliseconds: someMoment.milliseconds + 7_200_000), endsSessions: true, rule: "on-call"
    )

    @Test func `list shows a table, and stable keys for scripts`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.accesses([access])))
        #expect(
            try daemon.run(["access", "list"]).output == """
                REQUEST  USER   LOGIN@TARGET  FROM                  UNTIL                 CHANNELS    GUARD    RULE
                12       alice  postgres@db1  2026-11-24 02:03:59Z  2026-11-24 04:03:59Z  exec,shell  enforce  on-call

                """)
        let list = try JSONSerialization.jsonObject(with: Data(try daemon.run(["access", "list", "--json"]).output.utf8))
        let row = try #require((list as? [[String: Any]])?.first)
        #expect(
            row.keys.sorted() == [
                "approval", "channels", "ends_sessions", "from", "guard_mode", "login", "rule", "state", "target", "until",
                "user",
            ])
        #expect(daemon.requests == [.listAccesses, .listAccesses])
    }

    @Test func `revoke asks the daemon`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("The access of request 12 is revoked.")))
        let outcome = try daemon.run(["access", "revoke", "12", "--reason", "left the team"])
        #expect(outcome == Tool.Outcome(status: 0, output: "The access of request 12 is revoked.\n", errors: ""))
        #expect(daemon.requests == [.revokeAccess(approval: 12, reason: "left the team")])
    }
}
