import Testing

@testable import Policy

struct FileJudgementTests {
    static func matcher(_ kinds: [FileOperation.Kind]? = nil, _ paths: [String] = [], largerThan: UInt64? = nil) throws
        -> FileMatcher
    {
        var matcher = FileMatcher()
        matcher.kinds = kinds.map(Set.init)
        matcher.paths = try paths.map { try #require(PathGlob($0)) }
        matcher.largerThan = largerThan
        return matcher
    }

    private func policy(_ rules: [PolicyRule], default verdict: PolicyVerdict = .allow) -> PolicyRules {
        PolicyRules(default: verdict, uncertain: .approve, rules: rules)
    }

    private func rule(
        _ name: String, _ kinds: [FileOperation.Kind]? = nil, _ paths: [String] = [], largerThan: UInt64? = nil,
        _ verdict: PolicyVerdict,
        isEnforced: Bool = true
    ) throws -> PolicyRule {
        PolicyRule(name, [.file(try Self.matcher(kinds, paths, largerThan: largerThan))], verdict, isEnforced: isEnforced)
    }

    private func verdict(_ operation: FileOperation, _ policy: PolicyRules, login: String? = nil) -> PolicyVerdict {
        policy.judge(file: operation, in: Situation(login: login)).verdict
    }

    @Test func `an operation is judged by its kind and its path`() throws {
        let policy = policy([try rule("etc", [.write, .remove], ["/etc/**"], .block)])
        #expect(verdict(FileOperation(.write, "/etc/passwd"), policy) == .block)
        #expect(verdict(FileOperation(.write, "/var/../etc//passwd"), policy) == .block)
        #expect(verdict(FileOperation(.remove, "/etc"), policy) == .block)
        #expect(verdict(FileOperation(.read, "/etc/passwd"), policy) == .allow)
        #expect(verdict(FileOperation(.write, "/tmp/x"), policy) == .allow)
        #expect(policy.judge(file: FileOperation(.write, "/etc/x"), in: Situation()).rule == "etc")
    }

    @Test func `a relative path starts at home`() throws {
        let policy = policy([try rule("keys", nil, ["~/.ssh/**"], .block)])
        for path in [".ssh/id", "./.ssh/id", "/root/.ssh/id", "/home/bob/.ssh"] {
            #expect(verdict(FileOperation(.read, path), policy) == .block, "\(path)")
        }
        #expect(verdict(FileOperation(.read, "x/.ssh/id"), policy) == .allow)
    }

    @Test func `a path is judged as asked and as resolved`() throws {
        let policy = policy([try rule("shadow", [.read], ["/etc/shadow"], .block)])
        #expect(verdict(FileOperation(.read, "/tmp/x", resolvedPath: "/etc/shadow"), policy) == .block)
        #expect(verdict(FileOperation(.read, "/etc/shadow", resolvedPath: "/data/shadow"), policy) == .block)
        #expect(verdict(FileOperation(.read, "/tmp/x", resolvedPath: "/tmp/y"), policy) == .allow)
    }

    @Test func `where a path leads is asked for only if it can matter`() throws {
        func needs(_ rules: [PolicyRule], _ operation: FileOperation, default verdict: PolicyVerdict = .allow) -> Bool {
            policy(rules, default: verdict).judge(file: operation, in: Situation()).needsResolvedPath
        }
        let block = try rule("a", [.read], ["/etc/**"], .block)
        #expect(needs([block], FileOperation(.read, "/tmp/x")))
        #expect(!needs([block], FileOperation(.read, "/etc/x")))
        #expect(!needs([block], FileOperation(.write, "/tmp/x")))
        #expect(!needs([block], FileOperation(.read, "/tmp/x", resolvedPath: "/tmp/x")))
        #expect(!needs([try rule("a", [.read], [], .block)], FileOperation(.write, "/tmp/x")))
        #expect(!needs([try rule("a", [.read], ["/x"], .allow)], FileOperation(.read, "/tmp/x")))
        #expect(needs([try rule("a", [.read], ["/x"], .block, isEnforced: false)], FileOperation(.read, "/tmp/x")))
        #expect(needs([try rule("a", [.read], ["/etc/**"], largerThan: 5, .block)], FileOperation(.read, "/tmp/x")))
        #expect(needs([try rule("a", [.read], ["/tmp/**"], .allow)], FileOperation(.read, "/tmp/x"), default: .block))
    }

    @Test func `a renaming removes one name and writes the other`() throws {
        let operation = FileOperation(.rename, "/srv/a", secondPath: "/etc/cron.d/a")
        #expect(verdict(operation, policy([try rule("w", [.write], ["/etc/**"], .block)])) == .block)
        #expect(verdict(operation, policy([try rule("d", [.remove], ["/srv/a"], .block)])) == .block)
        #expect(verdict(operation, policy([try rule("r", [.rename], ["/etc/**"], .block)])) == .block)
        #expect(verdict(operation, policy([try rule("d", [.remove], ["/etc/**"], .block)])) == .allow)
        #expect(verdict(operation, policy([try rule("w", [.write], ["/srv/**"], .block)])) == .allow)
    }

    @Test func `renaming a directory takes along what a rule names in it`() throws {
        let policy = policy([
            try rule("a", [.remove], ["/etc/ssh/sshd_config"], .block), try rule("b", [.remove], ["**/id_rsa"], .block),
        ])
        #expect(verdict(FileOperation(.rename, "/etc", secondPath: "/x"), policy) == .block)
        #expect(verdict(FileOperation(.rename, "/etc/ssh", secondPath: "/x"), policy) == .block)
        #expect(verdict(FileOperation(.rename, "/etc/ss", secondPath: "/x"), policy) == .allow)
        #expect(verdict(FileOperation(.rename, "/srv/a", secondPath: "/x"), policy) == .allow)
    }

    @Test func `a hard link is another way to read and write`() throws {
        let policy = policy([try rule("a", [.read], ["/etc/shadow"], .block)])
        #expect(verdict(FileOperation(.symlink, "/tmp/x", secondPath: "/etc/shadow", isHardLink: true), policy) == .block)
        #expect(verdict(FileOperation(.symlink, "/tmp/x", secondPath: "/etc/shadow"), policy) == .allow)
        let names = self.policy([
            try rule("a", [.symlink], ["/etc/**"], .block), try rule("w", [.write], ["/etc/cron.d/**"], .approve),
        ])
        #expect(verdict(FileOperation(.symlink, "/tmp/x", secondPath: "/etc/shadow"), names) == .block)
        #expect(
            verdict(
                FileOperation(.symlink, "/etc/cron.d/x", secondPath: "/tmp/y"),
                self.policy([try rule("w", [.write], ["/etc/**"], .block)])) == .block)
    }

