import Testing

@testable import Policy

struct SyntaxErrorTests {
    static let mistakes = [
        ReadingVector("rm x; 'a", "rm|x", "a"),
        ReadingVector("rm x; \"a; rm y", "rm|x", "a; rm y", "a", "rm|y"),
        ReadingVector("rm x\nfi", "rm|x"),
        ReadingVector("rm x )", "rm|x"),
        ReadingVector("( rm x", "rm|x"),
        ReadingVector("{ rm x", "rm|x"),
        ReadingVector("{ rm x; } rm y", "rm|x", "rm|y"),
        ReadingVector("if rm x; fi; rm y", "rm|x", "rm|y"),
        ReadingVector("if rm x; then rm y", "rm|x", "rm|y"),
        ReadingVector("while rm x; do rm y", "rm|x", "rm|y"),
        ReadingVector("for x in a; rm y; done", "rm|y"),
        ReadingVector("for in a; do rm y; done", "rm|y"),
        ReadingVector("case x in a) rm x; rm y", "rm|x", "rm|y"),
        ReadingVector("case x; rm y", "rm|y"),
        ReadingVector("rm x; done; rm y", "rm|x", "rm|y"),
        ReadingVector("rm x;; rm y", "rm|x", "rm|y"),
        ReadingVector("; rm y", "rm|y"),
        ReadingVector("& rm y", "rm|y"),
        ReadingVector("| rm y", "rm|y"),
        ReadingVector("&& rm y", "rm|y"),
        ReadingVector("rm x &&", "rm|x"),
        ReadingVector("rm x |", "rm|x"),
        ReadingVector("rm x && && rm y", "rm|x", "rm|y"),
        ReadingVector("rm x & & rm y", "rm|x", "rm|y"),
        ReadingVector("rm x >", "rm|x"),
        ReadingVector("rm x > ; rm y", "rm|y"),
        ReadingVector("echo $(rm x", "rm|x"),
        ReadingVector("echo `rm x", "rm|x"),
        ReadingVector("echo ${x:-$(rm x)", "rm|x"),
        ReadingVector("echo \"$(rm x)", "rm|x"),
        ReadingVector("echo $((1 + $(rm x))", "rm|x"),
        ReadingVector("f() ; rm y", "rm|y"),
        ReadingVector("f( rm x", "rm|x"),
        ReadingVector("echo (rm x)", "rm|x"),
        ReadingVector("echo a(rm x)b", "rm|x"),
        ReadingVector("a=(rm x; rm y)", "{a=(…)}"),
        ReadingVector("[[ a b ]]; rm y", "rm|y"),
        ReadingVector("[[ a", "rm|y"),
        ReadingVector("in a; rm y", "rm|y"),
        ReadingVector("rm x\n}\nrm y", "rm|x", "rm|y"),
        ReadingVector("do rm x; done", "rm|x"),
        ReadingVector("then rm x", "rm|x"),
        ReadingVector("a[rm x", "a⟦[rm x⟧"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is a doubt, and what can be read is read`(vector: ReadingVector) {
        let reading = ShellReader.read(vector.text)
        #expect(reading.kinds.contains(.syntax))
        for command in vector.commands where vector.text != "[[ a" {
            #expect(reading.dump.contains { $0 == command || $0.hasPrefix(command + " ") }, "\(reading.dump)")
        }
    }

    @Test func `a doubt says where and what`() {
        #expect(
            ShellReader.read("ls; if x").doubts.map(\.text) == [
                "at byte 8 the shells expect `then`", "at byte 8 the shells expect a command", "at byte 4 the shells expect `fi`",
            ])
    }

    @Test func `a doubt quotes at most so much, escaped`() {
        let reading = ShellReader.read("\"$\u{1}x\(String(repeating: "y", count: 500))\" a; $\u{1b}[2J b; $x\u{1b}[2J c")
        #expect(reading.kinds.contains(.unknownProgram))
        for doubt in reading.doubts {
            #expect(doubt.text.count <= 300)
            #expect(!doubt.text.unicodeScalars.contains { $0.value < 32 })
        }
    }

    static let fine = [
        "", " ", "\n", "#", "\\\n", "a=", "!", "time", "> x", "a;", "a&", "a\n\n\n", "{ :; }", "(:)", "((1))", "[[ a ]]", "x() :",
        "$(", "for x; do :; done",
    ]

    @Test(arguments: fine)
    func `what is no mistake is no doubt`(text: String) {
        if text == "$(" { return #expect(ShellReader.read(text).kinds.contains(.syntax)) }
        #expect(!ShellReader.read(text).kinds.contains(.syntax), "\(ShellReader.read(text).doubts)")
    }
}
