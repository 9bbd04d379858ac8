import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Exec requests that wait for people, through real `ssh`.
    struct ApprovedCommands {
        @Test func `an approved command runs, once, and the ledger tells its story`() throws {
            let scene = try ApprovalScene()
            let (program, number) = try scene.waiting("id -u; echo ra''n")
            let told = String(decoding: program.stderr, as: UTF8.self)
            #expect(told.contains("group:leads") && told.contains("rule second-pair-of-eyes"))
            #expect(program.stdout.isEmpty)

            // What an approver sees: who, where, which command, as what it was understood, which rule.
            let list = try scene.bob.ssh("bastion", "approvals")
            for part in [
                "\(number)", "alice as root on web1", "id -u; echo ra''n", "runs: id -u: approve", "second-pair-of-eyes",
            ] {
                #expect(list.output.contains(part), "\(part) in \(list)")
            }
            let decision = try scene.bob.ssh("bastion", "approve", "\(number)")
            #expect(decision.output == "request \(number) is approved.\n")
            #expect(try program.waitForExit() == .status(0))
            #expect(String(decoding: program.stdout, as: UTF8.self) == "0\nran\n")

            try scene.waitFor("used", of: number)
            let steps = try scene.request(number)["steps"].elements
            #expect(steps.map { $0["kind"].string } == ["requested", "approved", "used"])
            #expect(steps.map { $0["person"].string } == ["alice", "bob", nil])
            #expect(steps[1]["through"].string == "desk")
            let row = try #require(try scene.bastion.decisions().last)
            #expect(row["approval"].number == number && row["verdict"].string == "approve" && row["outcome"].string == "passed")
            // The same again is another request.
            let (again, next) = try scene.waiting("id -u; echo ra''n")
            #expect(next == number + 1)
            again.signal(SIGTERM)
        }

        @Test func `a denied command does not run, and its user reads why`() throws {
            let scene = try ApprovalScene()
            let mark = scene.target.folder.path + "/mark"
            let (program, number) = try scene.waiting("id; touch \(mark)")
            #expect(try scene.carol.ssh("bastion", "deny", "\(number)", "--reason", "not on a Friday").exit == .status(0))
            #expect(try program.waitForExit() == .status(126))
            #expect(
                String(decoding: program.stderr, as: UTF8.self).contains(
                    "request \(number) was denied by carol: not on a Friday"))
            #expect(!exists(mark))
            try scene.waitFor("denied", of: number)
            #expect(try scene.request(number)["steps"].elements.last?["text"].string == "not on a Friday")
        }

        @Test func `nobody decided in time is 124`() throws {
            let scene = try ApprovalScene()
            let (program, number) = try scene.waiting("uptime")
            #expect(try program.waitForExit() == .status(124))
            #expect(String(decoding: program.stderr, as: UTF8.self).contains("nobody decided about request \(number) in time"))
            try scene.waitFor("expired", of: number)
            let late = try scene.bob.ssh("bastion", "approve", "\(number)")
            #expect(late.exit == .status(1) && late.output.contains("over already: expired"))
        }

        @Test func `a client that leaves withdraws, and one at a terminal does by Ctrl-C`() throws {
            let scene = try ApprovalScene()
            let (program, number) = try scene.waiting("id")
            program.signal(SIGINT)
            try program.waitForExit()
            try scene.waitFor("withdrawn", of: number)

            let terminal = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", "id")
            let next = try ApprovalScene.number(in: try terminal.expect(" waits for an approval"))
            try terminal.type("\u{3}")
            try terminal.expect("request \(next) was withdrawn")
            #expect(try terminal.waitForExit() == .status(130))
            try scene.waitFor("withdrawn", of: next)
            #expect(try scene.bob.ssh("bastion", "approve", "\(next)").exit == .status(1))
        }

        @Test func `an agent gets one JSON object a line`() throws {
            let scene = try ApprovalScene()
            let program = try RunningProgram(
                scene.alice.sshCommand(["-o", "SetEnv=SALLYPORT_FORMAT=json", "-J", "bastion", "root@web1", "id"]),
                environment: Programs.environment)
            try program.waitForError("\n")
            let first = try JSON(program.stderr)
            #expect(first["waiting"].string == "approval")
            #expect(first["rule"].string == "second-pair-of-eyes" && first["approvers"][0].string == "group:leads")
            let number = try #require(first["approval"].number)
            _ = try scene.bob.ssh("bastion", "deny", "\(number)", "--reason", "no").orThrow()
            #expect(try program.waitForExit() == .status(126))
            let last = try JSON(Array(program.stderr.split(separator: 0x0A).last ?? []))
            #expect(last["error"].string == "refused" && last["exit_status"].number == 126 && last["verdict"].string == "approve")
        }

        @Test func `two people have to say yes, each once, with a reason, and never the requester`() throws {
            let scene = try ApprovalScene()
            let (program, number) = try scene.waiting("hostname")
            #expect(String(decoding: program.stderr, as: UTF8.self).contains("2 of group:leads"))
            // alice is one of the leads.
            let own = try scene.alice.ssh("bastion", "approve", "\(number)", "--reason", "me")
            #expect(own.exit == .status(1) && own.output.contains("nobody decides about a request of their own"))
            #expect(!(try scene.alice.ssh("bastion", "approvals").output.contains("hostname")))
            let stranger = try scene.eve.ssh("bastion", "approve", "\(number)", "--reason", "me")
            #expect(stranger.exit == .status(1) && stranger.output.contains("there is no request \(number) that you may decide"))

            #expect(try scene.bob.ssh("bastion", "approve", "\(number)").output.contains("needs a reason"))
            #expect(try scene.bob.ssh("bastion", "approve", "\(number)", "--reason", "ok").output.contains("1 more is needed"))
            #expect(
                try scene.bob.ssh("bastion", "approve", "\(number)", "--reason", "ok").output.contains("before; 1 more is needed")
            )
            #expect(program.stdout.isEmpty)
            #expect(try scene.carol.ssh("bastion", "approve", "\(number)", "--reason", "fine").exit == .status(0))
            #expect(try program.waitForExit() == .status(0))
            #expect(!program.stdout.isEmpty)
        }

        @Test func `whom the rule names is asked in vain where only the requester is named`() throws {
            let scene = try ApprovalScene()
            let outcome = try scene.alice.run("who")
            #expect(outcome.exit == .status(126))
            #expect(outcome.errors.contains("there is nobody who could give it"))
        }

        @Test func `an approval covers the same command again for a while, on the same target, and nothing else`() throws {
            let scene = try ApprovalScene()
            let (program, number) = try scene.waiting("uname -s")
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            #expect(try program.waitForExit() == .status(0))
            let again = try scene.alice.run("uname -s")
            #expect(again.exit == .status(0) && again.output == "Linux\n" && again.errors.isEmpty, "\(again)")
            let (other, next) = try scene.waiting("uname -r")
            #expect(next == number + 1)
            other.signal(SIGTERM)
            // Another login is another request.
            let login = try RunningProgram(
                scene.alice.sshCommand(["-J", "bastion", "deploy@web1", "uname -s"]), environment: Programs.environment)
            try login.waitForError("waits for an approval")
            #expect(
                try scene.bastion.decisions().contains { $0["approval"].number == number && $0["outcome"].string == "passed" })
        }

        @Test func `a policy that became stricter, or asks others, makes it void`() throws {
            let scene = try ApprovalScene()
            let (program, number) = try scene.waiting("id")
            try scene.bastion.change(
                policy: ApprovalScene.policy().replacing("verdict: approve", with: "verdict: block", maxReplacements: 1))
            #expect(try program.waitForExit() == .status(126))
            #expect(String(decoding: program.stderr, as: UTF8.self).contains("request \(number) is void: the policy changed"))
            try scene.waitFor("void", of: number)
        }

        @Test func `an approver whose grant is removed between request and decision decides nothing`() throws {
            let scene = try ApprovalScene(policy: ApprovalScene.policy("approvals: {by: [bob]}"))
            let (program, number) = try scene.waiting("id")
            try scene.bastion.change(
                access: ApprovalScene.access(scene.target).replacing("to: [group:leads]", with: "to: [carol]"))
            #expect(try program.waitForExit() == .status(126))
            #expect(String(decoding: program.stderr, as: UTF8.self).contains("is void: not enough approvers are left"))
            #expect(try scene.bob.ssh("bastion", "approve", "\(number)").exit == .status(1))
        }

        @Test func `two who decide at the same moment make one decision, and the other is told`() throws {
            let scene = try ApprovalScene()
            for _ in 0..<4 {
                let (program, number) = try scene.waiting("id")
                let (one, two) = (
                    try scene.bob.startSSH("bastion", "approve", "\(number)"),
                    try scene.carol.startSSH("bastion", "deny", "\(number)", "--reason", "no")
                )
                let exits = [try one.waitForExit(), try two.waitForExit()]
                #expect(exits.filter { $0 == .status(0) }.count == 1, "\(exits)")
                let said = String(decoding: one.stdout + two.stdout, as: UTF8.self)
                #expect(said.contains("is over already"), "\(said)")
                let exit = try program.waitForExit()
                #expect(exit == (exits[0] == .status(0) ? .status(0) : .status(126)))
            }
        }

        @Test func `when the bastion is killed while a request waits, it is void and nothing runs`() throws {
            let scene = try ApprovalScene()
            let mark = scene.target.folder.path + "/mark"
            let (program, number) = try scene.waiting("id; touch \(mark)")
            try scene.bastion.stop(SIGKILL)
            #expect(try program.waitForExit() == .status(125))
            #expect(
                String(decoding: program.stderr, as: UTF8.self).contains("the bastion has stopped"),
                "\(String(decoding: program.stderr, as: UTF8.self))")
            try scene.bastion.start()
            try scene.waitFor("void", of: number)
            #expect(try scene.request(number)["steps"].elements.last?["text"].string == "the bastion was restarted")
            #expect(!exists(mark))
        }

        @Test func `the local administrator may decide, marked as such, unless that is switched off`() throws {
            let scene = try ApprovalScene()
            let (program, number) = try scene.waiting("id")
            _ = try scene.bastion.tool("approval", "approve", "\(number)").orThrow()
            #expect(try program.waitForExit() == .status(0))
            let step = try #require(try scene.request(number)["steps"].elements.first { $0["kind"].string == "approved" })
            #expect(step["through"].string == "local" && step["person"].string == "uid 0")

            let (denied, second) = try scene.waiting("id")
            _ = try scene.bastion.tool("approval", "deny", "\(second)", "--reason", "not from here").orThrow()
            #expect(try denied.waitForExit() == .status(126))
            #expect(String(decoding: denied.stderr, as: UTF8.self).contains("was denied by uid 0: not from here"))

            try scene.bastion.change(policy: ApprovalScene.policy("approvals: {by: [group:leads], local: false}"))
            let (other, next) = try scene.waiting("id")
            let refused = try scene.bastion.tool("approval", "approve", "\(next)")
            #expect(refused.exit == .status(1) && refused.errors.contains("local: false"))
            other.signal(SIGTERM)
        }

        @Test func `an sftp operation waits, and other channels go on meanwhile`() throws {
            let scene = try ApprovalScene()
            let file = scene.alice.folder.path + "/hostname"
            let program = try RunningProgram(
                ["sftp", "-F", scene.alice.configuration, "-J", "bastion", "-b", "-", "root@web1"],
                environment: Programs.environment)
            try program.write("get /etc/hostname \(file)\n")
            program.closeInput()
            try program.waitForError("waits for an approval")
            let number = try ApprovalScene.number(in: String(decoding: program.stderr, as: UTF8.self))
            #expect(!exists(file))
            #expect(try scene.alice.run("echo go''es on").output == "goes on\n")
            let seen = try scene.bob.ssh("bastion", "approvals", "\(number)")
            #expect(seen.output.contains("read /etc/hostname"), "\(seen)")
            _ = try scene.bob.ssh("bastion", "approve", "\(number)").orThrow()
            #expect(try program.waitForExit() == .status(0))
            #expect(exists(file))
        }
    }
}
