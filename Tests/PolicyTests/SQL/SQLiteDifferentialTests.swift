import Testing

@testable import Policy

/// The reader against Debian's sqlite3: what that does, the reader has told.
struct SQLiteDifferentialTests {
    private static let setting = """
        CREATE TABLE first(a); CREATE TABLE second(id); INSERT INTO second VALUES (1), (2);
        CREATE TABLE third(a); CREATE TABLE [fo'u"r](a); CREATE TABLE "fi]v e"(a); CREATE TABLE "Upper"(a);
        """

    private struct State: Equatable {
        var tables: Set<String>
        var rows: String
    }

    private func state(_ shell: SQLiteShell) throws -> State {
        let tables = try shell.run(".mode list\nSELECT name FROM sqlite_master WHERE type = 'table';\n")
        let rows = try shell.run("SELECT count(*) FROM second;\n")
        return State(tables: Set(tables.split(separator: "\n").map { $0.lowercased() }), rows: String(rows.prefix { $0 != "\n" }))
    }

    @Test(arguments: [
        "DROP TABLE first", "drop/**/table/**/first", "DROP TABLE IF EXISTS main.first", "DROP TABLE [first]",
        "DROP TABLE `first`",
        "DROP TABLE \"first\"", "DROP TABLE 'first'", "DROP TABLE [fo'u\"r]", "DROP TABLE \"fo'u\"\"r\"", "DROP TABLE 'fo''u\"r'",
        "DROP TABLE \"fi]v e\"", "DROP TABLE `fi]v e`", "DROP TABLE upper", "DROP TABLE main.'Upper'", "DROP -- x\n TABLE first",
        "DROP\u{FEFF}TABLE first", "DROP TABLE first /* x", "DROP TABLE first; DROP TABLE second", "DROP TABLE \"first\" ; -- [",
        "SELECT 1;\u{0C}DROP TABLE first", "BEGIN; DROP TABLE first; COMMIT", "EXPLAIN DROP TABLE first",
        "SELECT 'DROP TABLE first'",
        "SELECT \"DROP TABLE first\"", "-- DROP TABLE first", "SELECT 1 /* ; DROP TABLE first; */",
        "SELECT [; DROP TABLE first; --]",
    ])
    func `the tables that sqlite3 drops are those that are named`(text: String) throws {
        let shell = try SQLiteShell()
        try shell.make(Self.setting)
        let before = try state(shell).tables
        try shell.run(text + "\n;\n")
        let dropped = before.subtracting(try state(shell).tables)
        let named = SQLReader.read(text, dialect: .sqlite).statements.filter { $0.kind == "DROP" }.flatMap(\.tables)
            .map { ($0.hasPrefix("main.") ? String($0.dropFirst(5)) : $0).lowercased() }
        #expect(Set(named) == dropped)
    }

    // MARK: - Texts put together by chance

    private static let marks = [
        "'", "'", "''", "\"", "\"\"", "`", "``", "[", "]", "x'", "--", "-- ", "/*", "*/", "\\'", "\n", "\r", "\t", "x", "1", "@a",
        "$a", "?1", ":a", "(", ")",
        "\n.print '\n", "\n.mode csv\n", "\ngo\n", "\n/\n", "\n#'\n", "#", "SELECT 1", "SELECT ", "END;", "explain ", "é",
        "\u{A0}", "\u{FEFF}", "\u{0C}",
        "CREATE TRIGGER g AFTER INSERT ON third BEGIN SELECT 1;", "\n.x\n", " .print x\n", "/* '\n", ";", ";\n",
    ]
    private static let payloads = [
        "DROP TABLE first", "DELETE FROM second", "DELETE FROM second WHERE id = 1", "\n.shell touch FLAG\n",
    ]

    private func text(_ random: inout SQLRandom, flag: String) -> String {
        func marks(_ most: Int) -> String {
            (0..<random.below(most + 1)).map { _ in Self.marks[random.below(Self.marks.count)] + (random.below(3) == 0 ? " " : "")
            }.joined()
        }
        var text = marks(4) + [";", "\n;\n", ";\n", ""][random.below(4)] + marks(2)
        text += Self.payloads[random.below(Self.payloads.count)].replacing("FLAG", with: flag)
        text += [";", "\n", ";\n"][random.below(3)] + marks(3)
        if random.below(2) == 0 {
            text += ";\n" + Self.payloads[random.below(Self.payloads.count)].replacing("FLAG", with: flag) + ";" + marks(2)
        }
        return text
    }

    @Test func `what sqlite3 does with a text, the reader has told`() throws {
        let shell = try SQLiteShell()
        var random = SQLRandom(seed: 20_261_126)
        var effects = 0
        for _ in 0..<250 {
            let text = text(&random, flag: shell.file("flag"))
            try shell.make(Self.setting)
            try shell.run(text)
            let state = try state(shell)
            let reading = SQLReader.read(text, dialect: .sqlite)
            let isDropped = !state.tables.contains("first")
            let isDeleted = state.rows == "1"
            let isEmpty = state.rows == "0"
            let isRun = shell.exists("flag")
            effects += isDropped || isDeleted || isEmpty || isRun ? 1 : 0
            let deletes = reading.statements.filter { $0.kind == "DELETE" && $0.tables.contains("second") }
            #expect(
                !isDropped || reading.statements.contains { $0.kind == "DROP" && $0.tables.contains("first") },
                "\(text.debugDescription)")
            #expect(!isDeleted || !deletes.isEmpty, "\(text.debugDescription)")
            #expect(!isEmpty || deletes.contains { !$0.hasWhere }, "\(text.debugDescription)")
            #expect(!isRun || reading.commands.contains("touch \(shell.file("flag"))"), "\(text.debugDescription)")
        }
        // Or the texts say nothing.
        #expect(effects > 50)
    }

    @Test func `arguments are read as sqlite3 reads them`() throws {
        let shell = try SQLiteShell()
        for arguments in [
            ["DROP TABLE first"], ["SELECT 1", "DROP TABLE first"], ["-csv", "DROP TABLE first"],
            ["--separator", "x", "DROP TABLE first"],
            ["-cmd", "DROP TABLE first", "SELECT 1"], ["-lookaside", "0", "0", "DROP TABLE first"],
            [".print x", "DROP TABLE first"],
            [".shell touch \(shell.file("flag"))", "DROP TABLE first"],
        ] {
            try shell.make(Self.setting)
            try shell.run("DROP TABLE second;", arguments)
            let state = try state(shell)
            let command = RunCommand(
                words: (["sqlite3", "db"] + arguments).map { CommandWord($0) }, input: .text(CommandWord("DROP TABLE second;")))
            let reading = try #require(SQLSource.statements(of: command))
            #expect(state.tables.contains("first") != reading.summaries.contains("DROP TABLE first"), "\(arguments)")
            #expect(state.tables.contains("second") != reading.summaries.contains("DROP TABLE second"), "\(arguments)")
            #expect(shell.exists("flag") != reading.commands.isEmpty, "\(arguments)")
        }
    }
}
