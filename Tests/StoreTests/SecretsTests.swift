import Foundation
import GRDB
import MonitorProtocol
import Testing
import Vault

@testable import Store

@Suite struct `Secrets in the store` {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }
    private let file: VaultKeyFile
    private let vault: OpenVault

    init() throws {
        temporary = try TemporaryStore()
        file = VaultKeyFile(path: temporary.folder.appending(path: "vault.key").path)
        try VaultKey.generate().write(toNewFile: file.path)
        vault = OpenVault(key: try file.open(for: temporary.store))
    }

    private func name(_ login: String) -> AdminRequest.CredentialName { .init(login: login, target: "web1") }

    private func put(_ secret: String, for login: String) throws {
        let sealed = try vault.seal(Array(secret.utf8), name: Store.sealName(of: name(login), .password))
        try store.put(.password, name(login), sealed, detail: nil, at: noon)
    }

    private func secret(of login: String, in vault: OpenVault) throws -> String {
        let credential = try #require(try store.credential(name(login)))
        let sealed = try #require(credential.sealed)
        return try vault.open(sealed, name: Store.sealName(of: name(login), credential.kind)).withBytes {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func `are replaced, listed without their bytes, and removed`() throws {
        try put("one", for: "root")
        try put("two", for: "root")
        try store.put(.certificate, name("deploy"), nil, detail: nil, at: noon)
        #expect(try secret(of: "root", in: vault) == "two")
        #expect(try store.credentials().map(\.login) == ["deploy", "root"])
        #expect(try store.removeCredential(name("root")))
        #expect(try !store.removeCredential(name("root")))
        #expect(try store.credential(name("root")) == nil)
    }

    @Test func `do not open when two rows are swapped`() throws {
        try put("for root", for: "root")
        try put("for deploy", for: "deploy")
        try store.database.write { database in
            let root = try Data.fetchOne(database, sql: "SELECT sealed FROM credential WHERE login = 'root'")
            try database.execute(sql: "UPDATE credential SET sealed = ? WHERE login = 'deploy'", arguments: [root])
        }
        #expect(throws: VaultError.tampered) { _ = try secret(of: "deploy", in: vault) }
    }

    @Test func `do not open as another kind, or a private key would be sent to the target as a password`() throws {
        let sealed = try vault.seal(Array("PRIVATE KEY".utf8), name: Store.sealName(of: name("root"), .privateKey))
        try store.put(.privateKey, name("root"), sealed, detail: nil, at: noon)
        #expect(try secret(of: "root", in: vault) == "PRIVATE KEY")
        try store.database.write { try $0.execute(sql: "UPDATE credential SET kind = 'password'") }
        #expect(throws: VaultError.tampered) { _ = try secret(of: "root", in: vault) }
    }

    @Test func `are nowhere in the files in the clear`() throws {
        try put("correct-horse-battery-staple", for: "root")
        for suffix in ["", "-wal"] {
            let bytes = try Data(contentsOf: URL(filePath: temporary.path + suffix))
            #expect(bytes.range(of: Data("correct-horse".utf8)) == nil)
        }
    }

    @Test func `an authority is made once`() throws {
        var made = 0
        for _ in 0..<3 {
            _ = try store.authority(.upstream) {
                made += 1
                return try vault.seal([UInt8(made)], name: Store.sealName(of: .upstream))
            }
        }
        #expect(made == 1)
    }

    @Test func `open under the new key after it was changed, not under the old`() throws {
        try put("one", for: "root")
        _ = try store.authority(.users) { try vault.seal([1, 2], name: Store.sealName(of: .users)) }
        let changed = try file.change(vault, in: store).vault
        #expect(try secret(of: "root", in: changed) == "one")
        #expect(throws: VaultError.wrongKey) { _ = try secret(of: "root", in: vault) }
        #expect(try file.open(for: store).identifier == changed.key.identifier)
        let authority = try store.authority(.users) { throw StoreError.notFound("authority") }
        #expect(try changed.open(authority, name: Store.sealName(of: .users)).withBytes { Array($0) } == [1, 2])
    }

    @Test func `stopped before the transaction, the old key is the right one, and the change can be made again`() throws {
        try put("one", for: "root")
        _ = try file.prepare(after: vault.key)
        let opened = OpenVault(key: try file.open(for: store))
        #expect(try secret(of: "root", in: opened) == "one")
        let changed = try file.change(opened, in: store).vault
        #expect(try secret(of: "root", in: changed) == "one")
    }

    @Test func `stopped after the transaction, the new key is found and put in place`() throws {
        try put("one", for: "root")
        let key = try file.prepare(after: vault.key)
        try store.sealAnew(from: vault, to: OpenVault(key: key))
        // Killed here, before the rename.
        let opened = OpenVault(key: try file.open(for: store))
        #expect(try secret(of: "root", in: opened) == "one")
        #expect(try VaultKey.load(file: file.path).identifier == key.identifier)
        #expect(!FileManager.default.fileExists(atPath: file.path + ".new"))
    }

    @Test func `one that does not open stops the change, and nothing is changed`() throws {
        try put("one", for: "root")
        try put("two", for: "zoe")
        try store.database.write { try $0.execute(sql: "UPDATE credential SET sealed = x'00' WHERE login = 'zoe'") }
        #expect(throws: VaultError.self) { _ = try file.change(vault, in: store) }
        #expect(try secret(of: "root", in: OpenVault(key: file.open(for: store))) == "one")
    }

    @Test func `a key file of another database is refused`() throws {
        try FileManager.default.removeItem(atPath: file.path)
        try VaultKey.generate().write(toNewFile: file.path)
        #expect(throws: StoreError.wrongVaultKey(path: file.path)) { _ = try file.open(for: store) }
    }
}

@Suite struct `Issued certificates` {
    @Test func `are listed, found, and revoked for good`() throws {
        let store = try TemporaryStore().store
        let certificate = IssuedCertificate(
            serial: 1 << 62, user: "alice", principals: ["ops", "a,b\"c"], issuedAt: noon,
            validUntil: Timestamp(seconds: 1_790_003_600),
            keyFingerprint: "SHA256:x", sourceAddresses: ["10.0.0.0/8"], forceCommand: nil, revokedAt: nil, revocationReason: nil)
        try store.insert(certificate)
        let all = AdminRequest.CertificateFilter(user: nil, limit: 10)
        #expect(try store.certificates(all) == [certificate])
        #expect(try store.certificates(.init(user: "alice", limit: 1)) == [certificate])
        #expect(try store.certificates(.init(user: "bob", limit: 1)) == [])
        #expect(try !store.isRevoked(serial: certificate.serial, keyID: "alice"))
        // Neither of these was issued.
        #expect(try store.isRevoked(serial: certificate.serial, keyID: "bob"))
        #expect(try store.isRevoked(serial: certificate.serial + 1, keyID: "alice"))
        #expect(try store.revoke(serial: certificate.serial, reason: "lost laptop", at: noon))
        #expect(try store.revoke(serial: certificate.serial, reason: "again", at: Timestamp(seconds: 1_790_000_001)))
        #expect(try !store.revoke(serial: 7, reason: "", at: noon))
        let revoked = try #require(try store.certificate(serial: certificate.serial))
        #expect(revoked.revokedAt == noon)
        #expect(revoked.revocationReason == "lost laptop")
        #expect(try store.isRevoked(serial: certificate.serial, keyID: "alice"))
    }

    @Test func `get a serial that is neither 0 nor taken`() throws {
        let store = try TemporaryStore().store
        var numbers: [UInt64] = [0, 1 << 63, 5, 6]
        try store.insert(
            IssuedCertificate(
                serial: 5, user: "a", principals: [], issuedAt: noon, validUntil: noon, keyFingerprint: "", sourceAddresses: [],
                forceCommand: nil, revokedAt: nil, revocationReason: nil))
        #expect(try store.unusedSerial { numbers.removeFirst() } == 6)
    }
}
