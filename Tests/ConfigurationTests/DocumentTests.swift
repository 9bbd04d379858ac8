import Policy
import Testing

@testable import Configuration

/// What is wrong with a file before its content counts.
struct DocumentTests {
    @Test(arguments: syntax)
    func `a mistake in the YAML is told with its line, and without the line's text`(mistake: Mistake) {
        let read = readAccess(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.rules == nil)
    }

    static let syntax: [Mistake] = [
        Mistake("empty", "", "-: is empty"),
        Mistake("only comments", "# nothing\n\n# here\n", "-: is empty"),
        Mistake("only a document start", "---\n", "-: is empty"),
        Mistake("null", "null\n", "-: is empty"),
        Mistake("tab", "groups:\n\tops: [alice]\n", "2: a tab: YAML indents with spaces"),
        Mistake("tab after spaces", "groups:\n  ops:\n  \t- alice\n", "3: a tab: YAML indents with spaces"),
        Mistake(
            "colon in a value", "groups: ops: [alice]\n",
            "1: a \": \" where no key can be: check the indentation, and put a value that holds one into quotes"),
        Mistake(
            "bad indentation", "groups:\n    ops: []\n  dev: []\n",
            "3: did not find expected key: check the indentation, quotes and brackets from line 1 on"),
        Mistake(
            "open bracket", "groups:\n  ops: [alice\n",
            "3: did not find expected ',' or ']': check the indentation, quotes and brackets from line 2 on"),
        Mistake(
            "open quote", "groups:\n  ops: [\"alice]\ntargets: {}\n",
            "4: found unexpected end of stream: check the indentation, quotes and brackets from line 2 on"),
        Mistake(
            "word where a key should be", "groups: {}\ntargets\n",
            "3: could not find expected ':': check the indentation, quotes and brackets from line 2 on"),
        Mistake(
            "at sign", "groups: {ops: [@alice]}\n",
            "1: a character that a plain value cannot start with: put the value into quotes"),
        Mistake("two documents", "groups: {}\n---\ntargets: {}\n", "2: a second document (---): the file has to be one"),
        Mistake(
            "alias of nothing", "groups: {ops: *alice}\n",
            "1: an alias (*name) without an anchor (&name) before it: put a value that starts with * into quotes"),
        Mistake(
            "merge key", "groups: {}\n<<: {}\n",
            "2: unknown key \"<<\": merge keys are not read; an alias (*name) for a whole value is"),
        Mistake("list as a key", "[a]: {}\n", "1: a key has to be text"),
        Mistake("duplicate in quotes", "groups: {}\n\"groups\": {}\n", "2: \"groups\" is given twice, first on line 1"),
        Mistake("duplicate on one line", "groups: {a: [], a: []}\n", "1: \"a\" is given twice"),
        Mistake(
            "escape in a key", "\"a\\e[2J\": {}\n", "1: unknown key \"a\\u{1b}[2J\": known are groups, targets, grants, requests"),
        Mistake(
            "invisible character in a key", "abc\u{200B}: {}\n",
            "1: unknown key \"abc\\u{200b}\": known are groups, targets, grants, requests"),
        Mistake(
            "long key", "\(String(repeating: "k", count: 500)): {}\n",
            "1: unknown key \"\(String(repeating: "k", count: 60))…\": known are groups, targets, grants, requests"),
        Mistake("other YAML", "%YAML 7.0\n---\ngroups: {}\n", "1: found incompatible YAML document"),
        Mistake("NUL", "groups: {}\n# \0\n", "2: holds the control character 0x0: the file has to be UTF-8 text"),
        Mistake("escape", "groups: {}\n\n# \u{1B}[2J\n", "3: holds the control character 0x1b: the file has to be UTF-8 text"),
        Mistake(
            "C1 control", "groups: {}\n# \u{9B}2J\n",
            "2: holds the character U+9B, with which the file reads otherwise than it looks: remove it"),
        Mistake(
            "line break that only YAML sees", "# for the tests\u{2028}groups: {ops: [mallory]}\n",
            "1: holds the character U+2028, with which the file reads otherwise than it looks: remove it"),
        Mistake(
            "NEL", "# for the tests\u{85}groups: {}\n",
            "1: holds the character U+85, with which the file reads otherwise than it looks: remove it"),
        Mistake(
            "carriage return alone", "# for the tests\rgroups: {}\n",
            "1: holds the control character 0xd: the file has to be UTF-8 text"),
        Mistake(
            "reordered on the screen", "groups: {}\n# \u{202E}x\n",
            "2: holds the character U+202E, with which the file reads otherwise than it looks: remove it"),
        Mistake("unassigned character", "groups: {}\n# \u{FFFE}\n", "2: is not YAML: control characters are not allowed"),
    ]

    struct Bytes: CustomTestStringConvertible, Sendable {
        let what: String
        let bytes: [UInt8]
        let expected: String
        var testDescription: String { what }
    }

    @Test(arguments: [
        Bytes(
            what: "Latin-1", bytes: Array("groups:\n  ops: [jos".utf8) + [0xE9] + Array("]\n".utf8),
            expected: "2: holds bytes that are not UTF-8"),
        Bytes(
            what: "cut character", bytes: Array("groups: {}\n# ".utf8) + [0xE2, 0x82],
            expected: "2: holds bytes that are not UTF-8"),
        Bytes(what: "surrogate", bytes: Array("# ".utf8) + [0xED, 0xA0, 0x80], expected: "1: holds bytes that are not UTF-8"),
        Bytes(what: "overlong", bytes: Array("\n# ".utf8) + [0xC0, 0xAF], expected: "2: holds bytes that are not UTF-8"),
        Bytes(
            what: "UTF-16", bytes: [0xFF, 0xFE, 0x67, 0x00, 0x3A, 0x00],
            expected: "1: holds the control character 0x0: the file has to be UTF-8 text"),
    ])
    func `what is not UTF-8 is told with its line`(text: Bytes) {
        #expect(readAccess(text.bytes).problems == [text.expected])
    }

