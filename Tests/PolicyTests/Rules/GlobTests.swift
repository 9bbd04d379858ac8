import Testing

@testable import Policy

struct GlobTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let pattern: String
        let matching: [String]
        let other: [String]
        var testDescription: String { pattern }
        init(_ pattern: String, _ matching: [String], not other: [String]) {
            self.pattern = pattern
            self.matching = matching
            self.other = other
        }
    }

    @Test(arguments: [
        Vector("rm", ["rm"], not: ["r", "rmd", "", "RM"]),
        Vector("mkfs.*", ["mkfs.ext4", "mkfs."], not: ["mkfs", "xmkfs.ext4"]),
        Vector("*", ["", "a", "a/b"], not: []),
        Vector("a?c", ["abc", "a/c", "aäc"], not: ["ac", "abbc"]),
        Vector("[a-c]x", ["ax", "cx"], not: ["dx", "x", "-x"]),
        Vector("[!a-c]x", ["dx", "-x"], not: ["ax", "x"]),
        Vector("[^a]x", ["bx"], not: ["ax"]),
        Vector("[]x]", ["]", "x"], not: ["[]x]"]),
        Vector("[[:digit:]]*", ["1a"], not: ["a1"]),
        Vector("\\*", ["*"], not: ["a", "\\*"]),
        Vector("*a*b*c*", ["abc", "xaxbxcx"], not: ["acb"]),
        Vector("2???", ["2755"], not: ["275", "27555"]),
    ])
    func `a glob matches whole text`(vector: Vector) throws {
        let glob = try #require(GlobProgram(text: vector.pattern))
        func matches(_ text: String) -> Bool { glob.matches(WordText(text).symbols, .couldMatch, Effort()) }
        for text in vector.matching { #expect(matches(text), "\(text)") }
        for text in vector.other { #expect(!matches(text), "\(text)") }
    }

    @Test(arguments: [
        Vector(
            "/etc/passwd",
            ["/etc/passwd", "//etc//passwd", "/./etc/./passwd", "/etc/../etc/passwd", "/../etc/passwd", "/etc/passwd/"],
            not: ["/etc/passwd2", "/etc", "/etc/passwd/x", "etc/passwd"]),
        Vector("/etc/**", ["/etc", "/etc/", "/etc/a", "/etc/a/b", "/x/../etc/a"], not: ["/etcx", "/", "/var/etc/a"]),
        Vector("/etc/*", ["/etc/a", "/etc/.a"], not: ["/etc", "/etc/a/b"]),
        Vector("/*", ["/etc", "/etc/"], not: ["/", "/etc/a"]),
        Vector("/", ["/", "//", "/.", "/..", "/a/.."], not: ["/a", "", "."]),
        Vector("/**", ["/", "/a", "/a/b", "a", ".."], not: [""]),
        Vector("/a/**/b", ["/a/b", "/a/x/b", "/a/x/y/b"], not: ["/a/xb", "/ab", "/a"]),
        Vector(
            "**/id_rsa", ["/root/.ssh/id_rsa", "/id_rsa", "id_rsa", "a/id_rsa", "../id_rsa"], not: ["/id_rsa2", "/id_rsa/x"]),
        Vector(
            "/etc/ssh/ssh_host_*_key", ["/etc/ssh/ssh_host_rsa_key"],
            not: ["/etc/ssh/ssh_host_rsa_key.pub", "/etc/ssh/ssh_host_a/b_key"]),
        Vector("/etc//passwd/", ["/etc/passwd"], not: ["/etc"]),
        Vector("/dev/sd[a-z]", ["/dev/sda"], not: ["/dev/sda1", "/dev/sd/"]),
        Vector("~", ["~", "~/", "~/x/..", "/root", "/home/bob", "."], not: ["/home", "/root/x", "x"]),
        Vector(
            "~/.ssh/**", ["~/.ssh", "~/.ssh/id", ".ssh/id", "./.ssh/id", "/root/.ssh", "/home/bob/.ssh/id"],
            not: ["/home/.ssh", "/x/.ssh"]),
        Vector("/root/**", ["~/x", "/root"], not: ["/home/bob/x"]),
        Vector(
            "origin/main", ["origin/main", "./origin/main", "origin//main"], not: ["/origin/main", "x/origin/main", "origin"]),
        Vector("s3://bucket/*", ["s3://bucket/key", "s3:/bucket/key"], not: ["s3://other/key"]),
    ])
    func `a path matches however it is written`(vector: Vector) throws {
        let glob = try #require(PathGlob(vector.pattern))
        func matches(_ text: String) -> Bool {
            let symbols: [WordSymbol] =
                text.hasPrefix("~") ? [.home] + WordText(String(text.dropFirst())).symbols : WordText(text).symbols
            return glob.matches(PathText(WordText(symbols: symbols), in: PathText.Surroundings()), .couldMatch, Effort())
        }
        for text in vector.matching { #expect(matches(text), "\(text)") }
        for text in vector.other { #expect(!matches(text), "\(text)") }
    }

    @Test(arguments: ["[a", "/x[", "~bob/x", ""])
    func `what is no path pattern is not read as one`(text: String) { #expect(PathGlob(text) == nil) }

    @Test func `the home directory is the one of the login`() throws {
        let root = try #require(PathGlob("/root/.ssh"))
        let bob = try #require(PathGlob("/home/bob/.ssh"))
        func matches(_ glob: PathGlob, _ login: String?) -> Bool {
            glob.matches(PathText(WordText(".ssh"), in: PathText.Surroundings(login: login)), .couldMatch, Effort())
        }
        #expect(matches(root, "root") && !matches(root, "bob"))
        #expect(matches(bob, "bob") && !matches(bob, "root") && !matches(bob, "eve"))
        #expect(matches(root, nil) && matches(bob, nil))
    }

    @Test func `the parent of the home directory is known as far as the login tells`() throws {
        let home = try #require(PathGlob("/home"))
        func matches(_ path: String, _ login: String) -> Bool {
            home.matches(PathText(WordText(path), in: PathText.Surroundings(login: login)), .couldMatch, Effort())
        }
        #expect(matches("..", "bob"))
        #expect(!matches("..", "root"))
        #expect(matches("../home", "root"))
    }

    @Test func `two sets of characters meet if they have one in common`() {
        let letters = ScalarSet(ranges: [0x61...0x7A])
        let digits = ScalarSet(ranges: [0x30...0x39])
        let noLetters = ScalarSet(ranges: [0x61...0x7A], isNegated: true)
        #expect(!letters.intersects(digits))
        #expect(!letters.intersects(noLetters) && !noLetters.intersects(letters))
        #expect(digits.intersects(noLetters))
        #expect(noLetters.intersects(noLetters))
        #expect(letters.intersects(ScalarSet(ranges: [0x61...0x79], isNegated: true)))
        #expect(!letters.intersects(ScalarSet(ranges: [0x61...0x70, 0x6A...0x7A], isNegated: true)))
    }

    @Test func `comparing ends at its bound with the strict answer`() throws {
        let glob = try #require(GlobProgram(text: String(repeating: "*a", count: 400) + "b"))
        let word = WordText(String(repeating: "a", count: 4000))
        let effort = Effort(steps: 10_000)
        #expect(glob.matches(word.symbols, .couldMatch, effort))
        #expect(effort.isSpent)
        #expect(!glob.matches(word.symbols, .surelyMatches, effort))
        #expect(!glob.matches(word.symbols, .couldMatch, Effort()))
    }
}
