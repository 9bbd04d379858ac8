import Foundation
import Testing

@testable import Vault

@Suite struct `A sealed secret` {
    private let vault: OpenVault

    init() throws { vault = OpenVault(key: try VaultKey.generate()) }

    @Test(arguments: [0, 1, 15, 16, 17, 4096, 100_000]) func `opens for its name`(_ length: Int) throws {
        let secret = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let sealed = try vault.seal(secret, name: "root@web1")
        let opened = try vault.open(sealed, name: "root@web1").withBytes { Array($0) }
        #expect(opened == secret)
    }

    @Test func `does not open for another name`() throws {
        let sealed = try vault.seal(Array("secret".utf8), name: "credential root@web1")
        #expect(throws: VaultError.tampered) { _ = try vault.open(sealed, name: "credential root@web2") }
        #expect(throws: VaultError.tampered) { _ = try vault.open(sealed, name: "") }
    }

    @Test func `does not open when any one byte is changed or missing`() throws {
        let sealed = try vault.seal(Array("a password".utf8), name: "x")
        for index in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[index] ^= 0x01
            #expect(throws: VaultError.self, "byte \(index)") { _ = try vault.open(SealedSecret(bytes: bytes), name: "x") }
            #expect(throws: VaultError.self, "prefix \(index)") {
                _ = try vault.open(SealedSecret(bytes: Array(sealed.bytes.prefix(index))), name: "x")
            }
        }
        #expect(throws: VaultError.tampered) { _ = try vault.open(SealedSecret(bytes: sealed.bytes + [0]), name: "x") }
    }

    @Test func `says that the key is another one, not that it was changed`() throws {
        let sealed = try vault.seal([1, 2, 3], name: "x")
        let other = OpenVault(key: try VaultKey.generate())
        #expect(throws: VaultError.wrongKey) { _ = try other.open(sealed, name: "x") }
    }

    @Test func `never has the nonce of another`() throws {
        let nonces = try (0..<5000).map { _ in try vault.seal([], name: "x").bytes[9..<21] }
        #expect(Set(nonces).count == 5000)
    }

    @Test func `does not open when its key's identifier is replaced by that of the open key`() throws {
        let sealed = try vault.seal([1, 2, 3], name: "x")
        let other = OpenVault(key: try VaultKey.generate())
        let relabelled = SealedSecret(bytes: [1] + other.key.identifier + sealed.bytes.dropFirst(9))
        #expect(throws: VaultError.tampered) { _ = try other.open(relabelled, name: "x") }
    }

    /// Made by another implementation: AESGCM(key).encrypt(nonce, b"hunter2", head + name) of Python's cryptography, with head = 1, then the
    /// first 8 bytes of SHA-256("sallyport vault key 1" + key); key = 00 01 … 1f, nonce = 64 65 … 6f; the bytes are head, nonce, result.
    /// Whoever breaks this test locks administrators out of their vaults.
    @Test func `of format 1 opens for ever`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "vault-key-\(UUID())").path
        defer { unlink(path) }
        try Data((0..<32).map { UInt8($0) }).write(to: URL(filePath: path))
        chmod(path, 0o600)
        let vault = OpenVault(key: try VaultKey.load(file: path))
        let bytes = try #require(Data(base64Encoded: "ATuWOYrxHlJmZGVmZ2hpamtsbW5vIG6wEhybZNXaZRoivM2C6eY7oO13DnQ="))
        let opened = try vault.open(SealedSecret(bytes: Array(bytes)), name: "credential password root@web1").withBytes {
            Array($0)
        }
        #expect(opened == Array("hunter2".utf8))
    }

    @Test func `does not show the secret`() throws {
        let secret = Array("correct horse battery staple".utf8)
        let sealed = try vault.seal(secret, name: "x")
        #expect(!sealed.bytes.contains(secret[0..<8]))
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: ArraySlice<UInt8>) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
