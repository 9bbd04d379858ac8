import Testing

@testable import Policy

struct DirectoryTests {
    static let moves = [
        ReadingVector("ls", "ls"),
        ReadingVector("cd /etc; ls", "cd|/etc", "ls @/etc"),
        ReadingVector("cd /etc && ls", "cd|/etc", "ls @/etc"),
        ReadingVector("cd etc && ls", "cd|etc", "ls @~/etc"),
        ReadingVector("cd /etc && cd ssh && ls", "cd|/etc", "cd|ssh @/etc", "ls @/etc/ssh"),
        ReadingVector("cd /a && cd .. && ls", "cd|/a", "cd|.. @/a", "ls @/a/.."),
        ReadingVector("cd /a && cd && ls", "cd|/a", "cd @/a", "ls @~"),
        ReadingVector("cd ~/a && ls", "cd|~/a", "ls @~/a"),
        ReadingVector("cd -- /etc; ls", "cd|--|/etc", "ls @/etc"),
        ReadingVector("cd -P /etc; ls", "cd|-P|/etc", "ls @/etc"),
        ReadingVector("command cd /etc; builtin cd x; ls", "command|cd|/etc", "builtin|cd|x @/etc", "ls @/etc", "ls @/etc/x"),
        ReadingVector("pushd /etc; ls", "pushd|/etc", "ls @/etc"),
        ReadingVector("pushd /etc && popd && ls", "pushd|/etc", "popd @/etc", "ls @«popd»"),
        ReadingVector("cd $x; ls", "cd|‹$x›", "ls @«cd $x»"),
        ReadingVector("cd \"$x\" && ls", "cd|«$x»", "ls @«cd \"$x\"»"),
        ReadingVector("cd -; ls", "cd|-", "ls @«cd -»"),
        ReadingVector("(cd /etc; a); b", "cd|/etc", "a @/etc", "b"),
        ReadingVector("$(cd /etc) ; b", "‹$(cd /etc)›", "cd|/etc", "b"),
        ReadingVector("{ cd /etc; a; }; b", "cd|/etc", "a @/etc", "b @/etc"),
        ReadingVector("cd /etc & b", "cd|/etc", "b"),
        ReadingVector("cd /etc | a; b", "cd|/etc |>a", "a |<cd", "b"),
        ReadingVector("a | cd /etc; b", "a |>cd", "cd|/etc |<a", "b", "b @/etc"),
        ReadingVector("cd /a; cd /b; c", "cd|/a", "cd|/b @/a", "c @/a", "c @/b"),
        ReadingVector("cd /a || cd /b; c", "cd|/a", "cd|/b", "c @/a", "c @/b"),
        ReadingVector("cd /a || exit 1; c", "cd|/a", "exit|1", "c @/a"),
        ReadingVector("cd /a || true; c", "cd|/a", "true", "c", "c @/a"),
        ReadingVector("a && cd /b; c", "a", "cd|/b", "c", "c @/b"),
        ReadingVector("if a; then cd /b; fi; c", "a", "cd|/b", "c", "c @/b"),
        ReadingVector("if a; then cd /b; else cd /c; fi; d", "a", "cd|/b", "cd|/c", "d @/c", "d @/b"),
        ReadingVector("case x in a) cd /b;; esac; c", "cd|/b", "c", "c @/b"),
        ReadingVector("f() { cd /etc; }; f; a", "cd|/etc @«cd»", "cd|/etc", "f", "a", "a @«cd»", "a @/etc"),
        ReadingVector("eval 'cd /etc'; a", "eval|cd /etc", "a", "a @«eval»"),
        ReadingVector("CDPATH=/etc; cd x; a", "{CDPATH=/etc}", "cd|x", "a @«cd x»"),
        ReadingVector("cd /a; ls $PWD ~+", "cd|/a", "ls|‹$PWD=/a›|«~+=/a» @/a", "ls|/a|/a @/a"),
        ReadingVector("exit; ls", "exit", "ls"),
    ]

    @Test(arguments: moves)
    func `a command runs where cd left the shell`(vector: ReadingVector) {
        let reading = ShellReader.read(vector.text)
        #expect(Set(reading.dump) == Set(vector.commands))
    }

    @Test func `the second turn of a loop starts where the first ended`() {
        let reading = ShellReader.read("while a; do cat shadow; cd /etc; done")
        #expect(reading.dump.contains("cat|shadow @«cd»"))
        #expect(reading.dump.contains("cat|shadow"))
    }

    @Test func `too many places are an unknown one`() {
        let reading = ShellReader.read("cd /a; cd /b; cd /c; cd /d; cd /e; cd /f; cat x")
        #expect(reading.dump.last == "cat|x @«cd=/a,/b,/c,/d,/e,/f»" || reading.dump.contains { $0.hasPrefix("cat|x @«cd") })
    }
}
