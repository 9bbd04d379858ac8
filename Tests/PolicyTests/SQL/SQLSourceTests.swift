import Testing

@testable import Policy

/// Where in a command its SQL is.
struct SQLSourceTests {
    private func read(_ words: [String], input: RunCommand.Input = .inherited, assignments: [RunCommand.Assignment] = []) throws
        -> SQLReading
    {
        let command = RunCommand(words: words.map { CommandWord($0) }, assignments: assignments, input: input)
        return try #require(SQLSource.statements(of: command))
    }

    struct Vector: Sendable {
        var words: [String]
        var statements: [String]
        var doubts: Set<Doubt.Kind>

        init(_ words: String..., statements: [String] = ["DROP TABLE x"], doubts: Set<Doubt.Kind> = []) {
            self.words = words
            self.statements = statements
            self.doubts = doubts
        }
    }

    @Test(arguments: [
        Vector("psql", "-c", "DROP TABLE x"), Vector("psql", "-cDROP TABLE x"),
        Vector("/usr/lib/postgresql/15/bin/psql", "-c", "DROP TABLE x"),
        Vector("psql", "--command", "DROP TABLE x"), Vector("psql", "--command=DROP TABLE x"),
        Vector("psql", "--comm=DROP TABLE x"),
        Vector("psql", "-AtqXc", "DROP TABLE x"), Vector("psql", "-h", "-c", "-c", "DROP TABLE x"),
        Vector("psql", "prod", "admin", "-c", "DROP TABLE x"),
        Vector("psql", "-h", "h", "-p", "5432", "-U", "u", "-d", "d", "-v", "ON_ERROR_STOP=1", "-c", "DROP TABLE x"),
        Vector("psql", "postgresql://u:p@h/d", "-1", "-c", "DROP TABLE x"),
        Vector("psql", "-c", "SELECT 1", "-c", "DROP TABLE x", statements: ["SELECT", "DROP TABLE x"]),
        Vector("psql", "-U", "-c DROP TABLE y", "-c", "DROP TABLE x"),
        Vector("psql", "-c", "SELECT 'a", "-c", "DROP TABLE x; --'", statements: ["SELECT", "DROP TABLE x"], doubts: [.syntax]),
        Vector("mysql", "-e", "DROP TABLE x"), Vector("mariadb", "-eDROP TABLE x"),
        Vector("mysql", "-uroot", "-pSECRET", "prod", "-e", "DROP TABLE x"),
        Vector("mysql", "-u", "root", "-p", "prod", "-e", "DROP TABLE x"), Vector("mysql", "-NBe", "DROP TABLE x"),
        Vector("mysql", "--execute=DROP TABLE x"),
        Vector("mysql", "--exec", "DROP TABLE x"), Vector("mysql", "--loose-execute=DROP TABLE x"),
        Vector("mysql", "-h", "h", "-D", "d", "--execute", "DROP TABLE x"),
        Vector("mysql", "--init_command=DROP TABLE x", "-e", "SELECT 1", statements: ["DROP TABLE x", "SELECT"]),
        Vector("mysql", "-e", "SELECT 'a", "-e", "'; DROP TABLE x", statements: ["SELECT", "DROP TABLE x"]),
        Vector("mysql", "--delimiter=//", "-e", "SELECT 1// DROP TABLE x//", statements: ["SELECT", "DROP TABLE x"]),
        Vector("mysql", "-G", "-e", "SELECT\nsource x", statements: ["SELECT"], doubts: [.commandFile]),
        Vector("mysql", "--defaults-extra-file=/tmp/x", "-e", "DROP TABLE x", doubts: [.commandFile]),
        Vector("mysql", "--default-character-set=gbk", "-e", "DROP TABLE x", doubts: [.dialect]),
        Vector("mysql", "--plugin-dir=/tmp", "-e", "DROP TABLE x", doubts: [.foreignCode]),
        Vector("sqlite3", "x.db", "DROP TABLE x"), Vector("sqlite3", "-csv", "-header", "x.db", "DROP TABLE x"),
        Vector("sqlite3", "x.db", "SELECT 1", "DROP TABLE x", statements: ["SELECT", "DROP TABLE x"]),
        Vector("sqlite3", "-separator", ",", "x.db", "DROP TABLE x"),
        Vector("sqlite3", "--separator", ",", "x.db", "--csv", "DROP TABLE x"),
        Vector("sqlite3", "-cmd", "DROP TABLE x", "x.db", "SELECT 1", statements: ["DROP TABLE x", "SELECT"]),
        Vector("sqlite3", "-init", "x.sql", "x.db", "DROP TABLE x", doubts: [.commandFile]),
        Vector("sqlite3", "-lookaside", "1", "2", "x.db", "DROP TABLE x"),
        Vector("usql", "pg://h/d", "-c", "DROP TABLE x"), Vector("mycli", "-u", "root", "-e", "DROP TABLE x"),
        Vector("litecli", "x.db", "-e", "DROP TABLE x"),
        Vector("clickhouse-client", "-q", "DROP TABLE x"), Vector("clickhouse-client", "--query=DROP TABLE x"),
        Vector("clickhouse", "client", "--query", "DROP TABLE x"),
        Vector("clickhouse-client", "-q", "ALTER TABLE x DELETE WHERE 1", statements: ["ALTER TABLE x", "DELETE x"]),
        Vector("cockroach", "sql", "--insecure", "-e", "DROP TABLE x"),
        Vector("pgcli", "-h", "h", "--init-command", "DROP TABLE x", doubts: [.interactive]),
    ])
    func `statements are found among the options`(vector: Vector) throws {
        let reading = try read(vector.words)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubtKinds == vector.doubts)
    }

    @Test(arguments: [
        ["psql"], ["psql", "-h", "h", "prod"], ["psql", "-f", "-"], ["psql", "--file=/dev/stdin"], ["mysql", "-uroot", "-p"],
        ["mariadb", "prod"],
        ["sqlite3"], ["sqlite3", "x.db"], ["usql", "pg://h/d"], ["clickhouse-client", "-h", "h"], ["cockroach", "sql"], ["mycli"],
        ["pgcli", "prod"],
    ])
    func `without statements it takes them from its standard input`(words: [String]) throws {
        #expect(try read(words).doubtKinds == [.interactive])
        #expect(try read(words).statements == [])
        #expect(try read(words, input: .pipe(["cat", "gunzip"])).doubtKinds == [.pipedProgram])
        #expect(try read(words, input: .file(CommandWord("x.sql"))).doubtKinds == [.commandFile])
        let reading = try read(words, input: .text(CommandWord("SELECT 1;\nDROP TABLE x;\n")))
        #expect(reading.summaries == ["SELECT", "DROP TABLE x"])
        #expect(reading.doubts == [])
    }

    @Test(arguments: [
        ["psql", "-c", "SELECT 1"], ["psql", "-l"], ["psql", "--help"], ["psql", "-V"], ["mysql", "-e", "SELECT 1"],
        ["mysql", "--version"], ["mysql", "-?"],
        ["sqlite3", "x.db", "SELECT 1"], ["sqlite3", "-version"], ["pgcli", "--list"],
    ])
    func `with statements it does not`(words: [String]) throws {
        #expect(try read(words).doubts == [])
        #expect(try read(words, input: .text(CommandWord("DROP TABLE x"))).summaries.contains("DROP TABLE x") == false)
    }

    @Test func `a file of statements is a doubt`() throws {
        #expect(try read(["psql", "-f", "x.sql"]).doubtKinds == [.commandFile])
        #expect(try read(["psql", "-f", "x.sql"]).files == ["read x.sql"])
        #expect(try read(["psql", "-f", "x.sql", "-c", "DROP TABLE x"]).summaries == ["DROP TABLE x"])
        #expect(try read(["clickhouse-client", "--queries-file", "x"]).doubtKinds == [.commandFile])
    }

    @Test func `psql takes one command with -c, or what the server reads`() throws {
        #expect(try read(["psql", "-c", "\\! echo a\nrm -rf /"]).commands == ["echo a\nrm -rf /"])
        #expect(try read(["psql", "-c", "SELECT a[1:x] FROM t"]).doubts == [])
        #expect(try read(["psql", "-c", "SELECT E'a'\n'b\\'; DROP TABLE x; --'"]).summaries == ["SELECT"])
        #expect(try read(["sqlite3", "x.db", ".shell rm -rf /"]).commands == ["rm -rf /"])
        #expect(try read(["mysql", "-e", "system rm -rf /"]).commands == ["rm -rf /"])
    }

    @Test func `psql can be told to end statements with their lines`() throws {
        let text = CommandWord("SELECT 1\nDROP TABLE x")
        #expect(try read(["psql", "-S"], input: .text(text)).summaries == ["SELECT", "DROP TABLE x"])
        #expect(try read(["psql", "-v", "SINGLELINE=on"], input: .text(text)).doubtKinds == [.dialect])
    }

    @Test func `outputs can be files and commands`() throws {
        #expect(try read(["psql", "-o", "/tmp/x", "-c", "SELECT 1"]).files == ["write /tmp/x"])
        #expect(try read(["psql", "-o|rm -rf /", "-c", "SELECT 1"]).commands == ["rm -rf /"])
        #expect(try read(["psql", "-L", "/tmp/x", "-c", "SELECT 1"]).files == ["append /tmp/x"])
        #expect(try read(["mysql", "--tee=/tmp/x", "-e", "SELECT 1"]).files == ["append /tmp/x"])
        #expect(try read(["mysql", "--pager=rm -rf /", "-e", "SELECT 1"]).commands == ["rm -rf /"])
        let pager = RunCommand.Assignment(name: "PAGER", value: CommandWord("rm -rf /"))
        #expect(try read(["psql", "-c", "SELECT 1"], assignments: [pager]).commands == ["rm -rf /"])
    }

    @Test func `start files that are named are a doubt`() throws {
        let file = RunCommand.Assignment(name: "PSQLRC", value: CommandWord("/tmp/x"))
        #expect(try read(["psql", "-c", "SELECT 1"], assignments: [file]).doubtKinds == [.commandFile])
        #expect(try read(["psql", "-X", "-c", "SELECT 1"], assignments: [file]).doubts == [])
        let options = RunCommand.Assignment(name: "PGOPTIONS", value: CommandWord("-c standard_conforming_strings=off"))
        #expect(try read(["psql", "-c", "SELECT 1"], assignments: [options]).doubtKinds == [.redefinition])
        let password = RunCommand.Assignment(name: "PGPASSWORD", value: CommandWord("x"))
        #expect(try read(["psql", "-c", "SELECT 1"], assignments: [password]).doubts == [])
    }

    @Test func `a word that may be an option is a doubt`() throws {
        func doubts(_ words: CommandWord...) throws -> Set<Doubt.Kind> {
            try #require(SQLSource.statements(of: RunCommand(words: words))).doubtKinds
        }
        let quoted = CommandWord.parts(nil)
        let unquoted = CommandWord(pieces: [.unknown(.init(source: "$x", splits: true))], source: "$x")
        let rest = [CommandWord("-c"), CommandWord("SELECT 1")]
        for program in ["psql", "mysql", "sqlite3"] {
            #expect(try doubts(CommandWord(program), quoted).contains(.unknownWord))
            #expect(try doubts(CommandWord(program), unquoted).contains(.unknownWord))
            #expect(try doubts(CommandWord(program), .parts("-", nil)).contains(.unknownWord))
        }
        #expect(try doubts(CommandWord("psql"), .parts("--", nil), rest[0], rest[1]) == [.unknownWord])
        // The value of an option is one word if it is quoted.
        #expect(try doubts(CommandWord("psql"), CommandWord("-h"), quoted, rest[0], rest[1]) == [])
        #expect(try doubts(CommandWord("psql"), .parts("-h", nil), rest[0], rest[1]) == [])
        #expect(try doubts(CommandWord("psql"), .parts("--host=", nil), rest[0], rest[1]) == [])
        #expect(try doubts(CommandWord("psql"), CommandWord("-h"), unquoted, rest[0], rest[1]) == [.unknownWord])
        #expect(try doubts(CommandWord("sqlite3"), .parts("db", nil), CommandWord("SELECT 1")) == [])
    }

    @Test(arguments: ["ls", "mongosh", "redis-cli", "psqlx", "/tmp/psql/x", "grep"])
    func `other programs are no clients`(program: String) {
        #expect(
            SQLSource.statements(of: RunCommand(words: [CommandWord(program), CommandWord("-c"), CommandWord("DROP TABLE x")]))
                == nil)
    }

    @Test func `clients of other servers are always a doubt, and what they show is seen`() throws {
        #expect(try read(["sqlcmd", "-S", "server", "-Q", "DROP TABLE x"]).summaries == ["DROP TABLE x"])
        #expect(try read(["sqlcmd", "-QDROP TABLE x"]).doubtKinds == [.foreignCode])
        #expect(try read(["trino", "--execute=DELETE FROM t"]).summaries == ["DELETE t"])
        #expect(try read(["sqlplus", "-s", "u/p"], input: .text(CommandWord("DROP TABLE x;"))).summaries == ["DROP TABLE x"])
        #expect(try read(["duckdb", "x.db"]).doubtKinds == [.foreignCode])
    }

    @Test func `a command without a name, or with one that is unknown, is no client`() {
        #expect(SQLSource.statements(of: RunCommand(words: [])) == nil)
        #expect(SQLSource.statements(of: RunCommand(words: [.parts(nil)])) == nil)
        #expect(SQLSource.statements(of: RunCommand(words: [CommandWord("/")])) == nil)
        #expect(SQLSource.statements(of: RunCommand(words: [CommandWord("cockroach"), CommandWord("start")])) == nil)
    }

    @Test(arguments: [
        Vector("dropdb", "prod", statements: ["DROP DATABASE prod …"]),
        Vector("dropdb", "-h", "h", "--if-exists", "-f", "prod", statements: ["DROP DATABASE prod …"]),
        Vector("createdb", "-T", "template0", "prod", "a comment", statements: ["CREATE DATABASE prod"]),
        Vector("dropuser", "eve", statements: ["DROP ROLE eve"]),
        Vector("createuser", "-s", "eve", statements: ["CREATE ROLE eve"]), Vector("pg_dump", "prod", statements: ["SELECT …"]),
        Vector("pg_dump", "-t", "users", "prod", statements: ["SELECT users"]),
        Vector("pg_dump", "-t", "u*", "prod", statements: ["SELECT u* …"]),
        Vector("pg_dumpall", statements: ["SELECT …"]),
        Vector("pg_restore", "-d", "prod", "--clean", "x.dump", statements: ["RESTORE …", "DROP TABLE …"]),
        Vector("pg_restore", "-cC", "-d", "postgres", "x", statements: ["RESTORE …", "DROP TABLE …", "DROP DATABASE …"]),
        Vector("pg_restore", "-l", "x.dump", statements: []), Vector("vacuumdb", "-a", statements: ["VACUUM …"]),
        Vector("mysqldump", "-uroot", "-pX", "prod", statements: ["SELECT …"]),
        Vector("mariadb-dump", "prod", "users", statements: ["SELECT users"]),
        Vector("mysqladmin", "-f", "drop", "prod", statements: ["DROP DATABASE prod …"]),
        Vector("mysqladmin", "-uroot", "status", statements: []),
        Vector(
            "mariadb-admin", "create", "x", "flush-hosts", "shutdown", statements: ["CREATE DATABASE x", "FLUSH", "SHUTDOWN"]),
        Vector("mysqladmin", "password", "new", statements: ["ALTER USER"]), Vector("mysqlslap", "--query=DROP TABLE x"),
        Vector("pgbench", "-f", "x.sql", statements: [], doubts: [.commandFile]), Vector("dropdb", "--help", statements: []),
        Vector("mysqldump", "--defaults-file=/tmp/x", "prod", statements: ["SELECT …"], doubts: [.commandFile]),
    ])
    func `tools do what statements do`(vector: Vector) throws {
        let reading = try read(vector.words)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubtKinds == vector.doubts)
        for statement in reading.statements where !vector.words.contains("--query=DROP TABLE x") {
            #expect(statement.program == vector.words[0])
        }
    }
}
