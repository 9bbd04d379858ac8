import EndToEndHarness
import Testing

@testable import Guard

/// What bash tells of the aliases and functions behind the words of a line.
struct DefinitionTests {
    private static let settings = """
        alias x1='x2 a%b;' x2='inner' grep='grep --color=auto'
        inner() { t in; deeper; }
        deeper() { :; }
        alone() { :; }
        for n in {1..70}; do eval "many$n() { many$((n + 1)); }"; done
        shopt -s failglob

        """

    /// - Parameter name: of each definition, in the order they came in, with its kind's first letter before it.
    @Test(arguments: [
        ("t x", []), ("t 'x1'", ["a x1", "a x2", "f inner", "f deeper"]), ("t a;x2&", ["a x2", "f inner", "f deeper"]),
        ("t \\in\\ner", ["f inner", "f deeper"]), ("t a|grep b $(alone)", ["a grep", "f alone"]), ("t alone alone", ["f alone"]),
        // A pattern is not looked up as the files it stands for.
        ("t alo* nosuch*", []), ("t ''\"\" 50%", []),
    ])
    func `are those of its words, and theirs`(line: String, names: [String]) throws {
        let login = try IntegratedLogin("bash", settings: Self.settings, files: ["alone": ""])
        try login.type([line + "\r"])
        let question = try #require(login.shell.questions.first)
        #expect(login.shell.asked == [line])
        #expect(question.doubts.isEmpty)
        #expect(
            question.definitions.map { ($0.kind == .alias ? "a " : "f ") + String(decoding: $0.name, as: UTF8.self) } == names)
        if let first = question.definitions.first, first.name == Array("x1".utf8) { #expect(first.text == Array("x2 a%b;".utf8)) }
    }

    /// Settings of the user's that change how bash joins, splits and compares.
    @Test(arguments: ["IFS=", "IFS=:x1", "unset IFS", "shopt -s nocasematch", "set -f", "shopt -s nullglob extglob"])
    func `do not depend on the user's settings`(setting: String) throws {
        let login = try IntegratedLogin("bash", settings: Self.settings + setting + "\n")
        try login.type(["t x1 X2\r"])
        let question = try #require(login.shell.questions.first)
        #expect(
            question.definitions.filter { $0.kind == .alias }.map { String(decoding: $0.name, as: UTF8.self) } == ["x1", "x2"])
        #expect(question.definitions.first?.text == Array("x2 a%b;".utf8))
        #expect(login.ran == ["x1 X2"])
    }

    @Test func `are whole where they are no UTF-8`() throws {
        let login = try IntegratedLogin("bash", settings: "alias odd=$'a\\xff;b%\\xc3'\n")
        try login.type(["t odd\r"])
        #expect(login.shell.questions.first?.definitions.map(\.text) == [Array("a".utf8) + [0xFF] + Array(";b%".utf8) + [0xC3]])
    }

    @Test func `are told of a long line too`() throws {
        let login = try IntegratedLogin("bash", settings: Self.settings)
        try login.type(["t " + String(repeating: "abcdefg ", count: 600) + "alone\r"])
        let question = try #require(login.shell.questions.first)
        #expect(question.definitions.map(\.name) == [Array("alone".utf8)])
        #expect(question.doubts.isEmpty)
    }

    @Test func `end somewhere, and it is said`() throws {
        let login = try IntegratedLogin("bash", settings: Self.settings)
        try login.type(["t many1\r"])
        let question = try #require(login.shell.questions.first)
        #expect(question.definitions.count == 60)
        #expect(question.doubts == [.definitionsCut])
    }
}
