import Testing

@testable import Policy

/// The commands of the mysql and mariadb clients.
struct MySQLCommandTests {
    private func read(_ text: String) -> SQLReading { SQLReader.read(text, dialect: .mysql) }

    @Test(arguments: [
        #"\! rm -rf /"#, "system rm -rf /", "SYSTEM rm -rf /", "SELECT 1; system rm -rf /", "system rm -rf /;",
        #"SELECT 1 \! rm -rf /"#,
        "SELECT 1;\n\n  system rm -rf /\nSELECT 2", #"pager rm -rf /"#, #"\P rm -rf /"#, #"\!x rm -rf /"#,
    ])
    func `a shell command is one, wherever it stands`(text: String) { #expect(read(text).commands.last == "rm -rf /") }

    @Test func `a shell command has the rest of its line, and the SQL behind the semicolon runs too`() {
        let reading = read(#"\! id; DROP TABLE x"#)
        #expect(reading.commands == ["id; DROP TABLE x"])
        #expect(reading.summaries == ["DROP TABLE x"])
    }

    @Test func `a line without a semicolon is a command with all its quotes`() {
        let reading = read("system echo it's\nDROP TABLE x; -- '")
        #expect(reading.commands == ["echo it's"])
        #expect(reading.summaries == ["DROP TABLE x"])
    }

    @Test(arguments: [
        SQLVector("source x.sql", doubts: [.commandFile]), SQLVector(#"\. x.sql"#, doubts: [.commandFile]),
        SQLVector("SELECT 1; source x.sql;", "SELECT", doubts: [.commandFile]),
        SQLVector("use prod\nDROP TABLE x", "USE", "DROP TABLE x"), SQLVector(#"\u prod"#, "USE"),
        SQLVector("edit", doubts: [.interactive]), SQLVector(#"\e"#, doubts: [.interactive]),
        SQLVector("DROP TABLE x\\G", "DROP TABLE x"), SQLVector("SELECT 1 \\g DROP TABLE x", "SELECT", "DROP TABLE x"),
        SQLVector("SELECT \\c DROP TABLE x", "SELECT", "DROP TABLE x"),
        SQLVector("help contents\nDROP TABLE x", "DROP TABLE x"), SQLVector("status\nDROP TABLE x", "DROP TABLE x"),
        SQLVector("delimiter //\nDROP TABLE x// SELECT 1; SELECT 2//", "DROP TABLE x", "SELECT", "SELECT"),
        SQLVector(
            "DELIMITER $$\nCREATE TABLE a(b int)$$DROP TABLE x$$\ndelimiter ;\nSELECT 1;", "CREATE TABLE a", "DROP TABLE x",
            "SELECT"),
        SQLVector("delimiter ;;\nDROP TABLE x;;", "DROP TABLE x"),
        SQLVector("SELECT 'delimiter //\n'; DROP TABLE x", "SELECT", "DROP TABLE x"),
        SQLVector("delimiter '\nDROP TABLE x'", "DROP TABLE x", doubts: [.dialect]),
        SQLVector("delimiter x\nSELECT 1 x DROP TABLE t", "SELECT", "DROP TABLE t", doubts: [.dialect]),
        SQLVector("SELECT 1; delimiter //\nDROP TABLE x//", "SELECT", "DROP TABLE x", doubts: [.dialect]),
        SQLVector("prompt '\nDROP TABLE x; -- '", "DROP TABLE x", doubts: [.dialect]),
        SQLVector("--x\nDROP TABLE x", "DROP TABLE x"),
        SQLVector("SELECT `source` FROM source", "SELECT source"),
    ])
    func `what a command runs is found, and what it hides is doubted`(vector: SQLVector) {
        let reading = read(vector.text)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubtKinds == vector.doubts)
    }

    @Test func `files that mysql opens are told`() {
        #expect(read("tee /tmp/x").files == ["append /tmp/x"])
        #expect(read(#"\T /tmp/x"#).files == ["append /tmp/x"])
        #expect(read("source /tmp/x.sql").files == ["read /tmp/x.sql"])
    }
}
