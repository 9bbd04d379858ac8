import Foundation
import TerminalStream
import Testing

/// The repository, five folders above this file.
let repository = (0..<5).reduce(URL(filePath: #filePath).resolvingSymlinksInPath()) { folder, _ in
    folder.deletingLastPathComponent()
}

/// The tables of `docs/masking-rules.md`, as the catalogue has them.
private enum RulesPage {
    static let begin = "<!-- made from the catalogue: UPDATE_PAGES=1 swift test --filter MaskingRulesPage -->\n"
    static let end = "<!-- end -->\n"

    static var tables: String {
        MaskRule.Category.allCases.map { category in
            let rules = MaskRule.catalogue.filter { $0.category == category }
            guard !rules.isEmpty else { return "" }
            let head =
                "\n## \(title(of: category)) (\(rules.count))\n\n| name | looks like | must be | default | where it was read |\n|---|---|---|---|---|\n"
            return head + rules.map(row).joined()
        }.joined() + "\n"
    }

    private static func title(of category: MaskRule.Category) -> String {
        switch category {
        case .personal: "Of persons"
        case .token: "Tokens of services"
        case .block: "Blocks of several lines"
        case .keyed: "Behind a word that says what it is"
        case .hash: "Hashes of passwords"
        case .own: "Your own"
        case .entropy: "Only random"
        }
    }

    private static func row(_ rule: MaskRule) -> String {
        let parts = [code(rule.prefix), "**" + code(rule.value) + "**", code(rule.suffix)].filter { !$0.isEmpty && $0 != "****" }
        let shape = parts.joined(separator: " ") + (rule.ignoresCase ? ", either case" : "")
        let use = rule.category == .entropy ? "off; only reported" : rule.use == .always ? "on" : "off"
        return "| `\(rule.name)` | \(shape) | \(rule.validator.map { "`\($0.name)`" } ?? "") | \(use) | \(rule.source) |\n"
    }

    private static func code(_ pattern: String) -> String {
        guard !pattern.isEmpty else { return "" }
        // A bar divides columns even in code, and a backquote ends code that begins with one.
        let text = pattern.replacing("|", with: "\\|")
        return text.contains("`") ? "`` \(text) ``" : "`\(text)`"
    }
}

@Suite struct MaskingRulesPageTests {
    @Test func `the page lists the rules as they are`() throws {
        let page = repository.appending(path: "docs/masking-rules.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let begin = try #require(text.range(of: RulesPage.begin))
        let end = try #require(text.range(of: RulesPage.end, range: begin.upperBound..<text.endIndex))
        if ProcessInfo.processInfo.environment["UPDATE_PAGES"] == "1" {
            let updated = text[..<begin.upperBound] + RulesPage.tables + text[end.lowerBound...]
            try updated.write(to: page, atomically: true, encoding: .utf8)
        } else {
            let isUpToDate = text[begin.upperBound..<end.lowerBound] == RulesPage.tables
            #expect(
                isUpToDate,
                "docs/masking-rules.md is not what the catalogue says: UPDATE_PAGES=1 swift test --filter MaskingRulesPage")
        }
    }
}
