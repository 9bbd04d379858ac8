import Foundation
import Testing

@testable import Vault

@Suite struct `The vault's key file` {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "vault-key-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

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

    @Test func `can be a systemd credential, and a name cannot lead elsewhere`() throws {
        _ = try write(32, mode: 0o400, name: "vault-key")
        _ = try VaultKey.load(credential: "vault-key", directory: folder.path)
        #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: "vault-key", directory: nil) }
        #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: "../vault-key", directory: folder.path) }
        #expect(throws: VaultError.self) { _ = try VaultKey.load(credential: "", directory: folder.path) }
    }
}
