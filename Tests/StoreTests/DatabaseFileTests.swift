import Foundation
import GRDB
import MonitorProtocol
import Testing

@testable import Store

@Suite struct `The database file` {
    private let temporary: TemporaryStore
    private var folder: String { temporary.folder.path }

    init() throws { temporary = try TemporaryStore() }

    private func refusal(_ path: String) throws -> String {
        "\(try #require(throws: StoreError.self) { _ = try Store(path: path) })"
    }

    @Test func `is readable by its owner only, and so are the files beside it, whatever the umask`() async throws {
        await #expect(processExitsWith: .success) { [path = folder + "/open.sqlite" as String] in
            umask(0)
            let store = try Store(path: path)
            try store.beginSession(summary(1))
            for suffix in ["", "-wal", "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
            }
        }
    }

    @Test func `that others can reach or replace is refused`() throws {
        chmod(temporary.path, 0o640)
        #expect(try refusal(temporary.path).contains("chmod 0600"))
        chmod(temporary.path, 0o600)
        chmod(folder, 0o770)
        #expect(try refusal(temporary.path).contains("chmod 0700"))
    }

    @Test func `that is a link, a folder, a pipe or nowhere is refused`() throws {
        let link = folder + "/link.sqlite"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: temporary.path)
        #expect(try refusal(link).contains("symbolic link"))
        #expect(mkdir(folder + "/folder", 0o700) == 0)
        #expect(try refusal(folder + "/folder").contains("Is a directory"))
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        #expect(try refusal(folder + "/pipe").contains("not a regular file"))
        #expect(try refusal(folder + "/none/x.sqlite").contains("No such file"))
    }

    @Test func `of another program is refused and stays as it is`() throws {
        let path = folder + "/other.sqlite"
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (x)") }
        let text = folder + "/text.sqlite"
        try Data(repeating: 65, count: 5000).write(to: URL(filePath: text))
        for path in [path, text] {
            chmod(path, 0o600)
            let before = try Data(contentsOf: URL(filePath: path))
            #expect(throws: StoreError.foreignDatabase(path: path)) { _ = try Store(path: path) }
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    @Test func `whose making was cut off is made to its end`() throws {
        for (index, statement) in [
            "PRAGMA user_version = 0", "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)",
        ].enumerated() {
            let path = folder + "/\(index).sqlite"
            try DatabaseQueue(path: path).write { try $0.execute(sql: statement) }
            chmod(path, 0o600)
            try Store(path: path).beginSession(summary(1))
        }
    }

    @Test(arguments: 0..<8) func `can be opened after a SIGKILL at any moment of its making`(_ round: Int) async throws {
        let path = folder + "/new.sqlite"
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let moment = UInt32.random(in: 0...12_000)
            Thread {
                usleep(moment)
                kill(getpid(), SIGKILL)
            }.start()
            for _ in 0..<10_000 {
                _ = try Store(path: path)
                for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
            }
        }
        let store = try Store(path: path)
        try store.beginSession(summary(1))
        #expect(try store.integrity() == ["ok"])
    }

    @Test func `that is damaged is called so`() throws {
        let path = folder + "/damaged.sqlite"
        do {
            let store = try Store(path: path)
            for index: UInt32 in 0..<50 { try store.beginSession(summary(index)) }
        }
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in stride(from: 4096, to: bytes.count, by: 1) { bytes[index] ^= 0x55 }
        try bytes.write(to: URL(filePath: path))
        chmod(path, 0o600)
        let error = #expect(throws: StoreError.self) {
            let store = try Store(path: path)
            _ = try store.sessions(.init(user: nil, target: nil, activeOnly: false, limit: 100))
        }
        guard case .damaged = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
