import Foundation
import MonitorProtocol
import Testing

@Suite struct `sallyport policy` {
    /// A bastion that does not run, with this policy.
    private struct Bastion {
        let folder: TemporaryFolder

        init(_ policy: String = Self.usual) throws {
            folder = try TemporaryFolder()
            let made = try Tool.run(["init", folder["bastion"]])
            guard made.status == 0 else { throw ProgramFailed(description: made.errors) }
            try write(policy)
        }

        func write(_ policy: String, to name: String = "bastion/policy.yaml") throws { try folder.write(policy, to: name) }

        func run(_ words: String..., input: String = "") throws -> Tool.Outcome {
            try Tool.run(
                ["policy"] + words, input: input, environment: ["SALLYPORT_CONFIG": folder["bastion/sallyport.yaml"]])
        }

        /// The JSON documents of the output, one a line.
        func lines(_ words: String..., input: String) throws -> [[String: Any]] {
            let outcome = try Tool.run(
                ["policy", "explain", "--stdin", "--json"] + words, input: input,
                environment: ["SALLYPORT_CONFIG": folder["bastion/sallyport.yaml"]])
            return try outcome.output.split(separator: "\n").map {
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
            }
        }

        static let usual = """
            default: allow
            uncertain: approve
            rules:
              - name: destroy
                match: {command: {program: rm, flags: ["-r|-R|--recursive"], arguments: ["/etc/**"]}}
                verdict: block
                message: Not over the bastion
              - name: candidate
                match: {command: {program: reboot}}
                verdict: block
                enforce: false
              - name: shadow-files
                match: {file: {operations: read, paths: [/etc/shadow]}}
                verdict: block
            tests:
              - command: sudo rm -r /etc
                verdict: block
                rule: destroy
              - command: eval "$x"
                verdict: approve
              - file: read /etc/shadow
                verdict: block
            """
    }

    private static let token = "ghp_" + String(repeating: "0aB", count: 12)

    @Test func `mask shows what a user would see`() throws {
        let bastion = try Bastion()
        let outcome = try bastion.run("mask", input: "a\nsee \(Self.token)\nb")
        #expect(outcome.status == 0)
        #expect(outcome.output == "a\nsee ghp_************************************\nb")
    }

    @Test func `mask lists what is found, and no part of it`() throws {
        let bastion = try Bastion()
        let input = "a\nsee \(Self.token)\n" + String(repeating: "plain\n", count: 20_000) + "x \(Self.token)"
        let outcome = try bastion.run("mask", "--report", input: input)
        #expect(outcome.output == "github-token 2:9 36 cells\ngithub-token 20003:7 36 cells\n")
        let json = try bastion.run("mask", "--report", "--json", input: input).output.split(separator: "\n")
        let first = try JSONSerialization.jsonObject(with: Data((json.first ?? "").utf8)) as? [String: Any]
        #expect(first?.keys.sorted() == ["cells", "column", "line", "rule"])
        #expect(json.count == 2)
    }

    @Test func `mask follows the policy's own rules, for whom they are`() throws {
        let policy = """
            default: allow
            uncertain: allow
            rules: []
            mask:
              columns: [salary]
              rules:
                - {name: payment-card, action: mask, style: card-ends}
                - {name: projects, words: [Falcon, "Condor (II)"]}
                - {name: github-token, action: "off"}
                - {name: email, action: mask, for: {logins: [deploy]}}
            tests:
              - {output: "Falcon (x)", shows: "****** (x)", rule: projects}
              - {output: "4111 1111 1111 1111", shows: "4111 11** **** 1111", rule: payment-card}
              - {output: "Falcon (x)", shows: "Falcon (x)"}
            """
        let bastion = try Bastion(policy)
        let input = "Condor (II) \(Self.token) a@example.org\nname,salary\nbob,10\n"
        let deploy = try bastion.run("mask", "--login", "deploy", input: input).output
        #expect(deploy == "*********** \(Self.token) <email>\nname,salary\nbob,**\n")
        let root = try bastion.run("mask", "--login", "root", input: input).output
        #expect(root == "*********** \(Self.token) a@example.org\nname,salary\nbob,**\n")
        let tested = try bastion.run("test")
        #expect(tested.status == 1)
        #expect(tested.output.contains("policy.yaml:14: Falcon (x): expected Falcon (x), found ****** (x) by projects"))
        #expect(tested.output.contains("3 tests, 2 passed, 1 failed"))
    }

    @Test func `test runs the tests of the file`() throws {
        let bastion = try Bastion()
        #expect(try bastion.run("test") == .init(status: 0, output: "3 tests, 3 passed, 0 failed\n", errors: ""))
    }

    @Test func `test says which test failed, where and what was found`() throws {
        let bastion = try Bastion(Bastion.usual.replacing("    verdict: approve", with: "    verdict: block"))
        let outcome = try bastion.run("test")
        #expect(outcome.status == 1)
        let file = bastion.folder["bastion/policy.yaml"]
        #expect(outcome.output.hasPrefix("\(file):19: eval \"$x\": expected block, found approve (uncertain: "), "\(outcome)")
        #expect(outcome.output.hasSuffix("3 tests, 2 passed, 1 failed\n"))
    }

