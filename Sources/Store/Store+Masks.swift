internal import Foundation
internal import GRDB
package import MonitorProtocol
package import Vault

/// Keys of Sallyport's own, beside those of its authorities.
package enum OwnSecret: String, Sendable {
    /// Of the fingerprints of masked values.
    case maskFingerprints = "mask-fingerprints"

    /// What it is sealed for.
    package var sealName: String { "secret \(rawValue)" }
}

/// Values that were found in the output of sessions.
extension Store {
    /// A sealed secret of our own; made and stored by `create` if there is none yet.
    package func secret(_ secret: OwnSecret, create: () throws -> SealedSecret) throws -> SealedSecret {
        try write { database in
            if let sealed = try Data.fetchOne(
                database, sql: "SELECT sealed FROM secret WHERE name = ?", arguments: [secret.rawValue])
            {
                return SealedSecret(bytes: Array(sealed))
            }
            let sealed = try create()
            try database.execute(
                sql: "INSERT INTO secret (name, sealed) VALUES (?, ?)", arguments: [secret.rawValue, Data(sealed.bytes)])
            return sealed
        }
    }

    /// Writes down what was found: the single values that are listed, and how many there were of each rule. In one transaction, and as quickly as
    /// `addQuickly`: the session goes on meanwhile.
    package func addMasks(_ events: [PolicyEvent], counts: [String: UInt64], of session: SessionID) throws {
        try quickly { database in
            for event in events { try Self.insert(event, in: database) }
            for (rule, count) in counts {
                try Self.check(rule, "rule", limit: 1024)
                try database.execute(
                    sql: """
                        INSERT INTO mask (session, rule, count) VALUES (?1, ?2, ?3)
                        ON CONFLICT (session, rule) DO UPDATE SET count = min(count, 9223372036854775807 - ?3) + ?3
                        """,
                    arguments: [session.text, rule, Int64(clamping: count)])
            }
        }
    }
}
