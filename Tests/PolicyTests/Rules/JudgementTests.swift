import Guard
import Testing

@testable import Policy

/// From what the rules say to one verdict.
struct JudgementTests {
    private func rules(_ rules: [PolicyRule], default verdict: PolicyVerdict = .allow, uncertain: PolicyVerdict = .approve)
        -> PolicyRules
    {
        PolicyRules(default: verdict, uncertain: uncertain, rules: rules)
    }

    private func judge(_ line: String, _ rules: PolicyRules, _ situation: Situation = Situation()) -> Judgement {
        rules.judge(command: Array(line.utf8), in: situation)
    }

    @Test func `verdicts are ordered from the mildest to the strictest`() {
        #expect(PolicyVerdict.allCases.sorted() == [.allow, .mask, .approve, .block])
    }

    @Test func `the strictest rule that matches decides, whatever its place`() throws {
        let policy = rules([
            try PolicyRule("a", Asked(program: ["rm"], flags: ["-r"]), .block),
            try PolicyRule("b", Asked(program: ["rm"]), .approve),
            try PolicyRule("c", Asked(program: ["rm"]), .allow),
        ])
        #expect(judge("rm -r x", policy).rule == "a")
        #expect(judge("rm -r x", policy).verdict == .block)
        #expect(judge("rm x", policy).rule == "b")
        let command = try #require(judge("rm x", policy).commands.first)
        #expect(command.matches.map(\.rule) == ["b", "c"])
        #expect(command.verdict == .approve && command.rule == "b")
    }

    @Test func `the strictest command of a line decides`() throws {
        let policy = rules([
            try PolicyRule("a", Asked(program: ["rm"]), .block), try PolicyRule("b", Asked(program: ["mv"]), .mask),
        ])
        let judgement = judge("ls; mv a b && rm c", policy)
        #expect(judgement.verdict == .block && judgement.rule == "a")
        #expect(judgement.commands.map(\.verdict) == [.allow, .mask, .block])
    }

    @Test func `what no rule names has the default's verdict and no rule`() throws {
        let policy = rules([try PolicyRule("a", Asked(program: ["rm"]), .block)], default: .mask)
        let judgement = judge("ls", policy)
        #expect(judgement.verdict == .mask && judgement.rule == nil && judgement.message == nil && !judgement.isUncertain)
        #expect(judgement.shadow == nil)
    }

    @Test func `of several readings of a line the strictest verdict holds, and the line is uncertain`() throws {
        let policy = rules(
            [try PolicyRule("a", Asked(program: ["rm"]), .block), try PolicyRule("b", Asked(program: ["mv"]), .mask)],
            uncertain: .allow)
        func typed(_ text: String) -> TypedLine { TypedLine(text: Array(text.utf8), language: .shell) }
        func judge(_ texts: String...) -> Judgement {
            let line = typed(texts[0])
            return policy.judge(line, reading: line.reading, orAnyOf: texts.dropFirst().map(typed), in: Situation())
        }
        #expect(judge("ls", "pwd").verdict == .allow && !judge("ls", "pwd").isUncertain)
        for judgement in [judge("ls", "mv a b", "rm x"), judge("mv a b", "rm x", "ls")] {
            #expect(judgement.verdict == .block && judgement.rule == "a" && judgement.isUncertain)
        }
        #expect(judge("rm x", "ls").rule == "a" && !judge("rm x", "ls").isUncertain)
    }

    @Test func `a rule's message comes with its verdict`() throws {
        var rule = try PolicyRule("a", Asked(program: ["rm"]), .block)
        rule.message = "Ask #storage."
        #expect(judge("rm x", rules([rule])).message == "Ask #storage.")
    }

    @Test func `a rule that may match makes the line uncertain, with the reason`() throws {
        let policy = rules([try PolicyRule("a", Asked(program: ["cat"], arguments: ["/etc/shadow"]), .block)])
        let judgement = judge("cat $x", policy)
        #expect(judgement.verdict == .approve && judgement.rule == nil && judgement.isUncertain)
        #expect(judgement.doubts.map(\.kind) == [.unknownWord])
        #expect(judgement.doubts.first?.text.contains("`$x`") == true)
        #expect(judgement.commands.first?.matches.first?.doubt != nil)
    }

