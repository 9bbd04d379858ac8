import Foundation
import GRDB
import MonitorProtocol
import Synchronization
import Testing
import Vault

@testable import Store

/// Folders of tests, removed when all have run: a store may outlive whoever made its folder.
private let folders = Mutex<[URL]>([])

/// A store in a folder of its own.
struct TemporaryStore {
    let folder: URL
    var path: String { folder.appending(path: "sallyport.sqlite").path }
    let store: Store

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        folders.withLock { [folder] all in
            if all.isEmpty {
                atexit { folders.withLock { for folder in $0 { try? FileManager.default.removeItem(at: folder) } } }
            }
            all.append(folder)
        }
        store = try Store(path: folder.appending(path: "sallyport.sqlite").path)
    }
}

let noon = Timestamp(seconds: 1_790_000_000)

let later = Timestamp(seconds: 1_790_000_060)

func summary(
    _ random: UInt32, user: String = "alice", target: String = "web1", command: String? = "id", at: Timestamp = noon
) -> SessionSummary {
    SessionSummary(
        id: SessionID(at: at, random: random), connectionID: "abc", user: user, certificateSerial: UInt64.max - 1,
        certificateAuthority: "SHA256:x", from: "[::1]:1", target: target, login: "root", kind: .exec, command: command,
        hasTerminal: false,
        startedAt: at, endedAt: nil, exit: nil, exitStatus: nil, bytesIn: 0, bytesOut: 0, recording: "2026/11/24/x.cast")
}

@Suite struct `The ledger` {
    private let all = AdminRequest.SessionFilter(user: nil, target: nil, activeOnly: false, limit: 100)

    @Test func `gives back what was begun and ended`() throws {
        let store = try TemporaryStore().store
        let begun = summary(1)
        try store.beginSession(begun)
        #expect(try store.session(begun.id) == begun)
        try store.endSession(
            begun.id, exit: "exit 3", exitStatus: 3, bytesIn: 5, bytesOut: UInt64.max, at: Timestamp(seconds: 1_790_000_060))
        let ended = try #require(try store.session(begun.id))
        #expect(ended.exit == "exit 3")
        #expect(ended.exitStatus == 3)
        #expect(ended.bytesIn == 5)
        // SQLite's integers have 63 bits.
        #expect(ended.bytesOut == UInt64(Int64.max))
        #expect(ended.endedAt == Timestamp(seconds: 1_790_000_060))
        #expect(ended.certificateSerial == UInt64.max - 1)
    }

