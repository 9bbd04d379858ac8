import Configuration
import Foundation
import Policy
import Testing

/// What is shipped in `Config/`.
struct ShippedPolicy {
    let rules: PolicyRules

    init() throws {
        let package = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let folder = package.appending(path: "Config")
        let access = readAccess(try String(contentsOf: folder.appending(path: "access.yaml"), encoding: .utf8)).rules
        rules = try PolicyRules.load(file: folder.appending(path: "policy.yaml").path, access: #require(access))
    }

    func judge(_ row: LineFixtures.Row) -> Judgement { rules.judge(command: row.command, in: Situation()) }
}

@Suite struct `Lines that try to pass the shipped policy` {
    /// One message with all of them: they are read side by side when a rule is changed.
    @Test func `are never allowed, and are told a rule or a reason`() throws {
        let policy = try ShippedPolicy()
        let rows = try LineFixtures("evasions.tsv").rows
        #expect(rows.count >= 1500)
        #expect(Set(rows.map(\.label)).count >= 55)
        let passed = rows.compactMap { row -> String? in
            let judgement = policy.judge(row)
            let isTold = judgement.rule != nil || judgement.isUncertain
            return judgement.verdict == .allow || !isTold ? "\(row.label): \(row.written)" : nil
        }
        #expect(passed.isEmpty, "\(passed.count) lines:\n\(passed.joined(separator: "\n"))")
    }
}

@Suite struct `Lines that only look dangerous` {
    @Test func `are never blocked, and get the verdict that stands beside them`() throws {
        let policy = try ShippedPolicy()
        let rows = try LineFixtures("harmless.tsv").rows
        #expect(rows.count >= 500)
        #expect(!rows.contains { $0.label == "block" })
        let others = rows.compactMap { row -> String? in
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
            let verdict: PolicyVerdict
            let rule: String?
            switch test.question {
            case .command(let line):
                (verdict, rule) = { ($0.verdict, $0.rule) }(judge(command: Array(line.utf8), in: test.situation))
            case .file(let operation):
                (verdict, rule) = { ($0.verdict, $0.rule) }(judge(file: operation, in: test.situation))
            case .output: return nil
            }
            guard verdict.rawValue != test.expected || test.rule != nil && test.rule != rule else { return nil }
            return "line \(test.line): \(verdict) by \(rule ?? "no rule")"
        }
    }
}
