import Foundation

@testable import Policy

/// The shell scripts of this machine, whole and cut up.
enum ShellCorpus {
    static let longest = 64 << 10

    /// Scripts for sh, bash and dash under the usual folders, each once.
    static let files: [[UInt8]] = {
        let find = """
            find /usr/bin /usr/sbin /etc /usr/share /usr/lib -xdev -type f -size -129 \\( -perm /111 -o -name '*.sh' \\) -print 2>/dev/null \
            | sort | head -n 40000
            """
        guard let verdicts = try? ShellVerdicts([]), let list = try? verdicts.run(["sh", "-c", find]) else { return [] }
        verdicts.remove()
        var seen: Set<[UInt8]> = []
        var files: [[UInt8]] = []
        for path in list.split(separator: "\n") {
            guard let handle = FileHandle(forReadingAtPath: String(path)) else { continue }
            defer { try? handle.close() }
            guard let start = try? handle.read(upToCount: 64), isScript(start, path: path) else { continue }
            guard let rest = try? handle.readToEnd() ?? Data() else { continue }
            let text = Array(start + rest)
            if text.count <= longest, !text.contains(0), seen.insert(text).inserted { files.append(text) }
        }
        return files
    }()

    private static func isScript(_ start: Data, path: Substring) -> Bool {
        let line = String(decoding: start.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        guard line.hasPrefix("#!") else { return path.hasSuffix(".sh") }
        let words = line.dropFirst(2).split { $0 == " " || $0 == "/" || $0 == "\t" }
        return words.contains { ["sh", "bash", "dash"].contains($0) }
    }

    /// Lines from one that starts at the margin to the next, which are complete commands more often than not.
    static let pieces: [[UInt8]] = {
        var pieces: Set<[UInt8]> = []
        for file in files {
            var piece: [UInt8] = []
            for line in file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                if startsCommand(line), !piece.isEmpty {
                    pieces.insert(piece)
                    piece = []
                }
                piece += line + [UInt8(ascii: "\n")]
            }
            pieces.insert(piece)
        }
        return pieces.filter {
            $0.count < 3000 && !$0.starts(with: "#!".utf8) && $0.contains { !$0.isBlank && $0 != UInt8(ascii: "\n") }
        }
        .sorted { $0.lexicographicallyPrecedes($1) }
    }()

    private static func startsCommand(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first, !first.isBlank, ![UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: ")")].contains(first)
        else { return false }
        let word = String(decoding: line.prefix { $0.isLetter }, as: UTF8.self)
        return !["done", "fi", "esac", "then", "do", "else", "elif"].contains(word)
    }

    /// That many of them, spread evenly.
    static func sample(_ count: Int) -> [[UInt8]] {
        guard pieces.count > count else { return pieces }
        return (0..<count).map { pieces[$0 * pieces.count / count] }
    }

    private static let fragments = [
        "'", "\"", "`", "$(", ")", "(", "{ ", "}", "${", "((", "))", ";;", ";", "&", "|", "&&", "||", "\n", "<", ">", "<<E\n",
        "[[ ", " ]]", "#", "\\", "if ",
        "then ", "fi ", "do ", "done ", "case x in ", "esac ", "for x in ", "while ", "$", "=(", "$((", "!", "function f ", "&>",
        "<<<", "<(", "|&", ";&", "@(",
        "$'", "in ", "time ", "coproc ", "[", "]", "{a}>", "elif ", "else ", "() ", "=~ ",
    ]

    /// The piece with one to three tokens dropped, added or exchanged.
    static func mutated(_ piece: [UInt8], using random: inout SplitMix) -> [UInt8] {
        var tokens = tokens(of: piece)
        for _ in 0..<Int.random(in: 1...3, using: &random) where !tokens.isEmpty {
            let place = Int.random(in: 0..<tokens.count, using: &random)
            let fragment = Array(fragments[Int.random(in: 0..<fragments.count, using: &random)].utf8)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: tokens.remove(at: place)
            case 1: tokens.insert(fragment, at: place)
            case 2: tokens[place] = fragment
            default: tokens.swapAt(place, Int.random(in: 0..<tokens.count, using: &random))
            }
        }
        return Array(tokens.joined())
    }

    /// Runs of letters and digits, runs of blanks, and single characters.
    private static func tokens(of text: [UInt8]) -> [[UInt8]] {
        var tokens: [[UInt8]] = []
        for byte in text {
            if let last = tokens.last?.last, last.isInName && byte.isInName || last.isBlank && byte.isBlank {
                tokens[tokens.count - 1].append(byte)
            } else {
                tokens.append([byte])
            }
        }
        return tokens
    }
}
