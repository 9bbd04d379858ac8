/// A piece of SQL as the server's lexer would cut it, without its text: that stays in `SQLText`.
struct SQLToken {
    enum Kind: UInt8 {
        /// A keyword or a name without quotes.
        case word
        /// `"name"`, `` `name` ``, `[name]`, `U&"name"`.
        case quotedName
        case string
        case number
        /// One character, `::` or `:=`.
        case symbol
        /// `$1`, `@x`, `@@x`, `:x`, `?`: a value that is not in the text.
        case variable
        /// `;`, or what `DELIMITER` made of it.
        case separator
        /// A backslash outside quotes where the client obeys it. The lexer stands behind it.
        case backslash
    }

    var kind: Kind
    var start: Int
    var end: Int
    /// A word in capitals, to be compared with keywords. Empty for other tokens, for words with a hole, and for words longer than any keyword.
    var word = ""
    /// The first byte of a symbol.
    var symbol: UInt8 = 0
    var hasHole = false

    func isSymbol(_ character: Unicode.Scalar) -> Bool { kind == .symbol && symbol == UInt8(ascii: character) }

    /// A word, quoted or not, or a part of one that is unknown.
    var isName: Bool { kind == .word || kind == .quotedName }
}

/// How a text is read: by which server, and through which client.
struct SQLSyntax: Hashable {
    /// Never `.any`.
    var dialect: SQLDialect
    /// The client's own commands (`\!`, `source`, `.shell`) are obeyed. Not in text that only a server reads: the body of a function.
    var obeysClientCommands = true
    /// psql replaces `:name` in what it reads from a file or from standard input, not in `-c`.
    var interpolates = true
    /// One command with all its lines: what psql does with `-c '\…'` and sqlite3 with an argument. Otherwise a client's command ends with its line.
    var isOneCommand = false
    /// mysql's `--named-commands`: `source x` is one at the start of any line, not only of a statement.
    var namesCommandsAnywhere = false
    /// psql's `--single-line`: a newline ends a statement as `;` does.
    var endsStatementsWithLines = false
    /// Text within the body of a function: statements begin behind THEN, ELSE, LOOP and so on, and others than SQL's are not strange.
    var isBody = false

    // Readings differ in these; all are made and put together.

    /// mysql: `/*!80000 … */` is run by newer servers and a comment to older ones.
    var runsNewerVersions = true
    /// psql: the lines after `COPY … FROM STDIN;` are data if that succeeds, and SQL if it fails.
    var skipsCopyData = true
    /// psql: what follows a command and `\\` in its line is SQL if the command succeeds, and dropped if it fails.
    var dropsBehindCommands = false
    /// `E'a'⏎'b'` is one string for PostgreSQL's server. psql, which reads line by line, ends it with the line, and takes what follows for SQL.
    var joinsStringLines = true
}
