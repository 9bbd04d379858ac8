/// Why the store did not do it. Failures of SQLite itself come as GRDB's `DatabaseError`, whose description holds no arguments.
package enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The database was made by a newer version of this program.
    case newerDatabase(path: String)
    /// No such row, or it has ended already.
    case notFound(String)
    /// A text is longer than the ledger keeps.
    case tooLong(field: String, limit: Int)
    /// A row holds what cannot be: somebody else wrote to the database.
    case malformedRow(String)
    /// The key in the key file is not the one under which the vault is sealed.
    case wrongVaultKey(path: String)

    package var description: String {
        switch self {
        case .newerDatabase(let path): "\(path) was written by a newer sallyport: install that one, or restore a backup"
        case .notFound(let what): "there is no \(what)"
        case .tooLong(let field, let limit): "\(field) is longer than \(limit) bytes"
        case .malformedRow(let what): "the database holds a malformed \(what)"
        case .wrongVaultKey(let path):
            "the vault is not sealed under the key in \(path): restore the key file that belongs to this database"
        }
    }
}
