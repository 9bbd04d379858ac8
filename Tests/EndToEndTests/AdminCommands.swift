import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct AdminCommands {
        @Test func `init makes an instance that checks and starts as it is`() throws {
            let folder = try TemporaryFolder()
            let bastion = folder.path + "/bastion"
            try run([Programs.sallyport, "init", bastion]).orThrow()
            #expect(try run([Programs.sallyport, "--config", bastion + "/sallyport.yaml", "check"]).exit == .status(0))
            for secret in ["vault.key", "hostkeys/ssh_host_ed25519_key"] {
                let mode = try FileManager.default.attributesOfItem(atPath: "\(bastion)/\(secret)")[.posixPermissions] as? Int
                #expect(mode == 0o600)
            }
            let again = try run([Programs.sallyport, "init", bastion])
            #expect(again.exit == .status(1), "an instance is not overwritten")
        }

        @Test func `play and export give the recording`() throws {
            let scene = try Scene()
            _ = try scene.alice.run("echo played and exported")
            let row = try scene.bastion.endedSession()
            let id = try #require(row["id"].string)
            let played = try scene.bastion.tool("session", "play", "--raw", id).orThrow()
            #expect(played.output == "played and exported\n")
            let exported = scene.alice.folder.path + "/exported.cast"
            try scene.bastion.tool("session", "export", id, exported).orThrow()
            #expect(try contents(of: exported) == contents(of: scene.bastion.recording(of: row).file))
        }

        @Test func `show knows one session, and tells when there is none`() throws {
            let scene = try Scene()
            _ = try scene.alice.run("echo shown")
            let row = try scene.bastion.endedSession()
            let id = try #require(row["id"].string)
            let shown = try scene.bastion.tool("session", "show", id).orThrow().output
            for fact in ["alice", "root@web1", "echo shown", "exit 0", id] { #expect(shown.contains(fact)) }
            #expect(try JSON(scene.bastion.tool("session", "show", "--json", id).orThrow().stdout)["id"].string == id)
            #expect(try scene.bastion.tool("session", "show", "no-such-session").exit == .status(1))
        }

        @Test func `list filters by user and target`() throws {
            let scene = try Scene()
            let bob = try User("bob", of: scene.bastion)
            _ = try scene.alice.run("true")
            _ = try bob.run("true")
            #expect(try scene.bastion.sessions("--user", "bob").count == 1)
            #expect(try scene.bastion.sessions("--target", "web1").count == 2)
            #expect(try scene.bastion.sessions("--user", "zoe").isEmpty)
            let table = try scene.bastion.tool("session", "list").orThrow().output
            #expect(table.contains("alice") && table.contains("bob"))
        }

        @Test func `kill ends a session`() throws {
            let scene = try Scene()
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try ssh.waitForOutput("up")
            let id = try #require(scene.bastion.sessions("--active").first?["id"].string)
            try scene.bastion.tool("session", "kill", id).orThrow()
            #expect(try ssh.waitForExit() == .status(126))
            #expect(ssh.stderr.contains("sallyport: ".utf8), "the user is told")
            #expect(try scene.bastion.endedSession()["exit"].string?.hasPrefix("lost: ") == true)
        }

        @Test func `certificates are listed and shown`() throws {
            let scene = try Scene()
            let certificates = try JSON(scene.bastion.tool("certificate", "list", "--json").orThrow().stdout)
            #expect(certificates[0]["user"].string == "alice")
            let serial = try #require(certificates[0]["serial"].string)
            #expect(try scene.bastion.tool("certificate", "show", "\(serial)").orThrow().output.contains("alice"))
            #expect(try scene.bastion.tool("certificate", "show", "987654321").exit == .status(1))
        }

        @Test func `credentials are listed without their secret and removed`() throws {
            let scene = try Scene()
            let listed = try scene.bastion.tool("credential", "list").orThrow().output
            #expect(listed.contains("root@web1") || (listed.contains("root") && listed.contains("web1")))
            #expect(!listed.contains("PRIVATE KEY"))
            try scene.bastion.tool("credential", "remove", "root@web1").orThrow()
            #expect(try scene.bastion.tool("credential", "remove", "root@web1").exit == .status(1))
        }

        @Test func `scan prints lines that access.yaml takes`() throws {
            let scene = try Scene()
            let lines = try scene.bastion.tool("target", "scan", "127.0.0.1:\(scene.target.port)").orThrow().output
            #expect(lines.contains(scene.target.hostKey()))
            let access = "targets:\n  web1:\n\(lines)    logins: [root]\ngrants: []\n"
            try scene.bastion.folder.write(access, to: "bastion/access.yaml")
            let check = try scene.bastion.tool("check")
            #expect(check.exit == .status(0), "\(check)")
        }

        @Test func `a reload changes who may go where, for sessions that are open too`() throws {
            let scene = try Scene()
            let bob = try User("bob", of: scene.bastion)
            let hers = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            let his = try bob.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            for ssh in [hers, his] { try ssh.waitForOutput("up") }
            try scene.bastion.folder.write(
                Instance.standardAccess(scene.target).replacing("ops: [alice, bob]", with: "ops: [bob]"),
                to: "bastion/access.yaml")
            try scene.bastion.tool("reload").orThrow()
            #expect(try scene.alice.run("echo reached").exit != .status(0))
            #expect(try hers.waitForExit() == .status(126), "what is no longer granted ends")
            #expect(hers.stderr.contains("sallyport: ".utf8), "and says why")
            try his.write("still here\n")
            try his.waitForOutput("still here")
        }

        @Test func `a mistake is named with file and line, and the running configuration stays`() throws {
            let scene = try Scene()
            try scene.bastion.folder.write(
                Instance.standardAccess(scene.target).replacing("aliases:", with: "alaises:"), to: "bastion/access.yaml")
            let check = try scene.bastion.tool("check")
            #expect(check.exit == .status(1))
            #expect((check.output + check.errors).contains(#/access\.yaml:\d+: /#), "\(check)")
            #expect((check.output + check.errors).contains("aliases"), "it says what was meant")
            let reload = try scene.bastion.tool("reload")
            #expect(reload.exit == .status(1))
            #expect((reload.output + reload.errors).contains(#/access\.yaml:\d+: /#), "\(reload)")
            #expect(try scene.alice.run("echo reached").output == "reached\n")
        }

        @Test func `SIGHUP reloads as the tool does`() throws {
            let scene = try Scene()
            try scene.bastion.folder.write(
                Instance.standardAccess(scene.target).replacing("ops: [alice, bob]", with: "ops: [bob]"),
                to: "bastion/access.yaml")
            scene.bastion.daemon?.signal(SIGHUP)
            try wait(for: "the new rules") { try scene.alice.run("echo reached").output.isEmpty }
            try scene.bastion.folder.write("targets: nonsense\n", to: "bastion/access.yaml")
            scene.bastion.daemon?.signal(SIGHUP)
            try wait(for: "the mistake in the log") { scene.bastion.log.contains("access.yaml:1") }
            #expect(
                try User("bob", of: scene.bastion).run("echo reached").output == "reached\n", "the running configuration stays")
        }

        @Test func `client-config names the public address`() throws {
            let scene = try Scene(bastionLines: ["public-address: bastion.example.com:2022"])
            let printed = try scene.bastion.tool("client-config").orThrow().output
            #expect(printed.contains("HostName bastion.example.com"))
            #expect(printed.contains("Port 2022"))
            #expect(printed.contains("[bastion.example.com]:2022,"))
        }

        @Test func `client-config is all a user needs`() throws {
            let scene = try Scene()
            let whole = try scene.bastion.tool("client-config").orThrow().output
            #expect(whole.contains("Host bastion"))
            #expect(whole.contains("ssh-ed25519 "))
        }

        @Test func `without a daemon the tool says so`() throws {
            let scene = try Scene()
            try scene.bastion.stop()
            let outcome = try scene.bastion.tool("session", "list")
            #expect(outcome.exit == .status(1))
            #expect(outcome.errors.contains("sallyportd"))
        }

        @Test func `the admin socket is closed to other users`() throws {
            let scene = try Scene()
            let command = "\(Programs.sallyport) --config '\(scene.bastion.configurationFile)' session list"
            let outcome = try run(["setpriv", "--reuid=20002", "--regid=20002", "--clear-groups", "sh", "-c", command])
            #expect(outcome.exit == .status(1), "\(outcome)")
        }
    }
}
