import Testing

@testable import Policy

/// What rules ask of SQL; how SQL is read is tested with its reader.
struct SQLMatcherTests {
    private func answer(
        _ statements: [String], _ tables: [String] = [], to line: String, standardInput: StandardInput = .stream
    ) throws -> Answer {
        var matcher = SQLMatcher()
        matcher.statements = try statements.map { try #require(SQLStatementPattern($0)) }
        matcher.tables = try tables.map { try #require(SQLTablePattern($0)) }
        return CommandReader.read(line).commands.map { command in
            Answer(matcher.match(CommandFacts(command, in: Situation(), standardInput: standardInput)))
        }.max() ?? .no
    }

    @Test(arguments: [
        Vector(.yes, "psql -c 'DROP TABLE users'"), Vector(.yes, "psql -c 'select 1; drop/**/table users'"),
        Vector(.yes, "mysql -e 'DROP TABLE users'"),
        Vector(.yes, "sqlite3 x.db 'drop table users'"), Vector(.yes, "echo 'drop table users' | psql"),
        Vector(.yes, "psql <<< 'DROP TABLE users'"),
        Vector(.yes, "sudo -u postgres psql -c 'DROP TABLE users'"), Vector(.maybe, "psql -c \"$x\""),
        Vector(.maybe, "psql -c \"DROP $x\""),
        Vector(.maybe, "psql -f x.sql"), Vector(.maybe, "cat x | psql"), Vector(.maybe, "psql"),
        Vector(.maybe, "$x -c 'DROP TABLE users'"),
        Vector(.no, "psql -c 'SELECT 1'"), Vector(.no, "psql -c \"SELECT 'DROP TABLE users'\""),
        Vector(.no, "psql -c 'DROP INDEX x'"),
        Vector(.no, "echo DROP TABLE users"), Vector(.no, "psql -l"), Vector(.no, "ls"),
    ])
    func `a statement is found by its kind and its object`(vector: Vector) throws {
        #expect(try answer(["drop table"], to: vector.line) == vector.expected)
    }

    @Test func `a condition that is missing can be asked for`() throws {
        #expect(try answer(["DELETE without WHERE"], to: "psql -c 'DELETE FROM t'") == .yes)
        #expect(try answer(["DELETE without WHERE"], to: "psql -c 'DELETE FROM t WHERE id = 5'") == .no)
        #expect(try answer(["DELETE without WHERE"], to: "psql -c 'UPDATE t SET a = 1'") == .no)
        #expect(try answer(["COPY PROGRAM"], to: "psql -c \"COPY t TO PROGRAM 'id'\"") == .yes)
        #expect(try answer(["COPY PROGRAM"], to: "psql -c \"COPY t TO STDOUT\"") == .no)
    }

    @Test(arguments: [
        Vector(.yes, "psql -c 'SELECT * FROM customers'"), Vector(.yes, "psql -c 'SELECT * FROM Customers_2024'"),
        Vector(.yes, "psql -c 'SELECT * FROM public.customers'"), Vector(.yes, "psql -c 'SELECT * FROM \"customers\"'"),
        Vector(.no, "psql -c 'SELECT * FROM orders'"), Vector(.no, "psql -c 'DELETE FROM customers'"),
        Vector(.maybe, "psql -c \"SELECT * FROM $x\""),
    ])
    func `a table is compared without case, quotes and schema`(vector: Vector) throws {
        #expect(try answer(["SELECT"], ["customers*"], to: vector.line) == vector.expected)
    }

    @Test func `a schema that a rule names may be the default one`() throws {
        #expect(try answer(["SELECT"], ["mysql.user"], to: "mysql -e 'SELECT * FROM mysql.user'") == .yes)
        #expect(try answer(["SELECT"], ["mysql.user"], to: "mysql -e 'SELECT * FROM user'") == .maybe)
        #expect(try answer(["SELECT"], ["mysql.user"], to: "mysql -e 'SELECT * FROM shop.user'") == .no)
    }

    @Test func `at a terminal statements are typed later`() throws {
        #expect(try answer(["DROP"], to: "psql", standardInput: .terminal) == .no)
        #expect(try answer(["DROP"], to: "psql -f x", standardInput: .terminal) == .maybe)
    }

    @Test func `a milder rule has to cover all statements`() throws {
        var matcher = SQLMatcher()
        matcher.statements = [try #require(SQLStatementPattern("SELECT"))]
        let policy = PolicyRules(default: .block, uncertain: .block, rules: [PolicyRule("a", [.sql(matcher)], .allow)])
        func verdict(_ line: String) -> PolicyVerdict { policy.judge(command: Array(line.utf8), in: Situation()).verdict }
        #expect(verdict("psql -c 'SELECT 1'") == .allow)
        #expect(verdict("psql -c 'SELECT 1; DROP TABLE x'") == .block)
        #expect(verdict("psql -c 'SELECT 1' -f x") == .block)
    }

    @Test(arguments: ["", "DROPP", "without WHERE", "SELECT without WHERE", "TABLE"])
    func `what is no kind of statement is not read as one`(text: String) { #expect(SQLStatementPattern(text) == nil) }

    @Test func `a file that the client writes counts as a redirection`() throws {
        let asked = Asked(redirections: ["> /etc/**"])
        #expect(try asked.answer(to: "psql -c '\\o /etc/x'") == .yes)
        #expect(try asked.answer(to: "psql -c 'SELECT 1'") == .no)
    }
}
