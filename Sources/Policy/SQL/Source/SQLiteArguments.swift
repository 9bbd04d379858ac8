/// The command line of sqlite3: `sqlite3 [OPTIONS] [FILE [SQL…]]`, options anywhere, with one dash or two.
enum SQLiteArguments {
    /// How many words follow an option. sqlite3 3.50, `main` of shell.c.
    private static let arguments: [String: Int] = [
        "A": .max, "cmd": 1, "init": 1, "separator": 1, "newline": 1, "nullvalue": 1, "mmap": 1, "maxsize": 1, "heap": 1,
        "sorterref": 1,
        "vfs": 1, "nonce": 1, "threadsafe": 1, "lookaside": 2, "pagecache": 2, "escape": 1,
    ]

    static func reading(of command: RunCommand, _ words: ArraySlice<CommandWord>) -> SQLReading {
        var reading = SQLReading()
        var operands: [SQLText] = []
        var ends = false
        var index = words.startIndex
        var onlyOperands = false
        while index < words.endIndex, operands.count < SQLBounds.statements {
            let word = words[index]
            let text = SQLText(word)
            index += 1
            if word.splits { doubt(word, "can be several words", &reading) }
            guard !onlyOperands, text.bytes.first == UInt8(ascii: "-"), text.bytes.count > 1 else {
                // The database's file can be called anything, and what begins with a dash is an option.
                if text.bytes.first == SQLText.hole, !word.splits { doubt(word, "can be an option or a command", &reading) }
                operands.append(text)
                continue
            }
            guard text.holes.isEmpty else {
                doubt(word, "can be any option", &reading)
                continue
            }
            let name = String(decoding: text.bytes.drop { $0 == UInt8(ascii: "-") }, as: UTF8.self)
            if name.isEmpty {
                onlyOperands = true
                continue
            }
            let values = words[index...].prefix(arguments[name] ?? 0)
            index = values.endIndex
            for value in values where value.splits { doubt(value, "can be several words", &reading) }
            switch name {
            case "cmd": if let value = values.first { reading.formUnion(read(SQLText(value), isOneCommand: true)) }
            case "init":
                reading.add(Doubt(.commandFile, "sqlite3 starts with a file of SQL: \(values.first?.source.prefix(100) ?? "")"))
            // The archive of `-A` is no SQL.
            case "help", "version", "A": ends = true
            default: break
            }
        }
        if index < words.endIndex { reading.add(Doubt(.tooLarge, "sqlite3 has more words than are looked at")) }
        for assignment in command.assignments where ["HOME", "XDG_CONFIG_HOME"].contains(assignment.name) {
            reading.add(Doubt(.commandFile, "\(assignment.name) says what sqlite3 starts with"))
        }
        for operand in operands.dropFirst() { reading.formUnion(read(operand, isOneCommand: true)) }
        if operands.count <= 1, !ends {
            reading.formUnion(SQLClient.input(command.input, to: "sqlite3", .sqlite, SQLSyntax(dialect: .sqlite)))
        }
        return reading
    }

    /// An argument is one command if it begins with a dot, and else SQL without any.
    private static func read(_ text: SQLText, isOneCommand: Bool) -> SQLReading {
        var syntax = SQLSyntax(dialect: .sqlite)
        syntax.isOneCommand = isOneCommand
        syntax.obeysClientCommands = text.bytes.first == UInt8(ascii: ".")
        return SQLReader.read(text, .sqlite, syntax)
    }

    private static func doubt(_ word: CommandWord, _ why: String, _ reading: inout SQLReading) {
        reading.add(Doubt(.unknownWord, "\(word.source.prefix(80)) of sqlite3 \(why)"))
    }
}
