import Policy
import Testing

@testable import Configuration

@Suite struct `docs/policy.md` {
    @Test(arguments: try PolicyPage().examples) func `has only examples that can be loaded and pass their own tests`(
        _ example: PolicyPage.Example
    ) throws {
        let (policy, problems) = readPolicy(example.policy)
        #expect(problems == [])
        #expect(try #require(policy).failures == [])
    }

    @Test(arguments: try PolicyPage().examples) func `says what its examples decide`(_ example: PolicyPage.Example) throws {
        let policy = try #require(readPolicy(example.policy).policy)
        for line in example.lines {
            if let file = line.question.stripping("file: ") {
                let words = file.split(separator: " ").map(String.init)
                let kind = try #require(FileOperation.Kind(rawValue: words[0]))
                let judgement = policy.judge(file: FileOperation(kind, words[1]), in: Situation())
                #expect(judgement.verdict.rawValue == line.verdict, "\(file)")
                continue
            }
            let judgement = policy.judge(command: Array(line.question.utf8), in: Situation())
            #expect(judgement.verdict.rawValue == line.verdict, "\(line.question)")
            #expect(judgement.isUncertain == line.isUncertain || !line.isUncertain, "\(line.question)")
        }
    }

    @Test func `has examples`() throws {
        let examples = try PolicyPage().examples
        #expect(examples.count >= 12)
        #expect(examples.map(\.lines.count).reduce(0, +) >= 60)
    }

    /// As a file beside the shipped `access.yaml`, whose groups and labels the page speaks of.
    private func readPolicy(_ text: String) -> (policy: PolicyRules?, problems: [String]) {
        let problems = Problems()
        let document = Document(file: "policy.yaml", problems: problems)
        let policy = document.root(of: Array(text.utf8)).flatMap { PolicyDocument.rules($0, in: document, access: nil) }
        return (policy, problems.count == 0 ? [] : problems.errors().problems.map { "\($0.line ?? 0): \($0.message)" })
    }
}

extension String {
    fileprivate func stripping(_ prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
