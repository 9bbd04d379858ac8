/// One statement that a database client has its server run, as far as rules ask about it.
///
/// A command can give several for what people call one statement: each data-modifying part is one, and what a change reads is a SELECT
/// beside it. Only literal text is looked at; that a view, a trigger or a function of the database does more is not known here.
package struct SQLStatement: Hashable, Sendable {
    /// The verb in capitals. An open set, since servers know verbs that this reader does not: those come with a `Doubt` of `.syntax`.
    ///
    /// Two have two words, and stand beside the verb alone: `COPY PROGRAM` (with `COPY`) and `SELECT INTO` (with `SELECT`).
    package struct Kind: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }
        package init(stringLiteral value: String) { rawValue = value }
    }

    package var kind: Kind
    /// What kind of thing it is done to, in capitals: `TABLE`, `MATERIALIZED VIEW`, `DATABASE`; for `COPY` where to or from: `PROGRAM`, `FILE`,
    /// `STDIN`, `STDOUT`; for `SELECT` that writes `INTO OUTFILE`, `INTO DUMPFILE`, `INTO TABLE`. Nil where the verb has none.
    package var object: String?
    /// The object is only known when the command runs: `DROP $x`.
    package var objectIsUnknown: Bool
    /// The names of what it changes (for `SELECT`: reads): tables, or the databases, roles, functions … that a `DROP` names. Schema-qualified
    /// as written, without quotes, in lower case (ASCII) where they were not quoted.
    package var tables: [String]
    /// It may be about other tables too: a name is unknown, or it is about a whole database or schema, or it cascades.
    package var mayTouchOtherTables: Bool
    /// Whether it has a WHERE of its own that depends on the row: `WHERE 1=1` does not count. Asked of `DELETE` and `UPDATE` only.
    package var hasWhere: Bool
    /// The program that does it without saying it in SQL: `dropdb`, `mysqladmin`. Nil for SQL.
    package var program: String?
    /// As it was typed, on one line, for people; at most 200 characters.
    package var text: String

    package init(
        kind: Kind, object: String? = nil, objectIsUnknown: Bool = false, tables: [String] = [],
        mayTouchOtherTables: Bool = false,
        hasWhere: Bool = false, program: String? = nil, text: String = ""
    ) {
        self.kind = kind
        self.object = object
        self.objectIsUnknown = objectIsUnknown
        self.tables = tables
        self.mayTouchOtherTables = mayTouchOtherTables
        self.hasWhere = hasWhere
        self.program = program
        self.text = text
    }
}

extension SQLStatement {
    /// Whether it is done to that kind of object; nil if that is only known when it runs.
    ///
    /// The servers' synonyms are one (USER, ROLE and GROUP), and `TABLE` names `FOREIGN TABLE` too.
    /// - Parameter object: in capitals, words one space apart.
    package func concerns(_ object: String) -> Bool? {
        if objectIsUnknown { return nil }
        guard let own = self.object else { return false }
        if own == object || own.hasSuffix(" " + object) || own.hasPrefix(object + " ") { return true }
        return Self.accounts.contains(own) && Self.accounts.contains(object)
    }

    /// PostgreSQL's `CREATE USER` and `CREATE GROUP` are `CREATE ROLE`; in MySQL a role is a locked account.
    private static let accounts: Set<String> = ["USER", "ROLE", "GROUP"]
}

extension SQLStatement.Kind {
    /// The verbs that are understood, for whoever writes rules and mistypes one.
    package static let understood: Set<String> = [
        "ABORT", "ALTER", "ANALYZE", "ATTACH", "BACKUP", "BEGIN", "BINLOG", "CACHE", "CALL", "CHANGE", "CHECK", "CHECKPOINT",
        "CHECKSUM", "CLOSE", "CLUSTER", "COMMENT", "COMMIT", "COPY", "COPY PROGRAM", "CREATE", "DEALLOCATE", "DECLARE",
        "DELETE", "DESC", "DESCRIBE", "DETACH", "DISCARD", "DO", "DROP", "END", "EXECUTE", "EXPLAIN", "EXPORT", "FETCH",
        "FLUSH", "GET", "GRANT", "HANDLER", "HELP", "IMPORT", "INSERT", "INSTALL", "KILL", "LISTEN", "LOAD", "LOCK", "MERGE",
        "MOVE", "NOTIFY", "OPTIMIZE", "PRAGMA", "PREPARE", "PURGE", "REASSIGN", "REFRESH", "REINDEX", "RELEASE", "RENAME",
        "REPAIR", "REPLACE", "RESET", "RESIGNAL", "RESTORE", "REVOKE", "ROLLBACK", "SAVEPOINT", "SECURITY", "SELECT",
        "SELECT INTO", "SET", "SHOW", "SHUTDOWN", "SIGNAL", "START", "STOP", "TRUNCATE", "UNINSTALL", "UNLISTEN", "UNLOCK",
        "UPDATE", "USE", "VACUUM", "VALUES", "XA",
    ]
}
