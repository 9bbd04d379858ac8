import EndToEndHarness
import Testing

extension EndToEnd {
    struct JumpHost {
        @Test func `ssh -J bastion root@web1 runs a command on the target`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("-J", "bastion", "root@web1", "id -un; echo $HOME")
            #expect(outcome.exit == .status(0), "\(outcome)")
            #expect(outcome.output == "root\n\(scene.target.home(of: "root"))\n")
            #expect(outcome.errors.isEmpty)
        }

        @Test func `the login before the target's name is the login at the target`() throws {
            let scene = try Scene()
            #expect(try scene.alice.ssh("-J", "bastion", "deploy@web1", "id -un").output == "deploy\n")
        }

        @Test(arguments: ["WEB1", "Web1", "www", "WWW", "web1.example.com"])
        func `other cases and aliases of a name reach the same target`(_ name: String) throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("-J", "bastion", "root@\(name)", "echo reached")
            #expect(outcome.output == "reached\n", "\(outcome)")
            #expect(try scene.bastion.endedSession()["target"].string == "web1")
        }

        @Test func `a trailing dot does not matter to the bastion`() throws {
            let scene = try Scene()
            // To ssh the dot makes another known_hosts name, so the key is looked up under the name without it.
            let outcome = try scene.alice.ssh("-o", "HostKeyAlias=web1", "-J", "bastion", "root@web1.", "echo reached")
            #expect(outcome.output == "reached\n", "\(outcome)")
        }

        @Test func `the target sees the vault's key and never the user's`() throws {
            let scene = try Scene()
            try scene.alice.ssh("-J", "bastion", "root@web1", "true").orThrow()
            let users = try run(["ssh-keygen", "-lf", scene.alice.key + ".pub"]).orThrow().output.split(separator: " ")[1]
            #expect(scene.target.log.contains("Accepted publickey for root"))
            #expect(!scene.target.log.contains(users))
        }

        @Test func `the inner certificate must name the same person as the outer one`() throws {
            let scene = try Scene()
            let bob = try User("bob", of: scene.bastion)
            try bob.ssh("-J", "bastion", "root@web1", "true").orThrow()
            let throughAlice = "ssh -F \(scene.alice.configuration) -W %h:%p bastion"
            let outcome = try bob.ssh("-o", "ProxyCommand=\(throughAlice)", "root@web1", "echo reached")
            #expect(outcome.exit == .status(255))
            #expect(outcome.output.isEmpty)
        }

        @Test func `several connections at once are several sessions`() throws {
            let scene = try Scene()
            let running = try (1...5).map { try scene.alice.startSSH("-J", "bastion", "root@web1", "cat; echo end of \($0)") }
            for (number, ssh) in zip(1..., running) { try ssh.write("session \(number)\n") }
            for (number, ssh) in zip(1..., running) { try ssh.waitForOutput("session \(number)\n") }
            #expect(try scene.bastion.sessions("--active").count == 5)
            for (number, ssh) in zip(1..., running) {
                ssh.closeInput()
                #expect(try ssh.waitForExit() == .status(0))
                #expect(String(decoding: ssh.stdout, as: UTF8.self) == "session \(number)\nend of \(number)\n")
            }
        }
    }
}
