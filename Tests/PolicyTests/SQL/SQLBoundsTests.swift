import Testing

@testable import Policy

struct SQLBoundsTests {
    @Test func `a text that is too large is read up to the bound`() {
        let text = "DROP TABLE x;" + String(repeating: " ", count: 1_000_000) + "DROP TABLE y"
        for dialect in SQLDialect.allCases {
            let reading = SQLReader.read(text, dialect: dialect)
            #expect(reading.summaries == ["DROP TABLE x"])
            #expect(reading.doubtKinds == [.tooLarge])
        }
        #expect(SQLReader.read("SELECT 1" + String(repeating: " ", count: SQLBounds.text - 8), dialect: .postgres).doubts == [])
    }

    @Test func `statements that are too many are counted no further`() {
        let text = String(repeating: "SELECT 1;", count: SQLBounds.statements + 1)
        let reading = SQLReader.read(text, dialect: .postgres)
        #expect(reading.statements.count == SQLBounds.statements)
        #expect(reading.doubtKinds == [.tooLarge])
        #expect(SQLReader.read(String(text.dropLast(9)), dialect: .postgres).doubts == [])
    }

    @Test func `statements that are nested too deep are a doubt`() {
        let text = String(repeating: "WITH a AS (", count: 500) + "DROP TABLE x"
        #expect(SQLReader.read(text, dialect: .postgres).doubtKinds.contains(.tooLarge))
        let shallow = String(repeating: "WITH a AS (", count: 20) + "DELETE FROM x" + String(repeating: ") SELECT 1", count: 20)
        #expect(SQLReader.read(shallow, dialect: .postgres).summaries.first == "DELETE x")
        #expect(SQLReader.read(shallow, dialect: .postgres).doubts == [])
    }

    @Test func `texts that are nested too deep are a doubt`() {
        var text = "DROP TABLE x"
        for level in 0..<4 { text = "DO $a\(level)$ BEGIN \(text); END $a\(level)$" }
        #expect(SQLReader.read(text, dialect: .postgres).summaries.contains("DROP TABLE x"))
        text = "DO $b$ BEGIN \(text); END $b$"
        #expect(SQLReader.read(text, dialect: .postgres).doubtKinds.contains(.tooLarge))
    }

    @Test func `tables that are too many may be any`() {
        let names = (0...SQLBounds.tables).map { "t\($0)" }.joined(separator: ", ")
        let statement = SQLReader.read("DROP TABLE \(names)", dialect: .postgres).statements.first
        #expect(statement?.tables.count == SQLBounds.tables)
        #expect(statement?.mayTouchOtherTables == true)
    }

    @Test func `shell commands that are too many are a doubt`() {
        let text = (0...SQLBounds.sideEffects).map { "\\! \($0)\n" }.joined()
        let reading = SQLReader.read(text, dialect: .postgres)
        #expect(reading.shellCommands.count == SQLBounds.sideEffects)
        #expect(reading.doubtKinds == [.tooLarge])
    }

    @Test func `of many doubts each kind is kept`() {
        let text = (0..<100).map { "x\($0);" }.joined() + "CALL p(); EXECUTE q"
        let reading = SQLReader.read(text, dialect: .postgres)
        #expect(reading.doubtKinds == [.syntax, .foreignCode, .evaluated])
        #expect(reading.doubts.count <= SQLBounds.doubts + Doubt.Kind.allCases.count)
    }

    @Test func `texts for people are short, on one line, and nothing that a terminal obeys`() throws {
        let text = "DROP TABLE x,\n\u{1B}[31m\u{9B}2J\u{202E}" + String(repeating: "y", count: 1000)
        let reading = SQLReader.read(text, dialect: .postgres)
        let statement = try #require(reading.statements.first)
        #expect(statement.text.count <= 200)
        #expect(
            statement.text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x1B && $0.value != 0x9B && $0.value != 0x202E
            })
        let many = SQLReader.read(String(repeating: "CALL \u{1B}\u{1B}'\u{1B}", count: 100), dialect: .postgres)
        #expect(many.doubts.allSatisfy { $0.text.count <= 300 && $0.text.last != "." && !$0.text.contains("\u{1B}") })
    }

    @Test func `of many arguments none is lost without a doubt`() throws {
        let words = ["psql"] + (0..<5000).flatMap { _ in ["-c", "SELECT 1"] } + ["-c", "DROP TABLE x"]
        let reading = try #require(SQLSource.statements(of: RunCommand(words: words.map { CommandWord($0) })))
        #expect(reading.doubtKinds == [.tooLarge])
        let sqlite = ["sqlite3", "db"] + (0..<5000).map { "SELECT \($0)" } + ["DROP TABLE x"]
        let other = try #require(SQLSource.statements(of: RunCommand(words: sqlite.map { CommandWord($0) })))
        #expect(other.doubtKinds == [.tooLarge])
    }
}
