import Testing

@testable import Guard

/// What keys make of a line, as each editor was seen to do it.
struct EditedLineTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var keys: String
        var line: String?
        var ways: [EditorWays] = [.readline, .zsh, .fish]
        var testDescription: String { "\(keys.debugDescription) \(ways)" }
    }

    private func line(_ keys: String, _ ways: EditorWays, after history: [String] = []) -> String? {
        var line = EditedLine(ways)
        for earlier in history { line.startLine(after: Array(earlier.utf8)) }
        var decoder = KeyDecoder()
        for byte in keys.utf8 { if let key = decoder.take(byte) { line.take(key) } }
        return line.pieces.map { $0.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "…") }
    }

    @Test(arguments: [
        Case(keys: "t forbiddne\u{14}", line: "t forbidden"),
        Case(keys: "forbidden t\u{1B}t", line: "t forbidden"),
        Case(keys: "t a c d\u{1B}b\u{1B}b\u{1B}b\u{1B}f X", line: "t a X c d", ways: [.readline, .fish]),
        Case(keys: "t a c d\u{1B}b\u{1B}b\u{1B}b\u{1B}fX ", line: "t a X c d", ways: [.zsh]),
        Case(keys: "t a/b/c\u{1B}\u{7F}d", line: "t a/b/d", ways: [.readline, .fish]),
        Case(keys: "t a/b/c\u{1B}\u{7F}d", line: "t d", ways: [.zsh]),
        Case(keys: "t a/b/c\u{17}d", line: "t d", ways: [.readline, .zsh]),
        Case(keys: "t a/b/c\u{17}d", line: "t a/b/d", ways: [.fish]),
        Case(keys: "t good\u{17}\u{1F}", line: "t good"),
        Case(keys: "t x\u{1F}", line: nil),
        Case(keys: "t \u{1B}3x", line: "t xxx", ways: [.readline, .zsh]),
        Case(keys: "aaa\u{15}bbb\u{15}t \u{19}", line: "t bbb"),
        Case(keys: "aaa\u{15}\u{01}bbb\u{15}t \u{19}\u{1B}y", line: "t aaa", ways: [.readline, .zsh]),
        Case(keys: "one two\u{17}\u{17}\u{19}", line: "one two"),
        Case(keys: "ab\u{1B}[D\u{15}", line: "b", ways: [.readline, .fish]),
        Case(keys: "ab\u{1B}[D\u{15}", line: "", ways: [.zsh]),
        Case(keys: "t xxyxx\u{01}\u{1D}y\u{1B}[3~", line: "t xxxx", ways: [.readline]),
        Case(keys: "t FOO\u{01}\u{1B}f\u{1B}l", line: "t foo", ways: [.readline, .zsh]),
        Case(keys: "t b\u{1B}[1;5Da ", line: "t a b"),
        Case(keys: "t a\u{1B}?", line: nil),
        Case(keys: "t forbXdden\u{1B}0fXriA y", line: "t forbidden y", ways: [.vi]),
        Case(keys: "t junk ok\u{1B}0wdw", line: "t ok", ways: [.vi]),
        Case(keys: "t ab\u{1B}xi", line: "t a", ways: [.vi]),
    ]) func `Keys make a line`(_ example: Case) {
        for ways in example.ways { #expect(line(example.keys, ways) == example.line, "\(ways)") }
    }

    @Test(arguments: [
        ("\u{1B}[A", "t two"), ("\u{1B}[A\u{1B}[A", "t one"), ("\u{12}on", "t one"), ("\u{12}t\u{12}", "t one"),
        ("x\u{12}on\u{07}", "x"), ("\u{12}on\u{05}!", "t one!"), ("t \u{1B}.", "t two"), ("\u{1B}[A!\u{1B}[A\u{1B}[B", "t two!"),
    ]) func `Earlier lines come back`(keys: String, expected: String) {
        #expect(line(keys, .readline, after: ["t one", "t two"]) == expected)
    }

    @Test(arguments: ["\u{1B}[A\u{1B}[A\u{1B}[A", "\u{12}nosuch", "\u{1B}[A"])
    func `What is not known is not guessed`(keys: String) {
        #expect(line(keys, .readline, after: keys.utf8.count > 3 ? ["t one", "t two"] : ["t one", ""]) == nil)
    }

    @Test func `An editor that the screen contradicts is not believed any more`() {
        var lines = EditedLines()
        var decoder = KeyDecoder()
        func type(_ keys: String) { for byte in keys.utf8 { if let key = decoder.take(byte) { lines.take(key) } } }
        type("ab\u{1B}[D\u{15}")
        #expect(lines.readings == [[[0x62]], [[]]])
        lines.believe { $0 == [[]] }
        #expect(lines.readings == [[[]]])
        lines.startLine(after: [])
        type("ab\u{1B}[D\u{15}")
        #expect(lines.readings == [[[]]])
    }

    @Test func `Without iutf8 a key erases one byte`() {
        var line = CookedLine(erasesBytes: true)
        for byte in "t 日é\u{7F}\u{7F}\u{17}".utf8 { line.take(byte) }
        #expect(line.text == [0x74, 0x20])
        line.startLine()
        for byte in "日本\u{17}".utf8 { line.take(byte) }
        #expect(line.text == [0xE6, 0x97, 0xA5])
    }
}
