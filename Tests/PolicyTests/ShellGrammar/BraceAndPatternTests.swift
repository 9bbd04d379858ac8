import Testing

@testable import Policy

struct BraceAndPatternTests {
    static let braces = [
        ReadingVector("{rm,-rf,/}", "rm|-rf|/"),
        ReadingVector("rm -{r,f} /{etc,usr}/x", "rm|-r|-f|/etc/x|/usr/x"),
        ReadingVector(
            "echo {a,b}{c,d} {1..3} {3..1} {a..e..2} {01..03} {-1..1}", "echo|ac|ad|bc|bd|1|2|3|3|2|1|a|c|e|01|02|03|-1|0|1"),
        ReadingVector("echo {a,{b,c}}d {a{b,c}} {a,b{c}", "echo|ad|bd|cd|{ab}|{ac}|{a,b{c}"),
        ReadingVector(
            "echo {a} {} {a,b {1..} {..3} {a..3} '{a,b}' \\{a,b} {a','b}", "echo|{a}|{}|{a,b|{1..}|{..3}|{a..3}|{a,b}|{a,b}|{a,b}"
        ),
        ReadingVector("echo {a\\,b,c} {\"x y\",z} {,} x{,}y", "echo|a,b|c|x y|z|xy|xy"),
        ReadingVector("echo ${x}{a,b} $(c){d,e}", "echo|‹${x}›a|‹${x}›b|‹$(c)›d|‹$(c)›e", "c"),
        ReadingVector("x={a,b} y", "{x={a,b}}y"),
        ReadingVector("{rm,x}\\ y", "rm y|x y"),
        ReadingVector("find . -exec rm {} +", "find|.|-exec|rm|{}|+"),
        ReadingVector("ls {a,b}>x", "ls|a|b >x"),
        ReadingVector("ls > {a,b}", "ls >a >b"),
    ]

    @Test(arguments: braces)
    func `braces make words`(vector: ReadingVector) {
        let reading = ShellReader.read(vector.text)
        for command in vector.commands { #expect(reading.dump.contains(command), "\(reading.dump)") }
        #expect(reading.dump.first == vector.commands.first)
        #expect(reading.doubts.isEmpty)
    }

    static let patterns = [
        ReadingVector("ls * a? [a-z]* [!a]b [^a]b []a]b", "ls|⟦*⟧|a⟦?⟧|⟦[a-z]*⟧|⟦[!a]⟧b|⟦[^a]⟧b|⟦[]a]⟧b"),
        ReadingVector("ls '*' \\* \"?\" '[a]' [ [a a] [a/b]", "ls|*|*|?|[a]|[|[a|a]|[a/b]"),
        ReadingVector("ls @(a|b) +(c) !(d) ?(e) *(f) x@(a|b(c))y", "ls|⟦@(a|b)⟧|⟦+(c)⟧|⟦!(d)⟧|⟦?(e)⟧|⟦*(f)⟧|x⟦@(a|b(c))⟧y"),
        ReadingVector("ls /e*/s[h]adow", "ls|/e⟦*⟧/s⟦[h]⟧adow"),
        ReadingVector("ls [$x] [\"a\"b]", "ls|[‹$x›]|⟦[ab]⟧"),
        ReadingVector("ls **/x a*b*c", "ls|⟦**⟧/x|a⟦*⟧b⟦*⟧c"),
    ]

    @Test(arguments: patterns)
    func `unquoted pattern characters are patterns`(vector: ReadingVector) {
        #expect(ShellReader.read(vector.text).dump.first == vector.commands.first)
        #expect(ShellReader.read(vector.text).doubts.isEmpty)
    }

    static let large = [
        String(repeating: "{a,b}", count: 30), "{1..1000000}", "{1..99999999}{1..99999999}", "{a,b}{1..600}", "{1..1025}",
        String(repeating: "{a,", count: 200) + String(repeating: "}", count: 200), "{1..9223372036854775807}{a,b}{1..2000}",
    ]

    @Test(arguments: large)
    func `more words than are looked at are one unknown word`(braces: String) {
        let reading = ShellReader.read("ls \(braces) x")
        #expect(reading.kinds.contains(.tooLarge))
        #expect(reading.commands.first?.words.count == 3)
        #expect(reading.commands.first?.words[1].splits == true)
    }

    @Test func `1024 words are looked at`() {
        let reading = ShellReader.read("ls {1..1024}")
        #expect(reading.commands.first?.words.count == 1025)
        #expect(reading.doubts.isEmpty)
    }
}
