import Configuration
import Foundation
import Policy
import Testing

/// What is shipped in `Config/`.
struct ShippedPolicy {
    let rules: PolicyRules

    init() throws {
        let package = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let folder = package.appending(path: "Config").path
        rules = try LoadedConfiguration.load(file: "\(folder)/sallyport.yaml").policy
    }

    func judge(_ row: LineFixtures.Row) -> Judgement { rules.judge(command: row.command, in: Situation()) }
}

@Suite struct `Lines that try to pass the shipped policy` {
    /// One message with all of them: they are read side by side when a rule is changed.
    @Test func `are never allowed`() throws {
        let policy = try ShippedPolicy()
        let rows = try LineFixtures("evasions.tsv").rows
        #expect(rows.count >= 1400)
        #expect(Set(rows.map(\.label)).count >= 50)
        let passed = rows.filter { policy.judge($0).verdict == .allow }.map { "\($0.label): \($0.written)" }
        #expect(passed.isEmpty, "\(passed.count) lines are allowed:\n\(passed.joined(separator: "\n"))")
    }

    @Test func `are told with a rule or a reason`() throws {
        let policy = try ShippedPolicy()
        let silent = try LineFixtures("evasions.tsv").rows.filter {
            let judgement = policy.judge($0)
            return judgement.rule == nil && judgement.doubts.isEmpty
        }
        #expect(silent.isEmpty, "\(silent.map(\.written).joined(separator: "\n"))")
    }
}

@Suite struct `Lines that only look dangerous` {
    @Test func `are never blocked`() throws {
        let policy = try ShippedPolicy()
        let rows = try LineFixtures("harmless.tsv").rows
        #expect(rows.count >= 500)
        let blocked = rows.filter { policy.judge($0).verdict == .block }.map(\.written)
        #expect(blocked.isEmpty, "\(blocked.count) lines are blocked:\n\(blocked.joined(separator: "\n"))")
    }

    @Test func `get the verdict that stands beside them`() throws {
        let policy = try ShippedPolicy()
        let others = try LineFixtures("harmless.tsv").rows.compactMap { row -> String? in
            let judgement = policy.judge(row)
            guard judgement.verdict.rawValue != row.label else { return nil }
            let why = judgement.rule ?? judgement.doubts.map(\.text).joined(separator: "; ")
            return "\(row.written)\n    \(judgement.verdict) instead of \(row.label): \(why)"
        }
        #expect(others.isEmpty, "\(others.count) lines:\n\(others.joined(separator: "\n"))")
    }
}

@Suite struct `The shipped policy` {
    @Test func `says of each rule why it is there and how to ask`() throws {
        for rule in try ShippedPolicy().rules.rules {
            #expect(rule.description?.isEmpty == false, "\(rule.name)")
            #expect(rule.verdict == .allow || rule.message?.isEmpty == false, "\(rule.name)")
        }
    }

    @Test func `tests each of its rules`() throws {
        let policy = try ShippedPolicy().rules
        let tested = Set(policy.tests.compactMap(\.rule))
        let untested = policy.rules.filter { $0.isEnforced && !tested.contains($0.name) }.map(\.name)
        #expect(untested.isEmpty)
    }

    @Test func `passes its own tests`() throws {
        let policy = try ShippedPolicy().rules
        #expect(policy.tests.count >= 120)
        #expect(policy.failures == [])
    }
}

extension PolicyRules {
    /// What `tests:` of the file expect and do not get.
    var failures: [String] {
        tests.compactMap { test in
            let (verdict, rule): (PolicyVerdict, String?) =
                switch test.question {
                case .command(let line):
                    { ($0.verdict, $0.rule) }(judge(command: Array(line.utf8), in: test.situation))
                case .file(let operation):
                    { ($0.verdict, $0.rule) }(judge(file: operation, in: test.situation))
                }
            guard verdict != test.verdict || test.rule != nil && test.rule != rule else { return nil }
            return "line \(test.line): \(verdict) by \(rule ?? "no rule")"
        }
    }
}
