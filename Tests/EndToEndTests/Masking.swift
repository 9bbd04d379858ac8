import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Secrets in what targets print (promise 3), through real `ssh`: the user's side, the recording and the database are searched for them.
    struct Masking {
        private static let card = "4111 1111 1111 " + "1111"
        private static let token = "ghp_" + String(repeating: "0aB", count: 12)
        private static let password = "Tr0ub4dor-and-3"
        private static let values = [card, String(token.dropFirst(4)), password]

        private static let text = """
            card \(card) ok
            see \(token) there
            password: "\(password)"
            nothing here

            """

        private static func expectNoSecret(in scene: Scene, _ seen: String) throws {
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            let state = scene.bastion.path + "/state"
            var kept = Data()
            for file in try FileManager.default.contentsOfDirectory(atPath: state) where file.hasPrefix("sallyport.sqlite") {
                kept += try Data(contentsOf: URL(fileURLWithPath: state + "/" + file))
            }
            // It is the ledger: the session is in it.
            #expect(kept.range(of: Data("root".utf8)) != nil)
            for value in values {
                #expect(!seen.contains(value))
                #expect(!recording.output.contains(value))
                #expect(kept.range(of: Data(value.utf8)) == nil)
            }
        }

        private func file(_ text: String, on target: Target) throws -> String {
            let path = target.home(of: "root") + "/secrets"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return path
        }

        @Test(arguments: Way.allCases) func `the output of a command is masked, and recorded masked`(_ way: Way) throws {
            let scene = try Scene()
            let path = try file(Self.text, on: scene.target)
            let outcome = try scene.alice.run("cat \(path); cat \(path) >&2", by: way)
            for stream in [outcome.output, outcome.errors] {
                #expect(stream.contains("card ******************* ok\n"))
                #expect(stream.contains("see ghp_************************************ there\n"))
                #expect(stream.contains("password: \"********\"\n"))
                #expect(stream.contains("nothing here\n"))
            }
            try Self.expectNoSecret(in: scene, outcome.output + outcome.errors)
        }

        @Test func `bytes that come one by one are masked alike`() throws {
            let scene = try Scene()
            let path = try file(Self.text, on: scene.target)
            let whole = try scene.alice.run("cat \(path)").output
            let slow = try scene.alice.run(
                "while IFS= read -r -n1 -d '' c; do printf %s \"$c\"; sleep 0.002; done <\(path)")
            #expect(slow.output == whole)
            try Self.expectNoSecret(in: scene, slow.output)
        }

        @Test func `at a terminal the user sees what they type at once, and no value of the target's`() throws {
            let scene = try Scene()
            let path = try file(Self.text, on: scene.target)
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            // Typed and not sent: it has to be there before anything else comes.
            try terminal.type("echo a4111 1111")
            try terminal.expect("echo a4111 1111")
            try terminal.enter("")
            try terminal.expect("root@target$ ")
            try terminal.enter("cat \(path); printf '\\033[31mcard \\033[1m4111 1111 \\033[0m1111 1111\\033[0m end\\n'")
            try terminal.expect("nothing here")
            try terminal.expect("card \u{1B}[1m**********\u{1B}[0m*********\u{1B}[0m end")
            try terminal.enter("exit")
            try terminal.waitForExit()
            try Self.expectNoSecret(in: scene, terminal.screen)
        }

        @Test func `what programs make of a secret is masked`() throws {
            let scene = try Scene()
            let path = try file(Self.text, on: scene.target)
            let home = scene.target.home(of: "root")
            let commands = [
                "grep --color=always -e 'card.*' -e see \(path)", "API_TOKEN='\(Self.token)' env",
                "cd \(home) && git init -q r && cd r && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m 'use \(Self.token)' && git log",
                "cat -n \(path)", "sed -n '1,3p' \(path) | tr -d '\r'", "printf '\\033]0;%s\\007' '\(Self.token)'",
            ]
            for command in commands {
                let outcome = try scene.alice.run(command)
                #expect(outcome.exit == .status(0))
                #expect(outcome.output.contains("**********"), "\(command)")
                for value in Self.values { #expect(!outcome.output.contains(value), "\(command)") }
            }
        }

        @Test func `what is no text passes as it is`() throws {
            let scene = try Scene()
            let path = try file(Self.text, on: scene.target)
            let packed = try scene.alice.run("gzip -c \(path)")
            let outcome = try run(["gzip", "-dc"], input: packed.stdout)
            #expect(outcome.output == Self.text)
            let copied = scene.target.home(of: "root") + "/copied"
            try run(["scp", "-F", scene.alice.configuration, "-o", "ProxyJump=bastion", "root@web1:\(path)", copied]).orThrow()
            #expect(try String(contentsOfFile: copied, encoding: .utf8) == Self.text)
        }

        @Test func `what was masked is told, without any part of it, and recognised when it comes again`() throws {
            let scene = try Scene()
            let path = try file(Self.text, on: scene.target)
            _ = try scene.alice.run("cat \(path); echo; grep see \(path)")
            let session = try scene.bastion.endedSession()
            let id = try #require(session["id"].string)
            let events = try scene.bastion.decisions("--session", id).filter { $0["masked"]["rule"].string != nil }
            let tokens = events.filter { $0["masked"]["rule"].string == "github-token" }
            #expect(tokens.count == 2)
            #expect(tokens.first?["masked"]["fingerprint"].string?.count == 16)
            #expect(Set(tokens.map { $0["masked"]["fingerprint"].string }).count == 1)
            #expect(tokens.first?["masked"]["cells"].number == 36)
            #expect(tokens.first?["masked"]["outcome"].string == "masked")
            let shown = try JSON(scene.bastion.tool("session", "show", id, "--json").orThrow().stdout)
            #expect(shown["masks"]["github-token"].number == 2)
            #expect(shown["masks"]["payment-card"].number == 1)
            #expect(try scene.bastion.tool("session", "show", id).orThrow().output.contains("github-token 2"))
        }

        @Test func `a flood is counted and not listed`() throws {
            let scene = try Scene()
            _ = try scene.alice.run("for i in $(seq 1000); do echo \(Self.token); done")
            let session = try scene.bastion.endedSession()
            #expect(session["masks"]["github-token"].number == 1000)
            let listed = try scene.bastion.decisions("--session", session["id"].string ?? "", "--limit", "2000")
            #expect(listed.count < 200)
        }

        @Test func `a secret in a command is kept nowhere`() throws {
            let scene = try Scene()
            _ = try scene.alice.run("echo see \(Self.token)")
            try Self.expectNoSecret(in: scene, "")
            let session = try scene.bastion.endedSession()
            #expect(session["command"].string == "echo see ghp_" + String(repeating: "*", count: 36))
            #expect(try !scene.bastion.tool("audit", "list", "--json").orThrow().output.contains(Self.token))
            #expect(!scene.bastion.log.contains(Self.token))
            let raw = try Data(
                contentsOf: URL(fileURLWithPath: scene.bastion.recordings + "/" + (session["recording"].string ?? "")))
            #expect(raw.range(of: Data(Self.token.utf8)) == nil)
        }

        private static func policy(_ mask: String) -> String {
            "default: allow\nuncertain: allow\nmask:\n\(mask)\nrules: []\n"
        }

        @Test func `rules report, alert or end the session as the policy says`() throws {
            let scene = try Scene(policy: Self.policy("  rules: [{name: github-token, action: report}]"))
            let path = try file(Self.text, on: scene.target)
            #expect(try scene.alice.run("cat \(path)").output.contains(Self.token))
            try scene.bastion.change(policy: Self.policy("  rules: [{name: github-token, action: alert}]"))
            #expect(try !scene.alice.run("cat \(path)").output.contains(Self.token))
            _ = try scene.bastion.endedSession()
            #expect(scene.bastion.log.contains("security: a value was found"))
            try scene.bastion.change(policy: Self.policy("  rules: [{name: github-token, action: end-session}]"))
            let ended = try scene.alice.run("cat \(path); sleep 60; echo later")
            #expect(ended.exit == .status(126))
            #expect(ended.errors.contains("ends the session"))
            #expect(!ended.output.contains("later") && !ended.output.contains(Self.token))
        }

        @Test func `own words, patterns and columns are masked`() throws {
            let mask = """
                  columns: [salary]
                  rules:
                    - {name: projects, words: [Falcon, "Condor II"]}
                    - {name: customer, pattern: "KD-[0-9]{4}", not-after: "0-9"}
                """
            let scene = try Scene(policy: Self.policy(mask))
            let shown = try scene.alice.run("printf 'Falcon, Condor II, KD-1234, KD-12345\\nname,salary\\nbob,5000\\n'").output
            #expect(shown == "******, *********, *******, KD-12345\nname,salary\nbob,****\n")
        }

        @Test func `a shell that is killed with its connection leaves no value in the recording`() throws {
            let scene = try Scene()
            let client = try scene.alice.startSSH("-J", "bastion", "root@web1", "printf 'x \(Self.token.dropLast())'; sleep 60")
            try client.waitForOutput("x ")
            client.signal(SIGKILL)
            try Self.expectNoSecret(in: scene, "")
        }
    }
}
