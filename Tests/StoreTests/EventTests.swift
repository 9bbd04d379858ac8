import GRDB
import MonitorProtocol
import Testing

@testable import Store

func event(
    _ command: String, session: SessionID? = nil, user: String = "alice", at: Timestamp = noon, verdict: String = "allow",
    rule: String? = nil
) -> PolicyEvent {
    PolicyEvent(
        at: at, connectionID: "abc", session: session, user: user, target: "web1", login: "root", channel: .exec,
        verdict: verdict, outcome: verdict == "allow" ? .passed : .refused, rule: rule,
        uncertain: [.init(kind: "evaluated", text: "\u{1b}[2J \0")], shadows: [.init(rule: "candidate", verdict: "block")],
        action: .command(
            CommandAction(
                bytes: Array(command.utf8),
                commands: [UnderstoodCommand(words: [command, "\0"], via: ["sudo"], verdict: verdict, rules: [])])))
}

@Suite struct `The policy's decisions` {
    private let all = AdminRequest.EventFilter(limit: 10_000)

    @Test func `come back as they were added and in order`() throws {
        let store = try TemporaryStore().store
        let file = PolicyEvent(
            at: later, connectionID: "abc", session: SessionID(at: noon, random: 1), user: "bob", target: "web1", login: "root",
            channel: .sftp, verdict: "block", outcome: .refused, rule: "no-shadow", uncertain: [], shadows: [],
            action: .file(
                FileAction(
                    operation: "rename", path: "/a\u{1b}", secondPath: "/b", result: "refused", bytesRead: 1,
                    bytesWritten: UInt64.max, sha256: "00ff")))
        try store.add([event("id"), file])
        try store.add([])
        var expected = [event("id"), file]
        expected[0].number = 1
        expected[1].number = 2
        #expect(try store.events(all) == expected)
    }

    @Test func `of lines and what was told of them come back`() throws {
        let store = try TemporaryStore().store
        let bytes: [UInt8] = [0, 0xFF, 0x0A]
        var line = event("x")
        line.action = .line(
            LineAction(
                number: 7, bytes: bytes, commands: [UnderstoodCommand(words: ["x"], via: [], verdict: "allow", rules: [])],
                language: "bash", witnesses: ["editor", "screen"]))
        var told = event("x")
        told.outcome = .told
        told.action = .lineReport(LineReportAction(number: 7, kind: .ended, status: 255, text: nil))
        try store.addQuickly([])
        try store.addQuickly([line, told])
        try store.add([event("id")])
        line.number = 1
        told.number = 2
        #expect(try store.events(all).prefix(2) == [line, told])
        guard case .line(let action) = try store.events(all)[0].action else { throw StoreError.malformedRow("event") }
        #expect(action.bytes == bytes)
        #expect(try store.events(.init(content: .lines, limit: 10)).map(\.number) == [1, 2, 3])
        #expect(try store.events(.init(content: .commands, limit: 10)).map(\.number) == [1, 3])
    }

    @Test func `that nobody waits for do not wait for the disk, and all others do`() throws {
        let store = try TemporaryStore().store
        var level: Int?
        let quick = { try store.quickly { level = try Int.fetchOne($0, sql: "PRAGMA synchronous") } }
        let lasting = { try store.write { level = try Int.fetchOne($0, sql: "PRAGMA synchronous") } }
        var bad = event("id")
        bad.user = "a\0"
        for _ in 1...2 {
            try quick()
            #expect(level == 1)
            #expect(throws: StoreError.self) { try store.addQuickly([bad]) }
            try lasting()
            #expect(level == 2)
            #expect(throws: StoreError.self) { try store.add([bad]) }
            try lasting()
            #expect(level == 2)
            try store.addQuickly([event("id")])
            try quick()
            #expect(level == 1)
        }
        #expect(try store.events(all).count == 2)
    }

    @Test func `a command need not be text`() throws {
        let store = try TemporaryStore().store
        var odd = event("id")
        odd.action = .command(CommandAction(bytes: [0xFF, 0, 0x0A], commands: []))
        try store.add([odd])
        guard case .command(let action) = try store.events(all)[0].action else { throw StoreError.malformedRow("event") }
        #expect(action.bytes == [0xFF, 0, 0x0A])
    }

    @Test func `the decision and the session begin together or not at all`() throws {
        let store = try TemporaryStore().store
        let session = summary(1)
        try store.beginSession(session, decision: event("id", session: session.id))
        #expect(throws: (any Error).self) { try store.beginSession(session, decision: event("second", session: session.id)) }
        #expect(try store.events(all).count == 1)
    }

    @Test func `are found by session, user, target, time and kind`() throws {
        let store = try TemporaryStore().store
        let session = SessionID(at: noon, random: 7)
        try store.add([event("a", session: session), event("b", user: "bob"), event("c", at: later)])
        func commands(_ filter: AdminRequest.EventFilter) throws -> [String] {
            try store.events(filter).map { if case .command(let action) = $0.action { action.text } else { "" } }
        }
        #expect(try commands(.init(session: session, limit: 10)) == ["a"])
        #expect(try commands(.init(user: "bob", limit: 10)) == ["b"])
        #expect(try commands(.init(target: "web2", limit: 10)) == [])
        #expect(try commands(.init(since: later, limit: 10)) == ["c"])
        #expect(try commands(.init(after: 1, limit: 1)) == ["b"])
        #expect(try commands(.init(content: .commands, limit: 10)) == ["a", "b", "c"])
    }

    @Test func `a page ends before it is larger than a reply`() throws {
        let store = try TemporaryStore().store
        let long = event(String(repeating: "x", count: 64 * 1024))
        try store.add(Array(repeating: long, count: 60))
        var page = try store.events(all)
        #expect((1..<60).contains(page.count))
        var count = 0
        while let last = page.last {
            count += page.count
            page = try store.events(.init(after: last.number, limit: 10_000))
        }
        #expect(count == 60)
    }

    @Test func `what is too large to keep is refused, not cut`() throws {
        let store = try TemporaryStore().store
        var huge = event("id")
        huge.uncertain = [.init(kind: "syntax", text: String(repeating: "x", count: 2 << 20))]
        #expect(throws: StoreError.tooLong(field: "facts", limit: 1 << 20)) { try store.add([huge]) }
    }
}
