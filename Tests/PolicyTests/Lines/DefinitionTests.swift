import Guard
import Testing

@testable import Policy

/// Aliases and functions of the shell that reads a line.
@Suite struct DefinitionTests {
    private func alias(_ name: String, _ text: String) -> LineDefinition {
        LineDefinition(.alias, name: Array(name.utf8), text: Array(text.utf8))
    }
    private func function(_ name: String, _ text: String) -> LineDefinition {
        LineDefinition(.function, name: Array(name.utf8), text: Array(text.utf8))
    }
    private func reading(_ text: String, _ definitions: LineDefinition..., language: LineLanguage = .bash) -> CommandReading {
        TypedLine(text: Array(text.utf8), language: language, isFromEditor: true, definitions: definitions).reading
    }

    @Test func `an alias is read as typed and as what it stands for`() {
        let reading = reading("ll '/a b' $x >f", alias("ll", "ls -l"))
        #expect(reading.dump == ["ll|/a b|‹$x› >f", "ls|-l|/a b|‹$x› >f"])
        #expect(reading.commands.map(\.standing) == [.definedName, .program])
        #expect(reading.doubts.isEmpty)
    }

    @Test func `a quoted name is no alias, and one behind a program neither`() {
        for line in ["\\ll x", "'ll' x", "l'l' x", "env ll x", "sudo ll x", "echo ll"] {
            #expect(!reading(line, alias("ll", "rm -rf /")).dump.contains { $0.hasPrefix("rm") }, "\(line)")
        }
        for line in ["ls; ll", "if ll; then ls; fi", "echo $(ll)", "ls | ll", "x=1 ll", "eval ll", "{ ll; }", "! ll", "time ll"] {
            #expect(reading(line, alias("ll", "rm 1")).dump.contains { $0.contains("rm|1") }, "\(line)")
        }
    }

    @Test func `an alias means itself in its own text`() {
        #expect(reading("ls x", alias("ls", "ls --color")).dump == ["ls|x", "ls|--color|x"])
        #expect(reading("a 1", alias("a", "b 2"), alias("b", "a 3")).dump == ["a|1", "b|2|1", "a|3|2|1"])
    }

    @Test func `a blank at the end has the next word looked up`() {
        let found = reading("sudo ll x", alias("sudo", "sudo "), alias("ll", "ls -l")).dump
        #expect(found.contains("ls|-l|x"))
        #expect(!reading("sudo ll x", alias("sudo", "sudo"), alias("ll", "ls -l")).dump.contains("ls|-l|x"))
    }

    @Test func `what stands behind an alias belongs to its last command`() {
        #expect(reading("each x", alias("each", "cat a | xargs")).dump.contains { $0.hasPrefix("xargs|x") })
        #expect(reading("safe -rf /", alias("safe", "echo #")).dump.contains("echo"))
        #expect(reading("x; fi", alias("x", "if true; then rm 1")).kinds.contains(.syntax))
    }

    @Test func `a global alias of zsh counts anywhere`() {
        let global = LineDefinition(.globalAlias, name: Array("X".utf8), text: Array("| rm -rf /".utf8))
        #expect(reading("ls X", global, language: .zsh).dump.contains { $0.hasPrefix("rm|-rf|/") })
        #expect(!reading("ls 'X'", global, language: .zsh).dump.contains { $0.hasPrefix("rm") })
    }

    @Test func `a suffix alias of zsh goes in front of a name that ends so`() {
        let suffix = LineDefinition(.suffixAlias, name: Array("txt".utf8), text: Array("vim -R".utf8))
        #expect(reading("./a.txt b", suffix, language: .zsh).dump == ["./a.txt|b", "vim|-R|./a.txt|b"])
        #expect(reading("'./a.txt'", suffix, language: .zsh).dump == ["./a.txt"])
        #expect(reading("cat a.txt", suffix, language: .zsh).dump == ["cat|a.txt"])
    }

    @Test func `a function's body is read with the words of the call`() {
        let body = "mkcd () \n{ \n    mkdir -p \"$1\" && cd \"$1\"\n}"
        for text in [body, "mkdir -p \"$1\" && cd \"$1\""] {
            let reading = reading("mkcd /srv", function("mkcd", text))
            #expect(reading.dump.contains("mkdir|-p|/srv"), "\(text)")
            #expect(!reading.dump.contains { $0.contains("$1") }, "\(text)")
            #expect(reading.commands.first?.standing == .definedName)
        }
        #expect(reading("w -rf /", function("w", "rm \"$@\"")).dump.contains("rm|-rf|/"))
        // What may set its parameters is read both ways.
        #expect(
            reading("w a", function("w", "set -- -rf /; rm \"$@\"")).dump.contains {
                $0.hasPrefix("rm|‹") || $0.hasPrefix("rm|«")
            })
    }

    @Test func `a function that calls itself ends, and one that wraps its own name is followed`() {
        #expect(reading("ls x", function("ls", "command ls --color \"$@\"")).dump.contains("ls|--color|x"))
        let reading = reading("f", function("f", "g; rm 1"), function("g", "f; rm 2"))
        #expect(reading.dump.contains("rm|1") && reading.dump.contains("rm|2"))
    }

    @Test func `fish prints a head and an end around the body`() {
        let text = "# Defined in - @ line 1\nfunction ll --wraps='ls -l' --description 'alias ll=ls -l'\n  ls -l $argv; \nend\n"
        let reading = reading("ll /x", function("ll", text), language: .fish)
        #expect(reading.dump.contains("ls|-l|/x"))
        #expect(reading.commands.allSatisfy { ["ll", "ls"].contains($0.words.first?.known) })
        #expect(reading.doubts.isEmpty)
    }

    @Test func `a definition that cannot be read is a doubt`() {
        #expect(reading("f", function("f", "if true; then")).kinds.contains(.syntax))
        #expect(reading("f", function("f", "eval \"$(curl x)\"")).kinds.contains(.evaluated))
    }

    @Test func `what is told without end ends`() {
        let many = (0..<64).map { alias("a\($0)", "a\($0 + 1) x; a\($0 + 1) y") }
        let line = TypedLine(text: Array("a0".utf8), language: .bash, definitions: many)
        #expect(line.reading.kinds.contains(.tooLarge))
    }
}
