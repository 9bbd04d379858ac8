import Foundation
import GRDB
import MonitorProtocol
import Testing
import Vault

@testable import Store

/// A store with a vault, a credential of each kind and both authorities.
struct FilledStore {
    let temporary: TemporaryStore
    let file: VaultKeyFile
    let vault: OpenVault
    var store: Store { temporary.store }
    var folder: String { temporary.folder.path }

    init() throws {
        temporary = try TemporaryStore()
        file = Self.file(temporary.folder.path)
        try VaultKey.generate().write(toNewFile: file.path)
        vault = OpenVault(key: try file.open(for: temporary.store))
        try put(.password, "root", "password of root")
        try put(.privateKey, "deploy", "key of deploy")
        try store.put(.certificate, .init(login: "git", target: "web1"), nil, detail: nil, at: noon)
        for authority in [AdminRequest.Authority.users, .upstream] {
            _ = try store.authority(authority) { [vault] in
                try vault.seal(Array("key of \(authority.rawValue)".utf8), name: Store.sealName(of: authority))
            }
        }
        _ = try store.secret(.maskFingerprints) { [vault] in
            try vault.seal(Array("key of masks".utf8), name: OwnSecret.maskFingerprints.sealName)
        }
    }

    static func file(_ folder: String) -> VaultKeyFile { VaultKeyFile(path: folder + "/vault.key") }
    static func database(_ folder: String) -> String { folder + "/sallyport.sqlite" }

    private func put(_ kind: StoredCredential.Kind, _ login: String, _ secret: String) throws {
        let name = AdminRequest.CredentialName(login: login, target: "web1")
        let sealed = try vault.seal(Array(secret.utf8), name: Store.sealName(of: name, kind))
        try store.put(kind, name, sealed, detail: nil, at: noon)
    }

    /// All secrets, as they were put in.
    static func expectWhole(_ store: Store, _ vault: OpenVault) throws {
        for (login, expected) in [("root", "password of root"), ("deploy", "key of deploy")] {
            let name = AdminRequest.CredentialName(login: login, target: "web1")
            let credential = try #require(try store.credential(name))
            let secret = try vault.open(try #require(credential.sealed), name: Store.sealName(of: name, credential.kind))
            let text = secret.withBytes { String(decoding: $0, as: UTF8.self) }
            #expect(text == expected)
        }
        for authority in [AdminRequest.Authority.users, .upstream] {
            let sealed = try store.authority(authority) { throw StoreError.notFound("authority") }
            let text = try vault.open(sealed, name: Store.sealName(of: authority)).withBytes {
                String(decoding: $0, as: UTF8.self)
            }
            #expect(text == "key of \(authority.rawValue)")
        }
        let masks = try store.secret(.maskFingerprints) { throw StoreError.notFound("secret") }
        let text = try vault.open(masks, name: OwnSecret.maskFingerprints.sealName).withBytes {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(text == "key of masks")
        #expect(try store.vaultKeyIdentifier() == vault.key.identifier)
    }

    func keyFiles() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("vault") })
    }
}

@Suite struct `A change of the vault's key` {
    private let filled: FilledStore
    private var store: Store { filled.store }
    private var file: VaultKeyFile { filled.file }

    init() throws { filled = try FilledStore() }

    @Test func `keeps every secret and leaves none sealed under the old key in the files`() throws {
        let before = try #require(try store.credential(.init(login: "root", target: "web1"))?.sealed)
        let changed = try file.change(filled.vault, in: store)
        #expect(changed.remark == nil)
        try FilledStore.expectWhole(store, changed.vault)
        #expect(try filled.keyFiles() == ["vault.key"])
        for suffix in ["", "-wal"] {
            let bytes = try Data(contentsOf: URL(filePath: FilledStore.database(filled.folder) + suffix))
            #expect(bytes.range(of: Data(before.bytes.suffix(20))) == nil, "\(suffix)")
        }
    }

