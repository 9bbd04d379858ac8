package import Guard

/// A line that somebody typed at a prompt and wants to run.
package struct TypedLine: Equatable, Sendable {
    /// The whole command, its lines joined by newlines.
    package var text: [UInt8]
    package var language: LineLanguage
    /// The line is what the shell's own editor told: its history expansion is done.
    package var isFromEditor: Bool
    /// Why it may be another line.
    package var doubts: [LineDoubt]
    package var definitions: [LineDefinition]

    package init(
        text: [UInt8], language: LineLanguage, isFromEditor: Bool = false, doubts: [LineDoubt] = [],
        definitions: [LineDefinition] = []
    ) {
        self.text = text
        self.language = language
        self.isFromEditor = isFromEditor
        self.doubts = doubts
        self.definitions = definitions
    }

    /// What it can run, and what cannot be known of it.
    package var reading: CommandReading {
        var reading: CommandReading
        if let client = language.client {
            // As if it came through the client's standard input: statements, and commands of the client itself.
            reading = CommandReader.read(following: client.name, text)
            reading.isUnfinished = SQLReader.isUnfinished(text, client.dialect)
            if reading.isUnfinished { reading.doubts.removeAll { SQLScript.openEnds.contains($0.text) } }
            if SQLReader.leavesOtherDelimiter(text, client.dialect) {
                reading.doubts.append(Doubt(.redefinition, "the delimiter changes where the statements of the next lines end"))
            }
        } else {
            // fish says itself whether a command is complete, and asks no question before.
            let prompt = Prompt(
                language: language, historyIsExpanded: isFromEditor, asksForMore: language != .fish, definitions: definitions)
            reading = CommandReader.read(text, standardInput: .terminal, at: prompt)
        }
        reading.doubts.insert(contentsOf: doubts.map { Doubt(.unreadLine, $0.text) }, at: 0)
        return reading
    }
}

extension LineLanguage {
    /// The program whose statements these are; nil for shells.
    fileprivate var client: (name: String, dialect: SQLDialect)? {
        switch self {
        case .psql: ("psql", .postgres)
        case .mysql: ("mysql", .mysql)
        case .sqlite3: ("sqlite3", .sqlite)
        case .bash, .zsh, .fish, .shell: nil
        }
    }
}
