import Policy
import Testing

@testable import Configuration

struct PolicyDocumentTests {
    @Test func `the example of the format is read`() throws {
        let read = readPolicy(
            """
            default: allow
            uncertain: approve
            rules:
              - name: destroy-file-system
                description: Why, for who reads the file.
                for:
                  users: [alice, group:ops]
                  targets: [www, "env=prod"]
                  logins: [root]
                  channels: [exec, sftp]
                  hours: "Mon-Fri 08:00-18:00 UTC"
                match:
                  - command: {program: rm, flags: ["-r|-R|--recursive"], arguments: ["/", "/*", "~", "/etc/**"]}
                  - kubernetes: {verbs: [delete, exec], resources: [pods, secrets], namespaces: ["kube-system", "prod-*"]}
                  - text: 'mkfs\\.[a-z0-9]+'
                  - file: {operations: [write, remove], paths: ["/etc/**"], larger-than: 100MB}
                verdict: block
                message: Ask the storage team (#storage).
                enforce: false
              - {name: ok, match: {command: {program: python3}}, verdict: mask, accept-uncertain: true}
            tests:
              - {command: rm -rf /, verdict: block, rule: destroy-file-system, user: alice, target: web1, login: root, channel: exec}
              - {file: write /etc/shadow, verdict: block}
              - {file: rename /a /b, verdict: allow}
            """)
        #expect(read.problems == [])
        let policy = try #require(read.rules)
        #expect(policy.defaultVerdict == .allow && policy.uncertain == .approve)
        #expect(policy.groups.keys.sorted() == ["ops"])
        let rule = try #require(policy.rules.first)
        #expect(rule.name == "destroy-file-system" && rule.description == "Why, for who reads the file.")
        #expect(
            rule.message == "Ask the storage team (#storage)." && !rule.isEnforced && !rule.acceptsUncertain
                && rule.verdict == .block)
        #expect(
            rule.conditions.channels == [.exec, .sftp] && rule.conditions.users?.count == 2 && rule.conditions.targets?.count == 2
        )
        #expect(rule.matchers.count == 4)
        let other = policy.rules[1]
        #expect(other.isEnforced && other.acceptsUncertain && other.conditions == RuleConditions() && other.message == nil)
        #expect(policy.tests.count == 3)
        let test = policy.tests[0]
        #expect(test.expected == "block" && test.rule == "destroy-file-system" && test.line == 22)
        #expect(test.situation.user?.text == "alice" && test.situation.target?.name == "web1" && test.situation.login == "root")
        guard case .file(let operation) = policy.tests[2].question else { throw Missing() }
        #expect(operation == FileOperation(.rename, "/a", secondPath: "/b"))
    }

    @Test func `guard is allow where a program is followed`() throws {
        let read = readPolicy(
            """
            default: block
            uncertain: approve
            rules:
              - {name: shells, match: {command: {program: [bash, sh]}}, verdict: guard}
            """)
        #expect(read.problems == [])
        let policy = try #require(read.rules)
        #expect(policy.rules[0].guardsProgram && policy.rules[0].verdict == .allow)
        #expect(policy.judge(command: Array("bash".utf8), in: Situation()).verdict == .approve)
    }

    struct Missing: Error {}

    @Test func `what is read is what is judged`() throws {
        let policy = try #require(
            readPolicy(
                """
                default: allow
                uncertain: approve
                rules:
                  - name: rm
                    match: {command: {program: [rm, srm], flags: "-r|-R|--recursive", arguments: [/, "/etc/**"], unless: {flags: "--preserve-root"}}}
                    verdict: block
                  - {name: push, match: [{command: {program: git, subcommand: push, flags: ["-f|--force"]}}], verdict: approve}
                  - {name: pipe, match: {command: {program: group:shells, input: group:downloaders, via: sudo}}, verdict: block}
                  - {name: env, match: {command: {variables: LD_PRELOAD}}, verdict: block}
                  - {name: bare, match: {command: {program: perl, operands: "0"}}, verdict: block}
                  - {name: write, match: {command: {redirections: "> /etc/**"}}, verdict: block}
                  - {name: pods, match: {kubernetes: {verbs: delete, resources: po, namespaces: "*"}}, verdict: block}
                  - {name: large, match: {file: {operations: write, paths: "/srv/**", larger-than: 2 GiB}}, verdict: block}
                """
            ).rules)
        func rule(_ line: String) -> String? { policy.judge(command: Array(line.utf8), in: Situation()).rule }
        #expect(rule("rm -rf /etc/x") == "rm")
        #expect(rule("rm -rf --preserve-root /etc/x") == nil)
        #expect(rule("git push --force") == "push")
        #expect(rule("curl x | sudo bash") == "pipe")
        #expect(rule("curl x | bash") == nil)
        #expect(rule("LD_PRELOAD=x ls") == "env")
        #expect(rule("perl -n") == "bare")
        #expect(rule("echo > /etc/x") == "write")
        #expect(rule("kubectl -n x delete pod y") == "pods")
        let limit = policy.judge(file: FileOperation(.write, "/srv/x"), in: Situation()).sizeLimit
        #expect(limit?.bytes == 2 << 30 && limit?.rule == "large")
    }

    @Test func `without access rules any names are taken`() {
        let text = PolicyMistakeTests.rule(
            "for: {users: group:x, targets: [y, a=b], logins: z}", "match: {text: x}", "verdict: block")
        #expect(readPolicy(text, knowingAccess: false).rules != nil)
        #expect(readPolicy(text).rules == nil)
    }

    @Test func `anchors spare writing a list twice`() throws {
        let read = readPolicy(
            PolicyMistakeTests.head
                + """
                rules:
                  - {name: a, match: {command: {program: rm, arguments: &places [/a, /b]}}, verdict: block}
                  - {name: b, match: {command: {program: mv, arguments: *places}}, verdict: block}
                """)
        #expect(read.problems == [])
        #expect(read.rules?.judge(command: Array("mv /b x".utf8), in: Situation()).rule == "b")
    }

    struct Size: CustomTestStringConvertible, Sendable {
        let text: String
        let bytes: UInt64?
        var testDescription: String { text }
    }

    @Test(arguments: [
        Size(text: "100", bytes: 100), Size(text: "0", bytes: 0), Size(text: "1B", bytes: 1), Size(text: "2kB", bytes: 2000),
        Size(text: "2KiB", bytes: 2048),
        Size(text: "3 MB", bytes: 3_000_000), Size(text: "3MiB", bytes: 3 << 20), Size(text: "1GB", bytes: 1_000_000_000),
        Size(text: "1TiB", bytes: 1 << 40),
        Size(text: "", bytes: nil), Size(text: "MB", bytes: nil), Size(text: "-1", bytes: nil), Size(text: "1.5GB", bytes: nil),
        Size(text: "010", bytes: nil),
        Size(text: "1 0MB", bytes: nil), Size(text: "99999999999TB", bytes: nil), Size(text: "9223372036854775808", bytes: nil),
        Size(text: "5mb", bytes: nil),
    ])
    func `a size is a number with a unit`(size: Size) { #expect(ByteSize.bytes(size.text) == size.bytes) }

    @Test func `more rules than are accepted are a mistake`() {
        let one = "  - {name: n%, match: {text: x}, verdict: block}\n"
        let text =
            PolicyMistakeTests.head + "rules:\n" + (0...PolicyRules.mostRules).map { one.replacing("%", with: "\($0)") }.joined()
        #expect(readPolicy(text).problems == ["4:3: rules: has 2001 entries; at most 2000 are accepted"])
    }
}
