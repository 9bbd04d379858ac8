import Testing

@testable import AdminTool

@Suite struct `A table` {
    @Test func `is aligned by what a terminal shows`() {
        var table = Table(["NAME", "WHAT", "END"])
        table.add(["日本", "e\u{301}", "x"])
        table.add(["alice", nil, ""])
        #expect(table.text == "NAME   WHAT  END\n日本   e\u{301}     x\nalice  -     \n")
    }

    @Test func `cuts long cells by width and says so`() {
        var table = Table(["A", "B"])
        table.add([String(repeating: "漢", count: 40), "x"])
        #expect(table.text.hasSuffix(String(repeating: "漢", count: 29) + "…  x\n"))
        #expect(DisplayWidth.truncated("abc", to: 3) == "abc")
        #expect(DisplayWidth.truncated("abcd", to: 3) == "ab…")
    }

    @Test func `leaves facts out that are not known`() {
        #expect(Table.facts([("a", "1"), ("long", nil), ("bb", "x\u{1b}")]) == "a:     1\nbb:    x\\u{1b}\n")
    }
}
