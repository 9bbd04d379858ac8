import Testing

@testable import Policy

/// What is in strings, names and comments is no SQL, and what only looks so is.
struct SQLQuotingTests {
    @Test(arguments: [
        SQLVector("SELECT 'DROP TABLE x'", "SELECT"),
        SQLVector("INSERT INTO t VALUES ('; DROP TABLE students;--')", "INSERT t"),
        SQLVector("INSERT INTO t VALUES ('Robert''); DROP TABLE students;--')", "INSERT t"),
        SQLVector("SELECT drop_date, \"drop table x\" FROM t", "SELECT t"),
        SQLVector("SELECT 1 -- DELETE FROM t\n", "SELECT"),
        SQLVector("-- DROP TABLE x\nSELECT 1 /* DELETE FROM t; */", "SELECT"),
        SQLVector("SELECT /* a /* b */ DROP TABLE x; */ 1", "SELECT"),
        SQLVector("SELECT $$ ; DROP TABLE x; $$, $a$ $$ ; DROP TABLE y; $$ $a$", "SELECT"),
        SQLVector(#"SELECT E'\'; DROP TABLE x; --', E'\\'"#, "SELECT"),
        SQLVector(#"SELECT 'a\'"#, "SELECT"),
        SQLVector("SELECT \"a\"\"; DROP TABLE x; --\" FROM t", "SELECT t"),
        SQLVector("SELECT a$$b$$, $1, '$$'", "SELECT"),
        SQLVector("SELECT U&'\\0027; DROP TABLE x'", "SELECT"),
        SQLVector("SELECT a FROM t WHERE b = 'x' -- ; DROP TABLE t", "SELECT t"),
        SQLVector("SELECT 1;;; ; SELECT 2", "SELECT", "SELECT"),
        SQLVector("SELECT 5 # 3", "SELECT"),
        SQLVector("SELECT a #> b, c->'d' FROM t; SELECT 2", "SELECT t", "SELECT"),
        SQLVector("SELECT '{\"a\": \"b\"}'::jsonb, 'x'::text", "SELECT"),
    ])
    func `PostgreSQL's quotes and comments hold what is in them`(vector: SQLVector) {
        #expect(vector.reading.summaries == vector.statements)
        #expect(vector.reading.doubts == [])
    }

    @Test(arguments: [
        SQLVector("SELECT 1;\n/* x */DROP TABLE x", "SELECT", "DROP TABLE x"),
        SQLVector("dRoP/**/tAbLe/**/x", "DROP TABLE x"),
        SQLVector("DROP\u{0B}TABLE\u{0C}x\r\n", "DROP TABLE x"),
        SQLVector("-- a\rDROP TABLE x", "DROP TABLE x"),
        SQLVector("\u{FEFF}DROP TABLE x", "DROP TABLE x"),
        SQLVector(#"SELECT 'a\'; DROP TABLE x; --'"#, "SELECT", "DROP TABLE x"),
        SQLVector("SELECT 0x$$, 1_0$$; DROP TABLE x; --$$", "SELECT", "DROP TABLE x"),
        SQLVector("SELECT $1$$ ; DROP TABLE x; $$", "SELECT"),
        SQLVector("SELECT $a$ $A$ $a$; DROP TABLE x; SELECT $A$", "SELECT", "DROP TABLE x", "SELECT", doubts: [.syntax]),
        SQLVector("SELECT 'a'\n'; DROP TABLE x; --'", "SELECT"),
        SQLVector("SELECT 'a' '; DROP TABLE x; --'", "SELECT"),
        SQLVector("SELECT 1;DROP TABLE x;SELECT 2", "SELECT", "DROP TABLE x", "SELECT"),
        SQLVector("(SELECT 1; DROP TABLE x)", "SELECT", "DROP TABLE x"),
        SQLVector("DROP TABLE U&\"d\\0061ta\"", "DROP TABLE data"),
        SQLVector("DROP TABLE U&\"d!0061ta\" UESCAPE '!'", "DROP TABLE …"),
        SQLVector("SELECT\"a\"FROM\"t\"", "SELECT t"),
        SQLVector("DELETE FROM\"T\".\"a.b\"", "DELETE T.a.b"),
        SQLVector("SELECT 1FROM secrets", "SELECT secrets"),
    ])
    func `what stands outside them is found`(vector: SQLVector) {
        #expect(vector.reading.summaries == vector.statements)
        #expect(vector.reading.doubtKinds == vector.doubts)
    }

    @Test func `comments do not join the halves of a word`() {
        let reading = SQLReader.read("DR/**/OP TABLE x", dialect: .postgres)
        #expect(reading.summaries == ["DR"])
        #expect(reading.doubtKinds == [.syntax])
    }

    @Test(arguments: [
        SQLVector(#"SELECT 'a\'; DROP TABLE x; -- '"#, "SELECT"),
        SQLVector(#"SELECT "a\"; DROP TABLE x; -- ""#, "SELECT"),
        SQLVector("SELECT `a; DROP TABLE x`, 'it''s' FROM `t``u`", "SELECT t`u"),
        SQLVector("SELECT 1 # DROP TABLE x\n", "SELECT"),
        SQLVector("SELECT 1 -- DROP TABLE x\n; SELECT 5--3", "SELECT", "SELECT"),
        SQLVector("SELECT /* a /* b */ 1", "SELECT"),
        SQLVector("SELECT /*+ MAX_EXECUTION_TIME(1) */ 1", "SELECT"),
        SQLVector("SELECT @x, @@version, @`a b`, \\N, 1e5, 0x41, N'a', _utf8'b'", "SELECT"),
    ])
    func `MySQL's quotes and comments hold what is in them`(vector: SQLVector) {
        let reading = SQLReader.read(vector.text, dialect: .mysql)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubts == [])
    }

    @Test(arguments: [
        SQLVector("/*!DROP*/ TABLE x", "DROP TABLE x"),
        SQLVector("/*!50503 DROP TABLE x */", "DROP TABLE x"),
        SQLVector("/*M! DROP TABLE x */", "DROP TABLE x"),
        SQLVector("SELECT 1 /*! ; DROP TABLE x */", "SELECT", "DROP TABLE x"),
        SQLVector("SELECT 1 /*!99999 ; DROP TABLE x */", "SELECT", "DROP TABLE x"),
        // A newer server keeps the condition, an older one does not.
        SQLVector("DELETE FROM t /*!80000 WHERE id = 1 */", "DELETE where t", "DELETE t"),
        SQLVector("SELECT 5--'\n'; DROP TABLE x", "SELECT", "DROP TABLE x"),
        SQLVector("SELECT 'a''b\\'c'; DROP TABLE `x`", "SELECT", "DROP TABLE x"),
        SQLVector("SELECT \"it's\"; DROP TABLE x", "SELECT", "DROP TABLE x"),
        SQLVector("DROP/**/TABLE/*a*/x", "DROP TABLE x"),
    ])
    func `comments that MySQL runs are run`(vector: SQLVector) {
        let reading = SQLReader.read(vector.text, dialect: .mysql)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubts == [])
    }

    @Test func `a quote in a comment for newer servers hides nothing from older ones`() {
        let reading = SQLReader.read("SELECT 1 /*!99999 ' */; DROP TABLE x; -- '", dialect: .mysql)
        #expect(Set(reading.summaries) == ["SELECT", "DROP TABLE x"])
    }

    @Test func `in PostgreSQL they are comments`() {
        #expect(SQLReader.read("SELECT /*! 1; DROP TABLE x */ 1", dialect: .postgres).summaries == ["SELECT"])
    }

    @Test(arguments: [
        "SELECT 1 /*!80000 a */ /*!90000 b */", "SELECT 1 /*!99999 a /* b */ DROP TABLE x */", "SELECT `a\\`; SELECT 2",
        "SELECT 1;--\u{1}'\n; SELECT '", "--x'\nSELECT '",
    ])
    func `where MySQL's versions differ there is a doubt`(text: String) {
        #expect(SQLReader.read(text, dialect: .mysql).doubtKinds.contains(.dialect))
    }

    @Test(arguments: [
        SQLVector("SELECT [a; DROP TABLE x], `b`, \"c\" FROM [t u]", "SELECT t u"),
        SQLVector("SELECT 'it''s; DROP TABLE x'", "SELECT"),
        SQLVector("SELECT 1 /* DROP TABLE x", "SELECT"),
        SQLVector("SELECT ?1, :a, @b, $c", "SELECT"),
        SQLVector(#"SELECT 'a\'; DROP TABLE x"#, "SELECT", "DROP TABLE x"),
        SQLVector("SELECT 1 -- a\r DROP TABLE x", "SELECT"),
        SQLVector("SELECT 1\ngo\nDROP TABLE x\n/\nSELECT 2", "SELECT", "DROP TABLE x", "SELECT"),
    ])
    func `SQLite's quotes and comments hold what is in them`(vector: SQLVector) {
        let reading = SQLReader.read(vector.text, dialect: .sqlite)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubts == [])
    }

    @Test(arguments: [
        SQLVector("SELECT 'a", "SELECT"), SQLVector("SELECT \"a", "SELECT"), SQLVector("SELECT $$a", "SELECT"),
        SQLVector("SELECT 1 /* a", "SELECT"), SQLVector("SELECT E'a\\'", "SELECT"), SQLVector("SELECT $a$ $b$", "SELECT"),
        SQLVector("DROP TABLE x; SELECT 'a", "DROP TABLE x", "SELECT"),
    ])
    func `a quote without an end is a doubt, and what is before it is read`(vector: SQLVector) {
        #expect(vector.reading.summaries == vector.statements)
        #expect(vector.reading.doubtKinds == [.syntax])
    }

    @Test func `psql ends a string with its line where the server goes on`() {
        // To psql the second quote is closed, to the server it is escaped.
        let reading = SQLReader.read("SELECT E'a'\n'b\\'; DROP TABLE x; --'", dialect: .postgres)
        #expect(Set(reading.summaries) == ["SELECT", "DROP TABLE x"])
        let other = SQLReader.read("SELECT E'a'\n'b\\'' ; DROP TABLE x; --'", dialect: .postgres)
        #expect(Set(other.summaries) == ["SELECT", "DROP TABLE x"])
    }

    @Test(arguments: [
        "SELECT '\u{FFFD}'; SELECT 1", "SELECT\u{00A0}1 FROM t", "DROP\u{3000}TABLE x", "SELECT 1\u{0}; DROP TABLE x",
    ])
    func `bytes that servers read differently are a doubt`(text: String) {
        #expect(SQLReader.read(text, dialect: .mysql).doubtKinds.contains(.dialect))
        #expect(SQLReader.read(text, dialect: .postgres).doubtKinds.contains(.dialect))
    }

    @Test func `psql sees no comment behind an exponent without digits`() {
        let reading = SQLReader.read("SELECT 1e-- ; DROP TABLE x;", dialect: .postgres)
        #expect(reading.summaries == ["SELECT", "DROP TABLE x"])
        #expect(reading.doubtKinds == [.dialect])
    }

    @Test func `a NUL hides nothing`() {
        #expect(SQLReader.read("SELECT 1; -- \u{0}DROP TABLE x", dialect: .mysql).summaries == ["SELECT", "DROP TABLE x"])
        #expect(SQLReader.read("SELECT 1;\u{0}DROP TABLE x", dialect: .postgres).summaries == ["SELECT", "DROP TABLE x"])
    }

    @Test func `an encoding with backslashes in its characters is a doubt`() {
        #expect(SQLReader.read("SET NAMES gbk; SELECT '€'", dialect: .mysql).doubtKinds == [.dialect])
        #expect(SQLReader.read("SET NAMES utf8mb4; SELECT '€'", dialect: .mysql).doubts == [])
        #expect(SQLReader.read("SET NAMES gbk; SELECT 'a'", dialect: .mysql).doubts == [])
    }

    @Test(arguments: [
        "SET standard_conforming_strings = off", "SELECT set_config('standard_conforming_strings', 'off', false)",
        "ALTER ROLE x SET standard_conforming_strings TO off",
    ])
    func `a setting that changes strings is a doubt`(text: String) {
        #expect(SQLReader.read(text, dialect: .postgres).doubtKinds == [.redefinition])
    }

    @Test func `of MySQL's modes those that change strings are`() {
        #expect(SQLReader.read("SET sql_mode = 'ANSI_QUOTES'", dialect: .mysql).doubtKinds == [.redefinition])
        #expect(
            SQLReader.read("SET @@session.sql_mode := concat(@@sql_mode, ',ANSI')", dialect: .mysql).doubtKinds == [.redefinition]
        )
        #expect(SQLReader.read("SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO'", dialect: .mysql).doubts == [])
        #expect(SQLReader.read("SELECT @@sql_mode", dialect: .mysql).doubts == [])
    }

    @Test func `what is not known for whom it is is read for all`() {
        #expect(SQLReader.read("DROP TABLE x; SELECT * FROM t", dialect: .any).summaries == ["DROP TABLE x", "SELECT t"])
        #expect(SQLReader.read("DROP TABLE x; SELECT * FROM t", dialect: .any).doubts == [])
        let differing = SQLReader.read(#"SELECT 'a\'; DROP TABLE x; --'"#, dialect: .any)
        #expect(differing.summaries.contains("DROP TABLE x"))
        #expect(differing.doubtKinds.contains(.dialect))
    }
}