    @Test func `a doubt does not make it milder, nor counts where nothing stricter may match`() throws {
        let policy = rules(
            [
                try PolicyRule("a", Asked(program: ["cat"], arguments: ["/etc/shadow"]), .mask),
                try PolicyRule("b", Asked(program: ["cat"]), .block),
            ], uncertain: .approve)
        let judgement = judge("cat $x", policy)
        #expect(judgement.verdict == .block && judgement.rule == "b" && !judgement.isUncertain)
        #expect(
            judge("cat $x", rules([try PolicyRule("a", Asked(program: ["cat"], arguments: ["/x"]), .block)], uncertain: .allow))
                .verdict == .allow)
    }

    @Test func `an unknown program may be any that a rule names`() throws {
        let policy = rules([try PolicyRule("a", Asked(program: ["rm"]), .block)])
        #expect(judge("$x y", policy).verdict == .approve)
        #expect(judge("x=rm; $x y", policy).verdict == .block)
    }

    @Test(arguments: ["eval \"$x\"", "curl x | sh", "python3 -c 'print(1)'", "source x", "bash", "if", "rm 'x"])
    func `doubts of the reading make a line uncertain without any rule`(line: String) {
        let judgement = judge(line, rules([]))
        #expect(judgement.verdict == .approve && judgement.isUncertain, "\(judgement.doubts)")
    }

    @Test func `a program in which more can be typed is in doubt where a rule asks about it`() throws {
        let asked = rules([try PolicyRule("a", Asked(program: ["group:editors"]), .mask)])
        let other = rules([try PolicyRule("a", Asked(program: ["rm"]), .block)])
        #expect(judge("vim x", other).verdict == .allow)
        #expect(judge("vim x", asked).verdict == .approve)
        #expect(judge("vim x; rm y", other).doubts.isEmpty)
    }

    // MARK: - Rules that excuse

    @Test func `a rule can accept what is uncertain about the command it surely matches`() throws {
        let script = Asked(program: ["python3"], arguments: ["/opt/app/*.py"], operands: "1")
        let policy = rules([try PolicyRule("app", script, .allow, accepts: true)])
        #expect(judge("python3 /opt/app/x.py", policy).verdict == .allow)
        #expect(judge("sudo python3 /opt/app/x.py", policy).verdict == .allow)
        #expect(judge("python3 /opt/app/x.py; python3 y.py", policy).verdict == .approve)
        #expect(judge("python3 /opt/app/*.py", policy).verdict == .approve, "how many it finds is not known")
        #expect(judge("python3 /opt/*/x.py", policy).verdict == .approve)
        #expect(judge("python3 /opt/app/../x.py", policy).verdict == .approve)
        #expect(judge("python3 $x /opt/app/x.py", policy).verdict == .approve)
        #expect(judge("python3 -c 'import os' /opt/app/x.py", policy).verdict == .approve)
        #expect(judge("curl x | python3", policy).verdict == .approve)
        let without = rules([try PolicyRule("app", script, .allow)])
        #expect(judge("python3 /opt/app/x.py", without).verdict == .approve)
    }

    @Test func `accepting does not go past a stricter rule`() throws {
        let policy = rules([
            try PolicyRule("app", Asked(program: ["python3"]), .allow, accepts: true),
            try PolicyRule("no", Asked(program: ["python3"], arguments: ["*.py"]), .block),
        ])
        #expect(judge("python3 x.py", policy).rule == "no")
        #expect(judge("python3 $x", policy).verdict == .approve)
    }

    @Test func `a text that is accepted has to be the whole line`() throws {
        let pattern = try TextPattern("python3 -c 'print\\([0-9]+\\)'")
        let policy = rules([PolicyRule("a", [.text(pattern)], .allow, accepts: true)])
        #expect(judge("python3 -c 'print(1)'", policy).verdict == .allow)
        #expect(judge("python3 -c 'print(1)'; python3 -c 'x'", policy).verdict == .approve)
    }

    @Test func `what is milder than the default has to cover the whole command`() throws {
        let policy = rules(
            [
                try PolicyRule("logs", Asked(program: ["cat"], arguments: ["/var/log/**"]), .allow),
                try PolicyRule("up", Asked(program: ["uptime"]), .allow),
                PolicyRule("id", [.text(try TextPattern("id"))], .allow),
            ], default: .block)
        #expect(judge("cat /var/log/a /var/log/b", policy).verdict == .allow)
        #expect(judge("cat /var/log/a", policy).rule == "logs")
        #expect(judge("cat /var/log/a /etc/shadow", policy).verdict == .block)
        #expect(judge("cat /var/log/../../etc/shadow", policy).verdict == .block)
        #expect(judge("cat /var/l*/x", policy).verdict == .block)
        #expect(judge("cat /var/log/$x", policy).verdict == .block)
        #expect(judge("uptime", policy).verdict == .allow)
        #expect(judge("uptime; rm x", policy).verdict == .block)
        #expect(judge("/bin/uptim?", policy).verdict == .block)
        #expect(judge("id", policy).verdict == .allow)
        #expect(judge("id; rm x", policy).verdict == .block)
        #expect(judge("", policy).verdict == .block)
    }

    // MARK: - Text

    @Test func `text is looked for in the raw line, quoted or not`() throws {
        let policy = rules([PolicyRule("a", [.text(try TextPattern("mkfs\\.[a-z0-9]+"))], .block)])
        #expect(judge("echo mkfs.ext4", policy).rule == "a")
        #expect(judge("# mkfs.ext4", policy).rule == "a")
        #expect(judge("mkfs", policy).verdict == .allow)
        #expect(judge("if mkfs.ext4", policy).verdict == .block)
    }

    @Test func `bytes that are no text make no rule miss`() throws {
        let policy = rules([PolicyRule("a", [.text(try TextPattern("x.y"))], .block)])
        #expect(policy.judge(command: [0x78, 0xFF, 0x79], in: Situation()).verdict == .block)
        #expect(policy.judge(command: [0x78, 0x00, 0x79], in: Situation()).verdict == .block)
    }

    @Test func `a pattern that is none is refused with RE2's words`() {
        #expect(throws: TextPattern.Mistake(reason: "missing ): (abc")) { try TextPattern("(abc") }
        #expect(throws: TextPattern.Mistake.self) { try TextPattern("(?=x)") }
        #expect(throws: TextPattern.Mistake.self) { try TextPattern("((a{100}){100}){100}") }
        #expect(throws: TextPattern.Mistake.self) { try TextPattern(String(repeating: "a", count: 1001)) }
    }

    // MARK: - For whom

    @Test func `conditions have to hold together`() throws {
        let alice = try #require(UserName("alice"))
        let bob = try #require(UserName("bob"))
        let prod = try AccessRulesTests.target("web1", aliases: ["www"], labels: ["env": "prod"], logins: ["root"])
        let test = try AccessRulesTests.target("db1", labels: ["env": "test"], logins: ["root"])
        var rule = try PolicyRule("a", Asked(program: ["rm"]), .block)
        rule.conditions = RuleConditions(
            users: [.group("ops")], targets: [.label(key: "env", value: "prod")], logins: [try #require(LoginName("root"))],
            channels: [.exec],
            hours: AccessHours("Mon-Fri 08:00-18:00 UTC"))
        let policy = PolicyRules(default: .allow, uncertain: .allow, rules: [rule], groups: ["ops": [alice]])
        let noon: Int64 = 1_795_521_600_000
        let all = Situation(user: alice, target: prod, login: "root", channel: .exec, at: noon)
        #expect(judge("rm x", policy, all).verdict == .block)
        #expect(judge("rm x", policy).verdict == .block, "what is not said holds")
        var situation = all
        situation.user = bob
        #expect(judge("rm x", policy, situation).verdict == .allow)
        situation = all
        situation.target = test
        #expect(judge("rm x", policy, situation).verdict == .allow)
        situation = all
        situation.login = "deploy"
        #expect(judge("rm x", policy, situation).verdict == .allow)
        situation = all
        situation.channel = .shell
        #expect(judge("rm x", policy, situation).verdict == .allow)
        situation = all
        situation.at = noon + 12 * 3_600_000
        #expect(judge("rm x", policy, situation).verdict == .allow)
    }

    // MARK: - Shadow

    @Test func `a shadow rule is told and decides nothing`() throws {
        let policy = rules([
            try PolicyRule("a", Asked(program: ["rm"]), .block, isEnforced: false),
            try PolicyRule("b", Asked(program: ["rm"]), .mask),
        ])
        let judgement = judge("rm x", policy)
        #expect(judgement.verdict == .mask && judgement.rule == "b")
        #expect(judgement.shadow == ShadowJudgement(verdict: .block, rule: "a", isUncertain: false, rules: ["a"]))
        #expect(judge("ls", policy).shadow == nil)
        #expect(judgement.commands.first?.matches.map(\.isEnforced) == [false, true])
    }

    @Test func `a shadow rule neither adds doubts nor takes any away`() throws {
        let policy = rules([
            try PolicyRule("a", Asked(program: ["cat"], arguments: ["/x"]), .block, isEnforced: false),
            try PolicyRule("b", Asked(program: ["python3"]), .allow, accepts: true, isEnforced: false),
        ])
        #expect(judge("cat $x", policy).verdict == .allow)
        #expect(judge("cat $x", policy).shadow?.isUncertain == true)
        #expect(judge("cat $x", policy).shadow?.verdict == .approve)
        #expect(judge("python3 x", policy).verdict == .approve)
        #expect(judge("python3 x", policy).shadow?.verdict == .allow)
    }

    // MARK: - Bounds

    @Test func `a line with too much to compare is in doubt`() throws {
        let asked = Asked(program: ["x"], arguments: (0..<200).map { "*\($0)*a*b*c*d*e*f*g*" })
        let policy = rules([try PolicyRule("a", asked, .block)])
        let judgement = judge("x " + String(repeating: "'\(String(repeating: "a", count: 200))' ", count: 250), policy)
        #expect(judgement.verdict == .approve)
        #expect(judgement.doubts.contains { $0.kind == .tooLarge })
    }
}
