/// A program that sends SQL to a server: where in its command line that SQL is.
struct SQLClient {
    let name: String
    let dialect: SQLDialect
    let options: [SQLClientOption]
    /// psql hands `-c` to the server as it is, or takes it for one of its commands if it begins with a backslash.
    var sendsStatementsWhole = false
    /// mysql reads all its `-e` as one text, line by line.
    var joinsStatements = false
    /// Variables of the environment that name a start file, or a folder of them.
    var startVariables: Set<String> = []
    /// Variables that name a program for what is shown.
    var pagerVariables: Set<String> = ["PAGER"]

    func reading(of command: RunCommand, _ words: ArraySlice<CommandWord>) -> SQLReading {
        let arguments = SQLClientArguments(words, options, loosely: joinsStatements)
        var reading = SQLReading(doubts: arguments.doubts)
        var syntax = SQLSyntax(dialect: dialect)
        syntax.namesCommandsAnywhere = arguments.has(.namedCommands)
        syntax.endsStatementsWithLines = arguments.has(.lines)
        let delimiter = arguments.values(.delimiter).last?.bytes ?? []
        lookAtSurroundings(command, arguments, &reading)

        var statements = arguments.values(.statement)
        if joinsStatements, statements.count > 1 { statements = [Self.joined(statements)] }
        for statement in arguments.values(.firstStatement) {
            reading.formUnion(SQLReader.read(statement, dialect, syntax, delimiter: delimiter))
        }
        for statement in statements {
            guard reading.statements.count < SQLBounds.statements else {
                reading.add(Doubt(.tooLarge, "there are more statements than are looked at"))
                break
            }
            var own = syntax
            if sendsStatementsWhole {
                own.interpolates = false
                own.isOneCommand = true
                own.obeysClientCommands = statement.bytes.first == UInt8(ascii: "\\")
            }
            reading.formUnion(SQLReader.read(statement, dialect, own, delimiter: delimiter))
        }
        var readsInput = statements.isEmpty && !arguments.has(.file) && !arguments.has(.ends)
        for file in arguments.values(.file) {
            if Self.isStandardInput(file) {
                readsInput = true
            } else {
                reading.add(Doubt(.commandFile, "\(name) runs a file of SQL: \(file.word.source.prefix(100))"))
                reading.redirections.append(.init(operation: .read, target: file.word))
            }
        }
        if readsInput { reading.formUnion(Self.input(command.input, to: name, dialect, syntax, delimiter: delimiter)) }
        return reading
    }

    // MARK: - Input

    static func isStandardInput(_ file: SQLText) -> Bool {
        ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(file.word.known)
    }

    /// What it reads from its standard input, as far as that is in view.
    static func input(
        _ input: RunCommand.Input, to name: String, _ dialect: SQLDialect, _ syntax: SQLSyntax, delimiter: [UInt8] = []
    ) -> SQLReading {
        switch input {
        case .text(let word): SQLReader.read(SQLText(word), dialect, syntax, delimiter: delimiter)
        case .inherited:
            SQLReading(doubts: [Doubt(.interactive, "\(name) takes SQL from its standard input, from whoever is there")])
        case .file(let word): SQLReading(doubts: [Doubt(.commandFile, "\(name) runs a file of SQL: \(word.source.prefix(100))")])
        case .pipe(let programs):
            SQLReading(doubts: [
                Doubt(
                    .pipedProgram,
                    "\(name) runs the SQL that \(programs.isEmpty ? "another program" : programs.joined(separator: " | ").prefix(100).description) writes"
                )
            ])
        }
    }

    private static func joined(_ texts: [SQLText]) -> SQLText {
        var joined = SQLText()
        for text in texts {
            joined.append(text, 0..<text.bytes.count)
            joined.append(0x0A)
        }
        return joined
    }

    // MARK: - Start files, outputs, variables

    private func lookAtSurroundings(_ command: RunCommand, _ arguments: SQLClientArguments, _ reading: inout SQLReading) {
        for file in arguments.values(.startFile) {
            reading.add(Doubt(.commandFile, "\(name) starts with what a file says: \(file.word.source.prefix(100))"))
        }
        for library in arguments.values(.library) {
            reading.add(Doubt(.foreignCode, "\(name) loads a library: \(library.word.source.prefix(100))"))
        }
        for encoding in arguments.values(.encoding) where encoding.word.known.map({ SQLReader.isOtherEncoding($0) }) ?? true {
            reading.add(
                Doubt(
                    .dialect,
                    "\(name) is told an encoding in which characters are cut differently: \(encoding.word.source.prefix(40))"))
        }
        for variable in arguments.values(.variable) { lookAtVariable(variable, &reading) }
        for output in arguments.values(.output) {
            if output.bytes.first == UInt8(ascii: "|") {
                runs(output.slice(1..<output.bytes.count), &reading)
            } else {
                reading.redirections.append(.init(operation: .write, target: output.word))
            }
        }
        for log in arguments.values(.log) { reading.redirections.append(.init(operation: .append, target: log.word)) }
        for pager in arguments.values(.pager) { runs(pager, &reading) }
        for assignment in command.assignments {
            if pagerVariables.contains(assignment.name), let value = assignment.value { runs(SQLText(value), &reading) }
            if startVariables.contains(assignment.name), !arguments.has(.noStartFile) {
                reading.add(Doubt(.commandFile, "\(assignment.name) says what \(name) starts with"))
            }
        }
        let others = arguments.options.filter { ![.statement, .firstStatement].contains($0.meaning) }.map(\.value)
        let texts = arguments.operands + others + command.assignments.compactMap { $0.value.map { SQLText($0) } }
        if dialect != .mysql, texts.contains(where: { Self.mentionsLexing($0) }) {
            reading.add(Doubt(.redefinition, "the setting standard_conforming_strings changes how the SQL is read"))
        }
    }

    private func runs(_ command: SQLText, _ reading: inout SQLReading) {
        var findings = SQLFindings()
        findings.runs(command)
        reading.formUnion(findings.reading)
    }

    /// `psql -v NAME=VALUE`: in a prompt a command can stand in backquotes; SINGLELINE ends statements with their lines.
    private func lookAtVariable(_ variable: SQLText, _ reading: inout SQLReading) {
        if variable.bytes.contains(UInt8(ascii: "`")) { reading.add(Doubt(.evaluated, "a prompt of \(name) runs a command")) }
        if variable.bytes.starts(with: "SINGLELINE".utf8) {
            reading.add(Doubt(.dialect, "\(name) is told to end statements with their lines"))
        }
        if variable.bytes.first?.isSQLDigit ?? false {
            reading.add(Doubt(.evaluated, "a variable of \(name) is called as a number"))
        }
        if !variable.holes(in: 0..<(variable.bytes.firstIndex(of: UInt8(ascii: "=")) ?? variable.bytes.count)).isEmpty {
            reading.add(Doubt(.unknownWord, "which variable of \(name) is set is only known when it runs"))
        }
    }

    /// In `options='-c standard_conforming_strings=off'` of a connection, or in PGOPTIONS.
    private static func mentionsLexing(_ text: SQLText) -> Bool {
        guard text.bytes.count < SQLBounds.text else { return true }
        return String(decoding: text.bytes, as: UTF8.self).lowercased().contains("conforming_strings")
    }
}
