import Foundation
import GRDB
import MonitorProtocol
import Testing

@testable import Store

func request(
    _ command: String = "systemctl restart db", user: String = "alice", kind: Approval.Kind = .command, at: Timestamp = noon
) -> Approval {
    Approval(
        kind: kind, createdAt: at, expiresAt: Timestamp(milliseconds: at.milliseconds + 600_000), connectionID: "abc",
        session: SessionID(at: noon, random: 1), user: user, target: "web1", login: "root", bytes: Array(command.utf8),
        commands: [UnderstoodCommand(words: [command, "\0"], via: ["sudo"], verdict: "approve", rules: ["restart"])],
        rule: "restart", uncertain: ["\u{1b}[2J"], approvers: ["@leads", "bob"], count: 2, needsReason: true, reason: "it hangs")
}

func step(
    _ number: Int64, _ kind: ApprovalStep.Kind, by person: String? = "bob", at: Timestamp = later, text: String? = nil
) -> ApprovalStep {
    ApprovalStep(
        approval: number, at: at, kind: kind, person: person, through: person == nil ? .bastion : .desk, text: text)
}

extension Store {
    func state(_ number: Int64) throws -> Approval.State? { try approval(number)?.approval.state }
    func kinds(_ number: Int64) throws -> [ApprovalStep.Kind] { try approval(number)?.steps.map(\.kind) ?? [] }
}

@Suite struct `A request for an approval` {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws { temporary = try TemporaryStore() }

    @Test func `comes back as it was added, also when the store is opened again`() throws {
        var command = request()
        command.base64 = Approval(copying: command, bytes: [0xFF, 0, 0x0A]).base64
        var access = request("two hours", kind: .access)
        access.session = nil
        access.rule = nil
        access.reason = nil
        access.seconds = 7200
        #expect(try store.add(command) == 1)
        #expect(try store.add(access) == 2)
        command.number = 1
        access.number = 2
        let reopened = try Store(path: temporary.path)
        #expect(try reopened.approvals(.init(limit: 10)) == [command, access])
        let found = try #require(try reopened.approval(1))
        #expect(found.approval == command)
        #expect(found.approval.bytes == [0xFF, 0, 0x0A])
        #expect(found.steps == [step(1, .requested, by: "alice", at: noon, text: "it hangs")])
        #expect(try reopened.approval(3) == nil)
    }

    @Test func `is told with who said yes, each once and in that order`() throws {
        let number = try store.add(request())
        for person in ["carol", "bob", "carol"] { try store.record(step(number, .approved, by: person)) }
        try store.record(step(number, .refused, by: "dave", text: "dave is not an approver"))
        #expect(try store.approval(number)?.approval.approvedBy == ["carol", "bob"])
        #expect(try store.approvals(.init(limit: 1)).first?.approvedBy == ["carol", "bob"])
        #expect(try store.state(number) == .waiting)
        #expect(try store.kinds(number) == [.requested, .approved, .approved, .approved, .refused])
    }

