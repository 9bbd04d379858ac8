import Testing

@testable import Policy

struct QuotingTests {
    static let plain = [
        ReadingVector("rm -rf /", "rm|-rf|/"),
        ReadingVector(#"\rm -rf /"#, "rm|-rf|/"),
        ReadingVector(#"r\m -r\f \/"#, "rm|-rf|/"),
        ReadingVector("r''m -rf /", "rm|-rf|/"),
        ReadingVector(#"r""m -rf /"#, "rm|-rf|/"),
        ReadingVector(#"'rm' "-rf" '/'"#, "rm|-rf|/"),
        ReadingVector(#"'r'"m" -r'f' "/"''"#, "rm|-rf|/"),
        ReadingVector("rm\t-rf \t /", "rm|-rf|/"),
        ReadingVector("r\\\nm -rf /", "rm|-rf|/"),
        ReadingVector("rm -r\\\n\\\nf /", "rm|-rf|/"),
        ReadingVector(#"'rm -rf /'"#, "rm -rf /"),
        ReadingVector("\"\" rm", "∅|rm"),
        ReadingVector(#"'' rm"#, "∅|rm"),
        ReadingVector(#"rm\ -rf\ /"#, "rm -rf /"),
        ReadingVector(#"echo 'rm -rf /'"#, "echo|rm -rf /"),
        ReadingVector(#"grep "rm -rf" notes"#, "grep|rm -rf|notes"),
        ReadingVector(#"echo "a \"b\" \\ \$x \z""#, #"echo|a "b" \ $x \z"#),
        ReadingVector("echo \"a\\\nb\"", "echo|ab"),
        ReadingVector("echo 'a\\\nb'", "echo|a\\\nb"),
        ReadingVector(#"echo 'it'\''s'"#, "echo|it's"),
        ReadingVector(#"echo "it's""#, "echo|it's"),
        ReadingVector(#"echo 'a"b'"#, #"echo|a"b"#),
        ReadingVector(#"echo "a \"b\" \\ \$x \z""#, "echo|a \"b\" \\ $x \\z"),
        ReadingVector(##"echo a\;b a\&b a\|b a\#b"##, "echo|a;b|a&b|a|b|a#b"),
        ReadingVector("echo a#b '#' c", "echo|a#b|#|c"),
        ReadingVector("echo a # rm -rf /", "echo|a"),
        ReadingVector("# rm\nls", "ls"),
        ReadingVector("ls;#rm\nps", "ls", "ps"),
        ReadingVector("ls # \\\nrm", "ls", "rm"),
        ReadingVector("man rm", "man|rm"),
        ReadingVector("echo $", "echo|$"),
        ReadingVector("echo a$ $. \"$\" \"a$\"", "echo|a$|$.|$|a$"),
        ReadingVector("echo ä ☃ \"ö\"", "echo|ä|☃|ö"),
        ReadingVector("\u{1}rm \u{7f}x", "\u{1}rm|\u{7f}x"),
        ReadingVector("rm\u{b}-rf", "rm\u{b}-rf"),
        ReadingVector("rm\u{a0}-rf", "rm\u{a0}-rf"),
    ]

    @Test(arguments: plain)
    func `quotes and escapes are gone from words, and what they protect is not`(vector: ReadingVector) { vector.check() }

    static let cEscapes = [
        ReadingVector(#"$'\x72m' -rf /"#, "rm|-rf|/", #"$\x72m|-rf|/"#),
        ReadingVector(#"$'\162\155' x"#, "rm|x", #"$\162\155|x"#),
        ReadingVector(#"$'\u0072\U0000006d' x"#, "rm|x", #"$\u0072\U0000006d|x"#),
        ReadingVector(#"echo $'a\tb\n\'\"\\\?\a\b\e\E\f\r\v'"#, "echo|a\tb\n'\"\\?\u{7}\u{8}\u{1b}\u{1b}\u{c}\r\u{b}"),
        ReadingVector(#"echo $'\cA\ca'"#, "echo|\u{1}\u{1}", #"echo|$\cA\ca"#),
        ReadingVector(#"echo $'\1011'"#, "echo|A1", #"echo|$\1011"#),
        ReadingVector(#"echo "$'x'""#, #"echo|$'x'"#),
        ReadingVector(#"r$'m' x"#, "rm|x", "r$m|x"),
        ReadingVector(#"$"rm" -rf /"#, "rm|-rf|/", "$rm|-rf|/"),
    ]

    @Test(arguments: cEscapes)
    func `C escapes in $'…' are characters, and dash sees a dollar`(vector: ReadingVector) {
        let reading = ShellReader.read(vector.text)
        #expect(reading.dump.first == vector.commands.first)
        if vector.commands.count > 1 { #expect(reading.dump.contains(vector.commands[1])) }
        #expect(reading.doubts.isEmpty)
    }

    static let foreignEscapes = [
        #"$'r\m' -rf /"#, #"$'rm\M' -rf /"#, #"$'r\x{6d}' -rf /"#, #"$'r\C\x6d' -rf /"#,
    ]

    @Test(arguments: foreignEscapes)
    func `what zsh or ksh makes of an escape that bash does not know is read too`(text: String) {
        let reading = ShellReader.read(text)
        #expect(reading.dump.contains("rm|-rf|/") || !reading.doubts.isEmpty)
    }

    @Test func `a quoted NUL ends the program's name or vanishes`() {
        let reading = ShellReader.read(#"$'rm\0'foo -rf /"#)
        #expect(reading.kinds.contains(.dialect))
        #expect(ShellReader.read(#"$'rm\xzz' -rf /"#).kinds.contains(.dialect))
    }

    @Test func `bytes that are not UTF-8 become replacement characters`() {
        #expect(ShellReader.read([0x65, 0x63, 0x68, 0x6F, 0x20, 0xFF, 0x41]).dump == ["echo|\u{FFFD}A"])
    }

    @Test func `a NUL hides nothing on either side of it`() {
        let cut = ShellReader.read(Array("rm -rf /\u{0} # harmless".utf8))
        #expect(cut.dump.contains("rm|-rf|/"))
        #expect(cut.kinds.contains(.dialect))
        let dropped = ShellReader.read(Array("r\u{0}m -rf /".utf8))
        #expect(dropped.dump == ["r", "rm|-rf|/"])
    }
}