    @Test func `does not end a session twice, nor one that it does not know`() throws {
        let store = try TemporaryStore().store
        try store.beginSession(summary(1))
        try store.endSession(summary(1).id, exit: "exit 0", exitStatus: 0, bytesIn: 0, bytesOut: 0, at: noon)
        for random: UInt32 in [1, 2] {
            #expect(throws: StoreError.self) {
                try store.endSession(summary(random).id, exit: "exit 1", exitStatus: 1, bytesIn: 0, bytesOut: 0, at: noon)
            }
        }
        #expect(try store.session(summary(1).id)?.exit == "exit 0")
    }

    @Test func `marks what was running when it stopped, once`() throws {
        let store = try TemporaryStore().store
        try store.beginSession(summary(1))
        try store.beginSession(summary(2))
        try store.endSession(summary(1).id, exit: "exit 0", exitStatus: 0, bytesIn: 0, bytesOut: 0, at: noon)
        #expect(try store.markInterrupted(at: noon) == 1)
        #expect(try store.markInterrupted(at: noon) == 0)
        #expect(try store.session(summary(2).id)?.exit == "interrupted")
        #expect(try store.session(summary(1).id)?.exit == "exit 0")
    }

    @Test func `lists by user, target and state, newest first, bounded`() throws {
        let store = try TemporaryStore().store
        for index in 0..<10 {
            try store.beginSession(
                summary(
                    UInt32(index), user: index % 2 == 0 ? "alice" : "bob", target: index < 5 ? "web1" : "db1",
                    at: Timestamp(seconds: 1_790_000_000 + Int64(index))))
        }
        try store.endSession(
            summary(9, at: Timestamp(seconds: 1_790_000_009)).id, exit: "exit 0", exitStatus: 0, bytesIn: 0, bytesOut: 0, at: noon
        )
        #expect(try store.sessions(all).map(\.startedAt) == store.sessions(all).map(\.startedAt).sorted(by: >))
        var filter = all
        filter.user = "bob"
        #expect(try store.sessions(filter).count == 5)
        filter.target = "db1"
        #expect(try store.sessions(filter).count == 3)
        filter.activeOnly = true
        #expect(try store.sessions(filter).count == 2)
        filter.limit = -7
        #expect(try store.sessions(filter).count == 1)
        // A name is data, whatever is in it.
        filter.user = "bob' OR '1'='1"
        #expect(try store.sessions(filter).isEmpty)
    }

    @Test func `keeps the whole command, also what follows a zero byte`() throws {
        let store = try TemporaryStore().store
        let longest = String(repeating: "\u{FFFD}", count: 64 * 1024)
        for (index, command) in ["true\0; rm -rf /", "", "echo 'ä'", longest, nil].enumerated() {
            let session = summary(UInt32(index), command: command)
            try store.beginSession(session)
            #expect(try store.session(session.id) == session)
        }
        #expect(throws: StoreError.tooLong(field: "command", limit: 196_608)) {
            try store.beginSession(summary(9, command: longest + "x"))
        }
    }

    @Test func `takes no name that SQLite would end at a zero byte, nor looks for its beginning`() throws {
        let store = try TemporaryStore().store
        try store.beginSession(summary(1))
        #expect(throws: StoreError.zeroByte(field: "user")) { try store.beginSession(summary(2, user: "alice\0x")) }
        var filter = all
        filter.user = "alice\0x"
        #expect(throws: StoreError.zeroByte(field: "user")) { _ = try store.sessions(filter) }
    }

    @Test func `lets no session end before it begins`() throws {
        let store = try TemporaryStore().store
        try store.beginSession(summary(1, at: later))
        try store.beginSession(summary(2, at: later))
        try store.endSession(summary(1, at: later).id, exit: "exit 0", exitStatus: 0, bytesIn: 0, bytesOut: 0, at: noon)
        _ = try store.markInterrupted(at: noon)
        #expect(try store.sessions(all).map(\.endedAt) == [later, later])
    }

    @Test func `ends a session for one of many threads`() async throws {
        let store = try TemporaryStore().store
        try store.beginSession(summary(1))
        let ended = await withTaskGroup(of: Int.self) { group in
            for index in 0..<8 {
                group.addTask {
                    let end: Void? = try? store.endSession(
                        summary(1).id, exit: "exit \(index)", exitStatus: UInt32(index), bytesIn: 0, bytesOut: 0, at: noon)
                    return end == nil ? 0 : 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(ended == 1)
    }

    @Test func `writes a session's end whatever was said last`() throws {
        let store = try TemporaryStore().store
        // A session process may say 1024 bytes, which the monitor escapes: four for each control character.
        let exits = ["lost: " + String(repeating: "\\x1b", count: 1024), "lost: \0", String(repeating: "ä", count: 50_000)]
        for (index, exit) in exits.enumerated() {
            let id = summary(UInt32(index)).id
            try store.beginSession(summary(UInt32(index)))
            try store.endSession(id, exit: exit, exitStatus: nil, bytesIn: 0, bytesOut: 0, at: later)
            let kept = try #require(try store.session(id)?.exit)
            #expect(kept.utf8.count <= 4096)
            #expect(kept.hasPrefix(exit.prefix(6)))
        }
    }

    @Test func `refuses texts that are too long`() throws {
        let store = try TemporaryStore().store
        #expect(throws: StoreError.tooLong(field: "user", limit: 1024)) {
            try store.beginSession(summary(1, user: String(repeating: "a", count: 1025)))
        }
    }

    @Test func `keeps its numbers when many threads begin and end at once`() async throws {
        let store = try TemporaryStore().store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    try store.beginSession(summary(UInt32(index)))
                    try store.endSession(
                        summary(UInt32(index)).id, exit: "exit 0", exitStatus: 0, bytesIn: 1, bytesOut: 2, at: noon)
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.sessions(all).filter { $0.exit == "exit 0" }.count == 40)
    }

    @Test func `is there again after reopening, readable by its owner only`() throws {
        let temporary = try TemporaryStore()
        try temporary.store.beginSession(summary(1))
        #expect(try Store(path: temporary.path).session(summary(1).id) == summary(1))
        for suffix in ["", "-wal", "-shm"] {
            let mode = try #require(
                FileManager.default.attributesOfItem(atPath: temporary.path + suffix)[.posixPermissions] as? Int)
            #expect(mode == 0o600, "\(suffix)")
        }
    }

    @Test func `is written to the disk at each commit, and believes no schema`() throws {
        let store = try TemporaryStore().store
        func pragma(_ name: String) throws -> String? {
            try store.database.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
        }
        #expect(try pragma("journal_mode") == "wal")
        #expect(try pragma("synchronous") == "2")
        #expect(try pragma("foreign_keys") == "1")
        #expect(try pragma("secure_delete") == "1")
        #expect(try pragma("trusted_schema") == "0")
    }

    @Test func `of a newer version is not touched`() throws {
        let temporary = try TemporaryStore()
        try temporary.store.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')") }
        #expect(throws: StoreError.newerDatabase(path: temporary.path)) { _ = try Store(path: temporary.path) }
    }
}
