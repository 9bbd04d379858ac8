import EndToEndHarness
import Glibc
import Testing

extension EndToEnd {
    struct DeadPeers {
        private static let lines = ["limits: { keepalive: 1s, keepalive-count: 2 }"]

        @Test(arguments: Way.allCases) func `a client that has stopped answering is noticed`(_ way: Way) throws {
            let scene = try Scene(bastionLines: Self.lines)
            let ssh = try RunningProgram(
                scene.alice.sshCommand(way.words() + ["echo up; cat"]), environment: Programs.environment)
            try ssh.waitForOutput("up")
            kill(-ssh.process, SIGSTOP)  // the ssh of -J too
            #expect(try scene.bastion.endedSession()["exit"].string?.hasPrefix("lost") == true)
        }

        @Test func `a target that has stopped answering is noticed, and the user is told`() throws {
            let scene = try Scene(bastionLines: Self.lines)
            // The parent is the sshd that serves this connection.
            let ssh = try scene.alice.startSSH("-J", "bastion", "deploy@web1", "echo up; sleep 0.5; kill -STOP $PPID; cat")
            try ssh.waitForOutput("up")
            #expect(try ssh.waitForExit() != .status(0))
            #expect(!ssh.stderr.isEmpty)
            #expect(try scene.bastion.endedSession()["exit"].string?.hasPrefix("lost") == true)
        }

        @Test(arguments: Way.allCases) func `a quiet session lives on while both sides answer`(_ way: Way) throws {
            let scene = try Scene(bastionLines: Self.lines)
            let outcome = try scene.alice.run("sleep 6; echo still here", by: way)
            #expect(outcome.output == "still here\n", "\(outcome)")
        }

        @Test func `a target that is not there is told in a sentence`() throws {
            let scene = try Scene()
            try scene.target.stop()
            let outcome = try scene.alice.run("echo reached")
            #expect(outcome.exit != .status(0))
            #expect(outcome.errors.contains("does not answer"), "\(outcome)")
        }

        @Test func `a target that dies in the middle ends the session`() throws {
            let scene = try Scene()
            let ssh = try scene.alice.startSSH("-J", "bastion", "deploy@web1", "echo up; sleep 0.5; kill -KILL $PPID; cat")
            try ssh.waitForOutput("up")
            #expect(try ssh.waitForExit() != .status(0))
            #expect(try scene.bastion.endedSession()["exit"].string?.hasPrefix("lost") == true)
        }
    }
}
