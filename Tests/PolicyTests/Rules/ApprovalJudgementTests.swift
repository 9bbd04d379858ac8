import Guard
import Testing

@testable import Policy

/// Who is asked about what.
struct ApprovalJudgementTests {
    private let own = ApprovalTerms(approvers: [.group("leads")])
    private let dba = ApprovalTerms(approvers: [.group("dba")], count: 2)
    private let net = ApprovalTerms(approvers: [.group("net")])

    private func rule(_ name: String, _ asked: Asked, _ verdict: PolicyVerdict = .approve, _ approval: ApprovalTerms? = nil)
        throws
        -> PolicyRule
    {
        PolicyRule(name: name, matchers: [.command(try asked.matcher())], verdict: verdict, approval: approval)
    }

    private func policy(
        default verdict: PolicyVerdict = .allow, uncertain: PolicyVerdict = .approve, asks: Bool = true, _ more: PolicyRule...
    ) throws -> PolicyRules {
        let rules = [
            try rule("rm", Asked(program: ["rm"])), try rule("dropdb", Asked(program: ["dropdb"]), .approve, dba),
            try rule("ip", Asked(program: ["ip"]), .approve, net), try rule("dd", Asked(program: ["dd"]), .block),
        ]
        return PolicyRules(default: verdict, uncertain: uncertain, rules: rules + more, approval: asks ? own : nil)
    }

    private func asked(_ line: String, _ policy: PolicyRules) -> [ApprovalTerms] {
        policy.judge(command: Array(line.utf8), in: Situation()).approvals
    }

    @Test func `each command of a line is for those whom its rules name`() throws {
        let policy = try policy()
        #expect(asked("rm x", policy) == [own])
        #expect(asked("dropdb x", policy) == [dba])
        #expect(asked("dropdb x; ls; ip link && rm y", policy) == [own, dba, net])
        #expect(asked("dropdb x; dropdb y", policy) == [dba])
        #expect(asked("ls", policy).isEmpty)
        #expect(asked("dropdb x; dd if=a", policy).isEmpty)
    }

    @Test func `two rules about one command are both asked`() throws {
        let more = try rule("force", Asked(program: ["dropdb"], flags: ["--force"]), .approve, net)
        #expect(asked("dropdb --force x", try policy(more)) == [dba, net])
        #expect(asked("dropdb x", try policy(more)) == [dba])
    }

    @Test func `what cannot be known is for the policy's own, beside what the rules say`() throws {
        #expect(asked("$x", try policy()) == [own])
        #expect(asked("dropdb x; eval \"$y\"", try policy()) == [dba, own])
        #expect(asked("dropdb x; eval \"$y\"", try policy(uncertain: .allow)) == [dba])
    }

    @Test func `the default is for the policy's own`() throws {
        #expect(asked("ls", try policy(default: .approve)) == [own])
        #expect(asked("dropdb x", try policy(default: .approve)) == [dba])
        #expect(asked("dropdb x; ls", try policy(default: .approve)) == [dba, own])
    }

    @Test func `where one of them names nobody, nobody is asked`() throws {
        #expect(asked("dropdb x", try policy(asks: false)) == [dba])
        #expect(asked("rm x", try policy(asks: false)).isEmpty)
        #expect(asked("dropdb x; rm y", try policy(asks: false)).isEmpty)
        #expect(asked("dropdb x; $y", try policy(asks: false)).isEmpty)
        #expect(
            asked("nc x; rm y", try policy(try rule("nc", Asked(program: ["nc"]), .approve, ApprovalTerms(approvers: []))))
                .isEmpty)
    }

    @Test func `more than eight terms at once ask nobody`() throws {
        let rules = try (1...9).map { number in
            try rule("p\(number)", Asked(program: ["p\(number)"]), .approve, ApprovalTerms(approvers: [.group("g\(number)")]))
        }
        let policy = PolicyRules(default: .allow, uncertain: .allow, rules: rules)
        #expect(asked((1...8).map { "p\($0)" }.joined(separator: ";"), policy).count == 8)
        #expect(asked((1...9).map { "p\($0)" }.joined(separator: ";"), policy).isEmpty)
    }

    @Test func `several terms are told as one list`() throws {
        let ann = try #require(UserName("ann"))
        let terms = [dba, net, ApprovalTerms(approvers: [.user(ann), .group("net")])]
        #expect(ApprovalTerms.names(terms) == ["ann", "group:dba", "group:net"])
        #expect(ApprovalTerms.fewestPeople(terms) == 2)
    }

    @Test func `shadow rules ask nobody`() throws {
        var shadow = try rule("shadow", Asked(program: ["dropdb"]), .approve, net)
        shadow.isEnforced = false
        #expect(asked("dropdb x", try policy(shadow)) == [dba])
    }

    @Test func `of a line that may be another one, both are asked about`() throws {
        let policy = try policy()
        func typed(_ text: String) -> TypedLine { TypedLine(text: Array(text.utf8), language: .shell) }
        func asked(_ text: String, _ others: String...) -> [ApprovalTerms] {
            let line = typed(text)
            return policy.judge(line, reading: line.reading, orAnyOf: others.map(typed), in: Situation()).approvals
        }
        #expect(asked("dropdb x", "ip link") == [dba, net])
        #expect(asked("ls", "ip link") == [net])
        #expect(asked("ip link", "ls") == [net])
        #expect(asked("ip link", "dd if=a").isEmpty)
        #expect(asked("ip link", "dd if=a", "rm x").isEmpty)
    }

    @Test func `file operations are for those whom the rules that match name`() throws {
        func file(_ name: String, _ paths: [String], _ approval: ApprovalTerms?) throws -> PolicyRule {
            var matcher = FileMatcher()
            matcher.paths = try paths.map { try #require(PathGlob($0)) }
            return PolicyRule(name: name, matchers: [.file(matcher)], verdict: .approve, approval: approval)
        }
        let rules = [try file("etc", ["/etc/**"], nil), try file("db", ["/etc/postgresql/**"], dba)]
        let policy = PolicyRules(default: .allow, uncertain: .allow, rules: rules, approval: own)
        func asked(_ path: String, _ policy: PolicyRules) -> [ApprovalTerms] {
            policy.judge(file: FileOperation(.write, path), in: Situation()).approvals
        }
        #expect(asked("/etc/hosts", policy) == [own])
        #expect(asked("/etc/postgresql/hba", policy) == [own, dba])
        #expect(asked("/srv/x", policy).isEmpty)
        #expect(asked("/srv/x", PolicyRules(default: .approve, uncertain: .allow, rules: rules, approval: own)) == [own])
        #expect(asked("/etc/postgresql/hba", PolicyRules(default: .allow, uncertain: .allow, rules: rules)).isEmpty)
    }

    @Test func `after a reload an approval covers only what is still asked on its terms`() throws {
        let policy = try policy()
        #expect(policy.asks([dba], by: "dropdb"))
        #expect(policy.asks([dba, own], by: "dropdb"))
        #expect(policy.asks([own], by: nil))
        #expect(!policy.asks([dba], by: "gone"))
        #expect(!policy.asks([dba], by: "dd"))
        #expect(!policy.asks([ApprovalTerms(approvers: [.group("dba")])], by: "dropdb"))
        #expect(!policy.asks([], by: nil))
        #expect(!(try self.policy(asks: false)).asks([own], by: "rm"))
    }
}