    @Test(arguments: VaultKeyFile.Step.allCases) func `survives a SIGKILL after each step`(_ step: VaultKeyFile.Step) async throws
    {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [folder = filled.folder as String, step = step as VaultKeyFile.Step] in
            let store = try Store(path: FilledStore.database(folder))
            let file = FilledStore.file(folder)
            _ = try file.change(OpenVault(key: try file.open(for: store)), in: store) {
                if $0 == step { kill(getpid(), SIGKILL) }
            }
        }
        let store = try Store(path: FilledStore.database(filled.folder))
        let found = OpenVault(key: try file.open(for: store))
        #expect((found.key.identifier == filled.vault.key.identifier) == (step.rawValue < VaultKeyFile.Step.committed.rawValue))
        try FilledStore.expectWhole(store, found)
        #expect(try filled.keyFiles() == ["vault.key"])
        try FilledStore.expectWhole(store, try file.change(found, in: store).vault)
    }

    @Test(arguments: 0..<6) func `survives a SIGKILL at any moment`(_ round: Int) async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = filled.folder as String] in
            let store = try Store(path: FilledStore.database(folder))
            let file = FilledStore.file(folder)
            var vault = OpenVault(key: try file.open(for: store))
            let moment = UInt32.random(in: 0...60_000)
            Thread {
                usleep(moment)
                kill(getpid(), SIGKILL)
            }.start()
            for _ in 0..<100_000 { vault = try file.change(vault, in: store).vault }
        }
        let store = try Store(path: FilledStore.database(filled.folder))
        try FilledStore.expectWhole(store, OpenVault(key: try file.open(for: store)))
        #expect(try filled.keyFiles() == ["vault.key"])
    }

    @Test func `goes on under the new key when its file cannot be put in place, and never removes the only copy`() throws {
        let path = file.path
        let changed = try file.change(filled.vault, in: store) { step in
            guard step == .committed else { return }
            unlink(path)
            mkdir(path, 0o700)
        }
        #expect(changed.remark?.contains("vault.key.new") == true)
        try FilledStore.expectWhole(store, changed.vault)
        for _ in 0..<2 { #expect(throws: VaultError.self) { _ = try file.change(changed.vault, in: store) } }
        try FilledStore.expectWhole(store, OpenVault(key: try file.open(for: store)))
        rmdir(path)
        try FilledStore.expectWhole(store, try file.change(changed.vault, in: store).vault)
        #expect(try filled.keyFiles() == ["vault.key"])
    }

    @Test func `takes the new key that an earlier try has left, and writes one anew that was cut off`() throws {
        let left = try file.prepare(after: filled.vault.key)
        #expect(try file.prepare(after: filled.vault.key).identifier == left.identifier)
        #expect(truncate(file.path + ".new", 16) == 0)
        let whole = try file.prepare(after: filled.vault.key)
        #expect(whole.identifier != left.identifier)
        try FilledStore.expectWhole(store, try file.change(filled.vault, in: store).vault)
    }

    @Test func `is refused where another key is in the file, and touches neither`() throws {
        let other = VaultKeyFile(path: filled.folder + "/vault-of-another.key")
        try VaultKey.generate().write(toNewFile: other.path)
        let before = try Data(contentsOf: URL(filePath: other.path))
        for _ in 0..<2 {
            #expect(throws: StoreError.wrongVaultKey(path: other.path)) { _ = try other.change(filled.vault, in: store) }
            #expect(try Data(contentsOf: URL(filePath: other.path)) == before)
            // And again where the other's own change was cut off.
            if access(other.path + ".new", F_OK) != 0 { try VaultKey.generate().write(toNewFile: other.path + ".new") }
        }
        try FilledStore.expectWhole(store, filled.vault)
    }

    @Test func `is not a new key for secrets of which nobody knows the key`() throws {
        try store.write { try $0.execute(sql: "DELETE FROM meta") }
        let other = VaultKeyFile(path: filled.folder + "/other.key")
        try VaultKey.generate().write(toNewFile: other.path)
        for file in [other, file] { #expect(throws: StoreError.self) { _ = try file.open(for: store) } }
    }

    @Test func `is refused to a vault whose key is not the database's any more`() throws {
        let changed = try file.change(filled.vault, in: store).vault
        #expect(throws: VaultError.wrongKey) { try store.sealAnew(from: filled.vault, to: OpenVault(key: VaultKey.generate())) }
        try FilledStore.expectWhole(store, changed)
    }
}
