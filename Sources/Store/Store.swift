internal import Foundation
internal import GRDB

/// What Sallyport keeps: sealed credentials and authorities, issued certificates, the ledger of sessions. One SQLite file, in WAL mode.
///
/// A method is a transaction: it has happened whole, and is on the disk (`synchronous=FULL`), when it returns. Safe from any thread.
/// The methods are in `Store+Credentials`, `Store+Certificates` and `Store+Sessions`.
package struct Store: Sendable {
    let database: DatabasePool

    /// Opens the database, or makes it with mode 0600 in a folder that exists.
    ///
    /// - Throws: `newerDatabase` if a newer version has changed the schema; `DatabaseError`.
    package init(path: String) throws {
        // SQLite gives its -wal and -shm files the mode of the database.
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 { Foundation.close(descriptor) }
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // What is removed or sealed anew is overwritten.
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;")
        }
        database = try DatabasePool(path: path, configuration: configuration)
        // Only here: GRDB sets NORMAL, which loses the last transactions in a power cut, when it has set the journal mode.
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        if try database.read(Migrations.all.hasBeenSuperseded) { throw StoreError.newerDatabase(path: path) }
        try Migrations.all.migrate(database)
    }

    /// Refuses a text that is too long for the ledger: whoever calls has bounded it already, so this is a mistake of ours.
    static func check(_ text: String?, _ field: String, limit: Int) throws(StoreError) {
        if let text, text.utf8.count > limit { throw .tooLong(field: field, limit: limit) }
    }
}
