import Testing

@testable import Policy

struct SQLStatementTests {
    @Test(arguments: [
        SQLVector("SELECT 1", "SELECT"),
        SQLVector("select * from Users, \"Orders\" o join public.items on true", "SELECT users, Orders, public.items"),
        SQLVector("SELECT a FROM (SELECT b FROM secrets) s", "SELECT secrets"),
        SQLVector("SELECT (SELECT max(x) FROM a), EXISTS (SELECT FROM b) FROM c", "SELECT a, b, c"),
        SQLVector("(SELECT 1 FROM a) UNION ALL (SELECT 2 FROM b)", "SELECT a, b"),
        SQLVector("((SELECT 1 FROM a))", "SELECT a"),
        SQLVector("SELECT 1 FROM a UNION SELECT 2 FROM b EXCEPT TABLE c", "SELECT a, b, c"),
        SQLVector("SELECT * FROM (a JOIN b ON true), c", "SELECT a, b, c"),
        SQLVector("SELECT * FROM a JOIN b ON CASE WHEN true THEN 1 END = 1, c", "SELECT a, b, c"),
        SQLVector("SELECT * FROM LATERAL (SELECT 1) x, ONLY (t), u *", "SELECT t, u"),
        SQLVector("SELECT * FROM generate_series(1, 2) g, t", "SELECT t"),
        SQLVector("SELECT extract(year FROM d), trim(both FROM e), a IS NOT DISTINCT FROM b FROM t", "SELECT t"),
        SQLVector("TABLE secrets", "SELECT secrets"),
        SQLVector("VALUES (1), (2)", "VALUES"),
        SQLVector("VALUES ((SELECT a FROM secrets))", "SELECT secrets"),
        SQLVector("INSERT INTO a (x) VALUES (1)", "INSERT a"),
        SQLVector("INSERT INTO a SELECT * FROM b", "INSERT a", "SELECT b"),
        SQLVector("INSERT INTO a VALUES ((SELECT x FROM secrets))", "INSERT a", "SELECT secrets"),
        SQLVector("INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET x = 2", "INSERT a", "UPDATE where a"),
        SQLVector("INSERT INTO a SELECT * FROM a ON CONFLICT (id) DO UPDATE SET x = 0", "INSERT a", "UPDATE a", "SELECT a"),
        SQLVector("INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING", "INSERT a"),
        SQLVector("INSERT INTO a TABLE secrets", "INSERT a", "SELECT secrets"),
        SQLVector("CREATE TABLE a AS TABLE secrets", "CREATE TABLE a", "SELECT secrets"),
        SQLVector("UPSERT INTO a VALUES (1)", "INSERT a", "UPDATE where a"),
        SQLVector("UPDATE a SET x = 1 WHERE id = 2", "UPDATE where a"),
        SQLVector("UPDATE ONLY a AS b SET x = c.y FROM c WHERE c.id = b.id", "UPDATE where a", "SELECT c"),
        SQLVector("DELETE FROM ONLY a USING b WHERE a.id = b.id", "DELETE where a", "SELECT b"),
        SQLVector("TRUNCATE a, ONLY b", "TRUNCATE TABLE a, b"),
        SQLVector("TRUNCATE TABLE a CASCADE", "TRUNCATE TABLE a …"),
        SQLVector(
            "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)", "MERGE a",
            "DELETE where a", "INSERT where a", "SELECT b"),
        SQLVector("MERGE INTO a USING b ON true WHEN MATCHED THEN UPDATE SET x = 1", "MERGE a", "UPDATE a", "SELECT b"),
        SQLVector(
            "MERGE INTO a USING b ON a.id = b.id WHEN NOT MATCHED BY SOURCE THEN DELETE", "MERGE a", "DELETE a", "SELECT b"),
        SQLVector("COPY a FROM STDIN", "COPY STDIN a"),
        SQLVector("COPY secrets TO STDOUT", "COPY STDOUT secrets", "SELECT secrets"),
        SQLVector("COPY (SELECT * FROM secrets) TO '/tmp/x' WITH (FORMAT csv)", "COPY FILE", "SELECT secrets"),
        SQLVector("COPY a (x, y) FROM PROGRAM 'id'", "COPY PROGRAM a", "COPY PROGRAM a"),
        SQLVector("LOCK TABLE a IN ACCESS EXCLUSIVE MODE", "LOCK TABLE a"),
        SQLVector("VACUUM (FULL, ANALYZE) a, b", "VACUUM a, b"),
        SQLVector("VACUUM FULL a", "VACUUM FULL a"),
        SQLVector("ANALYZE VERBOSE a", "ANALYZE a"),
        SQLVector("REINDEX TABLE CONCURRENTLY a", "REINDEX TABLE a"),
        SQLVector("CLUSTER a USING i", "CLUSTER a"),
        SQLVector("COMMENT ON TABLE a IS 'x'", "COMMENT ON a"),
        SQLVector("SECURITY LABEL ON TABLE a IS 'x'", "SECURITY LABEL a"),
        SQLVector("REASSIGN OWNED BY bob TO eve", "REASSIGN OWNED"),
        SQLVector("REFRESH MATERIALIZED VIEW v", "REFRESH MATERIALIZED VIEW v"),
        SQLVector("BEGIN; COMMIT; ROLLBACK; SAVEPOINT x; END", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "END"),
        SQLVector("SET ROLE postgres; RESET ALL; SHOW search_path", "SET ROLE", "RESET ALL", "SHOW SEARCH_PATH"),
        SQLVector("SET SESSION AUTHORIZATION root", "SET SESSION AUTHORIZATION"),
        SQLVector("DECLARE c CURSOR FOR SELECT * FROM secrets", "DECLARE", "SELECT secrets"),
        SQLVector("PREPARE p (int) AS DELETE FROM a WHERE id = $1; EXECUTE p(1)", "PREPARE", "DELETE where a", "EXECUTE"),
    ])
    func `a statement is known by its verb and its tables`(vector: SQLVector) {
        #expect(vector.reading.summaries == vector.statements)
        #expect(vector.reading.doubtKinds == vector.doubts)
    }

