internal import GRDB
package import MonitorProtocol

/// Why the store did not do it. Rare failures of SQLite come as GRDB's `DatabaseError`, whose description holds no arguments.
package enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The database was made by a newer version of this program.
    case newerDatabase(path: String)
    /// The database, or the folder it is in, could be replaced or read by others, or is something else.
    case unsafeFile(path: String, String)
    /// A database of another program, or no database at all.
    case foreignDatabase(path: String)
    /// No room on the disk, or a limit on the size of files. Nothing was written.
    case full(String)
    /// SQLite finds its file damaged.
    case damaged(String)
    /// A text holds a zero byte.
    case zeroByte(field: String)
    /// No such row, or it has ended already.
    case notFound(String)
    /// A text is longer than the ledger keeps.
    case tooLong(field: String, limit: Int)
    /// A row holds what cannot be: somebody else wrote to the database.
    case malformedRow(String)
    /// A request for an approval cannot change its state so: it is in this one.
    case approvalDecided(number: Int64, Approval.State)
    /// The key in the key file is not the one under which the vault is sealed.
    case wrongVaultKey(path: String)

    package var description: String {
        switch self {
        case .newerDatabase(let path): "\(path) was written by a newer sallyport: install that one, or restore a backup"
        case .unsafeFile(let path, let what): "\(path) \(what)"
        case .foreignDatabase(let path): "\(path) is not a database of Sallyport's"
        case .full(let what): "the database cannot grow (\(what)): make room on its disk"
        case .damaged(let what): "the database is damaged (\(what)): restore a backup"
        case .zeroByte(let field): "\(field) holds a zero byte"
        case .notFound(let what): "there is no \(what)"
        case .tooLong(let field, let limit): "\(field) is longer than \(limit) bytes"
        case .malformedRow(let what): "the database holds a malformed \(what)"
        case .approvalDecided(let number, let state): "request \(number) is \(state.rawValue)"
        case .wrongVaultKey(let path):
            "the vault is not sealed under the key in \(path): restore the key file that belongs to this database"
        }
    }
}

extension StoreError {
    /// The failure of a GRDB call, as one of ours where administrators can do something about it.
    static func named(_ error: any Error) -> any Error {
        guard let failure = error as? DatabaseError else { return error }
        let message = failure.message ?? "SQLite error \(failure.extendedResultCode.rawValue)"
        return switch failure.extendedResultCode {
        // A disk that is full, or a quota or file size limit: SQLite names only the first so.
        case .SQLITE_FULL, .SQLITE_IOERR_WRITE, .SQLITE_IOERR_SHMSIZE: StoreError.full(message)
        case _ where failure.resultCode == .SQLITE_CORRUPT: StoreError.damaged(message)
        default: failure
        }
    }
}