    @Test func `a candidate is read instead of the policy in force`() throws {
        let bastion = try Bastion("default: this is no verdict")
        try bastion.write(Bastion.usual, to: "candidate.yaml")
        #expect(try bastion.run("test", "--policy", bastion.folder["candidate.yaml"]).status == 0)
        let outcome = try bastion.run("test")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("\(bastion.folder["bastion/policy.yaml"]):1:"), "\(outcome)")
    }

    @Test func `explain shows the tree, the rule and the message`() throws {
        let outcome = try Bastion().run("explain", "--command", "cd /etc && sudo sh -c 'rm -r ssh'")
        #expect(
            outcome.output == """
                command: cd /etc && sudo sh -c 'rm -r ssh'
                └─ cd /etc: allow
                └─ sudo sh -c 'rm -r ssh' in /etc: allow
                   └─ sh -c 'rm -r ssh' in /etc: allow
                      └─ rm -r ssh in /etc: block by rule destroy
                            rule destroy (block) matches
                verdict: block by rule destroy
                message: Not over the bastion

                """)
    }

    @Test func `explain has stable keys for programs`() throws {
        let answers = try Bastion().lines(input: "rm -r /etc; reboot\n")
        let answer = try #require(answers.first)
        #expect(
            answer.keys.sorted() == [
                "approvals", "command", "commands", "message", "rule", "shadow", "uncertain", "verdict",
            ])
        #expect(answer["verdict"] as? String == "block")
        #expect(answer["rule"] as? String == "destroy")
        let commands = try #require(answer["commands"] as? [[String: Any]])
        #expect(commands.map { $0["words"] as? [String] } == [["rm", "-r", "/etc"], ["reboot"]])
        #expect(commands[0].keys.sorted() == ["matches", "rule", "verdict", "via", "words"])
        #expect((answer["shadow"] as? [String: Any])?["rules"] as? [String] == ["candidate"])
    }

    @Test func `explain answers a stream in order, one object a line`() throws {
        let commands = (0..<500).map { $0 % 7 == 3 ? "rm -r /etc/\($0)" : "echo \($0)" }
        let answers = try Bastion().lines(input: commands.joined(separator: "\n"))
        #expect(answers.map { $0["command"] as? String } == commands)
        #expect(answers.map { $0["verdict"] as? String } == commands.map { $0.hasPrefix("rm") ? "block" : "allow" })
    }

    @Test func `with -0 a command may have line ends, and without it may not hide behind one`() throws {
        let bastion = try Bastion()
        #expect(
            try bastion.lines("-0", input: "echo a\nrm -r /etc\0ls\0").map { $0["verdict"] as? String } == ["block", "allow"])
        #expect(try bastion.lines(input: "echo a\nrm -r /etc").map { $0["verdict"] as? String } == ["allow", "block"])
        // A NUL hides nothing.
        #expect(try bastion.lines(input: "ls\0; rm -r /etc\n").map { $0["verdict"] as? String } == ["block"])
    }

    @Test func `a line of megabytes is answered and not parsed`() throws {
        let answers = try Bastion().lines(input: String(repeating: "echo a; ", count: 250_000) + "\nls\n")
        #expect(answers.map { $0["verdict"] as? String } == ["approve", "allow"])
        #expect((answers[0]["commands"] as? [Any])?.isEmpty == true)
    }

    @Test func `explain answers before it is asked again`() throws {
        let bastion = try Bastion()
        let process = Process()
        process.executableURL = Tool.executable
        process.arguments = ["--config", bastion.folder["bastion/sallyport.yaml"], "policy", "explain", "--stdin", "--json"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        for command in ["ls", "rm -r /etc"] {
            try input.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8))
            let answer = output.fileHandleForReading.availableData
            #expect(String(decoding: answer, as: UTF8.self).contains("\"command\":\"\(command)\""))
        }
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func `explain judges file operations`() throws {
        let bastion = try Bastion()
        let outcome = try bastion.run("explain", "--file", "read /etc/../etc/shadow")
        #expect(outcome.output.contains("verdict:    block by rule shadow-files\n"), "\(outcome)")
        #expect(try bastion.run("explain", "--file", "write /etc/shadow").output.contains("verdict:    allow\n"))
        #expect(try bastion.run("explain", "--file", "smell /etc/shadow").status == 2)
    }

    @Test func `explain says who is asked`() throws {
        let policy = """
            default: allow
            uncertain: approve
            approvals: {by: [bob, alice], within: 1h, reason: required}
            rules:
              - name: reboot
                match: {command: {program: reboot}}
                verdict: approve
                approval: {by: [alice, bob, carol], count: 2, for: 15m}
              - name: etc
                match: {file: {paths: [/etc/**]}}
                verdict: approve

            """
        let bastion = try Bastion(policy)
        let outcome = try bastion.run("explain", "--command", "reboot; $x")
        let asked = outcome.output.split(separator: "\n").filter { $0.hasPrefix("asked:") }
        #expect(
            asked == [
                "asked: 2 of alice, bob, carol, within 10m; covers the same for 15m",
                "asked: 1 of alice, bob, within 1h, with a reason",
            ], "\(outcome)")
        #expect(
            try bastion.run("explain", "--file", "read /etc/x").output
                .contains("asked:      1 of alice, bob, within 1h, with a reason\n"))
        let answer = try #require(try bastion.lines(input: "reboot\n").first?["approvals"] as? [[String: Any]])
        #expect(answer.count == 1)
        #expect(answer[0]["by"] as? [String] == ["alice", "bob", "carol"])
        #expect(answer[0]["count"] as? Int == 2)
        #expect(answer[0]["within_seconds"] as? Int == 600)
        #expect(answer[0]["needs_reason"] as? Bool == false)
        #expect(answer[0]["for_seconds"] as? Int == 900)

        let nobody = try Bastion(policy.replacing("approvals: {by: [bob, alice], within: 1h, reason: required}\n", with: ""))
        let output = try nobody.run("explain", "--command", "reboot; $x").output
        #expect(output.contains("verdict: approve by rule reboot\nasked: nobody, so it is refused\n"), "\(output)")
        #expect(!(try nobody.run("explain", "--command", "ls").output.contains("asked")))
    }

    @Test func `what is shown moves no terminal`() throws {
        let bastion = try Bastion()
        for words in [["--command", "rm -r /etc \u{1b}]0;x\u{7}\u{9b}2J"], ["--json", "--command", "echo \u{202e}\u{1b}[2J"]] {
            let outcome = try Tool.run(
                ["policy", "explain"] + words, environment: ["SALLYPORT_CONFIG": bastion.folder["bastion/sallyport.yaml"]])
            #expect(outcome.status == 0)
            #expect(outcome.output.unicodeScalars.allSatisfy { $0 == "\n" || !CharacterSet.controlCharacters.contains($0) })
        }
    }

    @Test func `wrong usage says what is right`() throws {
        let bastion = try Bastion()
        #expect(try bastion.run("explain").errors.contains("say one of --command, --file and --stdin"))
        #expect(try bastion.run("explain", "--command", "a", "--stdin").status == 2)
        #expect(try bastion.run("explain", "-0", "--command", "a").errors.contains("-0 belongs to --stdin"))
        #expect(
            try bastion.run("explain", "--command", "ls", "--target", "nowhere").errors.contains("there is no target nowhere"))
        #expect(try bastion.run("replay").status == 2)
    }

    @Test func `replay does not ask for ever a daemon that does not go forward`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.events([])))
        #expect(try daemon.run(["policy", "replay", "--since", "1h"]).output == "0 commands judged, 0 verdicts would change\n")
        var event = PolicyEvent(
            at: Timestamp(seconds: 1), connectionID: "c", session: nil, user: "alice", target: "web1", login: "root",
            channel: .exec, verdict: "block", outcome: .refused, rule: nil, uncertain: [], shadows: [],
            action: .command(CommandAction(bytes: Array("ls \u{1b}[2J".utf8), commands: [])))
        event.number = 7
        let stuck = try ScriptedDaemon(answering: .reply(.events([event])))
        let outcome = try stuck.run(["policy", "replay", "--since", "1h"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("answered something else than was asked"))
    }
}

