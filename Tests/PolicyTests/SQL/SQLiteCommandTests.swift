import Testing

@testable import Policy

/// The dot commands of sqlite3.
struct SQLiteCommandTests {
    private func read(_ text: String) -> SQLReading { SQLReader.read(text, dialect: .sqlite) }

    @Test(arguments: [
        ".shell rm -rf /", ".system rm -rf /", ".sh rm -rf /", ".sy rm -rf /", ".shell 'rm' \"-rf\" /",
        "SELECT 1;\n.shell rm -rf /\nSELECT 2;",
        ".output |rm -rf /", ".once '|rm -rf /'", ".read |rm -rf /", ".import '|rm -rf /' t", ".o |rm -rf /",
        "-- x\n.shell rm -rf /",
    ])
    func `a shell command is one, however it is shortened`(text: String) { #expect(read(text).commands == ["rm -rf /"]) }

    @Test func `arguments with spaces get their quotes back`() {
        #expect(read(#".shell echo 'a b' c"#).commands == [#"echo "a b" c"#])
    }

    @Test(arguments: [
        SQLVector(".read x.sql", doubts: [.commandFile]), SQLVector(".load x.so", doubts: [.foreignCode]),
        SQLVector(".import x.csv Users", "INSERT users"), SQLVector(".dump", "SELECT …"),
        SQLVector(".restore x.db", "RESTORE DATABASE …"),
        SQLVector(".excel", doubts: [.interactive]), SQLVector(".selftest", doubts: [.evaluated]),
        SQLVector(".headers on\n.mode csv\n.tables\n.schema t\n.quit"), SQLVector(".frobnicate", doubts: [.syntax]),
        SQLVector("# ' comment\nDROP TABLE x", "DROP TABLE x"), SQLVector("SELECT 1\n.5", "SELECT"),
        SQLVector(".0x\nDROP TABLE x", "DROP TABLE x", doubts: [.syntax]),
        SQLVector(" .print '\n'; DROP TABLE x", "DROP TABLE x", doubts: [.syntax]),

        SQLVector("SELECT '\n.shell rm'", "SELECT"), SQLVector("/* '\n.shell rm\n*/ DROP TABLE x", "DROP TABLE x"),
        SQLVector(".param set @x \"load_extension('x')\"", "SELECT", doubts: [.foreignCode]),
    ])
    func `what a command runs is found, and what it hides is doubted`(vector: SQLVector) {
        let reading = read(vector.text)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubtKinds == vector.doubts)
        #expect(reading.commands == [])
    }

    @Test func `files that sqlite3 opens are told`() {
        #expect(read(".output /tmp/x").files == ["write /tmp/x"])
        #expect(read(".once -x '/tmp/x y'").files == ["write /tmp/x y"])
        #expect(read(".backup main /tmp/x").files == ["write /tmp/x"])
        #expect(read(".open /tmp/x").files == ["readWrite /tmp/x"])
        #expect(read(".import --csv /tmp/x t").files == ["read /tmp/x"])
        #expect(read(".log stderr").files == [])
    }
}
