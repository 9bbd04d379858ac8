import Guard
import Testing

@testable import Policy

/// Where a database client asks for another line before it does anything.
@Suite struct UnfinishedStatementTests {
    static let clients: [LineLanguage] = [.psql, .mysql, .sqlite3]

    private func reading(_ text: String, _ language: LineLanguage) -> CommandReading {
        TypedLine(text: Array(text.utf8), language: language).reading
    }

    @Test(
        arguments: ["drop", "drop\n", "select 1; select", "select 'a", "select 'a\nb", "select /* a", "select \"a"],
        clients)
    func `what only ends too early is unfinished and no mistake`(text: String, client: LineLanguage) {
        let reading = reading(text, client)
        #expect(reading.isUnfinished)
        #expect(!reading.kinds.contains(.syntax))
    }

    @Test(
        arguments: [
            "", ";", "select 1;", "drop\ntable x;", "-- comment", "select 'a;b';", "select 1; -- it's", "select 1; /* a */",
        ],
        clients)
    func `what is complete is finished`(text: String, client: LineLanguage) {
        #expect(!reading(text, client).isUnfinished)
    }

    @Test(
        arguments: [
            #"select 1\g"#, #"select 1 \G"#, #"select 'a\c"#, #"\! ls"#, #"\. file"#, "source file", "system ls", "exit",
            "use db",
            "delimiter ;", "delimiter //\nselect 1//", #"select 1 \c"#,
        ])
    func `commands of mysql end a line`(text: String) {
        #expect(reading(text, .mysql).isUnfinished == (text == #"select 'a\c"#))
    }

    @Test(arguments: [#"select 1 \g"#, #"select 1\gx"#, #"\d"#, #"\! ls"#, #"\i file"#, #"select 1 \r"#])
    func `commands of psql end a line`(text: String) { #expect(!reading(text, .psql).isUnfinished) }

    /// sqlite3 asks for more there too; its next prompt tells the guard.
    @Test(arguments: [LineLanguage.psql, .mysql]) func `a comment alone can be unfinished`(client: LineLanguage) {
        #expect(reading("/* a", client).isUnfinished)
    }

    @Test func `commands of sqlite3 end a line`() { #expect(!reading(".quit", .sqlite3).isUnfinished) }

    @Test func `another delimiter makes what follows uncertain, until it is taken back`() {
        #expect(reading("delimiter //", .mysql).kinds.contains(.redefinition))
        #expect(reading("select 1; \\d $$", .mysql).kinds.contains(.redefinition))
        #expect(!reading("delimiter //\nselect 1//\ndelimiter ;", .mysql).kinds.contains(.redefinition))
    }

    @Test(arguments: clients) func `a statement over lines is that statement`(client: LineLanguage) throws {
        let command = try #require(reading("drop\ntable x;", client).commands.first)
        let statements = try #require(SQLSource.statements(of: command)).statements
        #expect(statements.map(\.kind.rawValue) == ["DROP"])
        #expect(statements.first?.object == "TABLE")
    }
}
