import Testing

@testable import Policy

struct ArgumentTests {
    @Test(arguments: [
        Vector(.yes, "dd of=/dev/sda"), Vector(.yes, "dd if=x of=/dev/./sda"), Vector(.yes, "dd of=//dev/sda bs=1"),
        Vector(.yes, "cd /dev; dd of=sda"), Vector(.yes, "dd of=/dev/sd?"), Vector(.maybe, "dd of=$x"), Vector(.maybe, "dd $x"),
        Vector(.maybe, "dd o$x"), Vector(.no, "dd if=/dev/zero of=x"), Vector(.no, "dd of=/dev/null"),
    ])
    func `the value behind a key is an argument`(vector: Vector) throws {
        #expect(try Asked(program: ["dd"], arguments: ["/dev/sd*"]).answer(to: vector.line) == vector.expected)
        #expect(try Asked(program: ["dd"], arguments: ["of=/dev/sd*"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `a key that a rule names has to be that one`() throws {
        #expect(try Asked(program: ["dd"], arguments: ["of=/dev/sda"]).answer(to: "dd if=/dev/sda of=x") == .no)
    }

    @Test(arguments: [
        Vector(.yes, "x /etc/shadow"), Vector(.yes, "x --file=/etc/shadow"), Vector(.yes, "x --file /etc/shadow"),
        Vector(.yes, "x -f/etc/shadow"),
        Vector(.yes, "x -vf/etc/shadow"), Vector(.yes, "x -f /etc/shadow"), Vector(.yes, "x -- /etc/shadow"),
        Vector(.yes, "x @/etc/shadow"),
        Vector(.yes, "x file:///etc/shadow"), Vector(.yes, "x -d@/etc/shadow"), Vector(.yes, "x -v /etc/shadow:/mnt"),
        Vector(.no, "x 'see /etc/shadow'"), Vector(.no, "x > /etc/shadow"), Vector(.no, "x host:/etc/shadow"),
    ])
    func `a path is an argument wherever a word can hold one`(vector: Vector) throws {
        #expect(try Asked(program: ["x"], arguments: ["/etc/shadow"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `an item with a dash in front is about flags too`() throws {
        let asked = Asked(program: ["kill"], arguments: ["-1"])
        #expect(try asked.answer(to: "kill -9 -1") == .yes)
        #expect(try asked.answer(to: "kill -9 -- -1") == .yes)
        #expect(try asked.answer(to: "kill -9 1") == .no)
    }

    @Test(arguments: [
        Vector(.yes, "python3"), Vector(.yes, "python3 -i"), Vector(.yes, "python3 -c 'print(1)'"),
        Vector(.yes, "python3 -m json.tool"),
        Vector(.maybe, "python3 $x"), Vector(.no, "python3 x.py"), Vector(.no, "python3 -- x.py"), Vector(.no, "python3 *.py"),
    ])
    func `operands are counted`(vector: Vector) throws {
        #expect(try Asked(program: ["python3"], operands: "0").answer(to: vector.line) == vector.expected)
    }

    @Test func `where a word may be a value the count is in doubt`() throws {
        let two = Asked(program: ["unheard-of"], operands: "2+")
        #expect(try two.answer(to: "unheard-of a b") == .yes)
        #expect(try two.answer(to: "unheard-of --opt a b") == .maybe)
        #expect(try two.answer(to: "unheard-of --opt a b c") == .yes)
        #expect(try two.answer(to: "unheard-of a") == .no)
        #expect(try Asked(program: ["x"], operands: "1-2").answer(to: "x a b c") == .no)
    }

    @Test(arguments: ["", "x", "-1", "2-1", "1+2", "+", "99999999999999999999"])
    func `what is no count is not read as one`(text: String) { #expect(OperandCount(text) == nil) }

    @Test func `a command with more words than are looked at is in doubt`() throws {
        let line = "rm " + String(repeating: "a ", count: CommandParts.mostWords + 10)
        #expect(try Asked(program: ["rm"], arguments: ["/etc/**"]).answer(to: line) != .no)
        #expect(try Asked(program: ["ls"], arguments: ["/etc/**"]).answer(to: line) == .no)
    }
}
