import MonitorProtocol
import Testing

@testable import Store

@Suite struct `Access for some time` {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws { temporary = try TemporaryStore() }

    private func access(_ number: Int64, seconds: Int64) -> TimedAccess {
        TimedAccess(
            approval: number, user: "alice", target: "db1", login: "postgres", channels: ["shell", "exec"], guardMode: "enforce",
            from: noon, until: Timestamp(milliseconds: noon.milliseconds + seconds * 1000), endsSessions: true, rule: "on-call")
    }

    private func approved() throws -> Int64 {
        let number = try store.add(request(kind: .access))
        try store.record(step(number, .approved, at: noon), state: .approved)
        return number
    }

    @Test func `comes back as it was granted, the first to end first, also after a new start`() throws {
        let long = access(try approved(), seconds: 7200)
        let short = access(try approved(), seconds: 60)
        try store.grant(long, notifying: ["chat"])
        try store.grant(short)
        let reopened = try Store(path: temporary.path)
        #expect(try reopened.timedAccesses(activeAt: noon) == [short, long])
        #expect(try reopened.timedAccesses(activeAt: later) == [long])
        #expect(try reopened.overdueAccesses(at: later) == [short])
        #expect(try reopened.timedAccess(of: long.approval) == long)
        #expect(try reopened.timedAccess(of: 99) == nil)
        #expect(try reopened.kinds(long.approval) == [.requested, .approved, .granted])
        #expect(try reopened.state(long.approval) == .used)
        #expect(try reopened.dueNotifications(at: noon, limit: 10).map(\.kind) == [.granted])
        // What was granted is not open any more, so a start does not make it void.
        #expect(try reopened.voidOpenApprovals(at: later, because: "start") == 0)
    }

    @Test func `is granted once, and only of a request that was approved`() throws {
        let waiting = try store.add(request(kind: .access))
        #expect(throws: StoreError.approvalDecided(number: waiting, .waiting)) {
            try store.grant(access(waiting, seconds: 60))
        }
        let number = try approved()
        try store.grant(access(number, seconds: 60))
        #expect(throws: StoreError.approvalDecided(number: number, .used)) { try store.grant(access(number, seconds: 600)) }
        #expect(throws: StoreError.notFound("request 99")) { try store.grant(access(99, seconds: 60)) }
        #expect(try store.timedAccesses(activeAt: noon) == [access(number, seconds: 60)])
        #expect(try store.state(waiting) == .waiting)
    }

    @Test func `ends once, whoever comes second is told`() throws {
        let number = try approved()
        try store.grant(access(number, seconds: 60))
        #expect(try store.end(access: number, as: .revoked, at: noon, by: "uid 0", through: .local, because: "left the team"))
        #expect(try !store.end(access: number, as: .expired, at: later, by: nil))
        #expect(try store.timedAccesses(activeAt: noon).isEmpty)
        #expect(try store.overdueAccesses(at: later).isEmpty)
        let steps = try #require(try store.approval(number)).steps
        #expect(steps.map(\.kind) == [.requested, .approved, .granted, .revoked])
        #expect(
            steps.last
                == ApprovalStep(
                    approval: number, at: noon, kind: .revoked, person: "uid 0", through: .local, text: "left the team"))
        #expect(try store.timedAccess(of: number)?.state == .revoked)
        #expect(throws: StoreError.notFound("access of request 99")) {
            _ = try store.end(access: 99, as: .expired, at: later, by: nil)
        }
    }
}
