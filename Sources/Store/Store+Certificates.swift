internal import Foundation
internal import GRDB
package import MonitorProtocol

/// The user certificates that Sallyport's own authority issued.
extension Store {
    /// A serial number that no certificate has: 63 random bits, never 0, which means "none" (PROTOCOL.certkeys).
    package func unusedSerial(random: () -> UInt64) throws -> UInt64 {
        try read { database in
            while true {
                let serial = random() & (UInt64(1) << 63 - 1)
                guard serial != 0 else { continue }
                let taken = try Row.fetchOne(
                    database, sql: "SELECT 1 FROM certificate WHERE serial = ?", arguments: [Int64(bitPattern: serial)])
                if taken == nil { return serial }
            }
        }
    }

    package func insert(_ certificate: IssuedCertificate) throws {
        for (text, field, limit) in [
            (certificate.user, "user", 1024), (certificate.keyFingerprint, "fingerprint", 1024),
            (certificate.forceCommand, "force-command", 64 * 1024),
        ] as [(String?, String, Int)] { try Self.check(text, field, limit: limit) }
        let lists = (try encoded(certificate.principals), try encoded(certificate.sourceAddresses))
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO certificate (serial, user, principals, issuedAt, validUntil, keyFingerprint, sourceAddresses, forceCommand)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Int64(bitPattern: certificate.serial), certificate.user, lists.0, certificate.issuedAt.milliseconds,
                    certificate.validUntil.milliseconds, certificate.keyFingerprint, lists.1, certificate.forceCommand,
                ])
        }
    }

    /// Newest first. The filter's limit is taken as 1…10000.
    package func certificates(_ filter: AdminRequest.CertificateFilter) throws -> [IssuedCertificate] {
        try Self.check(filter.user, "user", limit: 1024)
        return try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM certificate WHERE (?1 IS NULL OR user = ?1) ORDER BY issuedAt DESC, serial LIMIT ?2",
                arguments: [filter.user, min(max(filter.limit, 1), 10_000)]
            ).map(IssuedCertificate.init(row:))
        }
    }

    package func certificate(serial: UInt64) throws -> IssuedCertificate? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM certificate WHERE serial = ?", arguments: [Int64(bitPattern: serial)])
                .map(IssuedCertificate.init(row:))
        }
    }

    /// Revokes for good. A certificate that is revoked already keeps its first moment and reason.
    /// - Returns: false if there is no such certificate.
    package func revoke(serial: UInt64, reason: String, at: Timestamp) throws -> Bool {
        try Self.check(reason, "reason", limit: 1024)
        return try write { database in
            let key = Int64(bitPattern: serial)
            guard try Row.fetchOne(database, sql: "SELECT 1 FROM certificate WHERE serial = ?", arguments: [key]) != nil else {
                return false
            }
            try database.execute(
                sql: "UPDATE certificate SET revokedAt = ?, revocationReason = ? WHERE serial = ? AND revokedAt IS NULL",
                arguments: [at.milliseconds, reason, key])
            return true
        }
    }

    /// Whether a certificate that our own authority signed must be refused all the same: always, unless this very one was issued and not
    /// revoked. One that the ledger does not know was made with a stolen key, or its revocation was lost with a restored backup.
    package func isRevoked(serial: UInt64, keyID: String) throws -> Bool {
        try Self.check(keyID, "key id", limit: 1024)
        return try read { database in
            try Row.fetchOne(
                database, sql: "SELECT 1 FROM certificate WHERE serial = ? AND user = ? AND revokedAt IS NULL",
                arguments: [Int64(bitPattern: serial), keyID]) == nil
        }
    }

    private func encoded(_ list: [String]) throws -> String { String(decoding: try JSONEncoder().encode(list), as: UTF8.self) }
}

extension IssuedCertificate {
    fileprivate init(row: Row) throws {
        func list(_ column: String) throws -> [String] {
            let text: String = row[column]
            guard let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
                throw StoreError.malformedRow("certificate")
            }
            return list
        }
        self.init(
            serial: UInt64(bitPattern: row["serial"]), user: row["user"], principals: try list("principals"),
            issuedAt: Timestamp(milliseconds: row["issuedAt"]), validUntil: Timestamp(milliseconds: row["validUntil"]),
            keyFingerprint: row["keyFingerprint"], sourceAddresses: try list("sourceAddresses"),
            forceCommand: row["forceCommand"],
            revokedAt: (row["revokedAt"] as Int64?).map(Timestamp.init(milliseconds:)), revocationReason: row["revocationReason"])
    }
}
