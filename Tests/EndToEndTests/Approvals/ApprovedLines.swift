import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Typed lines that wait for people, in a real terminal.
    struct ApprovedLines {
        private func shell(_ scene: ApprovalScene) throws -> Terminal {
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            return terminal
        }

        /// Types a line that waits. - Returns: the request's number.
        private func hold(_ line: String, in terminal: Terminal) throws -> Int {
            try terminal.enter(line)
            try terminal.expect("sallyport:")
            return try ApprovalScene.number(in: try terminal.expect(" waits for an approval"))
        }

        private func commands(_ scene: ApprovalScene) throws -> [JSON] {
            let session = try scene.bastion.endedSession()["id"].string ?? ""
            return try JSON(scene.bastion.tool("session", "commands", session, "--json").orThrow().stdout).elements
        }

        @Test func `an approved line runs, exactly as it was typed and once`() throws {
            let scene = try ApprovalScene()
            let file = scene.target.folder.path + "/count"
            let terminal = try shell(scene)
            try terminal.enter("echo AKIA''IOSFODNN7QWERTYU")
            try terminal.expect("AKIA****")
            let number = try hold("id -u; echo x >>\(file); echo o''k", in: terminal)
            let shown = try scene.bob.ssh("bastion", "approvals", "\(number)")
            for part in [
                "a typed line", "id -u; echo x >>\(file); echo o''k", "The last screenful of its session", "root@target$ ",
            ] {
                #expect(shown.output.contains(part), "\(part) in \(shown)")
            }
            // The screenful is masked like everything that anybody sees.
            #expect(shown.output.contains("AKIA****") && !shown.output.contains("AKIAIOSFODNN7QWERTYU"), "\(shown)")
            #expect(!exists(file))
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            try terminal.expect("ok")
            try terminal.expect("root@target$ ")
            #expect(contents(of: file) == "x\n")
            try terminal.enter("exit")
            try terminal.waitForExit()
            let line = try #require(try commands(scene).first { $0["verdict"].string == "approve" })
            #expect(line["outcome"].string == "ran")
            try scene.waitFor("used", of: number)
            // The wait is in the recording, and is no flood.
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.output.contains("request \(number) waits"))
        }

        @Test func `a denied line is cleared, with the approver's reason, and the session goes on`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("id || echo r''an", in: terminal)
            _ = try scene.bob.ssh("bastion", "deny", "\(number)", "--reason", "use getent").orThrow()
            try terminal.expect("request \(number) was denied by bob: use getent")
            try terminal.expect("root@target$ ")
            try terminal.enter("echo go''es on")
            try terminal.expect("goes on")
            #expect(!terminal.screen.contains("\nran"))
            try terminal.enter("exit")
            try terminal.waitForExit()
            #expect(try commands(scene).first?["outcome"].string == "refused")
        }

        @Test func `Ctrl-C takes a line back, and what was typed meanwhile is not run`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("id; echo r''an", in: terminal)
            try terminal.type("echo late")
            try terminal.type("\u{3}")
            try terminal.expect("request \(number) was withdrawn")
            try scene.waitFor("withdrawn", of: number)
            try terminal.expect("root@target$ ")
            try terminal.enter("echo go''es on")
            try terminal.expect("goes on")
            #expect(!terminal.screen.contains("\r\nran") && !terminal.screen.contains("\r\nlate"))
        }

        @Test func `a line that times out is cleared`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("uptime", in: terminal)
            // After ten seconds a dot shows that it goes on, and nothing else.
            #expect(try terminal.expect("takes it back.\r\n").count < 200)
            #expect(try terminal.expect(".", within: .seconds(15)).isEmpty)
            try terminal.expect("nobody decided about request \(number) in time")
            try terminal.expect("root@target$ ")
            try terminal.enter("echo go''es on")
            try terminal.expect("goes on")
        }

        @Test func `a second line makes it void, and Enter alone does not`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("id; echo r''an", in: terminal)
            usleep(600_000)
            try terminal.type("\r\r")
            usleep(300_000)
            #expect(try scene.requests().first?["state"].string == "waiting")
            try terminal.enter("echo second")
            try terminal.expect("request \(number) is void, because another line was typed")
            try scene.waitFor("void", of: number)
            try terminal.expect("root@target$ ")
            #expect(try scene.bob.ssh("bastion", "approve", "\(number)").exit == .status(1))
            // What comes without a pause behind a refused line is the rest of a paste.
            usleep(400_000)
            try terminal.enter("echo go''es on")
            try terminal.expect("goes on")
            #expect(!terminal.screen.contains("\r\nran") && !terminal.screen.contains("\r\nsecond"))
        }

        @Test func `a policy that became stricter while it waits makes it void`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("id; echo r''an", in: terminal)
            try scene.bastion.change(
                policy: ApprovalScene.policy().replacingOccurrences(
                    of: "match: {command: {program: id}}\n    verdict: approve",
                    with: "match: {command: {program: id}}\n    verdict: block"))
            try terminal.expect("request \(number) is void: the policy changed")
            try terminal.expect("root@target$ ")
        }

        @Test func `everything else goes on while a line waits: other channels, the window, keepalives`() throws {
            let scene = try ApprovalScene(lines: ["limits: {idle: 3s}"])
            let alive = ["-o", "ServerAliveInterval=1", "-o", "ServerAliveCountMax=2"]
            let terminal = try Terminal(scene.alice.sshCommand(alive + ["-J", "bastion", "root@web1"]))
            try terminal.expect("root@target$ ")
            let number = try hold("id -u; stty size", in: terminal)
            #expect(try scene.alice.run("echo other").output == "other\n")
            terminal.resize(columns: 101, rows: 33)
            // Longer than a client waits that hears nothing, and than somebody may be idle who does not wait for others.
            usleep(5_000_000)
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            try terminal.expect("33 101")
        }

        @Test func `a session that is gone takes its request with it`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("id", in: terminal)
            kill(terminal.process, SIGKILL)
            try scene.waitFor("withdrawn", of: number)
            #expect(try scene.bob.ssh("bastion", "approvals").output.contains("Nothing waits for you."))
        }

        /// What cannot be known is asked about like what a rule names.
        @Test func `an uncertain line says why, to its user and to the approver`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("eval \"$x\"; echo o''k", in: terminal)
            let shown = try scene.bob.ssh("bastion", "approvals", "\(number)")
            #expect(shown.output.contains("uncertain:") && shown.output.contains("rule: none"), "\(shown)")
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            try terminal.expect("ok")
        }

        /// Only the screen and the keys tell this line.
        @Test func `without the integration a line waits as well`() throws {
            let scene = try ApprovalScene()
            try scene.bastion.change(
                access: ApprovalScene.access(scene.target).replacingOccurrences(
                    of: "    logins: [root, deploy]\ngrants:",
                    with: "    logins: [root, deploy]\n    integration: \"off\"\ngrants:"))
            let terminal = try shell(scene)
            let number = try hold("id -u; echo o''k", in: terminal)
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            try terminal.expect("ok")
            let next = try hold("id -u; echo r''an", in: terminal)
            _ = try scene.bob.ssh("bastion", "deny", "\(next)", "--reason", "no").orThrow()
            try terminal.expect("was denied by bob: no")
            #expect(!terminal.screen.contains("\nran"))
        }

        /// 10 MB behind a line that waits: ^C has to come through all the same, and nothing of it runs.
        @Test func `a huge paste behind a line that waits is dropped, and does not keep Ctrl-C out`() throws {
            let scene = try ApprovalScene()
            let terminal = try shell(scene)
            let number = try hold("id", in: terminal)
            usleep(500_000)
            try terminal.type([UInt8](repeating: UInt8(ascii: "a"), count: 10 << 20))
            try terminal.type("\u{3}")
            try terminal.expect("request \(number) was withdrawn", within: .seconds(60))
            try scene.waitFor("withdrawn", of: number)
        }
    }
}