    @Test(arguments: [
        "\u{FEFF}groups: {ops: [alice]}\n", "groups:\r\n  ops: [alice]\r\n", "---\ngroups: {ops: [alice]}\n...\n",
        "{\"groups\": {\"ops\": [\"alice\"]}}",
    ])
    func `a byte order mark, CRLF, document marks and JSON are read`(text: String) {
        let read = readAccess(text)
        #expect(read.problems == [])
        #expect(read.rules?.groups["ops"]?.map(\.text) == ["alice"])
    }

    @Test func `nothing is taken for a number, a truth value or a date`() {
        let read = readAccess("groups: {on: [yes, 010, 1e3, 2026-12-31, 0x1F, \"null\", .nan]}\n")
        #expect(read.problems == [])
        #expect(read.rules?.groups["on"]?.map(\.text).sorted() == [".nan", "010", "0x1F", "1e3", "2026-12-31", "null", "yes"])
    }

    @Test func `an alias stands for the value of its anchor`() {
        let read = readAccess("groups: {ops: &people [alice, bob], dev: *people}\n")
        #expect(read.problems == [])
        #expect(read.rules?.groups["dev"]?.count == 2)
    }

    @Test func `a mistake in what an alias repeats is told once`() {
        let read = readAccess("groups:\n  ops: &people [\"a b\"]\n  ops2: *people\n")
        #expect(read.problems.count == 2)  // once for each group that it is in, both on the anchor's line
        #expect(read.problems.allSatisfy { $0.hasPrefix("2: ") })
    }

    @Test func `only fifty mistakes are told, the first ones, and the others counted`() {
        let problems = Problems()
        let document = Document(file: "access.yaml", problems: problems)
        let text = "targets:\n" + (0..<3000).map { "  t\($0): {}\n" }.joined()
        _ = document.root(of: Array(text.utf8)).flatMap { AccessDocument.rules($0, in: document) }
        let errors = problems.errors()
        #expect(errors.problems.count == ConfigurationErrors.most)
        #expect(errors.problems.first?.line == 2)
        #expect(errors.problems.last?.line == 18)
        #expect(errors.omitted == 9000 - ConfigurationErrors.most)
        #expect(errors.description.hasSuffix("\nand 8950 more"))
    }

    // MARK: Files that want to take long

    @Test func `a billion laughs are not laughed`() {
        var text = "groups:\n  a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...30 {
            text += "  a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
        }
        let read = readAccess(text)
        #expect(read.rules == nil)
        #expect(read.problems.first == "2: groups.a1: a list, where the name of a user was expected")
    }

    @Test(arguments: [
        "*a30 : x", "*a30: x", "? *a30\n: x", "?\n  *a30\n: x", "[*a30]: x", "{a: *a30}: x", "{[*a30]: x}", "{ ? *a30 : x }",
        "{?[*a30]:x}",
        "- ? *a30", "[? *a30]", "{\"a\":?[*a30]:x}", "? [*a30]",
    ])
    func `an alias of deep anchors is no key`(line: String) {
        var text = "a0: &a0 [lol, lol]\n"
        for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let read = readAccess("x:\n- " + text.replacing("\n", with: "\n  ") + "\n- " + line.replacing("\n", with: "\n  ") + "\n")
        #expect(read.problems.count == 1)
        #expect(
            read.problems[0].contains("keys have to be plain text in a file that has anchors")
                || read.problems[0].contains("check the indentation"))
    }

    @Test func `brackets and question marks are no keys in quotes, comments and words`() {
        let text = """
            # "sallyport check" && reload; see *all: here?  ? yes
            groups: {ops: &ops ['it''s?', "[::1]:22", what?, "a\\"]:b"], dev: *ops}  # [x]: y

            """
        let read = readAccess(text)
        #expect(read.problems == [])
        #expect(read.rules?.groups["dev"]?.count == 4)
    }

    @Test func `aliases do not multiply a file beyond measure`() {
        let members = (0..<50_000).map { "u\($0)" }.joined(separator: ",")
        let text = "groups:\n  g0: &all [\(members)]\n" + (1..<20_000).map { "  g\($0): *all\n" }.joined()
        let read = readAccess(text)
        #expect(read.rules == nil)
        #expect(read.problems == ["2: the file's aliases make it larger than is accepted; write out less with them"])
    }

    @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "!t ", "&a "])
    func `nesting without end is refused`(opening: String) {
        let read = readAccess(String(repeating: opening, count: 100_000))
        #expect(read.rules == nil)
        #expect(read.problems.count == 1)
    }

    @Test func `thousands of targets are read`() {
        let targets = (0..<2000).map { "  t\($0): {address: h, host-keys: [\(hostKey)], logins: [root], labels: {n: l\($0)}}\n" }
            .joined()
        let read = readAccess(
            "targets:\n" + targets + "grants:\n- {name: g, to: [a], targets: [n=l7, t1999], logins: [root], channels: [exec]}\n")
        #expect(read.problems == [])
        #expect(read.rules?.targets.count == 2000)
    }
}
