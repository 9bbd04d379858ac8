internal import Foundation
internal import GRDB
internal import MonitorProtocol
package import Vault

/// The vault's key file and its change, so that a kill at any moment loses nothing.
///
/// The database says which key it is sealed under (`meta`, `vault-key`). A change goes: write `FILE.new`; in one transaction seal everything anew and
/// note the new key; rename `FILE.new` to `FILE`. Stopped before the transaction, the old file is the right one, and `open` removes the new one; stopped
/// after it, `open` finds that the new file is the right one and finishes the rename.
package struct VaultKeyFile: Sendable {
    package let path: String
    private var newPath: String { path + ".new" }

    package init(path: String) { self.path = path }

    /// The key that belongs to the database. A database without one takes the key in the file.
    /// - Throws: `VaultError` if the file cannot be used, `wrongVaultKey` if neither file belongs to the database.
    package func open(for store: Store) throws -> VaultKey {
        if let stored = try store.vaultKeyIdentifier() {
            if let key = try? VaultKey.load(file: path), key.identifier == stored {
                unlink(newPath)
                return key
            }
            if let key = try? VaultKey.load(file: newPath), key.identifier == stored {
                // Failing that, the next start or the next change does it.
                try? putInPlace()
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

    /// A vault under its new key.
    package struct Changed: Sendable {
        package let vault: OpenVault
        /// What could not be done. The vault is sound all the same, and its key in a file.
        package let remark: String?
    }

    /// The moments of a change after which it may be cut off.
    enum Step: Int, CaseIterable, Codable, Sendable { case prepared, sealed, committed, inPlace }

    /// Changes the key. After an error the old vault goes on.
    package func change(_ vault: OpenVault, in store: Store) throws -> Changed { try change(vault, in: store) { _ in } }

    /// - Parameter reached: for tests, which stop there.
    func change(_ vault: OpenVault, in store: Store, reached: (Step) throws -> Void) throws -> Changed {
        let key = try prepare(after: vault.key)
        try reached(.prepared)
        let changed = OpenVault(key: key)
        do {
            try store.sealAnew(from: vault, to: changed) { try reached(.sealed) }
        } catch {
            // A commit can fail and be found done nevertheless: what the database says decides.
            guard (try? store.vaultKeyIdentifier()) == key.identifier else { throw error }
        }
        try reached(.committed)
        var remark: String?
        do { try putInPlace() } catch { remark = "the new key is in \(newPath) until the next start, as \(error)" }
        try reached(.inPlace)
        return Changed(vault: changed, remark: remark)
    }

    /// Step 1. Removes nothing before it has seen the current key in its file.
    func prepare(after current: VaultKey) throws -> VaultKey {
        let left = try? VaultKey.load(file: newPath)
        // Of a change that could not do step 3: this file is the only one with the key.
        if left?.identifier == current.identifier { try putInPlace() }
        // Or it is not our file: the key of another database would be replaced.
        guard try VaultKey.load(file: path).identifier == current.identifier else { throw StoreError.wrongVaultKey(path: path) }
        // Of a change whose commit was not seen to succeed: the database may yet turn out to name this key.
        if let left, left.identifier != current.identifier { return left }
        // One that was not written to its end was never used.
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
        // Otherwise the database could be sealed under a key whose file a power cut takes away.
        guard fsync(descriptor) == 0 else {
            throw VaultError.unusableKeyFile(path: folder, reason: String(cString: strerror(errno)))
        }
    }
}

extension Store {
    /// The identifier of the key under which the vault is sealed; nil before the first.
    package func vaultKeyIdentifier() throws -> [UInt8]? {
        try read { database in
            try Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'vault-key'").map(Array.init)
        }
    }

    /// Notes the first key. Does nothing if there is one.
    /// - Throws: `malformedRow` if there are secrets and no key: whichever came first would shut out the one they are sealed under.
    package func noteVaultKey(_ key: VaultKey) throws {
        try write { database in
            let secrets =
                "SELECT 1 FROM credential WHERE sealed IS NOT NULL UNION ALL SELECT 1 FROM authority UNION ALL SELECT 1 FROM secret"
            let noted = "SELECT 1 FROM meta WHERE name = 'vault-key'"
            if try Row.fetchOne(database, sql: noted) == nil, try Row.fetchOne(database, sql: secrets) != nil {
                throw StoreError.malformedRow("vault key: there are secrets, and nothing says which key they are sealed under")
            }
            try database.execute(
                sql: "INSERT OR IGNORE INTO meta (name, value) VALUES ('vault-key', ?)", arguments: [Data(key.identifier)])
        }
    }

    /// Seals every secret under another key and notes that key, all in one transaction.
    func sealAnew(from old: OpenVault, to new: OpenVault, beforeCommit: () throws -> Void = {}) throws {
        try write { database in
            let noted = try Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'vault-key'")
            guard noted.map(Array.init) == old.key.identifier else { throw VaultError.wrongKey }
            for row in try Row.fetchAll(
                database, sql: "SELECT login, target, kind, sealed FROM credential WHERE sealed IS NOT NULL")
            {
                guard let kind = StoredCredential.Kind(rawValue: row["kind"]) else { throw StoreError.malformedRow("credential") }
                let name = Store.sealName(of: .init(login: row["login"], target: row["target"]), kind)
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
            for row in try Row.fetchAll(database, sql: "SELECT name, sealed FROM secret") {
                guard let secret = OwnSecret(rawValue: row["name"]) else { throw StoreError.malformedRow("secret") }
                let sealed = try Self.sealAnew(Array(row["sealed"] as Data), secret.sealName, old, new)
                try database.execute(
                    sql: "UPDATE secret SET sealed = ? WHERE name = ?", arguments: [Data(sealed.bytes), secret.rawValue])
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO meta (name, value) VALUES ('vault-key', ?)", arguments: [Data(new.key.identifier)])
            try beforeCommit()
        }
        // The log still has the rows as they were sealed before. A reader may be in the way; then a later checkpoint does it.
        _ = try? database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    private static func sealAnew(
        _ sealed: [UInt8], _ name: String, _ old: OpenVault, _ new: OpenVault
    ) throws -> SealedSecret {
        let secret = try old.open(SealedSecret(bytes: sealed), name: name)
        return try new.seal(secret, name: name)
    }
}
