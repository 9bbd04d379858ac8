import Testing

@testable import Policy

struct ProgramNameTests {
    private func word(_ pieces: CommandWord.Piece...) -> CommandWord { CommandWord(pieces: pieces, source: "") }

    @Test func `a name is what stands behind the last slash`() {
        #expect(ProgramName(CommandWord("rm")).known == "rm")
        #expect(ProgramName(CommandWord("/usr/bin/rm")).known == "rm")
        #expect(ProgramName(CommandWord("./rm")).known == "rm")
        #expect(ProgramName(CommandWord("/bin/")).known == "")
        #expect(ProgramName(CommandWord("")).known == "")
        #expect(ProgramName(word(.unknown(.init(source: "$X", splits: false)), .text("/bin/rm"))).known == "rm")
        #expect(ProgramName(word(.home, .text("/bin/rm"))).known == "rm")
        #expect(ProgramName(word(.text("/bin/"), .unknown(.init(source: "$X", splits: false)))).known == nil)
        #expect(ProgramName(word(.text("/*/"), .pattern("*"), .text("/rm"))).known == "rm")
    }

    @Test(
        arguments: [
            ([.text("/bin/s"), .pattern("?"), .text("do")], true), ([.text("su"), .pattern("*")], true), ([.pattern("*")], true),
            ([.pattern("[r-t]"), .text("udo")], true), ([.pattern("[!a]"), .text("udo")], true),
            ([.pattern("[!s]"), .text("udo")], false),
            ([.pattern("@(a|s)"), .text("udo")], true), ([.pattern("?"), .text("sudo")], false),
            ([.text("sud"), .pattern("?"), .pattern("?")], false),
            ([.pattern("*"), .pattern("*"), .text("o"), .pattern("*")], true),
            ([.text("s"), .pattern("[[:alpha:]]"), .text("do")], true),
            ([.text("sudo"), .pattern("*")], true), ([.pattern("[]"), .text("sudo")], true),
        ] as [([CommandWord.Piece], Bool)])
    func `a pattern matches names as a shell's does, or more`(pieces: [CommandWord.Piece], matches: Bool) throws {
        let pattern = try #require(ProgramName(CommandWord(pieces: pieces, source: "")).pattern)
        #expect(pattern.matches("sudo") == matches)
    }

    @Test func `a long pattern and an unknown name are no pattern`() {
        #expect(ProgramName(word(.text(String(repeating: "a", count: 100)), .pattern("*"))).pattern == nil)
        #expect(ProgramName(word(.unknown(.init(source: "$x", splits: true)), .pattern("*"))).pattern == nil)
    }

    @Test func `many stars do not take long`() throws {
        let stars = Array(repeating: [CommandWord.Piece.pattern("*"), .text("a")], count: 31).flatMap(\.self)
        let pattern = try #require(ProgramName(CommandWord(pieces: stars, source: "")).pattern)
        #expect(!pattern.matches(String(repeating: "a", count: 30) + "b"))
    }

    @Test(arguments: [
        ("$PATH", true), ("/usr/bin:$PATH", true), ("$PATH:/usr/local/bin/", true), ("${PATH}:/bin", true), ("/bin:/sbin", true),
        ("", false), (".", false),
        ("/bin:", false), (":/bin", false), ("/bin::/sbin", false), ("/tmp:$PATH", false), ("$PATH:/opt/x/bin", false),
        ("$MYPATH:/bin", false), ("~/bin", false),
    ])
    func `a search path is the system's or it is not`(text: String, isSystem: Bool) throws {
        let value = try #require(CommandReader.read("PATH=\(text)").commands.first?.assignments.first?.value)
        #expect(Redefinition.isSystemPath(value) == isSystem)
    }
}
