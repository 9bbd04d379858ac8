import Testing

@testable import TerminalStream

/// What `psql` 15 prints, written down from a real one.
@Suite struct PostgresTables {
    /// A format, and the output of `select id, ssn, name from p` in it.
    @Test(arguments: [
        (
            "aligned",
            " id |     ssn     | name  \n----+-------------+-------\n  1 | 123-45-6789 | alice\n  2 |             | bob\n  4 | erste      +| multi\n    | zweite      | \n(3 rows)\n\n"
        ),
        (
            "border 0",
            "id     ssn     name  \n-- ----------- -----\n 1 123-45-6789 alice\n 2             bob\n 4 erste      *multi\n   zweite      \n(3 rows)\n\n"
        ),
        (
            "unicode",
            "┌────┬─────────────┬───────┐\n│ id │     ssn     │ name  │\n├────┼─────────────┼───────┤\n│  1 │ 123-45-6789 │ alice │\n│  2 │             │ bob   │\n│  4 │ erste      ↵│ multi │\n│    │ zweite      │       │\n└────┴─────────────┴───────┘\n(3 rows)\n\n"
        ),
        (
            "expanded",
            "-[ RECORD 1 ]-------\nid   | 1\nssn  | 123-45-6789\nname | alice\n-[ RECORD 2 ]-------\nid   | 4\nssn  | erste      +\n     | zweite\nname | multi\n\n"
        ),
        (
            "unicode, expanded",
            "┌─[ RECORD 1 ]───────┐\n│ id   │ 1           │\n│ ssn  │ 123-45-6789 │\n│ name │ alice       │\n├─[ RECORD 2 ]───────┤\n│ id   │ 4           │\n│ ssn  │ erste      ↵│\n│      │ zweite      │\n│ name │ multi       │\n└──────┴─────────────┘\n\n"
        ),
        ("unaligned, expanded", "id|1\nssn|123-45-6789\nname|alice\n\nid|2\nssn|\nname|bob\n"),
        ("one column", "     ssn     \n-------------\n 123-45-6789\n \n erste      +\n zweite\n(3 rows)\n\n"),
    ])
    func `The column is masked in every format`(format: String, text: String) {
        let bytes = Array(text.utf8)
        for size in [1, 3, bytes.count] {
            var mask = ColumnMask(["ssn"])
            var output: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                mask.feed(bytes[start..<min(start + size, bytes.count)], into: &output)
            }
            let shown = String(decoding: output, as: UTF8.self)
            for value in ["123-45", "erst", "zweit"] { #expect(!shown.contains(value), "\(format): \(shown)") }
            for name in ["bob", "multi"] where text.contains(name) && format != "unaligned, expanded" {
                #expect(shown.contains(name), "\(format): \(shown)")
            }
        }
    }
}
