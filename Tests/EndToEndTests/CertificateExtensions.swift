import EndToEndHarness
import Testing

extension EndToEnd {
    struct CertificateExtensions {
        @Test(arguments: Way.allCases) func `force-command replaces what the user asked for`(_ way: Way) throws {
            let scene = try Scene()
            try scene.alice.certify(
                by: scene.bastion, options: ["--force-command", "echo forced; echo asked for: $SSH_ORIGINAL_COMMAND"])
            let outcome = try scene.alice.run("echo free", by: way)
            #expect(outcome.output.hasPrefix("forced\n"), "\(outcome)")
            #expect(!outcome.output.split(separator: "\n").contains("free"))
            let shell = try scene.alice.ssh("-J", "bastion", "root@web1", input: Array("echo free\n".utf8))
            #expect(shell.output.hasPrefix("forced\n"))
            #expect(try scene.bastion.endedSession()["command"].string?.hasPrefix("echo forced") == true)
        }

        @Test func `force-command replaces sftp too`() throws {
            let scene = try Scene()
            try scene.alice.certify(by: scene.bastion, options: ["--force-command", "echo forced"])
            let outcome = try run(
                ["sftp", "-F", scene.alice.configuration, "-J", "bastion", "-b", "/dev/stdin", "root@web1"],
                input: Array("pwd\n".utf8))
            #expect(outcome.exit != .status(0))
            #expect(!outcome.output.contains("working directory"))
        }

        @Test func `no permit-pty, no terminal`() throws {
            let scene = try Scene()
            try scene.alice.certify(by: scene.bastion, options: ["--no-pty"])
            let terminal = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", "tty")
            _ = try terminal.waitForExit()
            #expect(terminal.screen.contains("PTY allocation request failed"))
            #expect(!terminal.screen.contains("/dev/pts"))
            #expect(try scene.alice.run("echo without").output == "without\n")
        }

        @Test func `no permit-port-forwarding, no -J, and the other way still works`() throws {
            let scene = try Scene()
            try scene.alice.certify(by: scene.bastion, options: ["--no-port-forwarding"])
            #expect(try scene.alice.run("echo reached", by: .jump).exit == .status(255))
            #expect(try scene.alice.run("echo reached", by: .atSign).output == "reached\n")
        }

        @Test func `a longer life than the administrator allows is not issued`() throws {
            let scene = try Scene()
            let outcome = try scene.bastion.tool(
                "certificate", "issue", "--user", "alice", "--ttl", "720h", scene.alice.key + ".pub")
            #expect(outcome.exit == .status(1))
            #expect(!outcome.errors.isEmpty)
        }

        @Test func `a certificate ends on its own`() throws {
            let scene = try Scene()
            try scene.alice.certify(by: scene.bastion, options: ["--ttl", "2s"])
            try wait(for: "the certificate to expire") { try scene.alice.ssh("bastion").exit == .status(255) }
        }
    }
}
