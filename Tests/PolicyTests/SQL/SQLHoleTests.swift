import Testing

@testable import Policy

/// SQL of which part is only known when it runs.
struct SQLHoleTests {
    private func read(_ word: CommandWord, _ program: String = "psql") throws -> SQLReading {
        let flag = program == "psql" ? "-c" : "-e"
        return try #require(SQLSource.statements(of: RunCommand(words: [CommandWord(program), CommandWord(flag), word])))
    }

    struct Vector: Sendable {
        var word: CommandWord
        var statements: [String]
    }

    @Test(arguments: [
        Vector(word: .parts("DROP TABLE ", nil), statements: ["DROP TABLE …"]),
        Vector(word: .parts("DROP TABLE public.", nil), statements: ["DROP TABLE …"]),
        Vector(word: .parts("DROP TABLE \"", nil, "\""), statements: ["DROP TABLE …"]),
        Vector(word: .parts("DROP TABLE a", nil, ", b"), statements: ["DROP TABLE b …"]),
        Vector(word: .parts("DROP TABLE a ", nil), statements: ["DROP TABLE a …"]),
        Vector(word: .parts("DROP ", nil, " x"), statements: ["DROP ? x …"]),
        Vector(word: .parts("DELETE FROM ", nil, " WHERE id = 1"), statements: ["DELETE where …"]),
        Vector(word: .parts("DELETE FROM t WHERE id = ", nil), statements: ["DELETE where t …"]),
        Vector(word: .parts("SELECT * FROM t WHERE a = '", nil, "'"), statements: ["SELECT t"]),
        Vector(word: .parts("SELECT 1; ", nil), statements: ["SELECT"]),
        Vector(word: .parts(nil), statements: []),
        Vector(word: .parts(nil, " TABLE x"), statements: []),
        Vector(word: .parts(nil, " DROP TABLE x"), statements: ["DROP TABLE x"]),
        Vector(word: .parts("DR", nil, " TABLE x"), statements: []),
        Vector(word: .parts("SELECT 1 -- ", nil), statements: ["SELECT"]),
        Vector(word: .parts("SELECT $$", nil, "$$"), statements: ["SELECT"]),
        Vector(word: .parts("COPY t TO PROGRAM '", nil, "'"), statements: ["COPY PROGRAM t", "COPY PROGRAM t", "SELECT t"]),
        Vector(word: .parts("COPY t TO ", nil), statements: ["COPY ? t …", "SELECT t …"]),
    ])
    func `what is around it is read, and it can be anything`(vector: Vector) throws {
        let reading = try read(vector.word)
        #expect(reading.summaries == vector.statements)
        #expect(reading.doubtKinds.contains(.evaluated))
    }

    @Test func `wherever it stands, it is doubted`() throws {
        let text = "WITH a AS (SELECT 'x', \"y\" FROM z /* c */) DELETE FROM t WHERE id = 1 -- d"
        for program in ["psql", "mysql"] {
            for index in text.indices {
                let reading = try read(.parts(String(text[..<index]), nil, String(text[index...])), program)
                #expect(reading.doubtKinds.contains(.evaluated))
            }
        }
    }

    @Test func `the values that the line gives are looked at too`() throws {
        let reading = try read(.parts(nil, candidates: ["SELECT 1", "DROP TABLE x"]))
        #expect(Set(reading.summaries) == ["SELECT", "DROP TABLE x"])
        #expect(reading.doubtKinds == [.evaluated])
        let inQuotes = try read(.parts("SELECT '", nil, "'", candidates: ["'; DROP TABLE x; --"]))
        #expect(inQuotes.summaries.contains("DROP TABLE x"))
        let split = try read(.parts("DR", nil, " x", candidates: ["OP TABLE"]))
        #expect(split.summaries == ["DROP TABLE x"])
        let command = try read(.parts("COPY t FROM PROGRAM '", nil, "'", candidates: ["rm -rf /"]))
        #expect(command.commands.contains("rm -rf /"))
    }

    @Test func `candidates that are too many are a doubt`() throws {
        let long = String(repeating: "SELECT 1;", count: 4000)
        let reading = try read(.parts(nil, candidates: [long, long, "DROP TABLE x"]))
        #expect(reading.doubtKinds == [.evaluated, .tooLarge])
        #expect(reading.summaries.contains("DROP TABLE x"))
    }

    @Test func `a part of a shell command stays in it`() throws {
        let reading = try read(.parts(#"\! rm -rf "#, nil))
        let command = try #require(reading.shellCommands.first)
        #expect(command.pieces.first == .text(" rm -rf "))
        #expect(command.pieces.count == 2)
        #expect(reading.doubtKinds == [.evaluated])
    }

    @Test func `patterns and the home directory`() throws {
        let all = CommandWord(pieces: [.text("SELECT "), .pattern("*"), .text(" FROM t")], source: "SELECT * FROM t")
        let reading = try #require(SQLSource.statements(of: RunCommand(words: [CommandWord("psql")], input: .text(all))))
        #expect(reading.summaries.contains("SELECT t"))
        #expect(reading.doubtKinds == [.evaluated])
        let home = CommandWord(pieces: [.text(#"\i "#), .home, .text("/x.sql")], source: #"\i ~/x.sql"#)
        #expect(try read(home).doubtKinds == [.commandFile])
    }
}
