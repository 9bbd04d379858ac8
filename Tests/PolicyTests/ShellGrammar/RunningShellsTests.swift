import Foundation
import Testing

@testable import Policy

/// The one promise that counts: what a shell runs of a text is in the reading, or the reading has a doubt.
struct RunningShellsTests {
    private static let fragments = [
        "RM", "RM 1", "RM", "R", "M", "echo ", "x=RM; ", "$x", "${x:-RM}", "$(echo RM)", "`RM`", "$(RM)", "${ RM; }", " ", " ",
        "; ", "; ", "\n", "\n", "&&", "||",
        "|", "&", "(", ")", "{ ", "}", "; }", "((", "))", "[[ ", " ]]", "$((", "$(", "${", "`", "'", "'", "\"", "\"", "\\",
        "\\\n", "$'", "#", " # ", "! ", "=", "=(",
        "a=(", "a[", "]=", "<", ">", "<<E\n", "\nE\n", "<<'E'\n", "<<<", "<(", "&>", "2>&1", ">!", "if true; then ", "; fi",
        "for x in RM; do ", "; done",
        "case x in x) ", ";; esac", "f() {", "function f ", "coproc ", "time ", "repeat 1 ", "always ", "begin ", "end;", "and ",
        "set -- RM; ", "\"$@\"", "$=x", "{RM,1}",
        "\\x52M", "$'\\x52M'", "$'R\\M'", "\r", "\t", "${x:-'", "'}", "}\"", "x: ", "1= ", "@(", "!(", "&!", "&|", "=RM", "${(",
        "${a[",
    ]

    private static let texts: [[UInt8]] = {
        var random = SplitMix(seed: 11)
        let pool = (DialectTests.hidden + CompoundCommandTests.compounds.map(\.text) + SyntaxErrorTests.mistakes.map(\.text))
            .map { Array($0.replacing("rm", with: "RM").utf8) }
        var texts = pool
        while texts.count < 400 {
            var text: [UInt8] = Bool.random(using: &random) ? pool[Int.random(in: 0..<pool.count, using: &random)] : []
            for _ in 0..<(text.isEmpty ? 8 : Int.random(in: 1...4, using: &random)) {
                let place = Int.random(in: 0...text.count, using: &random)
                let fragment = Array(fragments[Int.random(in: 0..<fragments.count, using: &random)].utf8)
                if Int.random(in: 0..<4, using: &random) == 0, place < text.count {
                    text.remove(at: place)
                } else {
                    text.insert(contentsOf: fragment, at: text.isEmpty ? 0 : place)
                }
            }
            texts.append(text)
        }
        return texts
    }()

    @Test(arguments: ["bash --norc", "dash", "zsh -f", "fish --no-config"])
    func `what a shell runs is read or doubted`(shell: String) throws {
        let path = "/bin:/usr/bin".split(separator: ":").map { "\($0)/\(shell.split(separator: " ")[0])" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        let program = try #require(path, "script/install-packages tests installs \(shell)")
        let verdicts = try ShellVerdicts(Self.texts)
        defer { verdicts.remove() }
        let ran = try verdicts.running(
            ([program] + shell.split(separator: " ").dropFirst().map(String.init)).joined(separator: " "))
        for index in ran {
            let reading = ShellReader.read(Self.texts[index])
            let isRead = reading.commands.contains { command in
                let words = command.words.map(\.known)
                // Carriers look through these.
                return words.drop { ["exec", "command", "builtin", "eval", "-", "noglob"].contains($0) }.first == "RM"
            }
            #expect(
                isRead || !reading.doubts.isEmpty,
                "\(shell) runs RM: \(String(decoding: Self.texts[index], as: UTF8.self).debugDescription) \(reading.dump)")
        }
        #expect(ran.count > 20)
    }

    /// Words that need no more than quoting to be understood, as arguments of a function that prints them.
    @Test(arguments: ["bash", "dash", "zsh"])
    func `words are what the shell makes of them`(shell: String) throws {
        var random = SplitMix(seed: 5)
        let parts = [
            "a", "b c", "-x", "'", "'d e'", "\"f g\"", "\"h\\\"i\"", "\\ ", "\\j", "''", "\"\"", "\\\\", "'\\'", "\"\\k\"",
            "\"\\$l\"", "m=n", "o#p", "#q", "\"'\"", "'\"'", "~", "=", ":", ",", "}", "%",
            "\"$\"", "ä", "\\'", "\\\"", "\"`echo r`\"", "/", "@", "+", "^", "$'s\\tt'", "$'\\x75'", "{v,w}", "{1..3}",
            "\"{x,y}\"", "{z}",
        ]
        let usable = shell == "dash" ? parts.filter { !$0.hasPrefix("$'") && !$0.hasPrefix("{") } : parts
        var lines: [String] = []
        for _ in 0..<1500 {
            let word = {
                (0..<Int.random(in: 1...3, using: &random)).map { _ in usable[Int.random(in: 0..<usable.count, using: &random)] }
                    .joined()
            }
            lines.append("p " + (0..<Int.random(in: 1...4, using: &random)).map { _ in word() }.joined(separator: " "))
        }
        let script = """
            p() { printf '%s|' "$#"; for word in "$@"; do printf '%s|' "$word"; done; }
            while IFS= read -r line; do (eval "$line") 2>/dev/null || printf '%s' '!'; echo; done < "$1"/000000
            """
        let verdicts = try ShellVerdicts([Array(lines.joined(separator: "\n").utf8) + [UInt8(ascii: "\n")]])
        defer { verdicts.remove() }
        let options = shell == "zsh" ? ["-f"] : []
        let answers = try verdicts.run([shell] + options + ["-c", script, "driver", verdicts.folder.path]).split(
            separator: "\n", omittingEmptySubsequences: false)
        var compared = 0
        for (line, answer) in zip(lines, answers) {
            let reading = ShellReader.read(line)
            guard !answer.contains("!"), reading.doubts.isEmpty else { continue }
            // Where a tilde stands for the home directory, the file of that name is not told from it.
            let found = answer.replacing(NSHomeDirectory(), with: "~")
            let read = reading.commands.map {
                "\($0.words.count - 1)|" + $0.words.dropFirst().map { $0.pieces.isEmpty ? "|" : $0.dump + "|" }.joined()
            }
            let isRead = read.contains { $0 == found || $0.contains("⟦") || $0.contains("«") }
            #expect(isRead, "\(shell): \(line) is \(answer), read \(read)")
            compared += 1
        }
        #expect(compared > 400)
    }
}
