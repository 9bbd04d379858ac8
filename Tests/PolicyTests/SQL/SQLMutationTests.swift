import Testing

@testable import Policy

/// Whatever comes in is read without a trap, and within the bounds.
struct SQLMutationTests {
    private static let texts = [
        "WITH x AS (DELETE FROM a.\"b\" WHERE id = 1 OR 'x' = 'x' RETURNING *) SELECT * INTO t FROM x, (SELECT 1) y -- z",
        "DO $a$ BEGIN EXECUTE format('DROP TABLE %I', x); END $a$; COPY t (a, b) FROM PROGRAM E'rm \\x20'\n'y'",
        "MERGE INTO t USING (SELECT 1) s ON t.id = s.id WHEN MATCHED THEN DELETE; GRANT ALL ON *.* TO 'a'@'b'",
        "\\copy (select 1) to program 'x' ; \\o |x\n\\set y `z`\nCOPY t FROM stdin;\n1\t2\n\\.\n\\if x\n\\\\ SELECT :x, :'y', :\"z\"\n\\g",
        "delimiter //\nsystem ls; source x//\n/*!50000 DROP */ TABLE /*!99999 x */ `y` /* ' */ # z\n\\! a; \\d $$ \\u x\n@'a' @@b",
        ".shell 'a b' \"c\\n\" | x\n.import '|x' [y]\nATTACH 'x' AS y; CREATE TRIGGER a BEGIN DELETE FROM b; END;\n# x\ngo\n",
        "CREATE DEFINER=`a`@`b` PROCEDURE p() BEGIN IF x THEN UPDATE t SET a = (SELECT 1); END IF; END; CALL p(1)",
        "EXPLAIN (ANALYZE) UPDATE ONLY (t) SET a=b FROM c JOIN d USING (e) WHERE f IS NOT DISTINCT FROM g; SET @x := 'y', a = b",
        "INSERT INTO t SELECT dblink('a', $$b$$) ON CONFLICT DO UPDATE SET x=1; LOCK TABLES a READ, b WRITE; ALTER TABLE a RENAME TO b",
        "PREPARE p FROM 'DROP TABLE x'; EXECUTE p USING @a; LOAD DATA INFILE 'x' INTO TABLE t; U&\"d\\0061\" UESCAPE '!'; {OJ a JOIN b}",
    ]
    private static let pieces: [[UInt8]] =
        ["(", ")", "'", "\"", "`", "$$", "/*", "*/", "/*!", "--", "\\", ";", "\n", ",", ".", ":", "@", "[", "]"]
        .map { Array($0.utf8) } + [
            [0], [0x80], [0xFF], [0xEF, 0xBB, 0xBF], Array(" DELETE FROM t ".utf8), Array(" EXECUTE 'x' ".utf8),
        ]

    /// `.any` is all three dialects.
    private func check(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(SQLReader.read(text, dialect: .any).statements.count <= SQLBounds.statements)
        // The same with a hole, and with a value for it.
        let half = text.index(text.startIndex, offsetBy: text.count / 2)
        let word = CommandWord.parts(String(text[..<half]), nil, String(text[half...]), candidates: ["; DROP"])
        let program = ["psql", "mysql", "sqlite3"][bytes.count % 3]
        let command = RunCommand(words: [CommandWord(program)], input: .text(word))
        #expect(SQLSource.statements(of: command)?.doubtKinds.contains(.evaluated) == true)
    }

    @Test(arguments: texts) func `beginnings and ends of a text`(text: String) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            check(Array(cut % 2 == 0 ? bytes[..<cut] : bytes[cut...]))
        }
    }

    @Test(arguments: texts) func `texts with pieces put in, taken out and doubled`(text: String) {
        var random = SQLRandom(seed: 7)
        for _ in 0..<80 {
            var bytes = Array(text.utf8)
            for _ in 0...random.below(3) {
                let place = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)], at: place)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
                case 2: bytes[place] = UInt8(random.below(256))
                default:
                    bytes.insert(
                        contentsOf: bytes[place..<min(bytes.count, place + random.below(30))], at: random.below(bytes.count))
                }
                if bytes.isEmpty { bytes = [0x20] }
            }
            check(bytes)
        }
    }

    @Test(arguments: [
        "(", ")", "((SELECT ", "(DELETE FROM a WHERE ", "WITH a AS (", "DELETE FROM t WHERE NOT(", "1 OR ", "query_to_xml(",
        "set_config(", "PREPARE a AS ",
        "EXPLAIN ANALYZE ", "BEGIN ", "$a$", "/*", "'", "help;", "\\a", "\\u x;", ".s\n", "DO 'DO ''", "a.", "CREATE SCHEMA a ",
        "LOCK ( ",
    ])
    func `the same again and again, up to the bound`(unit: String) {
        let text = String(repeating: unit, count: SQLBounds.text / unit.utf8.count)
        #expect(SQLReader.read(text, dialect: .any).statements.count <= SQLBounds.statements)
    }
}

/// The same numbers in each run (Steele and others, SplitMix64).
struct SQLRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(max(1, bound)))
    }
}
