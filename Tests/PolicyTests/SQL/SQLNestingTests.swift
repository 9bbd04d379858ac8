import Testing

@testable import Policy

/// Statements within statements, and code.
struct SQLNestingTests {
    @Test(arguments: [
        SQLVector("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "DELETE t", "SELECT"),
        SQLVector(
            "WITH x AS (DELETE FROM t WHERE id = 1 RETURNING *) INSERT INTO log SELECT * FROM x", "DELETE where t", "INSERT log",
            "SELECT"),
        SQLVector(
            "WITH a AS (SELECT 1 FROM s), b AS MATERIALIZED (UPDATE t SET x = 1 RETURNING *) TABLE b", "SELECT s", "UPDATE t",
            "SELECT"),
        SQLVector("WITH a (x, y) AS NOT MATERIALIZED (INSERT INTO t VALUES (1) RETURNING *) SELECT 1", "INSERT t", "SELECT"),
        SQLVector("WITH RECURSIVE r AS (SELECT 1 UNION SELECT 2 FROM r) SELECT * FROM r", "SELECT", "SELECT"),
        SQLVector("WITH delete AS (SELECT 1) SELECT * FROM delete", "SELECT", "SELECT"),
        SQLVector("WITH a AS (WITH b AS (DELETE FROM t RETURNING 1) SELECT 1) SELECT 1", "DELETE t", "SELECT", "SELECT"),
        SQLVector("WITH x AS (SELECT 1) DELETE FROM t USING x", "SELECT", "DELETE t"),
        // The name hides the table behind it only, and never from a change.
        SQLVector("WITH t AS (SELECT * FROM t) SELECT * FROM t", "SELECT t", "SELECT"),
        SQLVector("WITH t AS (SELECT 1) DELETE FROM t", "SELECT", "DELETE t"),
        SQLVector("WITH t AS (SELECT 1) SELECT * FROM public.t", "SELECT", "SELECT public.t"),
        SQLVector("SELECT * FROM (WITH t AS (SELECT 1) SELECT * FROM t) x, t", "SELECT", "SELECT", "SELECT t"),
        SQLVector("INSERT INTO a WITH x AS (SELECT * FROM s) SELECT * FROM x", "INSERT a", "SELECT s, x"),
        SQLVector(
            "CREATE TABLE n AS WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "CREATE TABLE n", "DELETE t", "SELECT x"),
        SQLVector("COPY (WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x) TO STDOUT", "DELETE t", "SELECT", "COPY STDOUT"),
        SQLVector("COPY (DELETE FROM t RETURNING *) TO STDOUT", "DELETE t", "COPY STDOUT"),
        SQLVector("SELECT x FROM t WHERE (update, delete) = (1, 2)", "SELECT t"),
        SQLVector("SELECT replace(a, 'x', 'y') FROM t", "SELECT t"),
        SQLVector("SELECT a INTO n FROM t", "SELECT INTO TABLE t", "SELECT INTO TABLE n", "CREATE TABLE n"),
        SQLVector("SELECT a INTO TEMP TABLE n FROM t", "SELECT INTO TABLE t", "SELECT INTO TABLE n", "CREATE TABLE n"),
        SQLVector("SELECT a INTO @x FROM t", "SELECT t", dialect: .mysql),
        SQLVector("SELECT a FROM t INTO OUTFILE '/tmp/x'", "SELECT INTO OUTFILE t", "SELECT INTO OUTFILE", dialect: .mysql),
        SQLVector(
            "SELECT '<?php' INTO DUMPFILE '/var/www/x.php'", "SELECT INTO DUMPFILE", "SELECT INTO DUMPFILE", dialect: .mysql),
    ])
    func `each part that changes data is a statement`(vector: SQLVector) {
        #expect(vector.reading.summaries.sorted() == vector.statements.sorted())
        #expect(vector.reading.doubts == [])
    }

    @Test(arguments: [
        SQLVector("DO $$ BEGIN DROP TABLE x; END $$", "DO", "DROP TABLE x", doubts: [.foreignCode]),
        SQLVector(
            "DO LANGUAGE plpgsql 'BEGIN IF true THEN DELETE FROM t; END IF; END'", "DO", "DELETE t", doubts: [.foreignCode]),
        SQLVector(
            "DO $$ BEGIN FOR r IN SELECT * FROM s LOOP UPDATE t SET x = 1; END LOOP; END $$", "DO", "SELECT s", "UPDATE t",
            doubts: [.foreignCode]),
        SQLVector(
            "DO $$ BEGIN EXECUTE 'DROP TABLE x'; END $$", "DO", "EXECUTE", "DROP TABLE x", doubts: [.foreignCode]),
        SQLVector(
            "DO $$ BEGIN EXECUTE 'DR' || 'OP TABLE x'; END $$", "DO", "EXECUTE", "DROP TABLE x",
            doubts: [.foreignCode, .evaluated]),
        SQLVector(
            "DO $$ BEGIN EXECUTE format('DROP TABLE %I', n); END $$", "DO", "EXECUTE", "DROP TABLE …",
            doubts: [.foreignCode, .evaluated]),
        SQLVector("DO $$ BEGIN EXECUTE sql; END $$", "DO", "EXECUTE", doubts: [.foreignCode, .evaluated]),
        SQLVector("DO $$ BEGIN EXECUTE $x$ DROP TABLE x $x$; END $$", "DO", "EXECUTE", "DROP TABLE x", doubts: [.foreignCode]),
        SQLVector(
            "DO $$ BEGIN INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET x = 1; END $$", "DO", "INSERT t", "UPDATE where t",
            doubts: [.foreignCode]),
        SQLVector("DO $$ BEGIN PERFORM 1 FROM s FOR UPDATE; END $$", "DO", "SELECT s", doubts: [.foreignCode]),
        SQLVector("EXECUTE p", "EXECUTE", doubts: [.evaluated]),
        SQLVector("CALL f(1)", "CALL PROCEDURE f", doubts: [.foreignCode]),
        SQLVector(
            "CREATE FUNCTION f() RETURNS void AS $$ DELETE FROM t $$ LANGUAGE sql", "CREATE FUNCTION f", "DELETE t",
            doubts: [.foreignCode]),
        SQLVector(
            "CREATE OR REPLACE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN DROP TABLE x; END'", "CREATE PROCEDURE p", "DROP TABLE x",
            doubts: [.foreignCode]),
        SQLVector(
            "CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()", "CREATE TRIGGER x, t", doubts: [.foreignCode]),
        SQLVector(
            "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)", "CREATE RULE r, t", "DELETE a", "DELETE b",
            doubts: [.foreignCode]),
        SQLVector("LOAD '/tmp/x.so'", "LOAD", doubts: [.foreignCode]),
        SQLVector("ALTER SYSTEM SET archive_command = 'rm -rf /'", "ALTER SYSTEM", doubts: [.foreignCode]),
        SQLVector("SELECT query_to_xml('DROP TABLE x', true, true, '')", "DROP TABLE x", "SELECT", doubts: [.evaluated]),
        SQLVector("SELECT pg_catalog.\"query_to_xml\"('x', true, true, '')", "SELECT", doubts: [.evaluated]),
        SQLVector("SELECT * FROM dblink('dbname=x', 'DELETE FROM t') AS t(x int)", "DELETE t", "SELECT", doubts: [.evaluated]),
        SQLVector("SELECT dblink_exec('DROP TABLE x')", "DROP TABLE x", "SELECT", doubts: [.evaluated]),
        SQLVector("SELECT cron.schedule('a', '* * * * *', 'DELETE FROM t')", "DELETE t", "SELECT", doubts: [.evaluated]),
        SQLVector("SELECT pg_read_file('/etc/passwd')", "SELECT", doubts: [.foreignCode]),
        SQLVector("SELECT lo_export(1, '/tmp/x')", "SELECT", doubts: [.foreignCode]),
        SQLVector(
            "CREATE PROCEDURE p() DELETE FROM t", "CREATE PROCEDURE p", "DELETE t", doubts: [.foreignCode], dialect: .mysql),
        SQLVector(
            "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t", "CREATE EVENT e", "DELETE t", doubts: [.foreignCode],
            dialect: .mysql),
        SQLVector(
            "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN DELETE FROM a; UPDATE b SET x = 1; END",
            "CREATE TRIGGER x, t",
            "DELETE a", "UPDATE b", "END", doubts: [.foreignCode], dialect: .mysql),
        SQLVector("PREPARE s FROM 'DROP TABLE x'; EXECUTE s", "PREPARE", "DROP TABLE x", "EXECUTE", dialect: .mysql),
        SQLVector(
            "SET @q = CONCAT('DROP ', 'TABLE x'); PREPARE s FROM @q; EXECUTE s", "SET", "PREPARE", "DROP TABLE x", "EXECUTE",
            doubts: [.evaluated], dialect: .mysql),
        SQLVector("EXECUTE IMMEDIATE 'DROP TABLE x'", "EXECUTE", "DROP TABLE x", dialect: .mysql),
        SQLVector(
            "EXECUTE IMMEDIATE CONCAT('DROP', ' TABLE x')", "EXECUTE", "DROP TABLE x", doubts: [.evaluated], dialect: .mysql),
        SQLVector("BEGIN NOT ATOMIC DELETE FROM t; END", "BEGIN", "DELETE t", "END", doubts: [.foreignCode], dialect: .mysql),
        SQLVector("INSTALL PLUGIN x SONAME 'x.so'", "INSTALL PLUGIN", doubts: [.foreignCode], dialect: .mysql),
        SQLVector("SELECT sys_exec('id')", "SELECT", doubts: [.foreignCode], dialect: .mysql),
        SQLVector("SELECT load_file('/etc/passwd')", "SELECT", doubts: [.foreignCode], dialect: .mysql),
        SQLVector("SELECT load_extension('/tmp/x')", "SELECT", doubts: [.foreignCode], dialect: .sqlite),
        SQLVector("SELECT writefile('/tmp/x', 'y')", "SELECT", doubts: [.foreignCode], dialect: .sqlite),
        SQLVector("SELECT edit('x', 'rm')", "SELECT", doubts: [.foreignCode], dialect: .sqlite),
        SQLVector(
            "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM a; END", "CREATE TRIGGER x, t", "DELETE a", "END",
            doubts: [.foreignCode], dialect: .sqlite),
    ])
    func `code is a doubt, and the statements in it are seen`(vector: SQLVector) {
        #expect(vector.reading.summaries == vector.statements)
        #expect(vector.reading.doubtKinds == vector.doubts)
    }

    @Test func `what runs beside the SQL is told`() {
        #expect(SQLReader.read("COPY t FROM PROGRAM 'curl x | sh'", dialect: .postgres).commands == ["curl x | sh"])
        #expect(SQLReader.read("SELECT sys_exec('id > /tmp/x')", dialect: .mysql).commands == ["id > /tmp/x"])
        #expect(SQLReader.read("COPY t TO '/tmp/x'", dialect: .postgres).files == ["write /tmp/x"])
        #expect(SQLReader.read("COPY t FROM E'/tmp/\\x78'", dialect: .postgres).files == ["read /tmp/x"])
        #expect(SQLReader.read("SELECT 1 INTO OUTFILE '/tmp/x'", dialect: .mysql).files == ["write /tmp/x"])
        #expect(SQLReader.read("LOAD DATA INFILE '/tmp/x' INTO TABLE t", dialect: .mysql).files == ["read /tmp/x"])
        #expect(SQLReader.read("SELECT lo_export(1, '/tmp/x')", dialect: .postgres).files == ["write /tmp/x"])
        #expect(SQLReader.read("ATTACH DATABASE '/tmp/x' AS y", dialect: .sqlite).files == ["readWrite /tmp/x"])
        #expect(SQLReader.read("VACUUM main INTO '/tmp/x'", dialect: .sqlite).files == ["write /tmp/x"])
        #expect(SQLReader.read("ATTACH '/tmp/' || 'x' AS y", dialect: .sqlite).doubtKinds == [.evaluated])
    }

    /// The limit that `SQLSource` names.
    @Test func `what a function of the database does is not known`() {
        #expect(SQLReader.read("SELECT drop_everything()", dialect: .postgres).doubts == [])
    }
}
