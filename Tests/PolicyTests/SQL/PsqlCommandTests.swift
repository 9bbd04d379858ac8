import Testing

@testable import Policy

/// The commands of psql in what it reads from its standard input.
struct PsqlCommandTests {
    private func read(_ text: String) -> SQLReading { SQLReader.read(text, dialect: .postgres) }

    @Test(arguments: [
        #"\! rm -rf /"#, #"\!rm -rf /"#, #"SELECT 1 \! rm -rf /"#, "SELECT 1;\n\\! rm -rf /\nSELECT 2", #"\echo `rm -rf /`"#,
        #"\set x `rm -rf /`"#, #"\o | rm -rf /"#, #"SELECT 1 \g | rm -rf /"#, #"SELECT 1 \gx |rm -rf /"#,
        #"SELECT 1 \g (format=csv) |rm -rf /"#,
        #"\w |rm -rf /"#, #"\copy t from program 'rm -rf /'"#, #"\COPY t to program 'rm -rf /'"#, #"\d `rm -rf /`"#,
        #"\if `rm -rf /`"#, #"\nothing `rm -rf /`"#,
    ])
    func `a shell command is one, wherever it stands`(text: String) { #expect(read(text).commands == ["rm -rf /"]) }

    @Test func `a shell command takes the rest of its line, and no more`() {
        let reading = read("\\! echo '\nDROP TABLE x; -- '")
        #expect(reading.commands == ["echo '"])
        #expect(reading.summaries == ["DROP TABLE x"])
    }

    @Test(arguments: [
        SQLVector(#"\i x.sql"#, doubts: [.commandFile]), SQLVector(#"\ir x.sql"#, doubts: [.commandFile]),
        SQLVector(#"\include 'x y.sql'"#, doubts: [.commandFile]),
        SQLVector(#"SELECT 'x' \gexec"#, "SELECT", doubts: [.evaluated]),
        SQLVector("SELECT 'DROP TABLE '||n FROM t\n\\gexec", "SELECT t", doubts: [.evaluated]),
        SQLVector(#"SELECT 1 \gset"#, "SELECT"), SQLVector(#"SELECT 1 \watch 5"#, "SELECT"),
        SQLVector(#"\e"#, doubts: [.interactive]), SQLVector(#"\ef f"#, doubts: [.interactive]),
        SQLVector(#"\c prod"#, "USE"), SQLVector(#"\connect "dbname=x""#, "USE"),
        SQLVector(#"\password bob"#, "ALTER ROLE", doubts: [.interactive]),
        SQLVector(#"\setenv PAGER x"#, doubts: [.redefinition]),
        SQLVector(#"\set PROMPT1 '%`id`'"#, doubts: [.evaluated]),
        SQLVector(#"\set SINGLELINE on"#, doubts: [.dialect]),
        SQLVector("SELECT :x", "SELECT …", doubts: [.evaluated]), SQLVector(":x", doubts: [.evaluated]),
        SQLVector("DROP TABLE :t", "DROP TABLE …", doubts: [.evaluated]),
        // One value, whatever is in it.
        SQLVector("SELECT * FROM t WHERE a = :'x'", "SELECT t"), SQLVector("DROP TABLE :\"t\"", "DROP TABLE …"),
        SQLVector("SELECT a::text, b[1:2] FROM t", "SELECT t"),
        SQLVector(#"\x \t \a \pset format csv \timing"#), SQLVector(#"\d+ t"#), SQLVector(#"\dt *.*"#), SQLVector(#"\l"#),
        SQLVector("\\set 2 x\nSELECT a[1:2]", "SELECT …", doubts: [.evaluated]), SQLVector(#"\?"#), SQLVector(#"\q"#),
        SQLVector(#"\frobnicate"#, doubts: [.syntax]),
        SQLVector(#"SELECT 1 \; DROP TABLE x;"#, "SELECT", "DROP TABLE x"),
        SQLVector(#"\x \\ DROP TABLE x;"#, "DROP TABLE x"),
        SQLVector("DROP\n\\x\nTABLE x;", "DROP TABLE x"),
        SQLVector("DROP TABLE x \\r\nSELECT 1", "DROP TABLE x", "SELECT"),
        SQLVector("\\if false\nSELECT\n\\endif\nDROP TABLE x;", "SELECT", "DROP TABLE x", doubts: [.dialect]),
        SQLVector(#"\copy t from '/tmp/x.csv' csv"#, "COPY FILE t"),
        SQLVector(#"\copy (select * from s) to '/tmp/x.csv'"#, "COPY FILE", "SELECT s"),
        SQLVector(#"\copy t from program 'true'; DROP TABLE x;"#, "COPY PROGRAM t", "COPY PROGRAM t", "DROP TABLE x"),
    ])
    func `what a command runs is found, and what it hides is doubted`(vector: SQLVector) {
        #expect(vector.reading.summaries == vector.statements)
        #expect(vector.reading.doubtKinds == vector.doubts)
    }

    @Test func `files that psql opens are told`() {
        #expect(read(#"\o /tmp/x y"#).files == ["write /tmp/x"])
        #expect(read(#"\o /tmp/x;"#).files == ["write /tmp/x"])
        #expect(read(#"SELECT 1 \g /tmp/x"#).files == ["write /tmp/x"])
        #expect(read(#"\copy t to /tmp/x csv"#).files == ["write /tmp/x"])
        #expect(read(#"\copy t from '/tmp/x y'"#).files == ["read /tmp/x y"])
        #expect(read(#"\lo_export 1 /tmp/x"#).files == ["write /tmp/x"])
        #expect(read(#"\s /tmp/x"#).files == ["write /tmp/x"])
        #expect(read(#"\i /tmp/x"#).files == ["read /tmp/x"])
    }

    @Test func `the data of a COPY are data`() {
        let reading = read("COPY t FROM stdin; -- x\n1\t'\\N\t12:30\ta :b\n2\tit's; x\n\\.\nDROP TABLE x;")
        #expect(reading.summaries.contains("DROP TABLE x"))
        #expect(reading.doubts == [])
    }

    @Test func `they are SQL if the COPY fails`() {
        #expect(read("COPY nothing FROM stdin;\nDROP TABLE x;\n\\.\n").summaries == ["COPY STDIN nothing", "DROP TABLE x"])
        #expect(read("\\copy nothing from stdin\nDROP TABLE x;\n\\.\n").summaries == ["COPY STDIN nothing", "DROP TABLE x"])
        #expect(read("COPY nothing FROM stdin;\nit's\n\\.\n SELECT ';DROP TABLE x; --';").summaries.contains("DROP TABLE x"))
    }

    @Test func `what follows a command that fails is dropped with its line`() {
        #expect(read("\\o /nowhere/x \\\\ SELECT '\nDROP TABLE x; --'").summaries.contains("DROP TABLE x"))
        #expect(read("\\o /nowhere/x \\; /*\nDROP TABLE x; --*/").summaries.contains("DROP TABLE x"))
        #expect(read("\\x \\\\ SELECT\n\\t \\\\ '\n;DROP TABLE x; --'").doubtKinds.contains(.dialect))
    }
}
