import Foundation
import TerminalStream
import Testing

/// How often a rule finds a value where there is none: over what every Debian has. `script/mask-precision` reads all of it and lists what was found;
/// in `script/test` it is a part.
@Suite struct MaskPrecisionTests {
    /// A shell's command, and what it prints.
    struct Corpus: CustomTestStringConvertible {
        let name: String
        let command: String
        /// False masks in a million bytes.
        var allowed = 0.5
        var testDescription: String { name }
    }

    static let corpora = [
        Corpus(name: "documentation", command: "find /usr/share/doc -type f -print0 | sort -z | xargs -0 zcat -f"),
        Corpus(name: "headers", command: "find /usr/include -type f -print0 | sort -z | xargs -0 cat"),
        Corpus(name: "packages", command: "dpkg -l; dpkg -l | awk '{print $2}' | tail -n +6 | xargs dpkg -s"),
        Corpus(name: "listings", command: "ls -lR /usr/lib; ls -laR --time-style=full-iso /usr/share"),
        Corpus(name: "sums", command: "cat /var/lib/dpkg/info/*.md5sums; cd /usr/bin && sha256sum *"),
        Corpus(
            name: "programs",
            command:
                "find /usr/lib/python3* /usr/share/perl* /usr/share/vim -type f -size -400k -print0 | sort -z | xargs -0 cat",
            allowed: 1),
        Corpus(
            name: "history",
            command: "git log -p --all -- . ':!Sources/TerminalStream/Masking' ':!Tests' ':!docs/masking-rules.md'"),
    ]

    @Test(arguments: corpora)
    func `false masks are rare`(_ corpus: Corpus) throws {
        let isWhole = ProcessInfo.processInfo.environment["MASK_PRECISION"] == "all"
        let text = try output(of: corpus.command, atMost: isWhole ? 256 << 20 : 2 << 20)
        #expect(text.count > 10_000)
        var found: [String] = []
        for rule in MaskRule.standard {
            for value in try RuleOracle(rule).values(in: text) {
                let line = text[max(0, value.lowerBound - 60)..<min(text.count, value.upperBound + 20)].map {
                    $0 < 0x20 ? 0x20 : $0
                }
                found.append(
                    "\(rule.name)\t\(String(decoding: text[value].prefix(80), as: UTF8.self))\t\(String(decoding: line.prefix(200), as: UTF8.self))"
                )
            }
        }
        let megabytes = Double(text.count) / 1_000_000
        if isWhole {
            print("precision: \(corpus.name): \(found.count) in \(String(format: "%.1f", megabytes)) MB")
            for line in found { print("precision: \(corpus.name)\t\(line)") }
        }
        #expect(Double(found.count) <= max(4, megabytes * corpus.allowed), "\(found)")
    }

    private func output(of command: String, atMost limit: Int) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "{ \(command); } 2>/dev/null | head -c \(limit)"]
        process.currentDirectoryURL = repository
        process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(bytes)
    }
}
