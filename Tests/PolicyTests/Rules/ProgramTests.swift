import Testing

@testable import Policy

struct ProgramTests {
    @Test(arguments: [
        Vector(.yes, "rm x"), Vector(.yes, "/bin/rm x"), Vector(.yes, "r''m x"), Vector(.yes, "\\rm x"), Vector(.yes, "'rm' x"),
        Vector(.yes, "../../bin/rm x"), Vector(.yes, "$BIN/rm x"), Vector(.yes, "/bin/r? x"), Vector(.yes, "/bin/[r]m"),
        Vector(.yes, "sudo rm x"), Vector(.yes, "true && rm x"), Vector(.yes, "echo $(rm x)"),
        Vector(.maybe, "$x y"), Vector(.maybe, "\"$x\""), Vector(.maybe, "/bin/$x"), Vector(.yes, "$(echo rm) x"),
        Vector(.no, "echo rm"), Vector(.no, "rmdir x"), Vector(.no, "man rm"), Vector(.no, "/bin/rm.sh"), Vector(.no, "RM x"),
        Vector(.no, "x=rm"), Vector(.no, "/bin/l?"), Vector(.no, "> rm"),
    ])
    func `a program is its name, whatever its path and its quotes`(vector: Vector) throws {
        #expect(try Asked(program: ["rm"]).answer(to: vector.line) == vector.expected)
    }

    @Test(arguments: [
        Vector(.yes, "python3 x"), Vector(.yes, "python3.11 x"), Vector(.yes, "/usr/bin/python3.12"), Vector(.no, "python x"),
        Vector(.no, "python2 x"), Vector(.no, "python3-config"),
    ])
    func `every version of a program is meant`(vector: Vector) throws {
        #expect(try Asked(program: ["python3"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `a group is all its programs`() throws {
        let shells = Asked(program: ["group:shells"])
        for line in ["bash x", "/bin/sh x", "zsh -c x", "zsh-5.9"] { #expect(try shells.answer(to: line) == .yes, "\(line)") }
        #expect(try shells.answer(to: "ls") == .no)
        #expect(try shells.answer(to: "/bin/ba*") == .yes)
        #expect(ProgramPattern("group:shels") == nil)
    }

    @Test(arguments: [
        Vector(.yes, "/tmp/x"), Vector(.yes, "/tmp/a/b y"), Vector(.yes, "/var/../tmp/x"), Vector(.yes, "cd /tmp && ./x"),
        Vector(.yes, "cd /tmp/a; ../x"), Vector(.maybe, "$TMP/x"), Vector(.no, "x"), Vector(.no, "./x"),
        Vector(.no, "/bin/x /tmp/y"),
    ])
    func `a program with a slash is compared as it was typed`(vector: Vector) throws {
        #expect(try Asked(program: ["/tmp/**"]).answer(to: vector.line) == vector.expected)
    }

    @Test func `a name can be a glob`() throws {
        let asked = Asked(program: ["mkfs.*"])
        #expect(try asked.answer(to: "mkfs.ext4 /dev/sda") == .yes)
        #expect(try asked.answer(to: "mkfs /dev/sda") == .no)
        #expect(try Asked(program: ["mkfs.e*"]).answer(to: "mkfs.$x /dev/sda") == .maybe)
    }

    @Test func `via and input ask for the programs around it`() throws {
        let viaSudo = Asked(program: ["rm"], via: ["sudo"])
        #expect(try viaSudo.answer(to: "sudo rm x") == .yes)
        #expect(try viaSudo.answer(to: "sudo env rm x") == .yes)
        #expect(try viaSudo.answer(to: "rm x") == .no)
        let download = Asked(program: ["group:shells"], input: ["group:downloaders"])
        #expect(try download.answer(to: "curl -s x | bash") == .yes)
        #expect(try download.answer(to: "curl -s x | tee y | sh") == .yes)
        #expect(try download.answer(to: "wget -O- x | sudo bash -s") == .yes)
        #expect(try download.answer(to: "cat x | bash") == .no)
        #expect(try download.answer(to: "curl -s x; bash y") == .no)
        #expect(try download.answer(to: "curl -s x | grep bash") == .no)
    }
}
