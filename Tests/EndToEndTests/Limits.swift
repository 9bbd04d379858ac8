import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct Limits {
        /// A connection that only reads the bastion's version line.
        private final class Stranger {
            let socket: Int32

            init(to port: Int) throws {
                guard let socket = FreePort.connect(to: port) else { throw HarnessError("no connection") }
                self.socket = socket
            }

            deinit { close(socket) }

            /// Reads until the bastion closes; false if it does not within the time.
            func isClosed(within limit: Duration) -> Bool {
                let deadline = Deadline.after(limit)
                var bytes = [UInt8](repeating: 0, count: 4096)
                while !deadline.isPast {
                    var ready = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
                    guard poll(&ready, 1, deadline.milliseconds) > 0 else { return false }
                    if read(socket, &bytes, bytes.count) <= 0 { return true }
                }
                return false
            }
        }

        private func scene(_ limits: String) throws -> Scene { try Scene(bastionLines: ["limits: { \(limits) }"]) }

        @Test func `who does not log in in time is disconnected`() throws {
            let scene = try scene("login-grace: 1s")
            let stranger = try Stranger(to: scene.bastion.port())
            #expect(stranger.isClosed(within: .seconds(10)))
            let running = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; sleep 3; echo still up")
            #expect(try running.waitForExit() == .status(0), "the grace time ends with logging in")
        }

        @Test func `too many tries end the connection`() throws {
            let scene = try scene("authentication-tries: 2")
            let keys = try TemporaryFolder()
            var words: [String] = []
            for number in 1...4 {
                try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(keys.path)/\(number)"]).orThrow()
                words += ["-i", "\(keys.path)/\(number)"]
            }
            try FileManager.default.removeItem(atPath: scene.alice.key + "-cert.pub")
            let outcome = try run(scene.alice.sshCommand(words + ["-v", "bastion"]))
            #expect(outcome.exit == .status(255))
            #expect(outcome.errors.components(separatedBy: "Offering public key").count - 1 <= 3, "\(outcome)")
        }

        @Test func `beyond the limit new connections are dropped while strangers linger`() throws {
            let scene = try scene("startups: \"3:100:3\", login-grace: 60s")
            let port = try scene.bastion.port()
            let strangers = try (1...3).map { _ in try Stranger(to: port) }
            let dropped = try Stranger(to: port)
            #expect(dropped.isClosed(within: .seconds(10)))
            #expect(strangers.allSatisfy { !$0.isClosed(within: .milliseconds(100)) })
            #expect(try scene.alice.ssh("bastion").exit == .status(255))
        }

        @Test func `those who have logged in do not count among the strangers`() throws {
            let scene = try scene("startups: \"2:100:2\"")
            // One after the other: three that log in at once are strangers at once, and the third would be dropped.
            let running = try (1...3).map { _ in
                let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
                try ssh.waitForOutput("up")
                return ssh
            }
            defer { for ssh in running { ssh.closeInput() } }
            #expect(try scene.alice.ssh("bastion").exit == .status(0))
        }

        @Test func `one person has so many connections and no more`() throws {
            let scene = try scene("connections-per-user: 2")
            let bob = try User("bob", of: scene.bastion)
            let running = try (1...2).map { _ in try scene.alice.startSSH("root@web1@bastion", "echo up; cat") }
            for ssh in running { try ssh.waitForOutput("up") }
            let refused = try scene.alice.run("echo up", by: .atSign)
            #expect(refused.exit != .status(0), "\(refused)")
            #expect(!refused.output.contains("up"))
            #expect(try bob.run("echo up", by: .atSign).output == "up\n")
            running[0].closeInput()
            try running[0].waitForExit()
            try wait(for: "a free place") { try scene.alice.run("echo up", by: .atSign).output == "up\n" }
        }

        @Test func `one address has so many connections and no more`() throws {
            let scene = try scene("connections-per-address: 2")
            let running = try (1...2).map { _ in try scene.alice.startSSH("root@web1@bastion", "echo up; cat") }
            for ssh in running { try ssh.waitForOutput("up") }
            #expect(try scene.alice.run("echo up", by: .atSign).exit == .status(255))
        }

        @Test func `one connection has so many channels and no more`() throws {
            let scene = try scene("channels: 2")
            let control = ["-o", "ControlPath=\(scene.alice.folder.path)/master"]
            let master = try RunningProgram(
                scene.alice.sshCommand(control + ["-M", "-N", "root@web1@bastion"]), environment: Programs.environment)
            try wait(for: "the master") { try run(["ssh", "-O", "check"] + control + ["bastion"]).exit == .status(0) }
            let running = try (1...2).map { _ in
                try RunningProgram(
                    scene.alice.sshCommand(control + ["root@web1@bastion", "echo up; cat"]), environment: Programs.environment)
            }
            for ssh in running { try ssh.waitForOutput("up") }
            let refused = try scene.alice.run("echo up", by: .atSign, options: control + ["-o", "ControlMaster=no"])
            #expect(refused.errors.contains("open failed") || refused.errors.contains("refused"), "\(refused)")
            running[0].closeInput()
            try running[0].waitForExit()
            try wait(for: "a free channel") {
                try run(scene.alice.sshCommand(control + ["root@web1@bastion", "echo up"])).output == "up\n"
            }
            master.signal(SIGTERM)
        }

        @Test(arguments: Way.allCases) func `an idle session is ended and told why`(_ way: Way) throws {
            let scene = try scene("idle: 2s")
            let terminal = try Terminal(scene.alice.sshCommand(way.words()))
            try terminal.expect("root@target$ ")
            #expect(try terminal.waitForExit() != .status(0))
            #expect(terminal.screen.lowercased().contains("idle"), "\(terminal.screen)")
        }

        @Test func `a session that says something now and then is not idle`() throws {
            let scene = try scene("idle: 2s")
            let outcome = try scene.alice.run("for i in 1 2 3 4 5 6; do sleep 0.7; echo $i; done")
            #expect(outcome.exit == .status(0))
        }
    }
}
