import Testing

@testable import TerminalStream

struct ColumnMaskTests {
    struct Table: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var shown: String
        var testDescription: String { name }
    }

    static let tables = [
        Table(
            name: "psql, aligned",
            text:
                " id |     ssn     | name  \n----+-------------+-------\n  1 | 123-45-6789 | alice\n  2 |             | bob\n(2 rows)\n\n123-45-6789\n",
            shown:
                " id |     ssn     | name  \n----+-------------+-------\n  1 | *********** | alice\n  2 |             | bob\n(2 rows)\n\n123-45-6789\n"
        ),
        Table(
            name: "psql, one column", text: "     ssn     \n-------------\n 123-45-6789\n(1 row)\n\n",
            shown: "     ssn     \n-------------\n ***********\n(1 row)\n\n"),
        Table(
            name: "psql, last column", text: " id | ssn\n----+-----\n  1 | a b  c\n(1 row)\n",
            shown: " id | ssn\n----+-----\n  1 | * *  *\n(1 row)\n"),
        Table(
            name: "psql, unaligned", text: "id|ssn|name\n1|123-45-6789|al,ice\n(1 row)\nx|y|z\n",
            shown: "id|ssn|name\n1|***********|al,ice\n(1 row)\nx|y|z\n"),
        Table(
            name: "psql, expanded", text: "-[ RECORD 1 ]-----\nid   | 1\nssn  | 123-45-6789\nname | ssn | x\n\n",
            shown: "-[ RECORD 1 ]-----\nid   | 1\nssn  | ***********\nname | ssn | x\n\n"),
        Table(
            name: "mysql",
            text:
                "+----+---------+\r\n| id | card_no |\r\n+----+---------+\r\n|  1 | -49 11  |\r\n+----+---------+\r\n1 row in set\r\n",
            shown:
                "+----+---------+\r\n| id | card_no |\r\n+----+---------+\r\n|  1 | *** **  |\r\n+----+---------+\r\n1 row in set\r\n"
        ),
        Table(
            name: "mysql, expanded",
            text: "*************************** 1. row ***************************\n     id: 1\ncard_no: 4111\n",
            shown: "*************************** 1. row ***************************\n     id: 1\ncard_no: ****\n"),
        Table(
            name: "CSV", text: "id,ssn,name\r\n1,\"12,3\"\"4\",bob\r\n2,5,\"x,\ny\"\r\n",
            shown: "id,ssn,name\r\n1,\"****\"\"*\",bob\r\n2,*,\"x,\ny\"\r\n"),
        Table(name: "TSV", text: "ssn\tname\n12 3\tbob\n", shown: "ssn\tname\n****\tbob\n"),
        Table(
            name: "kubectl", text: "NAME   SSN       AGE\nweb    12345     3d\nweb-2  é日x      4d\n",
            shown: "NAME   SSN       AGE\nweb    *****     3d\nweb-2  ****      4d\n"),
        Table(
            name: "colours", text: "\u{1B}[1mid\u{1B}[0m,\u{1B}[1mssn\u{1B}[0m\n1,\u{1B}[31m12\u{1B}[0m3\n",
            shown: "\u{1B}[1mid\u{1B}[0m,\u{1B}[1mssn\u{1B}[0m\n1,\u{1B}[31m**\u{1B}[0m*\n"),
        Table(
            name: "a prompt ends it", text: "ssn,id\n1,2\n\u{1B}[?2004h$ x,y\n", shown: "ssn,id\n*,2\n\u{1B}[?2004h$ x,y\n"),
        Table(name: "no table", text: "the ssn is 1, or 2\nssn 5\n", shown: "the ssn is 1, or 2\nssn 5\n"),
    ]

    @Test(arguments: tables) func `A column is masked, however its table was cut`(table: Table) {
        let bytes = Array(table.text.utf8)
        for size in [1, 2, 3, 7, bytes.count] {
            var mask = ColumnMask(["ssn", "card_no"])
            var output: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                mask.feed(bytes[start..<min(start + size, bytes.count)], into: &output)
            }
            #expect(String(decoding: output, as: UTF8.self) == table.shown)
        }
    }

    @Test func `What was masked is told`() {
        var mask = ColumnMask(["ssn"])
        var output: [UInt8] = []
        mask.feed(Array("id,ssn\n1,12 3\n2,45\n".utf8)[...], into: &output)
        #expect(
            mask.takeFound() == [
                ColumnMask.Found(offset: 9, cells: 4, value: Array("12 3".utf8)),
                ColumnMask.Found(offset: 16, cells: 2, value: Array("45".utf8)),
            ])
    }

    @Test func `Bytes that are no text pass, or are masked, one by one`() {
        var mask = ColumnMask(["ssn"])
        var output: [UInt8] = []
        mask.feed((Array("id,ssn\n".utf8) + [0xFF, 0x2C, 0xE6, 0x97, 0x41, 0xFF, 0x0A])[...], into: &output)
        #expect(output.dropFirst(7).elementsEqual([0xFF, 0x2C] + Array("***\n".utf8)))
    }
}
