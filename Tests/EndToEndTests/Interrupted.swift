import EndToEndHarness
import Glibc
import Testing

extension EndToEnd {
    struct Interrupted {
        @Test func `a session that was alive when the daemon was killed is marked at the next start`() throws {
            let scene = try Scene()
            _ = try scene.alice.run("exit 3")
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try ssh.waitForOutput("up")
            try scene.bastion.stop(SIGKILL)
            try scene.bastion.start()
            let rows = try scene.bastion.sessions()
            #expect(rows.first?["exit"].string?.hasPrefix("interrupted") == true)
            #expect(rows.first?["active"].boolean == false)
            #expect(rows.last?["exit"].string == "exit 3", "what had ended stays as it was")
        }

        @Test func `a killed daemon takes its sessions along, and their recordings can be played`() throws {
            let scene = try Scene()
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try ssh.waitForOutput("up")
            let path = try #require(scene.bastion.sessions().first)
            try scene.bastion.stop(SIGKILL)
            #expect(try ssh.waitForExit() == .status(125))
            #expect(try scene.bastion.recording(of: path).asciinemaCat().contains("up"))
        }

        @Test func `a daemon that is told to stop writes the ends of its sessions`() throws {
            let scene = try Scene()
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try ssh.waitForOutput("up")
            #expect(try scene.bastion.stop(SIGTERM) == .status(0))
            try ssh.waitForExit()
            try scene.bastion.start()
            let row = try #require(scene.bastion.sessions().first)
            #expect(row["ended_at"].string != nil)
        }

        @Test func `connections are taken again after a restart`() throws {
            let scene = try Scene()
            try scene.bastion.stop(SIGKILL)
            try scene.bastion.start()
            try scene.alice.learnBastion(scene.bastion)
            #expect(try scene.alice.run("echo reached").output == "reached\n")
        }
    }
}