    @Test(arguments: [
        SQLVector("DROP TABLE IF EXISTS a, public.b, \"C\" CASCADE", "DROP TABLE a, public.b, C"),
        SQLVector("DROP MATERIALIZED VIEW v", "DROP MATERIALIZED VIEW v"),
        SQLVector("DROP FOREIGN TABLE f", "DROP FOREIGN TABLE f"),
        SQLVector("DROP DATABASE prod", "DROP DATABASE prod …"),
        SQLVector("DROP SCHEMA public CASCADE", "DROP SCHEMA public …"),
        SQLVector("DROP OWNED BY bob", "DROP OWNED bob …"),
        SQLVector("DROP INDEX CONCURRENTLY i", "DROP INDEX i"),
        SQLVector("DROP FUNCTION f(int, text), g(int)", "DROP FUNCTION f, g"),
        SQLVector("DROP USER MAPPING FOR bob SERVER s", "DROP USER MAPPING bob"),
        SQLVector("DROP TRIGGER x ON t", "DROP TRIGGER x, t"),
        SQLVector("CREATE TABLE IF NOT EXISTS a (id int)", "CREATE TABLE a"),
        SQLVector("CREATE UNLOGGED TABLE a AS SELECT * FROM secrets", "CREATE TABLE a", "SELECT secrets"),
        SQLVector("CREATE OR REPLACE TEMP VIEW v AS SELECT * FROM secrets", "CREATE VIEW v", "SELECT secrets"),
        SQLVector("CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY t (x)", "CREATE INDEX i, t"),
        SQLVector("CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)", "CREATE TABLE p1, p"),
        SQLVector("CREATE ROLE eve SUPERUSER", "CREATE ROLE eve"),
        SQLVector("CREATE DATABASE d TEMPLATE t", "CREATE DATABASE d"),
        SQLVector("CREATE EXTENSION dblink", "CREATE EXTENSION dblink"),
        SQLVector(
            "CREATE SCHEMA s CREATE TABLE t (x int) GRANT ALL ON t TO eve", "CREATE SCHEMA s", "CREATE TABLE t", "GRANT TABLE t"),
        SQLVector("ALTER TABLE ONLY a DROP COLUMN b", "ALTER TABLE a"),
        SQLVector("ALTER TABLE IF EXISTS a RENAME TO b", "ALTER TABLE a, b"),
        SQLVector("ALTER TABLE a ATTACH PARTITION b FOR VALUES IN (1)", "ALTER TABLE a, b"),
        SQLVector("ALTER TABLE a ON CLUSTER c DELETE WHERE 1", "ALTER TABLE a", "DELETE a"),
        SQLVector("ALTER TABLE a UPDATE x = 1 WHERE id = 2", "ALTER TABLE a", "UPDATE where a"),
        SQLVector("ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b ON DELETE CASCADE ON UPDATE SET NULL", "ALTER TABLE a"),
        SQLVector("ALTER USER bob PASSWORD 'x'", "ALTER USER bob"),
        SQLVector("ALTER SYSTEM SET work_mem = 1", "ALTER SYSTEM"),
        SQLVector("ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO x", "ALTER DEFAULT PRIVILEGES"),
        SQLVector("GRANT SELECT, DELETE ON TABLE a, b TO eve", "GRANT TABLE a, b"),
        SQLVector("GRANT ALL ON ALL TABLES IN SCHEMA public TO eve", "GRANT TABLE …"),
        SQLVector("GRANT pg_execute_server_program TO eve", "GRANT ROLE"),
        SQLVector("REVOKE ALL ON DATABASE d FROM eve", "REVOKE DATABASE d"),
        SQLVector("DROP", "DROP ? …"),
        SQLVector("DROP SCHEMA a", "DROP SCHEMA a …", "DROP DATABASE a …", dialect: .mysql),
        SQLVector(
            "CREATE DEFINER=`root`@`localhost` SQL SECURITY INVOKER VIEW v AS SELECT 1", "CREATE VIEW v", "SELECT",
            dialect: .mysql),
        SQLVector("CREATE USER 'bob'@'%' IDENTIFIED BY 'x'", "CREATE USER bob", dialect: .mysql),
        SQLVector("GRANT ALL ON *.* TO 'bob'@'%'", "GRANT TABLE …", dialect: .mysql),
        SQLVector("GRANT ALL ON db.* TO bob", "GRANT TABLE db.* …", dialect: .mysql),
        SQLVector("RENAME TABLE a TO b, c TO d", "RENAME TABLE a, b, c, d", dialect: .mysql),
        SQLVector("CREATE VIRTUAL TABLE f USING fts5(x)", "CREATE TABLE f", dialect: .sqlite),
    ])
    func `what is created, dropped and altered has an object`(vector: SQLVector) {
        #expect(vector.reading.summaries == vector.statements)
        #expect(vector.reading.doubtKinds == vector.doubts)
    }

