internal import ArgumentParser
internal import Policy

struct PolicyTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that stand in the policy's file.",
        discussion: "Exit status 1 if one fails.")
    @OptionGroup var instance: InstanceOption
    @OptionGroup var policy: PolicyOption
    @OptionGroup var json: JSONOption

    func run() throws {
        let loaded = try policy.load(instance)
        let results = loaded.policy.tests.map { Result($0, loaded.policy) }
        let failed = results.count { !$0.passed }
        if json.isOn {
            try JSONDocument.write(results)
        } else {
            for result in results where !result.passed {
                try StandardOutput.write("\(SafeText.escaped(loaded.file)):\(result.line): \(result.text)\n")
            }
            try StandardOutput.write("\(results.count) tests, \(results.count - failed) passed, \(failed) failed\n")
        }
        if failed > 0 { throw ExitCode(1) }
    }

    struct Result: Encodable {
        var line: Int
        var subject, expected, verdict: String
        @AlwaysThere var expectedRule: String?
        @AlwaysThere var rule: String?
        var uncertain: [String]
        var passed: Bool

        init(_ test: PolicyTest, _ policy: PolicyRules) {
            let found: (subject: String, verdict: PolicyVerdict, rule: String?, doubts: [Doubt])
            switch test.question {
            case .command(let text):
                let judgement = policy.judge(command: Array(text.utf8), in: test.situation)
                found = (text, judgement.verdict, judgement.rule, judgement.doubts)
            case .file(let operation):
                let judgement = policy.judge(file: operation, in: test.situation)
                found = ("\(operation.kind.rawValue) \(operation.path)", judgement.verdict, judgement.rule, [])
            }
            line = test.line
            subject = found.subject
            expected = test.verdict.rawValue
            expectedRule = test.rule
            verdict = found.verdict.rawValue
            rule = found.rule
            uncertain = found.doubts.map(\.text)
            passed = found.verdict == test.verdict && (test.rule == nil || found.rule == test.rule)
        }

        var text: String {
            let found = Self.text(verdict, rule, uncertain)
            return SafeText.escaped("\(subject): expected \(Self.text(expected, expectedRule, [])), found \(found)")
        }

        private static func text(_ verdict: String, _ rule: String?, _ uncertain: [String]) -> String {
            verdict + (rule.map { " by \($0)" } ?? "")
                + (uncertain.isEmpty ? "" : " (uncertain: \(uncertain.joined(separator: "; ")))")
        }
    }
}
