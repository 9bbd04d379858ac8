internal import GRDB
internal import Synchronization

/// Whether the writing connection waits for the disk at the end of a transaction (`PRAGMA synchronous`).
///
/// To set it costs as much as to write a row, so it is set only where it is to change.
final class Durability: Sendable {
    private let waits = Mutex<Bool?>(nil)

    /// To be called on the writing connection, outside of a transaction: SQLite does not change it inside one.
    func wait(_ shallWait: Bool, in database: Database) throws {
        try waits.withLock { waits in
            guard waits != shallWait else { return }
            waits = nil
            try database.execute(sql: "PRAGMA synchronous = \(shallWait ? "FULL" : "NORMAL")")
            waits = shallWait
        }
    }
}