    @Test(arguments: [
        SQLVector("DELETE a, b FROM t1 AS a JOIN t2 b ON a.id = b.id", "DELETE t1, t2", "SELECT t1, t2"),
        SQLVector("DELETE FROM a.* USING t AS a WHERE a.x = 1", "DELETE where t …", "SELECT t"),
        SQLVector("DELETE LOW_PRIORITY QUICK IGNORE FROM t LIMIT 5", "DELETE t"),
        SQLVector("UPDATE a JOIN b ON a.id = b.id SET a.x = 1 WHERE b.y = 2", "UPDATE where a, b"),
        SQLVector("REPLACE INTO t VALUES (1)", "REPLACE t"),
        SQLVector("INSERT t VALUES (1) ON DUPLICATE KEY UPDATE x = 1", "INSERT t", "UPDATE where t"),
        SQLVector("SELECT * FROM t USE INDEX FOR ORDER BY (PRIMARY), secrets", "SELECT t, secrets"),
        SQLVector("SELECT * FROM { OJ a LEFT OUTER JOIN b ON true }", "SELECT a, b"),
        SQLVector("DROP TABLE 2fa, 1e3x", "DROP TABLE 2fa, 1e3x"),
        SQLVector("SHOW TABLES FROM prod; USE prod; KILL 5; FLUSH PRIVILEGES", "SHOW TABLES", "USE", "KILL", "FLUSH PRIVILEGES"),
        SQLVector("HANDLER secrets OPEN", "HANDLER secrets", "SELECT secrets"),
        SQLVector("LOCK TABLES a READ, b AS c WRITE", "LOCK TABLES a, b"),
        SQLVector("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t", "LOAD DATA t"),
        SQLVector("ANALYZE DELETE FROM t", "ANALYZE", "DELETE t"),
        SQLVector("ANALYZE TABLE t", "ANALYZE t"),
        SQLVector("DO SLEEP(5)", "DO"),
        SQLVector("EXPLAIN FORMAT=TREE SELECT 1", "EXPLAIN"),
    ])
    func `MySQL's own forms are known`(vector: SQLVector) {
        let reading = SQLReader.read(vector.text, dialect: .mysql)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubts == [])
    }

    @Test(arguments: [
        SQLVector("EXPLAIN DELETE FROM t", "EXPLAIN"),
        SQLVector("EXPLAIN ANALYZE DELETE FROM t", "EXPLAIN", "DELETE t"),
        SQLVector("EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t", "EXPLAIN", "DELETE t"),
        SQLVector("EXPLAIN (COSTS off) WITH x AS (DELETE FROM t RETURNING 1) SELECT 1", "EXPLAIN"),
        SQLVector("EXPLAIN VERBOSE (SELECT 1)", "EXPLAIN"),
        SQLVector("EXPLAIN QUERY PLAN DELETE FROM t", "EXPLAIN", dialect: .sqlite),
        SQLVector("DESCRIBE users", "DESCRIBE users", dialect: .mysql),
    ])
    func `EXPLAIN runs nothing unless it analyzes`(vector: SQLVector) { #expect(vector.reading.summaries == vector.statements) }

    @Test(arguments: [
        SQLVector("INSERT OR REPLACE INTO t VALUES (1)", "INSERT t", "REPLACE t"),
        SQLVector("UPDATE OR IGNORE t SET x = 1", "UPDATE t"),
        SQLVector("SELECT * FROM 'users'", "SELECT users"),
        SQLVector("PRAGMA writable_schema = ON", "PRAGMA WRITABLE_SCHEMA"),
        SQLVector("ATTACH 'x.db' AS x; DETACH x", "ATTACH", "DETACH"),
        SQLVector("VACUUM INTO 'copy.db'", "VACUUM"),
    ])
    func `SQLite's own forms are known`(vector: SQLVector) {
        let reading = SQLReader.read(vector.text, dialect: .sqlite)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubts == [])
    }

    @Test func `accounts have three names, and an object includes its special kinds`() {
        #expect(SQLStatement(kind: "ALTER", object: "ROLE").concerns("USER") == true)
        #expect(SQLStatement(kind: "DROP", object: "FOREIGN TABLE").concerns("TABLE") == true)
        #expect(SQLStatement(kind: "SELECT", object: "INTO OUTFILE").concerns("INTO") == true)
        #expect(SQLStatement(kind: "DROP", object: "USER MAPPING").concerns("ROLE") == false)
        #expect(SQLStatement(kind: "DROP", object: "TABLESPACE").concerns("TABLE") == false)
        #expect(SQLStatement(kind: "SELECT").concerns("TABLE") == false)
        #expect(SQLStatement(kind: "DROP", objectIsUnknown: true).concerns("TABLE") == nil)
    }

    @Test func `a verb that is not known is reported and doubted`() {
        let reading = SQLReader.read("FROBNICATE TABLE users", dialect: .postgres)
        #expect(reading.summaries == ["FROBNICATE"])
        #expect(reading.doubtKinds == [.syntax])
        for text in ["42", "'DROP TABLE x'", ", DROP TABLE x", ") DROP TABLE x"] {
            #expect(SQLReader.read(text, dialect: .postgres).doubtKinds == [.syntax])
        }
    }
}
