import Testing

@testable import Policy

struct SQLConditionTests {
    @Test(arguments: [
        "DELETE FROM t", "DELETE FROM t;", "DELETE FROM t WHERE 1=1", "DELETE FROM t WHERE 1", "DELETE FROM t WHERE true",
        "DELETE FROM t WHERE TRUE OR id = 5", "DELETE FROM t WHERE id = 5 OR 1=1", "DELETE FROM t WHERE id = 5 OR 'a' = 'a'",
        "DELETE FROM t WHERE (((1 = 1)))", "DELETE FROM t WHERE NOT false", "DELETE FROM t WHERE NOT (1 = 0)",
        "DELETE FROM t WHERE 2 > 1", "DELETE FROM t WHERE 1 IS NOT NULL", "DELETE FROM t WHERE id = id",
        "DELETE FROM t WHERE ID >= id",
        "DELETE FROM t WHERE t.id = t.id", "DELETE FROM t WHERE id LIKE id", "DELETE FROM t WHERE 'x' LIKE '%'",
        "DELETE FROM t WHERE length('a') = 1", "DELETE FROM t WHERE random() < 2", "DELETE FROM t WHERE EXISTS (SELECT 1)",
        "DELETE FROM t WHERE 1 IN (1, 2)", "DELETE FROM t WHERE current_date > date '2000-01-01'",
        "DELETE FROM t WHERE 1::int = 1",
        "DELETE FROM t WHERE CAST(1 AS bool)", "DELETE FROM t WHERE 1 = 01", "DELETE FROM t WHERE 1_0 = 10",
        "DELETE FROM t WHERE 0x10 = 16", "DELETE FROM t WHERE 1=1 AND 2=2",
        "DELETE FROM t WHERE true RETURNING id", "DELETE FROM t RETURNING (SELECT 1 FROM x WHERE x.id = 1)",
        "DELETE FROM t /* WHERE id = 1 */", "DELETE FROM t -- WHERE id = 1",
        "DELETE FROM t USING (SELECT 1 FROM x WHERE x.id = 1) y",
        "WITH x AS (SELECT 1 FROM y WHERE id = 1) DELETE FROM t", "DELETE FROM t WHERE 'a WHERE b' = 'a WHERE b'",
        "DELETE FROM t WHERE id = 1 OR (id <> 1 OR true)", "DELETE FROM \"where\"", "DELETE FROM t AS \"WHERE id = 1\"",
        "UPDATE t SET x = 1", "UPDATE t SET x = (SELECT 1 FROM y WHERE y.id = t.id)", "UPDATE t SET x = 'WHERE id = 1'",
        "UPDATE t SET x = 1 FROM y", "UPDATE t SET x = 1 WHERE 1", "UPDATE t SET x = CASE WHEN true THEN 1 END",
    ])
    func `without a condition of its own, or with one that is always true, it is without WHERE`(text: String) throws {
        for dialect in [SQLDialect.postgres, .sqlite, .any] {
            let change = try #require(
                SQLReader.read(text, dialect: dialect).statements.first { ["DELETE", "UPDATE"].contains($0.kind) })
            #expect(!change.hasWhere, "\(dialect)")
        }
    }

    @Test(arguments: [
        "DELETE FROM t WHERE id = 1", "DELETE FROM t WHERE id = 1 AND 1=1", "DELETE FROM t WHERE (id = 1)",
        "DELETE FROM t WHERE NOT id = 1",
        "DELETE FROM t WHERE id IN (SELECT id FROM u)", "DELETE FROM t WHERE deleted", "DELETE FROM t WHERE id BETWEEN 1 AND 2",
        "DELETE FROM t WHERE id = 1 OR id = 2", "DELETE FROM t WHERE false", "DELETE FROM t WHERE 1 = 0",
        "DELETE FROM t WHERE id = 1 OR false",
        "DELETE FROM t WHERE lower(name) = 'a'", "DELETE FROM t WHERE a.id = b.id",
        "DELETE FROM t WHERE id <> id", "DELETE FROM t WHERE CURRENT OF c", "DELETE FROM t WHERE tags[1] = ids[2]",
        "DELETE FROM t WHERE created < now() - interval '1 day'", "DELETE FROM t WHERE id = 1 ORDER BY 1 LIMIT 1",
        "UPDATE t SET x = 1 WHERE id = 2", "UPDATE t SET a = b, c = 'x' WHERE d = 'e' RETURNING *",
        "UPDATE t SET x = 1 FROM u WHERE u.id = t.id",
    ])
    func `a condition that depends on the row is one`(text: String) throws {
        for dialect in SQLDialect.allCases {
            let change = try #require(
                SQLReader.read(text, dialect: dialect).statements.first { ["DELETE", "UPDATE"].contains($0.kind) })
            #expect(change.hasWhere, "\(dialect)")
        }
    }

    @Test(arguments: [
        "DELETE FROM t WHERE id = 5 || 1", "DELETE FROM t WHERE 1 && 1", "DELETE FROM t WHERE \"a\" = \"a\"",
        "DELETE FROM t WHERE @x",
        "DELETE FROM t WHERE id <=> id", "DELETE FROM t WHERE !0", "DELETE FROM t WHERE id = RETURNING OR 1=1",
        "DELETE FROM t /*!99999 WHERE id = 1 */", "DELETE t FROM t JOIN u ON t.id = u.id",
        "UPDATE t JOIN u ON t.id = u.id SET t.x = 1",
    ])
    func `MySQL has further ways to say always`(text: String) {
        let changes = SQLReader.read(text, dialect: .mysql).statements.filter { ["DELETE", "UPDATE"].contains($0.kind) }
        #expect(changes.contains { !$0.hasWhere })
    }

    @Test func `a name in double quotes is a column, but to MySQL a string`() {
        #expect(SQLReader.read("DELETE FROM t WHERE \"id\" = 1", dialect: .postgres).statements.first?.hasWhere == true)
        #expect(SQLReader.read("DELETE FROM t WHERE \"id\" = 1", dialect: .mysql).statements.first?.hasWhere == false)
    }

    /// The limits that `dependsOnRow` names.
    @Test(arguments: [
        "DELETE FROM t WHERE id > 0", "DELETE FROM t WHERE id IS NOT NULL", "DELETE FROM t WHERE EXISTS (SELECT 1 FROM u)",
    ])
    func `nothing is computed`(text: String) {
        #expect(SQLReader.read(text, dialect: .postgres).statements.first?.hasWhere == true)
    }
}
