import Testing

@testable import Policy

/// The small languages in which a command can hide: sed, awk, `env -S`, the input of xargs, code of other languages.
struct ForeignTextTests {
    @Test(arguments: [
        "p", "1,5p", "$d", "/a/,/b/d", "\\,a,p", "1~2d", "0,/x/d", "/a/I,+3p", "/a/!p", "{p;d}", "$!{$!N}", "s/a/b/",
        "s/a/b/gI2p", "s,a\\,b,c,",
        "s/[/]/e/", "y/abc/xyz/", "a\\\ntext e rm", "i text", "1i\\\na\\\ne rm", "c e", ":a;N;ba", "tend;:end", "q5", "l 3", "=",
        "# e rm\np", "v 4.2",
        "h;H;g;G;x;n;N;D;P;z", "", "  ;; p", "s/e/e/;s/w/w/", "s/a/\\\ne rm/",
    ])
    func `a script of sed that edits runs nothing`(text: String) {
        let script = SedScript(text)
        #expect(!script.runsCommands)
        #expect(script.scripts.isEmpty && script.written.isEmpty && script.read.isEmpty)
    }

    @Test(arguments: [
        ("e", []), ("1e rm x", ["rm x"]), ("/a/e rm", ["rm"]), ("p;e rm ; x", ["rm ; x"]), ("s/a/b/e", []), ("s/a/b/ge", []),
        ("s,a,b,Ie;p", []),
        ("{p\ne rm\n}", ["rm"]), ("s/[/]/x/e", []), ("s/[/]/e rm/", []), ("a\\\nx\ne rm", ["rm"]), ("a x\ne rm", ["rm"]),
        ("y/a/b/;e rm", ["rm"]),
        ("$!e rm", ["rm"]), ("1,2!{e rm\n}", ["rm"]), ("k", []), ("s/a", []), ("/a", []), ("s/a/b/w", []),
    ])
    func `a script of sed that runs a command says so, and one that cannot be read is said to`(text: String, scripts: [String]) {
        #expect(SedScript(text).runsCommands)
        #expect(SedScript(text).scripts == scripts)
    }

    @Test func `sed writes and reads files`() {
        #expect(SedScript("/a/w /etc/x\nW y").written == ["/etc/x", "y"])
        #expect(SedScript("s/a/b/w /etc/x").written == ["/etc/x"])
        #expect(SedScript("r /etc/x\n$R y").read == ["/etc/x", "y"])
        #expect(SedScript((0..<40).map { "w \($0)\n" }.joined()).runsCommands)
    }

    @Test(arguments: [
        "{print $1}", "/a|b/", "$1 ~ /x|y/ {n++}", "BEGIN{FS=\"|\"} {print}", "{print a || b}", "{x = $1 / 2 / 3}",
        "{print length / 2; y = z[1] / 4 | 0 }x",
        "# system(\n{print}", "{print \"a|b\" $2}", "{print $1 > \"\"}", "NR==1 || /[/|]/", "/a\\/|b/", "{gsub(/\"|'/, \"\")}",
        "function systematic(){}",
    ])
    func `a program of awk that computes runs nothing`(text: String) {
        // One of them has a bare `|`, which no awk takes: it counts as one.
        #expect(AwkProgram(text).runsCommands == text.hasSuffix("}x"))
        #expect(AwkProgram(text).scripts.isEmpty)
    }

    @Test(arguments: [
        ("BEGIN{system(\"rm\")}", ["rm"]), ("BEGIN{system (\"rm \" $1)}", ["rm "]), ("{\"rm\" | getline}", ["rm"]),
        ("{\"rm\" | getline x}", ["rm"]),
        ("{print | \"rm\"}", ["rm"]), ("{printf(\"%s\", $1) | \"rm\"}", ["rm"]), ("{print |& \"rm\"}", ["rm"]),
        ("{print | cmd}", []), ("{cmd | getline}", []),
        ("{system(cmd)}", []), ("{f = \"system\"; @f(\"rm\")}", []), ("@load \"x\"", []), ("{x++ / \"a\" | getline}", ["a"]),
        ("/a/{\"rm\"|getline}/b|c/", ["rm"]),
        ("{a = b / c; \"rm\" | getline; d = e / f}", ["rm"]), ("/[/{system(\"rm\")}", ["rm"]),
    ])
    func `a program of awk that runs commands says so`(text: String, scripts: [String]) {
        #expect(AwkProgram(text).runsCommands)
        #expect(AwkProgram(text).scripts == scripts)
    }

