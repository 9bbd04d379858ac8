import EndToEndHarness
import Glibc
import Testing

extension EndToEnd {
    struct ForbiddenForwards {
        @Test(arguments: Way.allCases) func `a remote forward is refused`(_ way: Way) throws {
            let scene = try Scene()
            let port = try FreePort.choose()
            let outcome = try scene.alice.run(
                "true", by: way, options: ["-o", "ExitOnForwardFailure=yes", "-R", "\(port):127.0.0.1:22"])
            #expect(outcome.exit == .status(255))
            #expect(outcome.errors.contains("remote port forwarding failed"), "\(outcome)")
        }

        @Test func `a remote forward at the bastion itself is refused`() throws {
            let scene = try Scene()
            let port = try FreePort.choose()
            let outcome = try scene.alice.ssh("-o", "ExitOnForwardFailure=yes", "-R", "\(port):127.0.0.1:22", "bastion")
            #expect(outcome.errors.contains("remote port forwarding failed"), "\(outcome)")
            #expect(!FreePort.answers(port))
        }

        @Test(arguments: Way.allCases) func `the agent is not forwarded`(_ way: Way) throws {
            let scene = try Scene()
            let folder = try TemporaryFolder()
            let agent = try RunningProgram(["ssh-agent", "-D", "-a", folder.path + "/agent"], environment: Programs.environment)
            try wait(for: "the agent") { try run(["test", "-S", folder.path + "/agent"]).exit == .status(0) }
            defer { agent.signal(SIGTERM) }
            let outcome = try scene.alice.run(
                "echo agent is ${SSH_AUTH_SOCK-not here}", by: way, options: ["-o", "IdentityAgent=\(folder.path)/agent", "-A"])
            #expect(outcome.output == "agent is not here\n", "\(outcome)")
        }

        @Test func `X11 is not forwarded`() throws {
            let scene = try Scene(targetSettings: ["X11Forwarding yes"])
            let ssh = try scene.alice.startSSH(
                "-X", "-o", "ForwardX11=yes", "-J", "bastion", "root@web1", "echo display is ${DISPLAY-not here}",
                environment: ["DISPLAY": "127.0.0.1:99"])
            _ = try ssh.waitForExit()
            #expect(String(decoding: ssh.stdout, as: UTF8.self) == "display is not here\n")
        }

        /// `-W` opens one direct-tcpip channel and says how that went; libssh gives no words beside its refusal, `ssh -v` shows them.
        @Test(arguments: ["web1:80", "web1:2222", "example.com:443", "127.0.0.1:5432", "web1.:2"])
        func `direct-tcpip to anything but an SSH port is refused with a reason`(_ destination: String) throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("-v", "-W", destination, "bastion")
            #expect(outcome.exit == .status(255))
            #expect(outcome.errors.contains("open failed: administratively prohibited: "), "\(outcome)")
            #expect(outcome.errors.contains("Remote: sallyport: "), "\(outcome)")
        }

        /// Where `ssh -J` expects an SSH server, one says good-bye with the reason.
        @Test(arguments: ["127.0.0.1", "localhost", "nowhere", "::1"])
        func `ssh -J to anything but a granted target is refused with a reason`(_ host: String) throws {
            let scene = try Scene()
            for _ in 1...5 {
                let outcome = try scene.alice.ssh("-o", "StrictHostKeyChecking=no", "-J", "bastion", "root@\(host)", "true")
                #expect(outcome.exit == .status(255))
                #expect(outcome.errors.contains("Received disconnect from UNKNOWN port 65535:1: sallyport: "), "\(outcome)")
            }
        }

        @Test func `a local forward to the target's own port is no way around the inner session`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("-W", "127.0.0.1:\(scene.target.port)", "bastion")
            #expect(outcome.exit == .status(255))
            #expect(!outcome.output.hasPrefix("SSH-"))
        }

        @Test(arguments: Way.allCases) func `nothing is forwarded from the target's side of a session`(_ way: Way) throws {
            let scene = try Scene()
            let outcome = try run(scene.alice.sshCommand(["-W", "127.0.0.1:\(scene.target.port)"] + way.words()))
            #expect(outcome.exit == .status(255))
            #expect(!outcome.output.hasPrefix("SSH-"))
        }
    }
}