@Suite struct `sallyport audit` {
    @Test func `list shows decisions, and nothing that moves a terminal`() throws {
        var event = PolicyEvent(
            at: Timestamp(seconds: 1_795_000_000), connectionID: "c", session: nil, user: "alice", target: "web1", login: "root",
            channel: .exec, verdict: "approve", outcome: .refused, rule: nil,
            uncertain: [.init(kind: "evaluated", text: "\u{1b}[2J")], shadows: [],
            action: .command(CommandAction(bytes: Array("eval \u{1b}[2J".utf8), commands: [])))
        event.number = 1
        let daemon = try ScriptedDaemon(answering: .reply(.events([event])))
        let outcome = try daemon.run(["audit", "list", "--user", "alice", "--limit", "1"])
        #expect(
            outcome.output == """
                AT                    USER   LOGIN@TARGET  VERDICT              RULE  OUTCOME  WHAT
                2026-11-18 11:06:40Z  alice  root@web1     approve (uncertain)  -     refused  eval \\u{1b}[2J

                """)
        let json = try daemon.run(["audit", "list", "--json", "--limit", "1"])
        let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(
            rows?.first?.keys.sorted() == [
                "approval", "at", "channel", "command", "connection_id", "desk", "file", "line", "line_report", "login", "masked",
                "number", "outcome", "rule", "session", "shadows", "target", "uncertain", "user", "verdict",
            ])
        #expect(!json.output.unicodeScalars.contains("\u{1b}"))
        #expect(daemon.requests.first == .listEvents(.init(user: "alice", limit: 1)))
    }
}