    @Test(arguments: [Approval.State.used, .denied, .withdrawn, .expired, .void])
    func `that is over stays so, and takes steps all the same`(_ end: Approval.State) throws {
        let number = try store.add(request())
        try store.record(step(number, .approved), state: .approved)
        try store.record(step(number, .denied, text: "no"), state: end)
        for state in Approval.State.allCases where state != .waiting {
            #expect(throws: StoreError.approvalDecided(number: number, end)) {
                try store.record(step(number, .approved), state: state)
            }
        }
        try store.record(step(number, .refused, text: "somebody was first"))
        #expect(try store.state(number) == end)
        #expect(try store.approval(number)?.approval.endedAt == later)
        #expect(try store.kinds(number) == [.requested, .approved, .denied, .refused])
    }

    @Test func `is decided by one of two at the same moment`() async throws {
        let number = try store.add(request())
        let decided = await withTaskGroup(of: Int.self) { [store] group in
            for index in 0..<8 {
                group.addTask {
                    let kind: ApprovalStep.Kind = index % 2 == 0 ? .approved : .denied
                    let state: Approval.State = index % 2 == 0 ? .approved : .denied
                    return (try? store.record(step(number, kind, by: "approver\(index)"), state: state)) == nil ? 0 : 1
                }
            }
            return await group.reduce(0, +)
        }
        // A denial may follow an approval, never the other way, and neither itself.
        let kinds = try store.kinds(number)
        #expect(kinds.count == decided + 1)
        #expect([[.requested, .approved], [.requested, .denied], [.requested, .approved, .denied]].contains(kinds))
    }

    @Test func `that there is not cannot be changed`() throws {
        #expect(throws: StoreError.notFound("request 7")) { try store.record(step(7, .refused)) }
        #expect(throws: StoreError.notFound("request 7")) { try store.record(step(7, .denied), state: .denied) }
    }

    @Test func `does not end before it begins, when the clock was set back`() throws {
        let number = try store.add(request(at: later))
        try store.record(step(number, .withdrawn, at: noon), state: .withdrawn)
        #expect(try store.approval(number)?.approval.endedAt == later)
        let other = try store.add(request())
        try store.record(step(other, .expired, by: nil, at: noon), state: .expired, endedAt: later)
        #expect(try store.approval(other)?.approval.endedAt == later)
    }

    @Test func `that is open at a start becomes void, once`() throws {
        let numbers = try (0..<4).map { _ in try store.add(request()) }
        try store.record(step(numbers[1], .approved), state: .approved)
        try store.record(step(numbers[2], .denied), state: .denied)
        #expect(try store.voidOpenApprovals(at: later, because: "the bastion was restarted", notifying: ["chat"]) == 3)
        #expect(try store.voidOpenApprovals(at: later, because: "again") == 0)
        #expect(try numbers.map { try store.state($0) } == [.void, .void, .denied, .void])
        let expected = step(numbers[1], .void, by: nil, text: "the bastion was restarted")
        #expect(try store.approval(numbers[1])?.steps.last == expected)
        #expect(try store.dueNotifications(at: later, limit: 10).map(\.approval) == [numbers[0], numbers[1], numbers[3]])
    }

    @Test func `is listed by state and user, in pages either way`() throws {
        for index in 0..<10 { _ = try store.add(request("command \(index)", user: index % 2 == 0 ? "alice" : "bob")) }
        try store.record(step(2, .denied), state: .denied)
        try store.record(step(3, .approved), state: .approved)
        func numbers(_ filter: AdminRequest.ApprovalFilter) throws -> [Int64] { try store.approvals(filter).map(\.number) }
        #expect(try numbers(.init(limit: 1000)) == Array(1...10))
        #expect(try numbers(.init(newestFirst: true, limit: 3)) == [10, 9, 8])
        #expect(try numbers(.init(after: 8, newestFirst: true, limit: 3)) == [7, 6, 5])
        #expect(try numbers(.init(after: 8, limit: 3)) == [9, 10])
        #expect(try numbers(.init(states: [.denied], limit: 10)) == [2])
        #expect(try numbers(.init(states: AdminRequest.ApprovalFilter.open, user: "alice", limit: 10)) == [1, 3, 5, 7, 9])
        #expect(try numbers(.init(states: [.waiting], user: "alice", after: 5, newestFirst: true, limit: 10)) == [1])
        #expect(try numbers(.init(limit: -7)) == [1])
        // A name is data, whatever is in it.
        #expect(try numbers(.init(user: "bob' OR '1'='1", limit: 10)).isEmpty)
        #expect(throws: StoreError.zeroByte(field: "user")) { _ = try numbers(.init(user: "bob\0", limit: 10)) }
    }

    @Test func `a page ends before it is larger than a reply`() throws {
        let long = request(String(repeating: "x", count: 64 * 1024))
        for _ in 0..<60 { _ = try store.add(long) }
        var page = try store.approvals(.init(limit: 1000))
        #expect((1..<60).contains(page.count))
        var count = 0
        while let last = page.last {
            count += page.count
            page = try store.approvals(.init(after: last.number, limit: 1000))
        }
        #expect(count == 60)
    }

    @Test func `that is too large to keep is refused, not cut`() throws {
        var huge = request()
        huge.uncertain = [String(repeating: "x", count: 2 << 20)]
        #expect(throws: StoreError.tooLong(field: "facts", limit: 1 << 20)) { _ = try store.add(huge) }
        #expect(throws: StoreError.tooLong(field: "user", limit: 1024)) {
            _ = try store.add(request(user: String(repeating: "a", count: 1025)))
        }
        #expect(throws: StoreError.zeroByte(field: "user")) { _ = try store.add(request(user: "alice\0x")) }
        let number = try store.add(request())
        #expect(throws: StoreError.tooLong(field: "reason", limit: 1024)) {
            try store.record(step(number, .denied, text: String(repeating: "x", count: 1025)), state: .denied)
        }
        // Not half of it either.
        #expect(try store.state(number) == .waiting)
        #expect(try store.approvals(.init(limit: 10)).count == 1)
    }

    @Test func `keeps only the first attempts of those who may not decide`() throws {
        let number = try store.add(request())
        for _ in 0..<Store.mostRefusedSteps + 20 { try store.record(step(number, .refused, by: "mallory")) }
        try store.record(step(number, .denied), state: .denied)
        let kinds = try store.kinds(number)
        #expect(kinds.count { $0 == .refused } == Store.mostRefusedSteps)
        #expect(kinds.last == .denied)
    }

    @Test func `of a thousand that wait is found without reading all that are over`() throws {
        try store.write { database in
            for index in 0..<2000 {
                try database.execute(
                    sql: """
                        INSERT INTO approval (kind, state, createdAt, expiresAt, endedAt, connectionID, user, target, login, facts)
                        VALUES ('command', ?1, 0, 0, ?2, '', 'alice', '', '', x'')
                        """, arguments: [index < 1990 ? "denied" : "waiting", index < 1990 ? 0 : nil])
            }
        }
        let plan = try store.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    EXPLAIN QUERY PLAN SELECT * FROM approval WHERE state IN ('waiting', 'approved') AND endedAt IS NULL
                    ORDER BY number ASC LIMIT 100
                    """
            ).map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("approvalOpen") }, "\(plan)")
    }
}

extension Approval {
    fileprivate init(copying other: Approval, bytes: [UInt8]) {
        self.init(
            kind: other.kind, createdAt: other.createdAt, expiresAt: other.expiresAt, connectionID: other.connectionID,
            session: other.session, user: other.user, target: other.target, login: other.login, bytes: bytes,
            commands: other.commands, rule: other.rule, uncertain: other.uncertain, approvers: other.approvers,
            count: other.count, needsReason: other.needsReason)
    }
}
