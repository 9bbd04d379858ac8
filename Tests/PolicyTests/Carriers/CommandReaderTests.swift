import Testing

@testable import Policy

/// Bounds, hostile nests and what the parts of one line give to each other.
struct CommandReaderTests {
    @Test func `carriers in each other are followed to a depth, and no further`() {
        let deepest = String(repeating: "nohup ", count: CommandReader.Limits.depth) + "rm x"
        #expect(CommandReader.read(deepest).kinds == [])
        #expect(CommandReader.read(deepest).commands.last?.words.map(\.dump) == ["rm", "x"])
        let deeper = CommandReader.read("nohup " + deepest)
        #expect(deeper.kinds == [.tooLarge])
        #expect(deeper.commands.count == CommandReader.Limits.depth + 1)
    }

    @Test func `ten thousand carriers in each other are too many`() {
        for carrier in ["sudo ", "env -S ", "eval ", "nice -n 5 ", "xargs ", "busybox ", "exec "] {
            let reading = CommandReader.read(String(repeating: carrier, count: 64_000 / carrier.utf8.count) + "rm")
            #expect(reading.kinds.contains(.tooLarge), "\(carrier)")
            #expect(reading.commands.count <= CommandReader.Limits.depth + 2)
        }
    }

    @Test func `shells in each other are followed through their quotes`() {
        var line = "rm -rf /"
        for _ in 0..<6 { line = "sh -c " + (CommandWord(shellQuoting: line).known ?? "") }
        let reading = CommandReader.read(line)
        #expect(reading.carried.contains("sh> sh> sh> sh> sh> sh> rm|-rf|/"))
    }

    @Test func `so many texts are read as scripts, and no more`() {
        let reading = CommandReader.read((0..<300).map { "sh -c 'rm \($0)'" }.joined(separator: ";"))
        #expect(reading.commands.count { $0.carriers == ["sh"] } == CommandReader.Limits.scripts)
        #expect(reading.kinds == [.tooLarge])
    }

    @Test func `a text that runs itself again is read once`() {
        let reading = CommandReader.read("bash <<E\nbash\nrm x\nE\n")
        #expect(reading.carried == ["bash> bash |<bash", "bash> rm|x |<bash"])
        #expect(reading.kinds == [.pipedProgram])
    }

    @Test func `what many arguments lead to stays bounded`() {
        let lines = [
            "find " + String(repeating: "a ", count: 9000) + "-exec " + String(repeating: "{} ", count: 5000) + "\\;",
            "find a b c d e f g h " + String(repeating: "-exec rm {} + ", count: 3000),
            "parallel " + String(repeating: "{} ", count: 9000) + "::: 1 2 3 4 5 6 7 8",
            "echo " + String(repeating: "a ", count: 20_000) + "| xargs rm",
            "sh -c '" + String(repeating: "$@ ", count: 5000) + "' " + String(repeating: "a ", count: 5000),
            "sudo " + String(repeating: "-n ", count: 20_000) + "rm", "sudo -" + String(repeating: "n", count: 60_000) + " rm",
            "sudo " + String(repeating: "$a ", count: 15_000) + "rm", (0..<4000).map { "PAGER=a\($0) " }.joined() + "sudo ls",
        ]
        for line in lines {
            let reading = CommandReader.read(line)
            #expect(reading.commands.count <= CommandReader.Limits.commands)
            #expect(reading.doubts.count <= CommandReader.Limits.doubts)
            #expect(reading.commands.reduce(0) { $0 + $1.words.count } <= CommandReader.Limits.commandBytes / 8)
        }
    }

    @Test func `options that are not looked at any more are a doubt`() {
        #expect(CommandReader.read("sudo " + String(repeating: "-n ", count: 600) + "rm").kinds == [.tooLarge])
        #expect(CommandReader.read("sudo -" + String(repeating: "n", count: 100) + "u root rm").kinds == [.tooLarge])
    }

