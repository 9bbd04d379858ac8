import Testing

@testable import Policy

struct RedirectionAndVariableTests {
    @Test(arguments: [
        Vector(.yes, "echo x > /etc/passwd"), Vector(.yes, "echo x >> /etc/passwd"), Vector(.yes, "> /etc/passwd"),
        Vector(.yes, "echo x >| /etc/passwd"),
        Vector(.yes, "echo x 2> /etc/passwd"), Vector(.yes, "echo x &> /etc/passwd"), Vector(.yes, "x <> /etc/passwd"),
        Vector(.yes, "cd /etc; echo x > passwd"), Vector(.yes, "{ echo x; } > /etc/passwd"), Vector(.yes, "sudo x > /etc/passwd"),
        Vector(.maybe, "echo x > $y"), Vector(.maybe, "echo x > \"$y/passwd\""), Vector(.no, "cat < /etc/passwd"),
        Vector(.no, "echo '> /etc/passwd'"),
        Vector(.no, "echo x > /etc/passwd2"), Vector(.no, "echo x > /dev/null"),
    ])
    func `what is written to is found`(vector: Vector) throws {
        #expect(try Asked(redirections: ["> /etc/passwd"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `reading, writing and both are told apart`() throws {
        let reading = Asked(redirections: ["< /etc/shadow"])
        let both = Asked(redirections: ["/etc/shadow"])
        #expect(try reading.answer(to: "cat < /etc/shadow") == .yes)
        #expect(try reading.answer(to: "cat > /etc/shadow") == .no)
        for line in ["cat < /etc/shadow", "cat > /etc/shadow"] { #expect(try both.answer(to: line) == .yes) }
        #expect(RedirectionPattern("2> /x") == nil)
        #expect(RedirectionPattern(">") == nil)
    }

    @Test(arguments: [
        Vector(.yes, "LD_PRELOAD=/tmp/x ls"), Vector(.yes, "LD_PRELOAD=x"), Vector(.yes, "export LD_AUDIT=x"),
        Vector(.yes, "declare -x LD_PRELOAD=x"),
        Vector(.yes, "env LD_PRELOAD=x ls"), Vector(.yes, "env -i LD_PRELOAD=x ls"), Vector(.yes, "sudo LD_PRELOAD=x ls"),
        Vector(.yes, "export LD_PRELOAD"),
        Vector(.maybe, "export $x"), Vector(.maybe, "env \"$x\" ls"), Vector(.no, "echo LD_PRELOAD=x"), Vector(.no, "PATH=x ls"),
        Vector(.no, "export PATH"),
    ])
    func `an assignment is found in front and as a word`(vector: Vector) throws {
        #expect(try Asked(variables: ["LD_*"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `its value is compared if the rule has one`() throws {
        let asked = Asked(variables: ["HISTFILE=", "HISTFILE=/dev/null"])
        #expect(try asked.answer(to: "HISTFILE=") == .yes)
        #expect(try asked.answer(to: "export HISTFILE=/dev/./null") == .yes)
        #expect(try asked.answer(to: "HISTFILE=~/.history") == .no)
        #expect(try asked.answer(to: "HISTFILE=$x") == .maybe)
        #expect(VariablePattern("=x") == nil)
    }

    @Test func `unless excuses only what it surely matches`() throws {
        let asked = Asked(redirections: ["> /**"], unless: [Asked(redirections: ["> /tmp/**"])])
        #expect(try asked.answer(to: "x > /tmp/y") == .no)
        #expect(try asked.answer(to: "x > /tmp/y < /etc/z") == .no)
        #expect(try asked.answer(to: "x > /tmp/y 2> /etc/z") == .yes)
        #expect(try asked.answer(to: "x > /t?p/y") == .yes)
        let words = Asked(program: ["parted"], unless: [Asked(arguments: ["print"], operands: "2")])
        #expect(try words.answer(to: "parted /dev/sda print") == .no)
        #expect(try words.answer(to: "parted /dev/sda mklabel gpt print") == .yes)
        let flags = Asked(program: ["x"], unless: [Asked(flags: ["-l"])])
        #expect(try flags.answer(to: "x -l") == .no)
        #expect(try flags.answer(to: "x $y") == .yes)
        let verbs = Asked(program: ["git"], unless: [Asked(subcommand: ["pull"])])
        #expect(try verbs.answer(to: "git pull") == .no)
        #expect(try verbs.answer(to: "git p*") == .yes)
    }
}
