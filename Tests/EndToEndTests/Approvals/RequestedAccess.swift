import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Access that is asked for, and sessions that need a fresh approval.
    struct RequestedAccess {
        private static let requests = """
            requests:
              - name: on-call
                to: [eve]
                targets: [web1]
                logins: [deploy]
                channels: [shell, exec]
                longest: 8h
                approval: {by: [group:leads]}
                ends-sessions: true

            """

        private func ask(_ scene: ApprovalScene, for time: String) throws -> Int {
            let asked = try scene.eve.ssh(
                "bastion", "request", "web1", "--login", "deploy", "--for", time, "--reason", "a disk is full"
            ).orThrow()
            #expect(asked.output.contains("group:leads"))
            return try #require(Int(asked.output.drop { !$0.isNumber }.prefix { $0.isNumber }))
        }

        @Test func `access that is approved works, is in the ledger, and can be revoked`() throws {
            let scene = try ApprovalScene(more: Self.requests)
            #expect(try scene.eve.ssh("-J", "bastion", "deploy@web1", "true").exit != .status(0))
            let number = try ask(scene, for: "2h")
            let seen = try scene.bob.ssh("bastion", "approvals", "\(number)")
            for part in ["eve as deploy on web1", "access", "reason: a disk is full"] {
                #expect(seen.output.contains(part), "\(seen)")
            }
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            #expect(try scene.eve.ssh("-J", "bastion", "deploy@web1", "echo o''k").output == "ok\n")
            // As that login alone, and the guard and the policy as for everybody.
            #expect(try scene.eve.ssh("-J", "bastion", "root@web1", "true").exit != .status(0))
            #expect(try scene.eve.ssh("bastion", "targets").output.contains("deploy"))

            // A restart takes nothing away.
            try scene.bastion.stop()
            try scene.bastion.start()
            try scene.eve.learnBastion(scene.bastion)
            let running = try RunningProgram(
                scene.eve.sshCommand(["-J", "bastion", "deploy@web1", "echo begun; sleep 60"]), environment: Programs.environment)
            try running.waitForOutput("begun")
            _ = try scene.bastion.tool("access", "revoke", "\(number)", "--reason", "over").orThrow()
            #expect(try running.waitForExit() != .status(0))
            #expect(try scene.eve.ssh("-J", "bastion", "deploy@web1", "true").exit != .status(0))
            #expect(
                try scene.request(number)["steps"].elements.compactMap { $0["kind"].string }
                    == ["requested", "approved", "granted", "used", "used", "revoked"])
        }

        @Test func `access ends with its time, and ends the sessions that it let begin`() throws {
            let scene = try ApprovalScene(more: Self.requests)
            let number = try ask(scene, for: "60s")
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            let running = try RunningProgram(
                scene.eve.sshCommand(["-J", "bastion", "deploy@web1", "echo begun; sleep 300"]), environment: Programs.environment
            )
            try running.waitForOutput("begun")
            #expect(try running.waitForExit(within: .seconds(90)) != .status(0))
            #expect(String(decoding: running.stderr, as: UTF8.self).contains("has ended"))
            #expect(try scene.request(number)["steps"].elements.last?["kind"].string == "access-expired")
        }

        @Test func `what may not be asked for is refused without telling what there is`() throws {
            let scene = try ApprovalScene(more: Self.requests)
            for words in [
                "web1 --login root --for 2h --reason x", "web1 --login deploy --for 9h --reason x",
                "web9 --login root --for 1h --reason x",
            ] {
                let outcome = try scene.eve.ssh("bastion", "request \(words)")
                #expect(outcome.exit == .status(1), "\(outcome)")
            }
            let (one, other) = (
                try scene.bob.ssh("bastion", "request web1 --login deploy --for 1h --reason x"),
                try scene.bob.ssh("bastion", "request web9 --login deploy --for 1h --reason x")
            )
            #expect(one.output == other.output)
            #expect(try scene.requests().isEmpty)
        }

        @Test func `a grant may want a fresh approval for each session`() throws {
            let scene = try ApprovalScene()
            try scene.bastion.change(
                access: ApprovalScene.access(scene.target).replacingOccurrences(
                    of: "    channels: [shell, exec, sftp]\n",
                    with: "    channels: [shell, exec, sftp]\n    approval: {by: [group:leads]}\n"))
            for _ in 0..<2 {
                let (program, number) = try scene.waiting("echo o''k")
                #expect(String(decoding: program.stderr, as: UTF8.self).contains("grant ops-everywhere"))
                #expect(try scene.bob.ssh("bastion", "approvals").output.contains("a session"))
                _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
                #expect(try program.waitForExit() == .status(0))
                #expect(program.stdout == Array("ok\n".utf8))
            }
            // The session, and then its command.
            let (program, number) = try scene.waiting("id -u")
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            try program.waitForError("rule second-pair-of-eyes")
            _ = try scene.bob.ssh("bastion", "approve", "\(number + 1)").orThrow()
            #expect(try program.waitForExit() == .status(0))
        }
    }
}