    @Test func `the smallest size from which on it is stricter is told`() throws {
        let rules = policy([
            try rule("a", [.write], largerThan: 1000, .block), try rule("b", [.write], largerThan: 100, .approve),
            try rule("c", [.read], largerThan: 1, .block),
            try rule("d", [.write], ["/etc/**"], .approve),
        ])
        let judgement = rules.judge(file: FileOperation(.write, "/tmp/x"), in: Situation())
        #expect(judgement.verdict == .allow)
        #expect(judgement.sizeLimit == .init(bytes: 100, rule: "b", message: nil, verdict: .approve))
        let stricter = rules.judge(file: FileOperation(.write, "/etc/x"), in: Situation())
        #expect(stricter.sizeLimit == .init(bytes: 1000, rule: "a", message: nil, verdict: .block))
        #expect(rules.judge(file: FileOperation(.remove, "/x"), in: Situation()).sizeLimit == nil)
    }

    @Test func `what is milder than the default has to be within by every path`() throws {
        let rules = policy([try rule("up", [.write, .rename], ["/srv/upload/**"], .allow)], default: .block)
        #expect(verdict(FileOperation(.write, "/srv/upload/x"), rules) == .allow)
        #expect(verdict(FileOperation(.write, "/srv/upload/../x"), rules) == .block)
        #expect(verdict(FileOperation(.write, "/srv/upload/x", resolvedPath: "/etc/x"), rules) == .block)
        #expect(verdict(FileOperation(.rename, "/srv/upload/x", secondPath: "/etc/x"), rules) == .block)
        #expect(verdict(FileOperation(.rename, "/srv/upload/x", secondPath: "/srv/upload/y"), rules) == .allow)
        #expect(verdict(FileOperation(.read, "/srv/upload/x"), rules) == .block)
    }

    @Test func `shadow rules are told and decide nothing`() throws {
        let rules = policy([try rule("a", [.write], [], .block, isEnforced: false)])
        let judgement = rules.judge(file: FileOperation(.write, "/x"), in: Situation())
        #expect(judgement.verdict == .allow)
        #expect(judgement.shadow == ShadowJudgement(verdict: .block, rule: "a", isUncertain: false, rules: ["a"]))
        #expect(rules.judge(file: FileOperation(.read, "/x"), in: Situation()).shadow == nil)
    }

    @Test func `conditions hold for files too`() throws {
        var rule = try rule("a", [.write], [], .block)
        rule.conditions.channels = [.sftp]
        #expect(policy([rule]).judge(file: FileOperation(.write, "/x"), in: Situation(channel: .exec)).verdict == .allow)
        #expect(policy([rule]).judge(file: FileOperation(.write, "/x"), in: Situation(channel: .sftp)).verdict == .block)
    }
}
