import Foundation
import Testing

@testable import Vault

@Suite final class `The vault's key file` {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "vault-key-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ bytes: Int, mode: Int, name: String = "vault.key") throws -> String {
        let path = folder.appending(path: name).path
        try Data(repeating: 7, count: bytes).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func refusal(_ path: String) -> String? {
        do {
            _ = try VaultKey.load(file: path)
            return nil
        } catch { return error.description }
    }

    @Test func `of 32 bytes and mode 0600 is taken, and always the same key`() throws {
        let path = try write(32, mode: 0o600)
        #expect(try VaultKey.load(file: path).identifier == VaultKey.load(file: path).identifier)
        let readOnly = try write(32, mode: 0o400, name: "read-only.key")
        #expect(refusal(readOnly) == nil)
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o620, 0o700, 0o601]) func `that others can use is refused`(_ mode: Int) throws
    {
        #expect(refusal(try write(32, mode: mode))?.contains("chmod 0600") == true)
    }

    @Test(arguments: [0, 1, 31, 33, 64, 100_000]) func `of another length is refused`(_ length: Int) throws {
        #expect(refusal(try write(length, mode: 0o600))?.contains("instead of 32") == true)
    }

    @Test func `that is a link, a folder or a pipe is refused, or missing`() throws {
        let path = try write(32, mode: 0o600)
        let link = folder.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(refusal(link)?.contains("symbolic link") == true)
        #expect(refusal(folder.path)?.contains("not a regular file") == true)
        let pipe = folder.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(refusal(pipe)?.contains("not a regular file") == true)
        #expect(refusal(folder.appending(path: "none").path)?.contains("No such file") == true)
    }

    @Test func `is made with mode 0600 and never over another`() throws {
        let path = folder.appending(path: "new.key").path
        let key = try VaultKey.generate()
        try key.write(toNewFile: path)
        #expect(try VaultKey.load(file: path).identifier == key.identifier)
        let mode = try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        #expect(throws: VaultError.self) { try key.write(toNewFile: path) }
    }

    @Test func `of somebody else is refused`() throws {
        // Only root can give a file away; anybody else finds one that is not theirs.
        let path = geteuid() == 0 ? try write(32, mode: 0o600) : "/etc/passwd"
        if geteuid() == 0 { #expect(chown(path, 61_184, 61_184) == 0) }
        #expect(refusal(path)?.contains("belongs to uid \(geteuid() == 0 ? 61_184 : 0)") == true)
    }

    @Test func `has mode 0600 whatever the umask, is not made through a link, and not left behind half written`() async throws {
        let path = folder.appending(path: "new.key").path
        try FileManager.default.createSymbolicLink(atPath: path + "-link", withDestinationPath: path + "-elsewhere")
        await #expect(processExitsWith: .success) { [path = path as String] in
            let key = try VaultKey.generate()
            umask(0)
            try key.write(toNewFile: path + "-open")
            umask(0o777)
            try key.write(toNewFile: path + "-closed")
            #expect(throws: VaultError.self) { try key.write(toNewFile: path + "-link") }
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 16, rlim_max: 16)
            setrlimit(__rlimit_resource_t(1), &limit)  // RLIMIT_FSIZE
            let error = #expect(throws: VaultError.self) { try key.write(toNewFile: path + "-half") }
            #expect(error?.description.contains("make room") == true)
        }
        for name in ["-open", "-closed"] {
            #expect(try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int == 0o600)
        }
        for name in ["-elsewhere", "-half"] { #expect(!FileManager.default.fileExists(atPath: path + name)) }
    }

    @Test(arguments: [0o400, 0o440, 0o600, 0o444, 0o460, 0o500]) func `from systemd is taken as systemd leaves it only`(
        _ mode: Int
    ) throws {
        _ = try write(32, mode: mode, name: "vault-key")
        let key = try? VaultKey.load(credential: "vault-key", directory: folder.path)
        #expect((key != nil) == [0o400, 0o440, 0o600].contains(mode))
    }

    @Test(arguments: ["", ".", "..", "a/b", "../vault-key", "vault-key\0", "ä", String(repeating: "a", count: 256)])
    func `from systemd cannot be named so that it leads elsewhere`(_ name: String) throws {
        _ = try write(32, mode: 0o400, name: "vault-key")
        let error = #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: name, directory: folder.path) }
        #expect(error?.description.contains("LoadCredential=") == true)
        #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: "vault-key", directory: "") }
    }

    @Test func `can be a systemd credential, and a name cannot lead elsewhere`() throws {
        _ = try write(32, mode: 0o400, name: "vault-key")
        _ = try VaultKey.load(credential: "vault-key", directory: folder.path)
        #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: "vault-key", directory: nil) }
        #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: "../vault-key", directory: folder.path) }
        #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: "", directory: folder.path) }
    }
}
