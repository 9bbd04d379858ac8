internal import Foundation
internal import GRDB
package import MonitorProtocol
package import Vault

/// Upstream credentials, and the keys of Sallyport's own authorities. Secrets come in and go out sealed.
extension Store {
    package struct Credential: Sendable {
        package let kind: StoredCredential.Kind
        /// Nil for `certificate`, which has no secret of its own.
        package let sealed: SealedSecret?
    }

    /// What the secret of a credential is sealed for.
    ///
    /// The kind is part of it: were it only a column, changing that would send a private key to the target as if it were a password.
    /// The target, which has no `@`, comes last, so two names are never the same text.
    package static func sealName(of name: AdminRequest.CredentialName, _ kind: StoredCredential.Kind) -> String {
        "credential \(kind.rawValue) \(name.login)@\(name.target)"
    }

    /// What the key of an authority is sealed for.
    package static func sealName(of authority: AdminRequest.Authority) -> String { "authority \(authority.rawValue)" }

    /// Stores a credential, in place of the one of that name.
    package func put(
        _ kind: StoredCredential.Kind, _ name: AdminRequest.CredentialName, _ sealed: SealedSecret?, detail: String?,
        at: Timestamp
    ) throws {
        try Self.check(name.login, "login", limit: 256)
        try Self.check(name.target, "target", limit: 256)
        try Self.check(detail, "detail", limit: 1024)
        try write { database in
            try database.execute(
                sql:
                    "INSERT OR REPLACE INTO credential (login, target, kind, detail, sealed, changedAt) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [name.login, name.target, kind.rawValue, detail, sealed.map { Data($0.bytes) }, at.milliseconds])
        }
    }

    package func credential(_ name: AdminRequest.CredentialName) throws -> Credential? {
        try Self.check(name.login, "login", limit: 256)
        try Self.check(name.target, "target", limit: 256)
        return try read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT kind, sealed FROM credential WHERE login = ? AND target = ?",
                    arguments: [name.login, name.target])
            else { return nil }
            guard let kind = StoredCredential.Kind(rawValue: row["kind"]) else { throw StoreError.malformedRow("credential") }
            return Credential(kind: kind, sealed: (row["sealed"] as Data?).map { SealedSecret(bytes: Array($0)) })
        }
    }

    /// All credentials without their secrets, by target and login.
    package func credentials() throws -> [StoredCredential] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT login, target, kind, detail, changedAt FROM credential ORDER BY target, login"
            ).map { row in
                guard let kind = StoredCredential.Kind(rawValue: row["kind"]) else { throw StoreError.malformedRow("credential") }
                return StoredCredential(
                    login: row["login"], target: row["target"], kind: kind, detail: row["detail"],
                    changedAt: Timestamp(milliseconds: row["changedAt"]))
            }
        }
    }

    /// - Returns: false if there was none.
    package func removeCredential(_ name: AdminRequest.CredentialName) throws -> Bool {
        try Self.check(name.login, "login", limit: 256)
        try Self.check(name.target, "target", limit: 256)
        return try write { database in
            try database.execute(
                sql: "DELETE FROM credential WHERE login = ? AND target = ?", arguments: [name.login, name.target])
            return database.changesCount > 0
        }
    }

    /// The sealed key of an authority; made and stored by `create` if there is none yet.
    package func authority(
        _ authority: AdminRequest.Authority, create: () throws -> SealedSecret
    ) throws -> SealedSecret {
        try write { database in
            if let sealed = try Data.fetchOne(
                database, sql: "SELECT sealed FROM authority WHERE name = ?", arguments: [authority.rawValue])
            {
                return SealedSecret(bytes: Array(sealed))
            }
            let sealed = try create()
            try database.execute(
                sql: "INSERT INTO authority (name, sealed) VALUES (?, ?)", arguments: [authority.rawValue, Data(sealed.bytes)])
            return sealed
        }
    }
}
