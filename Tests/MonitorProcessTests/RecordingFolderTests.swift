import Foundation
import MonitorProtocol
import Testing

@testable import MonitorProcess

@Suite final class `The folder of recordings` {
    let path: String
    let folder: RecordingFolder

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("sp-\(UUID())").path
        folder = RecordingFolder(path)
        try folder.create()
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @Test func `names recordings by the day in UTC and the session`() {
        let start = Timestamp(milliseconds: 1_798_761_599_999)  // 2026-12-31 23:59:59.999
        let id = SessionID(at: start, random: 7)
        #expect(RecordingFolder.name(of: id, startedAt: start) == "2026/12/31/\(id).cast")
    }

    @Test func `makes the day's folders, and a file that nobody else can read`() throws {
        let file = try folder.openNew("2026/11/24/a.cast")
        #expect(fcntl(file.number, F_GETFL) & (O_APPEND | O_ACCMODE) == O_APPEND | O_WRONLY)
        for (name, mode) in [("2026", 0o700), ("2026/11/24", 0o700), ("2026/11/24/a.cast", 0o600)] {
            #expect(
                try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int == mode, "\(name)")
        }
    }

    @Test func `opens no recording twice for writing`() throws {
        _ = try folder.openNew("a/b.cast")
        #expect(throws: SystemError("openat", EEXIST)) { _ = try folder.openNew("a/b.cast") }
    }

    @Test func `is not left through symbolic links`() throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/2026", withDestinationPath: "/tmp")
        try FileManager.default.createSymbolicLink(atPath: path + "/link.cast", withDestinationPath: "/etc/passwd")
        try FileManager.default.createSymbolicLink(atPath: path + "/new.cast", withDestinationPath: path + "/elsewhere")
        #expect(throws: SystemError.self) { _ = try folder.openNew("2026/11/24/a.cast") }
        #expect(throws: SystemError.self) { _ = try folder.openExisting("link.cast") }
        #expect(throws: SystemError.self) { _ = try folder.openNew("new.cast") }
        #expect(!FileManager.default.fileExists(atPath: path + "/elsewhere"))
    }

    @Test(arguments: ["../a", "a/../../b", "/etc/passwd", "a//b", "", ".", "a/."])
    func `is not left by names`(name: String) {
        #expect(throws: SystemError("openat", EINVAL)) { _ = try folder.openNew(name) }
        #expect(throws: SystemError("openat", EINVAL)) { _ = try folder.openExisting(name) }
    }

    @Test func `takes a recording back`() throws {
        _ = try folder.openNew("a/b.cast")
        try folder.remove("a/b.cast")
        #expect(throws: SystemError("openat", ENOENT)) { _ = try folder.openExisting("a/b.cast") }
    }
}
