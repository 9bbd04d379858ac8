import GRDB
import MonitorProtocol
import Testing

@testable import Store

@Suite struct `The queue of notifications` {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws { temporary = try TemporaryStore() }

    private func after(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: noon.milliseconds + seconds * 1000) }

    @Test func `gets one for each channel with the request, and with a step`() throws {
        let number = try store.add(request(), notifying: ["chat", "mail"])
        try store.record(step(number, .denied, at: after(1)), state: .denied, notifying: ["chat"])
        let due = try store.dueNotifications(at: after(1), limit: 10)
        #expect(due.map(\.channel) == ["chat", "mail", "chat"])
        #expect(due.map(\.kind) == [.requested, .requested, .denied])
        #expect(due.map(\.attempts) == [0, 0, 0])
        #expect(try store.dueNotifications(at: noon, limit: 10).count == 2)
        #expect(try store.dueNotifications(at: after(1), limit: 1).count == 1)
    }

    @Test func `gets none of a step that was not taken`() throws {
        let number = try store.add(request())
        try store.record(step(number, .denied), state: .denied)
        #expect(throws: StoreError.self) { try store.record(step(number, .approved), state: .approved, notifying: ["chat"]) }
        #expect(try store.nextNotification() == nil)
    }

    @Test func `survives a new start, with what was tried`() throws {
        let number = try store.add(request(), notifying: ["chat", "mail"])
        try store.failed(1, next: after(5))
        try store.failed(1, next: after(20))
        let reopened = try Store(path: temporary.path)
        #expect(try reopened.nextNotification() == noon)
        try reopened.delivered(2, at: after(1))
        #expect(try reopened.nextNotification() == after(20))
        #expect(try reopened.dueNotifications(at: after(19), limit: 10).isEmpty)
        let expected = QueuedNotification(
            id: 1, approval: number, kind: .requested, channel: "chat", queuedAt: noon, attempts: 2)
        #expect(try reopened.dueNotifications(at: after(20), limit: 10) == [expected])
    }

    @Test func `writes into the ledger what became of each, once`() throws {
        let number = try store.add(request(), notifying: ["chat", "mail"])
        for _ in 0..<2 {
            try store.delivered(1, at: later)
            try store.giveUp(2, at: later, because: "HTTP 500\0" + String(repeating: "x", count: 5000))
            try store.giveUp(1, at: later, because: "late")
            try store.failed(1, next: later)
        }
        let steps = try #require(try store.approval(number)).steps
        #expect(steps.map(\.kind) == [.requested, .notified, .notificationFailed])
        #expect(steps[1].text == "chat: requested")
        #expect(steps[2].text?.hasPrefix("mail: requested: HTTP 500\u{FFFD}xxx") == true)
        #expect(steps.map(\.person) == ["alice", nil, nil])
        #expect(try store.nextNotification() == nil)
        // And neither decided the request.
        #expect(try store.state(number) == .waiting)
    }

    @Test func `does not use a number again`() throws {
        _ = try store.add(request(), notifying: ["chat"])
        try store.delivered(1, at: later)
        _ = try store.add(request(), notifying: ["chat"])
        try store.delivered(1, at: later)
        #expect(try store.dueNotifications(at: later, limit: 10).map(\.id) == [2])
    }

    @Test func `does not wait for a clock that was set back`() throws {
        _ = try store.add(request(at: after(86_400)), notifying: ["chat"])
        #expect(try store.dueNotifications(at: noon, limit: 10).count == 1)
        try store.failed(1, next: after(3600))
        #expect(try store.dueNotifications(at: noon, limit: 10).isEmpty)
    }

    @Test func `tells only of channels that do not rest, and gives up what is old`() throws {
        let number = try store.add(request(), notifying: ["chat", "mail"])
        try store.record(step(number, .approved, at: after(60)), notifying: ["mail"])
        #expect(try store.dueNotifications(at: after(60), limit: 10, except: ["mail", "x\"']"]).map(\.channel) == ["chat"])
        #expect(try store.nextNotification(except: ["chat"]) == noon)
        #expect(try store.nextNotification(except: ["chat", "mail"]) == nil)
        try store.giveUpNotifications(queuedBefore: noon, at: after(61), because: "old")
        #expect(try store.dueNotifications(at: after(60), limit: 10).count == 3)
        try store.giveUpNotifications(queuedBefore: after(1), at: after(61), because: "old")
        #expect(try store.dueNotifications(at: after(60), limit: 10).map(\.kind) == [.approved])
        #expect(try store.kinds(number) == [.requested, .approved, .notificationFailed, .notificationFailed])
    }

    @Test func `is bounded: the oldest are given up, with a step`() throws {
        let first = try store.add(request(), notifying: ["chat"])
        let second = try store.add(request())
        try store.write { database in
            for _ in 1..<Store.mostNotifications {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO notification (approval, kind, channel, queuedAt, dueAt, attempts)
                        VALUES (?, 'requested', 'mail', 0, 0, 0)
                        """
                ).execute(arguments: [second])
            }
        }
        #expect(try store.kinds(first) == [.requested])
        try store.record(step(second, .denied), state: .denied, notifying: ["chat", "mail"])
        #expect(try store.kinds(first) == [.requested, .notificationFailed])
        #expect(try store.approval(first)?.steps.last?.text == "chat: requested: too many wait")
        #expect(try store.kinds(second) == [.requested, .denied, .notificationFailed])
        let count = try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM notification") }
        #expect(count == Store.mostNotifications)
    }
}
