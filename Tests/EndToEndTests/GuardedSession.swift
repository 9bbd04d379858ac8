import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Lines that are typed in an interactive session, through real `ssh`.
    struct GuardedSession {
        private static let policy = """
            default: allow
            uncertain: block
            rules:
              - name: no-forbidden
                match: [{command: {program: [forbidden]}}]
                verdict: block
                message: Not here.

            """

        private func scene(guard mode: String? = nil) throws -> Scene {
            let scene = try Scene(policy: Self.policy)
            guard let mode else { return scene }
            let access = Instance.standardAccess(scene.target)
                .replacingOccurrences(of: "    channels: [shell", with: "    guard: \(mode)\n    channels: [shell")
            try scene.bastion.change(access: access)
            return scene
        }

        /// What `sallyport session commands` tells of the session that has ended.
        private func commands(_ scene: Scene) throws -> [JSON] {
            let session = try scene.bastion.endedSession()["id"].string ?? ""
            return try JSON(scene.bastion.tool("session", "commands", session, "--json").orThrow().stdout).elements
        }

        @Test(arguments: Way.allCases) func `a blocked line does not run, says why, and the session goes on`(_ way: Way) throws {
            let scene = try scene()
            let terminal = try Terminal(scene.alice.sshCommand(way.words()))
            try terminal.expect("root@target$ ")
            try terminal.enter("forbidden || echo r''an")
            let before = try terminal.expect("no-forbidden")
            try terminal.expect("Not here.")
            try terminal.expect("root@target$ ")
            try terminal.enter("echo go''es on")
            try terminal.expect("goes on")
            try terminal.enter("exit 7")
            #expect(try terminal.waitForExit() == .status(7))
            #expect(!before.contains("ran") && !terminal.screen.contains("\nran"))

            let lines = try commands(scene)
            #expect(lines.map { $0["line"].string } == ["forbidden || echo r''an", "echo go''es on", "exit 7"])
            #expect(lines.map { $0["outcome"].string } == ["refused", "ran", "allowed"])
            #expect(lines.map { $0["rule"].string } == ["no-forbidden", nil, nil])
            #expect(lines.allSatisfy { $0["certain"].boolean == true })
            // The message is in the recording, as the user saw it.
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.output.contains("Not here."))
            #expect(!recording.output.contains("7717"))
        }

        @Test(arguments: ["enforce", "observe"]) func `lines from a pipe run to their end`(mode: String) throws {
            let scene = try scene(guard: mode)
            for text in ["exit 7\n", "echo o''k\nexit 7\n", "bash\nexit 7\nexit\n"] {
                let shell = try scene.alice.ssh("-tt", "-J", "bastion", "root@web1", input: Array(text.utf8))
                #expect(shell.exit == .status(7))
                #expect(String(decoding: shell.stdout, as: UTF8.self).contains("ok") == text.contains("echo"))
            }
        }

        @Test func `what only observes holds nothing and writes down the verdict`() throws {
            let scene = try scene(guard: "observe")
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("forbidden || echo r''an")
            try terminal.expect("ran")
            try terminal.enter("exit")
            try terminal.waitForExit()
            let lines = try commands(scene)
            #expect(lines.first?["verdict"].string == "block")
            #expect(lines.first?["outcome"].string == "ran")
        }

        @Test func `what only observes reads the shells inside by their editors too`() throws {
            let scene = try scene(guard: "observe")
            let rule = "  - {name: shells, match: [{command: {program: [bash]}}], verdict: guard}\n"
            try scene.bastion.change(policy: Self.policy.trimmingCharacters(in: .newlines) + "\n" + rule)
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("bash")
            try terminal.enter("forbidden || echo r''an")
            try terminal.expect("ran")
            for _ in 1...2 { try terminal.enter("exit") }
            try terminal.waitForExit()
            let lines = try commands(scene)
            #expect(lines.map { $0["verdict"].string } == ["allow", "block", "allow", "allow"])
            #expect(lines.allSatisfy { $0["witnesses"].elements.contains { $0.string == "editor" } })
        }

        @Test func `where the guard is off nothing is read`() throws {
            let scene = try scene(guard: "\"off\"")
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("forbidden || echo r''an")
            try terminal.expect("ran")
            try terminal.enter("exit")
            try terminal.waitForExit()
            #expect(try commands(scene).isEmpty)
        }

        /// A restricted shell takes no command with a slash in it, so it is started as it is, and its lines are read off the screen.
        @Test func `a restricted login shell is guarded too`() throws {
            let accounts = [TargetAccount("root", user: 0, shell: "/bin/rbash"), TargetAccount("deploy", user: 20001)]
            let target = try Target(accounts: accounts)
            let bastion = try Instance.before(target, policy: Self.policy)
            let alice = try User("alice", of: bastion)
            let terminal = try alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("echo o''k")
            try terminal.expect("ok")
            try terminal.expect("root@target$ ")
            try terminal.enter("forbidden")
            try terminal.expect("Not here.")
        }

        @Test func `a command that runs unreleased ends the session`() throws {
            let scene = try scene()
            // Who may do that is for the policy, which calls it uncertain; here it lets it pass.
            try scene.bastion.change(policy: Self.policy.replacingOccurrences(of: "uncertain: block", with: "uncertain: allow"))
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("PROMPT_COMMAND=; bind '\"\\C-t\": accept-line'")
            try terminal.expect("root@target$ ")
            try terminal.type("echo unreleased\u{14}")
            try terminal.expect("had not been judged")
            #expect(try terminal.waitForExit() == .status(126))
        }

        @Test func `a window that changes in the middle of a line does not change the line`() throws {
            let scene = try scene()
            let terminal = try Terminal(scene.alice.sshCommand(["-J", "bastion", "root@web1"]), columns: 60, rows: 20)
            try terminal.expect("root@target$ ")
            let words = (1...30).map { "w\($0)" }.joined(separator: " ")
            try terminal.type("echo \(words)")
            for columns in [20, 100, 33, 80] as [UInt16] { terminal.resize(columns: columns, rows: 12) }
            try terminal.enter(" e''nd")
            try terminal.expect("end")
            try terminal.enter("exit")
            try terminal.waitForExit()
            #expect(try commands(scene).first?["line"].string == "echo \(words) e''nd")
        }
    }
}
