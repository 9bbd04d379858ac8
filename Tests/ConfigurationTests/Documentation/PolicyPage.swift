import Foundation

/// `docs/policy.md` as a list of examples: a block of YAML, and the lines of the tables below it that say what it decides.
struct PolicyPage {
    struct Example: Sendable, CustomStringConvertible {
        /// Of the block, from 1.
        var line: Int
        /// A whole policy; a block of rules alone is completed as the page says.
        var policy: String
        var lines: [Line] = []
        var description: String { "the example in line \(line)" }
    }

    struct Line: Sendable {
        /// A command, or `file: OPERATION PATH`.
        var question: String
        var verdict: String
        /// The page says that it is uncertain.
        var isUncertain: Bool
    }

    private(set) var examples: [Example] = []

    init() throws {
        let package = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let text = try String(contentsOf: package.appending(path: "docs/policy.md"), encoding: .utf8)
        var block: [String]?
        var isTable = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated() {
            if line == "```yaml" {
                block = []
            } else if line == "```", let lines = block {
                examples.append(Example(line: index + 1 - lines.count, policy: Self.completed(lines)))
                block = nil
            } else if block != nil {
                block?.append(line)
            } else if line == "| line | verdict |" {
                isTable = true
            } else if !line.hasPrefix("|") {
                isTable = false
            } else if isTable, let row = Self.row(line), !examples.isEmpty {
                examples[examples.count - 1].lines.append(row)
            }
        }
    }

    private static func completed(_ lines: [String]) -> String {
        guard lines.first?.hasPrefix("- ") == true else { return lines.joined(separator: "\n") }
        return (["default: allow", "uncertain: approve", "rules:"] + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    /// Nil for the line below the head.
    private static func row(_ line: String) -> Line? {
        let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|").map {
            $0.replacing("\u{1}", with: "|").trimmingCharacters(in: .whitespaces)
        }
        guard cells.count == 2, !cells[0].hasPrefix("---") else { return nil }
        let words = cells[1].split(separator: ", ").map(String.init)
        return Line(
            question: cells[0].trimmingCharacters(in: ["`"]), verdict: words[0], isUncertain: words.contains("uncertain"))
    }
}
