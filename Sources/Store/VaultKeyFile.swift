internal import Foundation
internal import GRDB
internal import MonitorProtocol
package import Vault

/// The vault's key file and its change, so that a kill at any moment loses nothing.
///
/// The database says which key it is sealed under (`meta`, `vault-key`). A change goes: write `FILE.new`; in one transaction seal everything anew and
/// note the new key; rename `FILE.new` to `FILE`. Stopped before the transaction, the old file is the right one and the new one is removed at the next change;
/// stopped after it, `open` finds that the new file is the right one and finishes the rename.
package struct VaultKeyFile: Sendable {
    package let path: String
    private var newPath: String { path + ".new" }

    package init(path: String) { self.path = path }

    /// The key that belongs to the database. A database without one takes the key in the file.
    /// - Throws: `VaultError` if the file cannot be used, `wrongVaultKey` if neither file belongs to the database.
    package func open(for store: Store) throws -> VaultKey {
        if let stored = try store.vaultKeyIdentifier() {
            if let key = try? VaultKey.load(file: path), key.identifier == stored { return key }
            if let key = try? VaultKey.load(file: newPath), key.identifier == stored {
                try putInPlace()
                return key
            }
            // For its error, if the file itself is what is wrong.
            _ = try VaultKey.load(file: path)
            throw StoreError.wrongVaultKey(path: path)
        }
        let key = try VaultKey.load(file: path)
        try store.noteVaultKey(key)
        return key
    }

    /// Changes the key.
    /// - Returns: the vault under its new key.
    package func change(_ vault: OpenVault, in store: Store) throws -> OpenVault {
        let key = try prepare()
        let changed = OpenVault(key: key)
        try store.sealAnew(from: vault, to: changed)
        try putInPlace()
        return changed
    }

    /// Step 1. Left over from a change that was stopped: the database does not know that key, so nothing is sealed under it.
    func prepare() throws -> VaultKey {
        unlink(newPath)
        let key = try VaultKey.generate()
        try key.write(toNewFile: newPath)
        try Self.synchronizeFolder(of: newPath)
        return key
    }

    /// Step 3.
    func putInPlace() throws {
        guard rename(newPath, path) == 0 else {
            throw VaultError.unusableKeyFile(path: newPath, reason: String(cString: strerror(errno)))
        }
        try Self.synchronizeFolder(of: path)
    }

    private static func synchronizeFolder(of path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = Foundation.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw VaultError.unusableKeyFile(path: folder, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        fsync(descriptor)
    }
}

extension Store {
    /// The identifier of the key under which the vault is sealed; nil before the first.
    package func vaultKeyIdentifier() throws -> [UInt8]? {
        try database.read { database in
            try Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'vault-key'").map(Array.init)
        }
    }

    /// Notes the first key. Does nothing if there is one.
    package func noteVaultKey(_ key: VaultKey) throws {
        try database.write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO meta (name, value) VALUES ('vault-key', ?)", arguments: [Data(key.identifier)])
        }
    }

    /// Seals every secret under another key and notes that key, all in one transaction.
    package func sealAnew(from old: OpenVault, to new: OpenVault) throws {
        try database.write { database in
            for row in try Row.fetchAll(database, sql: "SELECT login, target, sealed FROM credential WHERE sealed IS NOT NULL") {
                let name = Store.sealName(of: .init(login: row["login"], target: row["target"]))
                let sealed = try Self.sealAnew(Array(row["sealed"] as Data), name, old, new)
                try database.execute(
                    sql: "UPDATE credential SET sealed = ? WHERE login = ? AND target = ?",
                    arguments: [Data(sealed.bytes), row["login"] as String, row["target"] as String])
            }
            for row in try Row.fetchAll(database, sql: "SELECT name, sealed FROM authority") {
                guard let authority = AdminRequest.Authority(rawValue: row["name"]) else {
                    throw StoreError.malformedRow("authority")
                }
                let sealed = try Self.sealAnew(Array(row["sealed"] as Data), Store.sealName(of: authority), old, new)
                try database.execute(
                    sql: "UPDATE authority SET sealed = ? WHERE name = ?", arguments: [Data(sealed.bytes), authority.rawValue])
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO meta (name, value) VALUES ('vault-key', ?)", arguments: [Data(new.key.identifier)])
        }
    }

    private static func sealAnew(
        _ sealed: [UInt8], _ name: String, _ old: OpenVault, _ new: OpenVault
    ) throws -> SealedSecret {
        let secret = try old.open(SealedSecret(bytes: sealed), name: name)
        return try secret.withBytes { try new.seal(Array($0), name: name) }
    }
}
