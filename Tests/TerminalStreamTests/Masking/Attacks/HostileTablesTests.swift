import Testing

@testable import TerminalStream

/// Tables that would make the mask of columns lose its place.
@Suite struct HostileTablesTests {
    private func masked(_ text: String, _ names: Set<String> = ["ssn"]) -> String {
        var mask = ColumnMask(names)
        var output: [UInt8] = []
        mask.feed(Array(text.utf8)[...], into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        // A row has the column's name in it.
        (
            " id | ssn | kind\n----+-----+------\n  1 | 123 | ssn\n  2 | 456 | x\n(2 rows)\n",
            " id | ssn | kind\n----+-----+------\n  1 | *** | ssn\n  2 | *** | *\n(2 rows)\n"
        ),
        ("id,ssn,kind\n1,123,ssn\n2,456,x\n", "id,ssn,kind\n1,***,ssn\n2,***,*\n"),
        // One column alone, with a NULL.
        ("ssn\n123\n\n456\n", "ssn\n***\n\n***\n"),
        (" ssn \n-----\n 123\n \n 456\n(3 rows)\n\nx\n", " ssn \n-----\n ***\n \n ***\n(3 rows)\n\nx\n"),
        ("SSN\n123\n\u{1B}[?2004h$ ", "SSN\n***\n\u{1B}[?2004h$ "),
        ("SSN\n123\n\n\n$ ls\n", "SSN\n***\n\n\n$ ls\n"),
        // psql with \\pset linestyle unicode, border 2; expanded, border 2.
        ("│ id │ ssn │\n├────┼─────┤\n│  1 │ 123 │\n└────┴─────┘\n", "│ id │ ssn │\n├────┼─────┤\n│  1 │ *** │\n└────┴─────┘\n"),
        ("+-[ RECORD 1 ]--+\n| id  | 1  \n| ssn | 123\n\n", "+-[ RECORD 1 ]--+\n| id  | 1  \n| ssn | ***\n\n"),
        // A quote that never closes hides no later row.
        ("id,ssn\n\"1,2\n3,456\n", "id,ssn\n\"1,2\n3,***\n"),
        // less draws a line over its prompt.
        (" id | ssn \n----+-----\n:\r\u{1B}[K  1 | 123\n", " id | ssn \n----+-----\n:\r\u{1B}[K  1 | ***\n"),
        // psql -A -x, psql -x, \\pset border 0.
        ("id|1\nssn|123\n\nid|2\nssn|456\n", "id|1\nssn|***\n\nid|2\nssn|***\n"),
        ("-[ RECORD 1 ]\nssn | 12+\n    | 34\nid  | 1\n    | 2\n", "-[ RECORD 1 ]\nssn | ***\n    | **\nid  | 1\n    | 2\n"),
        (
            "id   ssn   name  \n-- ------- -----\n 1 123-456 alice\n 2         bob\n(2 rows)\n\n",
            "id   ssn   name  \n-- ------- -----\n 1 ******* alice\n 2         bob\n(2 *****\n\n"
        ),
        ("  ssn    \n-------\n123-456\n\n2\n(3 rows)\n\n123\n", "  ssn    \n-------\n*******\n\n*\n** *****\n\n123\n"),
        // The delimiter in the last value.
        ("id|ssn\n1|12|3\n", "id|ssn\n1|**|*\n"),
    ])
    func `A table keeps its columns`(text: String, shown: String) { #expect(masked(text) == shown) }

    @Test func `A name need not be ASCII`() {
        #expect(masked("id,Größe\n1,42\n", ["größe"]) == "id,Größe\n1,**\n")
        #expect(masked("│ id │ 番号 │\n│  1 │ 12   │\n", ["番号"]) == "│ id │ 番号 │\n│  1 │ **   │\n")
    }

    @Test func `A flood of values is counted where it is not listed`() throws {
        var mask = OutputMask(
            try MaskSet(compiling: []), known: nil, actions: [], columnNames: ["ssn"], clock: .strict, columns: nil)
        mask.feed(Array(("ssn,id\n" + String(repeating: "1,2\n", count: 1000)).utf8)[...], at: 0)
        #expect(mask.takeFindings().count + mask.takeUntold().reduce(0) { $0 + $1.count } == 1000)
    }
}