    @Test func `awk writes and reads files`() {
        #expect(AwkProgram("{print > \"/etc/x\"; printf \"%s\", 1 >> \"y\"}").written.map(\.dump) == ["/etc/x", "y"])
        #expect(AwkProgram("{print > $1 \".txt\"}").written.map(\.dump) == ["«…»"])
        #expect(AwkProgram("{print > \"/etc/\" $1; x = 1}").written.map(\.dump) == ["/etc/«…»"])
        #expect(AwkProgram("{print($1 > \"a\")} $1 > \"b\" {x = y > \"c\"}").written.isEmpty)
        #expect(AwkProgram("BEGIN{while((getline l < \"/etc/x\") > 0) n++}").read.map(\.dump) == ["/etc/x"])
    }

    @Test(arguments: [
        ("rm -rf /", ["rm", "-rf", "/"]), ("  a\tb  ", ["a", "b"]), ("'a b' \"c d\"e", ["a b", "c de"]),
        (#"a\_b "c\_d" 'e\_f'"#, ["a", "b", "c d", #"e\_f"#]),
        (#"a\tb\c c"#, ["a\tb"]), ("a # b", ["a"]), ("a#b", ["a#b"]), ("''", [""]), ("", []), ("'$x'", ["$x"]), (#"\$x"#, ["$x"]),
    ])
    func `env splits its text into words`(text: String, words: [String]) {
        #expect(EnvironmentSplit.words(of: CommandWord(text))?.map(\.known) == words)
    }

    @Test(arguments: ["$x", "${x}", "'a", "\"a", "a\\", "\\q"])
    func `text of env that is not certain is none`(text: String) {
        #expect(EnvironmentSplit.words(of: CommandWord(text)) == nil)
    }

    @Test func `arguments are split as xargs splits them`() {
        let text = CommandWord("a 'b c' \"d\"\\ e\n f\\'g\n\n")
        #expect(ArgumentText.words(in: text, by: .blanks, most: 9)?.map(\.dump) == ["a", "b c", "d e", "f'g"])
        #expect(ArgumentText.words(in: text, by: .lines, most: 9)?.map(\.dump) == ["a 'b c' \"d\"\\ e", "f\\'g"])
        #expect(ArgumentText.words(in: CommandWord("a\0b c\0"), by: .byte(0), most: 9)?.map(\.dump) == ["a", "b c"])
        #expect(ArgumentText.words(in: text, by: .blanks, most: 3) == nil)
        let mixed = CommandWord(
            pieces: [.text("a/"), .home, .text(" "), .unknown(.init(source: "$x", splits: false))], source: "")
        #expect(ArgumentText.words(in: mixed, by: .blanks, most: 9)?.map(\.dump) == ["a/~", "‹$x›"])
    }

    @Test(arguments: [
        ("os.system('rm -rf /')", [ForeignCode.Call.script("rm -rf /")]), ("system \"rm \\\"x\\\"\"", [.script("rm \"x\"")]),
        ("subprocess.run(['rm', '-rf', '/'])", [.command(["rm", "-rf", "/"])]),
        ("exec('rm', ['-rf'])", [.script("rm"), .command(["rm", "-rf"])]),
        ("`rm x`", [.script("rm x")]), ("%x{rm x}", [.script("rm x")]), ("qx(rm x)", [.script("rm x")]),
        ("system('''rm\nx''')", [.script("rm\nx")]),
        ("os.popen('rm ' + 'x')", [.script("rm x")]), ("exec q{rm x}", [.script("rm x")]), ("system(cmd)", []),
        ("print('rm x')", []), ("ecosystem('x')", []),
        ("system('a", [.script("a")]), ("system", []), ("qx", []), ("%x", []), ("`", []), ("exec(r'rm x')", [.script("rm x")]),
    ])
    func `calls of a shell in plain view are found in other languages`(code: String, calls: [ForeignCode.Call]) {
        #expect(ForeignCode(code).calls == calls)
    }

    @Test func `only so many calls are found in one text`() {
        #expect(ForeignCode(String(repeating: "system('a');", count: 500)).calls.count == ForeignCode.mostCalls)
    }
}