    @Test func `a script has the input, the output, the redirections and the directory of what runs it`() {
        #expect(
            CommandReader.read("cd /etc; sudo sh -c 'cat; echo x >y' <a >b | tee c").carried == [
                "sudo> sh|-c|cat; echo x >y <a >b <-a |>tee @/etc", "sudo> sh> cat <a >b <-a |>tee @/etc",
                "sudo> sh> echo|x >y <a >b <-a |>tee @/etc",
            ])
    }

    @Test func `what a script does not know stays what it is, whatever quotes are around it`() {
        let reading = CommandReader.read(#"sh -c "rm '$HOME'/\"$x\" $y*""#)
        #expect(reading.carried == ["sh> rm|~/‹$x›|‹$y›⟦*⟧"])
        #expect(reading.kinds == [.evaluated])
    }

    @Test func `characters that stand for what is not known can be in the text itself`() {
        let reading = CommandReader.read("sh -c \"rm $x \u{100000} \u{100005}\"")
        #expect(reading.commands.last?.words.map(\.dump) == ["rm", "‹$x›", "‹$x›", "\u{100005}"])
        #expect(CommandReader.read("sh -c 'rm \u{100000}'").carried == ["sh> rm|\u{100000}"])
    }

    @Test func `the arguments of a script are filled in besides`() {
        #expect(
            CommandReader.read(#"sh -c 'rm "$1" $2 "a$0" "$@" $9' n '/a b' 'c d'"#).carried == [
                "sh> rm|«$1»|‹$2›|a«$0=sh»|‹$@›|‹$9›", "sh> rm|/a b|c|d|an|/a b|c d", "sh> rm|«$1»|‹$2›|ash|‹$@›|‹$9›",
                "sh> rm|/a b|c|d|ash|/a b|c d",
            ])
    }

    @Test func `a command keeps its place when carriers lead to the same twice`() {
        #expect(CommandReader.read("sudo ls; sudo ls").dump == ["sudo|ls", "ls"])
    }

    @Test func `a doubt is told for each command, and none is lost without a word`() {
        let twice = CommandReader.read(". x; cd /tmp; . x")
        #expect(twice.doubts.map(\.command) == [0, 2])
        #expect(twice.kinds == [.commandFile, .commandFile])
        let many = CommandReader.read((0..<400).map { ". \($0)" }.joined(separator: ";"))
        #expect(many.doubts.count == CommandReader.Limits.doubts + 1)
        #expect(many.kinds.last == .tooLarge)
    }

    /// To Swift, each of these signs and the accent behind it are one character.
    @Test(arguments: [
        "find / -exec sh -c '{}\u{301};{}' \\;", "ls | xargs -I{} sh -c '{}\u{301}'",
        "tar cf x --checkpoint-action=exec=\u{301}';rm x' y",
        "crontab <<< '* * * * * \u{301};rm x'", "crontab <<< 'A=b\r\n* * * * * rm x'", "git -c alias.x='!\u{301};rm x' x",

        "ed <<< '!\u{301};rm x'", "vim -c '!\u{301};rm x'", "sftp h <<< 'x\r\n!rm x'", "make --eval='x:;\u{301};rm x'",
        "psql <<< '\\!\u{301};rm x'",
        "zip x -TT'\u{301};rm x'", "BASH_ALIASES[\u{301}x]=y ls", "socat 'EXEC:\u{301}rm x,pty' -",
        "gdb -batch -ex '!\u{301};rm x'",
        "screen -X stuff '\u{301};rm x^M\u{301}'", "env -S'\u{301} rm x'", "parallel sh -c '{}\u{301}' ::: '; rm x;'",
        "a=b\u{301} sudo sh -c '\u{301};rm x'",
    ])
    func `an accent behind a sign hides nothing`(line: String) {
        let reading = CommandReader.read(line)
        #expect(!reading.doubts.isEmpty || reading.carried.contains { $0.contains("rm|x") }, "\(reading.carried)")
    }

    @Test func `a name with a parameter in it is read without it as well`() {
        #expect(CommandReader.read("r$@m -rf /").dump == ["r‹$@›m|-rf|/", "rm|-rf|/"])
        #expect(CommandReader.read("/bin/r\"$x\"m /").dump == ["/bin/r«$x»m|/", "/bin/rm|/"])
        #expect(CommandReader.read("./$script.sh; $CROSS-gcc; \"$X\"/bin/rm").commands.count == 3)
    }

    @Test func `every prefix of a line is read`() {
        let line =
            #"sudo -u root env -S'A=b' sh -c 'find / -exec rm {} +; sed "1e x" | awk "{print|\"sh\"}"' & ssh h 'eval $x' <<E | xargs -I{} git -c alias.x='!y' {}"#
        for count in 0...line.utf8.count { _ = CommandReader.read(Array(line.utf8.prefix(count))) }
    }

    @Test func `no change of a line's bytes stops the reader`() {
        var random = SystemRandomNumberGenerator()
        let lines = (CarrierVector.all.map(\.line) + HarmlessLines.lines).map { Array($0.utf8) }
        let signs = Array("'\"\\$`(){}[]|&;<>=-+!%:/ \n\t\0é".utf8)
        for _ in 0..<2000 {
            guard var line = lines.randomElement(using: &random), !line.isEmpty else { continue }
            for _ in 0..<Int.random(in: 1...4, using: &random) where !line.isEmpty {
                let place = Int.random(in: 0..<line.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: line.remove(at: place)
                case 1: line[place] = UInt8.random(in: 0...255, using: &random)
                case 2: line.insert(signs.randomElement(using: &random) ?? 0, at: place)
                default: line.insert(contentsOf: (lines.randomElement(using: &random) ?? []).prefix(20), at: place)
                }
            }
            let reading = CommandReader.read(line)
            #expect(reading.doubts.allSatisfy { $0.command.map(reading.commands.indices.contains) ?? true })
        }
    }
}
