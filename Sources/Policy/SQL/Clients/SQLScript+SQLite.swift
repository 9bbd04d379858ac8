/// The dot commands of sqlite3: shell.c of SQLite 3.50, `do_meta_command`.
extension SQLScript {
    private enum Effect {
        case none
        /// The arguments are a shell command.
        case shell
        case runsFile
        case loadsCode
        case writesFile
        /// What the database held is gone.
        case restores
        /// Opens a database, for reading and writing.
        case opensFile
        /// A file, or a command behind `|`; what comes of it is imported into a table.
        case imports
        case statement(SQLStatement.Kind)
        case edits
        case runsStored
        /// The arguments behind the first two are expressions of SQL.
        case computes
    }

    /// In the order of the manual. A command is known by any beginning of its name.
    private static let commands: [(name: String, effect: Effect)] = [
        ("archive", .writesFile), ("ar", .writesFile), ("auth", .none), ("backup", .writesFile), ("bail", .none),
        ("binary", .none),
        ("cd", .none), ("changes", .none), ("check", .none), ("clone", .writesFile), ("connection", .none), ("crlf", .none),
        ("crnl", .none), ("databases", .none), ("dbconfig", .none), ("dbinfo", .none), ("dbtotxt", .none),
        ("dump", .statement("SELECT")),
        ("echo", .none), ("eqp", .none), ("excel", .edits), ("exit", .none), ("expert", .none), ("explain", .none),
        ("filectrl", .none),
        ("fullschema", .none), ("headers", .none), ("help", .none), ("import", .imports), ("imposter", .none), ("indexes", .none),
        ("indices", .none), ("intck", .none), ("iotrace", .writesFile), ("limit", .none), ("lint", .none), ("load", .loadsCode),
        ("log", .writesFile), ("mode", .none), ("nonce", .none), ("nullvalue", .none), ("once", .writesFile),
        ("open", .opensFile),
        ("output", .writesFile), ("parameter", .computes), ("print", .none), ("progress", .none), ("prompt", .none),
        ("quit", .none),
        ("read", .runsFile), ("recover", .statement("SELECT")), ("restore", .restores), ("rows", .none), ("save", .writesFile),
        ("scanstats", .none), ("schema", .none), ("selftest", .runsStored), ("separator", .none), ("session", .writesFile),
        ("sha3sum", .none), ("shell", .shell), ("show", .none), ("stats", .none), ("system", .shell), ("tables", .none),
        ("testcase", .writesFile), ("testctrl", .none), ("timeout", .none), ("timer", .none), ("trace", .writesFile),
        ("unmodule", .none),
        ("user", .none), ("version", .none), ("vfsinfo", .none), ("vfslist", .none), ("vfsname", .none), ("width", .none),
        ("wheretrace", .none), ("www", .edits),
    ]

    private static let byFirstByte = Dictionary(grouping: commands) { $0.name.utf8.first ?? 0 }

    /// The lexer stands at the start of a statement. A line that begins with `#` is a comment there; with a space in front it is not.
    mutating func obeysDotCommand() -> Bool {
        guard lexer.position == 0 || text.bytes[lexer.position - 1] == 0x0A || isBehindByteOrderMark else { return false }
        let start = lexer.position
        switch lexer.peek() {
        case UInt8(ascii: "#"):
            lexer.position = lineEnd(from: start)
            return true
        case UInt8(ascii: "."): break
        default: return false
        }
        let end = lineEnd(from: start)
        lexer.position = end
        let words = dotArguments(start + 1..<end)
        guard let typed = words.first else { return true }
        guard typed.holes.isEmpty else {
            findings.doubt(.evaluated, "a command of sqlite3 is only known when it runs")
            return true
        }
        let name = String(decoding: typed.bytes, as: UTF8.self)
        let named = Self.byFirstByte[typed.bytes.first ?? 0] ?? []
        let exact = named.filter { $0.name == name }
        let candidates = exact.isEmpty ? named.filter { $0.name.hasPrefix(name) } : exact
        if candidates.isEmpty { findings.doubt(.syntax, "sqlite3 has no command that is known here as .\(name.prefix(40))") }
        for command in candidates {
            apply(command.effect, Array(words.dropFirst()), line: text.description(start..<end, limit: 200))
        }
        return true
    }

    private var isBehindByteOrderMark: Bool { lexer.position == 3 && text.bytes.starts(with: [0xEF, 0xBB, 0xBF]) }

