import Testing

@testable import Policy

/// Words with patterns and with what is only known when they run, against a rule that names one file.
struct TypedPatternTests {
    static let shadow = Asked(program: ["cat"], arguments: ["/etc/shadow"])

    @Test(arguments: [
        Vector(.yes, "cat /etc/shadow"),
        Vector(.yes, "cat /et*/shadow"),
        Vector(.yes, "cat /etc/sh?dow"),
        Vector(.yes, "cat /etc/[r-t]hadow"),
        Vector(.yes, "cat /etc/*"),
        Vector(.yes, "cat /*/*"),
        Vector(.yes, "cat /e{tc,x}/shadow"),
        Vector(.yes, "cat /tmp/*/../../etc/shadow"),
        Vector(.yes, "cat /tmp/.*/etc/shadow"),
        Vector(.yes, "cd /etc && cat shadow"),
        Vector(.yes, "cd /etc; cat ./sh*"),
        Vector(.yes, "cd /; cd etc; cat shadow"),
        Vector(.no, "cat '/et*/shadow'"),
        Vector(.no, "cat /var/*"),
        Vector(.no, "cat /etc/*.conf"),
        Vector(.no, "cat /etc/[!s]hadow"),
        Vector(.no, "cat *"),
        Vector(.no, "cat shadow"),
        Vector(.no, "cd /var && cat shadow"),
        Vector(.maybe, "cat $x"),
        Vector(.maybe, "cat \"$x\""),
        Vector(.maybe, "cat /etc/$x"),
        Vector(.maybe, "cat /tmp/$x"),
        Vector(.maybe, "cat $x/shadow"),
        Vector(.maybe, "cat /etc/@(shadow|passwd)"),
        Vector(.maybe, "cat /etc/*(.)"),
        Vector(.maybe, "cd $x && cat shadow"),
        Vector(.maybe, "cat ~bob/../etc/shadow"),
        Vector(.no, "cat \"$x\"/passwd"),
        Vector(.maybe, "cat $x/passwd"),
        Vector(.no, "cat \"$x\"/shadow.old"),
        Vector(.no, "echo $x"),
    ])
    func `a file is found behind patterns, directories and variables`(vector: Vector) throws {
        #expect(try Self.shadow.answer(to: vector.line) == vector.expected)
    }

    @Test func `a pattern finds no name with a dot in front unless the line says so`() throws {
        let keys = Asked(program: ["cat"], arguments: ["~/.netrc"])
        #expect(try keys.answer(to: "cat *") == .no)
        #expect(try keys.answer(to: "cat .*") == .yes)
        #expect(try keys.answer(to: "cat ./.n*") == .yes)
        let rules = PolicyRules(default: .allow, uncertain: .allow, rules: [try PolicyRule("keys", keys, .block)])
        func verdict(_ line: String) -> PolicyVerdict { rules.judge(command: Array(line.utf8), in: Situation()).verdict }
        #expect(verdict("cat *") == .allow)
        #expect(verdict("shopt -s dotglob; cat *") == .block)
        #expect(verdict("GLOBIGNORE=x; cat *") == .block)
        #expect(verdict("setopt GLOB_DOTS && cat *") == .block)
    }

    @Test func `plain text that a rule has around a star is there whatever the rest becomes`() throws {
        let asked = Asked(program: ["x"], arguments: ["DROP *"])
        #expect(try asked.answer(to: "x \"DROP $y\"") == .yes)
        #expect(try asked.answer(to: "x \"$y DROP\"") == .maybe)
        #expect(try asked.answer(to: "x \"TRUNCATE $y\"") == .no)
    }

    @Test func `named classes are read, and what is not understood is in doubt`() throws {
        func answer(_ pieces: [CommandWord.Piece]) throws -> Answer {
            let command = RunCommand(words: [CommandWord("cat"), CommandWord(pieces: pieces, source: "")])
            return Answer(try Self.shadow.matcher().match(CommandFacts(command, in: Situation())))
        }
        #expect(try answer([.text("/etc/"), .pattern("[[:alpha:]]*")]) == .yes)
        #expect(try answer([.text("/etc/"), .pattern("[[:digit:]]*")]) == .no)
        #expect(try answer([.text("/etc/s"), .pattern("[[.h.]]"), .text("adow")]) == .yes)
        #expect(try answer([.text("/etc/"), .pattern("(shadow|x)")]) == .maybe)
        #expect(try answer([.text("/etc/"), .pattern("[[:alpha:]"), .text("]hadow")]) == .maybe)
    }

    @Test func `what stays below a directory is not somewhere else`() throws {
        func answer(_ asked: Asked, below directory: String, _ rest: [CommandWord.Piece] = []) throws -> Answer {
            let found = CommandWord.Piece.unknown(.init(source: "{}", splits: false, staysBelow: true))
            let word = CommandWord(pieces: [.text(directory + "/"), found] + rest, source: "{}")
            let command = RunCommand(words: [CommandWord("cat"), word])
            return Answer(try asked.matcher().match(CommandFacts(command, in: Situation())))
        }
        #expect(try answer(Self.shadow, below: "/tmp") == .no)
        #expect(try answer(Self.shadow, below: "/etc") == .maybe)
        #expect(try answer(Self.shadow, below: "") == .maybe)
        #expect(try answer(Self.shadow, below: "/tmp/..") == .maybe)
        #expect(try answer(Self.shadow, below: "/", [.text("/sh"), .pattern("*")]) == .maybe)
        #expect(try answer(Self.shadow, below: "/", [.text("/"), .pattern("*"), .text(".log")]) == .no)
        let outsideTmp = Asked(program: ["cat"], arguments: ["/**"], unless: [Asked(arguments: ["/tmp/**"])])
        #expect(try answer(outsideTmp, below: "/tmp") == .no)
        #expect(try answer(outsideTmp, below: "/etc") == .maybe)
    }

    @Test func `a word longer than a path can be is in doubt`() throws {
        #expect(try Self.shadow.answer(to: "cat /" + String(repeating: "a/", count: 3000)) == .maybe)
    }

    @Test func `what stands for something else is never surely excused`() throws {
        let asked = Asked(program: ["rm"], arguments: ["/**"], unless: [Asked(arguments: ["/tmp/**"])])
        #expect(try asked.answer(to: "rm /tmp/x") == .no)
        #expect(try asked.answer(to: "rm /tmp/x /tmp/y/*.log") == .no)
        #expect(try asked.answer(to: "rm /t*/x") == .yes)
        #expect(try asked.answer(to: "rm /tmp/../etc/x") == .yes)
        #expect(try asked.answer(to: "rm /tmp/x /etc/y") == .yes)
        #expect(try asked.answer(to: "rm /tmp/$x") == .maybe)
        #expect(try asked.answer(to: "rm /tmp/x $y") == .yes)
    }
}
