import Foundation
import GRDB
import MonitorProtocol
import Synchronization
import Testing
import Vault

@testable import Store

extension Store {
    /// `ok`, or what SQLite finds wrong.
    func integrity() throws -> [String] { try read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } }
}

/// The largest file this process can write (setrlimit(2), RLIMIT_FSIZE): a disk that is full.
private func limitFiles(to bytes: rlim_t) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: bytes, rlim_max: rlim_t.max)
    setrlimit(__rlimit_resource_t(1), &limit)
}

@Suite struct `What the ledger has confirmed` {
    private let temporary: TemporaryStore
    private var folder: String { temporary.folder.path }
    private let all = AdminRequest.SessionFilter(user: nil, target: nil, activeOnly: false, limit: 10_000)

    init() throws { temporary = try TemporaryStore() }

    /// The child notes in a file what the store has confirmed, from three threads, and kills itself in the middle.
    @Test(arguments: [7, 40, 150]) func `is there after a SIGKILL`(_ confirmations: Int) async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, confirmations = confirmations as Int] in
            let store = try Store(path: folder + "/sallyport.sqlite")
            let notes = open(folder + "/notes", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let confirmed = Mutex(0)
            @Sendable func note(_ line: String) {
                write(notes, line, line.utf8.count)
                let count = confirmed.withLock { count in
                    count += 1
                    return count
                }
                if count == confirmations { kill(getpid(), SIGKILL) }
            }
            for writer: UInt32 in 0..<3 {
                Thread {
                    for number: UInt32 in 0..<10_000 {
                        let command = String(repeating: "x", count: Int(number % 7) * 900)
                        let session = summary(writer << 20 | number, command: command)
                        guard (try? store.beginSession(session)) != nil else { exit(1) }
                        note("begun \(session.id)\n")
                        guard number % 2 == 0 else { continue }
                        let end: Void? = try? store.endSession(
                            session.id, exit: "exit \(number)", exitStatus: number, bytesIn: 1, bytesOut: 2, at: later)
                        guard end != nil else { exit(1) }
                        note("ended \(session.id)\n")
                    }
                }.start()
            }
            sleep(60)
        }
        let notes = try String(contentsOfFile: folder + "/notes", encoding: .utf8).split(separator: "\n")
        #expect(notes.count >= confirmations)
        let reopened = try Store(path: temporary.path)
        #expect(try reopened.integrity() == ["ok"])
        for note in notes {
            let id = try #require(SessionID(String(note.suffix(16))))
            let session = try #require(try reopened.session(id), "\(note)")
            if note.hasPrefix("ended") { #expect(session.exit?.hasPrefix("exit ") == true) }
        }
        let running = try reopened.sessions(all).count { $0.endedAt == nil }
        #expect(try reopened.markInterrupted(at: later) == running)
    }

    @Test func `stays when the disk is full, and the store says so and goes on when there is room`() async throws {
        await #expect(processExitsWith: .success) { [folder = folder as String, all = all as AdminRequest.SessionFilter] in
            let store = try Store(path: folder + "/sallyport.sqlite")
            limitFiles(to: 512 * 1024)
            let long = String(repeating: "x", count: 60_000)
            var begun: UInt32 = 0
            let error = #expect(throws: StoreError.self) {
                for index: UInt32 in 0..<100 {
                    try store.beginSession(summary(index, command: long))
                    begun = index + 1
                }
            }
            guard case .full = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.contains("make room") == true)
            #expect(begun > 0)
            #expect(try store.sessions(all).count == Int(begun))
            limitFiles(to: rlim_t.max)
            try store.beginSession(summary(begun, command: long))
            #expect(try store.sessions(all).count == Int(begun) + 1)
        }
        let reopened = try Store(path: temporary.path)
        #expect(try reopened.integrity() == ["ok"])
        #expect(try reopened.session(summary(0).id) != nil)
    }

    @Test func `stays when SQLite may have no more pages`() throws {
        try temporary.store.beginSession(summary(0))
        try temporary.store.database.writeWithoutTransaction { database in
            let pages = try #require(try Int.fetchOne(database, sql: "PRAGMA page_count"))
            try database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let error = #expect(throws: StoreError.self) {
            try temporary.store.beginSession(summary(1, command: String(repeating: "x", count: 60_000)))
        }
        guard case .full = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try temporary.store.session(summary(0).id) != nil)
    }

    @Test func `keeps its secrets when the vault's key is changed on a full disk`() async throws {
        let filled = try FilledStore()
        await #expect(processExitsWith: .success) { [folder = filled.folder as String] in
            let store = try Store(path: FilledStore.database(folder))
            let file = FilledStore.file(folder)
            let vault = OpenVault(key: try file.open(for: store))
            // Room for no file at all; then for the key, and not for the transaction.
            for bytes: rlim_t in [0, 16, 64, 4096] {
                limitFiles(to: bytes)
                #expect(throws: (any Error).self) { _ = try file.change(vault, in: store) }
                try FilledStore.expectWhole(store, vault)
            }
            limitFiles(to: rlim_t.max)
            try FilledStore.expectWhole(store, try file.change(vault, in: store).vault)
        }
        let reopened = try Store(path: FilledStore.database(filled.folder))
        try FilledStore.expectWhole(reopened, OpenVault(key: try filled.file.open(for: reopened)))
    }
}
