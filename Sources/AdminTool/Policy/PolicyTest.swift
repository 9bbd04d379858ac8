internal import ArgumentParser
internal import Policy
internal import TerminalStream

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
        let rules = try loaded.policy.masking.compiled()
        let results = loaded.policy.tests.map { Result($0, loaded.policy, rules) }
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

        init(_ test: PolicyTest, _ policy: PolicyRules, _ rules: MaskSet) {
            let found: (subject: String, verdict: String, rule: String?, doubts: [Doubt])
            expected = test.expected
            switch test.question {
            case .command(let text):
                let judgement = policy.judge(command: Array(text.utf8), in: test.situation)
                found = (text, judgement.verdict.rawValue, judgement.rule, judgement.doubts)
            case .file(let operation):
                let judgement = policy.judge(file: operation, in: test.situation)
                found = ("\(operation.kind.rawValue) \(operation.path)", judgement.verdict.rawValue, judgement.rule, [])
            case .output(let output):
                var text = MaskedText(policy, rules, in: test.situation)
                let (first, last) = (text.take(Array(output.utf8)[...]), text.finish())
                let names = (first.found + last.found).map { text.name(of: $0) }
                // Several rules may have found something: the one that was expected, if it did.
                let rule = test.rule.flatMap { names.contains($0) ? $0 : nil } ?? names.first
                found = (output, String(decoding: first.shown + last.shown, as: UTF8.self), rule, [])
            }
            line = test.line
            subject = found.subject
            expectedRule = test.rule
            verdict = found.verdict
            rule = found.rule
            uncertain = found.doubts.map(\.text)
            passed = found.verdict == test.expected && (test.rule == nil || found.rule == test.rule)
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