    private mutating func apply(_ effect: Effect, _ arguments: [SQLText], line: String) {
        if let pipe = arguments.firstIndex(where: { $0.bytes.first == UInt8(ascii: "|") }) {
            findings.runs(piped(arguments[pipe...], effect))
        }
        let paths = arguments.filter { $0.bytes.first != UInt8(ascii: "-") && $0.bytes.first != UInt8(ascii: "|") }
        switch effect {
        case .none: break
        case .shell: findings.runs(joined(arguments))
        case .runsFile:
            findings.doubt(.commandFile, "sqlite3 runs what it reads: \(line)")
            open(paths.first, .read)
        case .loadsCode:
            findings.doubt(.foreignCode, "sqlite3 loads a library: \(line)")
        case .writesFile:
            guard let path = paths.last, !["off", "on", "stdout", "stderr"].contains(path.word.known) else { return }
            open(path, .write)
        case .restores:
            open(paths.last, .read)
            findings.add(SQLStatement(kind: "RESTORE", object: "DATABASE", mayTouchOtherTables: true, text: line))
        case .opensFile: open(paths.last, .readWrite)
        case .imports:
            let table = arguments.last?.word.known?.lowercased()
            open(paths.dropLast().last, .read)
            findings.add(
                SQLStatement(kind: "INSERT", tables: table.map { [$0] } ?? [], mayTouchOtherTables: table == nil, text: line))
        case .statement(let kind):
            findings.add(SQLStatement(kind: kind, mayTouchOtherTables: true, text: line))
        case .edits: findings.doubt(.interactive, "sqlite3 opens a program for what it shows: \(line)")
        case .computes: compute(arguments.dropFirst(2))
        case .runsStored: findings.doubt(.evaluated, "sqlite3 runs SQL that a table holds: \(line)")
        }
    }

    private mutating func open(_ path: SQLText?, _ operation: RunCommand.Redirection.Operation) {
        if let path { findings.opens(path, operation) }
    }

    /// `.parameter set @x EXPRESSION`: the value is computed as SQL.
    private mutating func compute(_ expressions: ArraySlice<SQLText>) {
        var inner = syntax
        inner.obeysClientCommands = false
        for expression in expressions {
            var query = SQLText("SELECT ")
            query.append(expression, 0..<expression.bytes.count)
            var script = SQLScript(query, inner, findings: findings.take())
            script.run()
            findings = script.findings.take()
        }
    }

    /// `.output |command and its arguments` takes all of them, `.import '|command' table` the one.
    private func piped(_ arguments: ArraySlice<SQLText>, _ effect: Effect) -> SQLText {
        var command = SQLText()
        for argument in arguments {
            if command.bytes.isEmpty {
                command.append(argument, 1..<argument.bytes.count)
            } else {
                command.append(UInt8(ascii: " "))
                command.append(argument, 0..<argument.bytes.count)
            }
            if case .imports = effect { break }
        }
        return command
    }

    /// sqlite3 puts the arguments together again, those with a space in double quotes.
    private func joined(_ arguments: [SQLText]) -> SQLText {
        var command = SQLText()
        for argument in arguments {
            if !command.bytes.isEmpty { command.append(UInt8(ascii: " ")) }
            let hasSpace = argument.bytes.contains(UInt8(ascii: " "))
            if hasSpace { command.append(UInt8(ascii: "\"")) }
            command.append(argument, 0..<argument.bytes.count)
            if hasSpace { command.append(UInt8(ascii: "\"")) }
        }
        return command
    }

    /// `'…'` as it stands, `"…"` with the escapes of C, anything else up to white space.
    private func dotArguments(_ range: Range<Int>) -> [SQLText] {
        var arguments: [SQLText] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text.bytes[index]
            if byte.isSQLSpace {
                index += 1
            } else if byte == UInt8(ascii: "'") {
                let close = text.bytes[index + 1..<range.upperBound].firstIndex(of: byte) ?? range.upperBound
                arguments.append(text.slice(index + 1..<close))
                index = min(range.upperBound, close + 1)
            } else if byte == UInt8(ascii: "\"") {
                var close = index + 1
                while close < range.upperBound, text.bytes[close] != byte {
                    close += text.bytes[close] == UInt8(ascii: "\\") ? 2 : 1
                }
                close = min(close, range.upperBound)
                let token = SQLToken(kind: .string, start: index, end: min(range.upperBound, close + 1))
                arguments.append(SQLLiteral(text: text, dialect: .mysql).content(of: token))
                index = min(range.upperBound, close + 1)
            } else {
                let end = text.bytes[index..<range.upperBound].firstIndex(where: \.isSQLSpace) ?? range.upperBound
                arguments.append(text.slice(index..<end))
                index = end
            }
        }
        return arguments
    }
}
