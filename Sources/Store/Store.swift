internal import Foundation
internal import GRDB

/// What Sallyport keeps: sealed credentials and authorities, issued certificates, the ledger of sessions and approvals. One SQLite file, in WAL mode.
///
/// A method is a transaction: it has happened whole, and is on the disk (`synchronous=FULL`), when it returns, unless it says that it does not wait for the disk. Safe from any thread.
/// The methods are in `Store+Credentials`, `Store+Certificates`, `Store+Sessions` and their neighbours.
package struct Store: Sendable {
    let database: DatabasePool
    private let durability = Durability()

    /// Opens the database, or makes it with mode 0600 in a folder that exists.
    ///
    /// - Throws: `unsafeFile`, `newerDatabase`, `foreignDatabase`, `full`, `damaged`; `DatabaseError` for what has no name here.
    package init(path: String) throws {
        try DatabaseFile.prepare(path)
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // What is removed or sealed anew is overwritten.
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;")
            // Before GRDB changes the journal mode: the file of another program stays as it is.
            if !database.configuration.readonly { try Self.checkIdentity(of: database, path) }
        }
        do {
            database = try DatabasePool(path: path, configuration: configuration)
            // Only here: GRDB sets NORMAL, which loses the last transactions in a power cut, when it has set the journal mode.
            try database.writeWithoutTransaction { try durability.wait(true, in: $0) }
            try Migrations.all.migrate(database)
        } catch DatabaseError.SQLITE_NOTADB {
            throw StoreError.foreignDatabase(path: path)
        } catch {
            throw StoreError.named(error)
        }
    }

    private static func checkIdentity(of database: Database, _ path: String) throws {
        let identity = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        // GRDB's own tables are there before the first migration is, when the making of the database was cut off.
        let isNew = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT LIKE 'grdb_%'") == 0
        if isNew && identity == 0 { return }
        guard identity == Migrations.applicationID else { throw StoreError.foreignDatabase(path: path) }
        if try Migrations.all.hasBeenSuperseded(database) { throw StoreError.newerDatabase(path: path) }
    }

    /// A transaction.
    func write<Value>(_ updates: (Database) throws -> Value) throws -> Value {
        do {
            return try database.writeWithoutTransaction { database in
                try durability.wait(true, in: database)
                var value: Value?
                try database.inTransaction {
                    value = try updates(database)
                    return .commit
                }
                guard let value else { preconditionFailure("a transaction was committed that has not run") }
                return value
            }
        } catch { throw StoreError.named(error) }
    }

    /// The same without waiting for the disk: it survives the end of this process, and not always a power cut.
    ///
    /// - Parameter isOneStatement: it needs no transaction around it.
    func quickly(isOneStatement: Bool = false, _ updates: (Database) throws -> Void) throws {
        do {
            try database.writeWithoutTransaction { database in
                try durability.wait(false, in: database)
                if isOneStatement { return try updates(database) }
                try database.inTransaction {
                    try updates(database)
                    return .commit
                }
            }
        } catch { throw StoreError.named(error) }
    }

    func read<Value>(_ value: (Database) throws -> Value) throws -> Value {
        do { return try database.read(value) } catch { throw StoreError.named(error) }
    }

    /// Refuses a text that is too long, as whoever calls has bounded it already, so this is a mistake of ours; and one with a zero byte,
    /// where SQLite would end it.
    static func check(_ text: String?, _ field: String, limit: Int) throws(StoreError) {
        guard let text else { return }
        if text.utf8.count > limit { throw .tooLong(field: field, limit: limit) }
        if text.utf8.contains(0) { throw .zeroByte(field: field) }
    }
}
