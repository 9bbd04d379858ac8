import EndToEndHarness
import Glibc
import Testing

extension EndToEnd {
    struct OneFate {
        @Test func `killing one session process touches no other connection`() throws {
            let scene = try Scene()
            let first = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try first.waitForOutput("up")
            let killed = try #require(scene.bastion.busySessionProcess())
            let second = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try second.waitForOutput("up")

            kill(killed, SIGKILL)
            #expect(try first.waitForExit() == .status(255))
            try second.write("still here\n")
            try second.waitForOutput("still here")
            second.closeInput()
            #expect(try second.waitForExit() == .status(0))
            #expect(try scene.alice.run("echo and new ones").output == "and new ones\n")

            let exits = try scene.bastion.sessions().compactMap { $0["exit"].string }
            #expect(exits.count == 3, "the killed session's row has an end too: \(exits)")
            #expect(exits.last?.hasPrefix("lost") == true)
        }

        @Test func `a killed waiting process is replaced`() throws {
            let scene = try Scene()
            try wait(for: "the pool") { scene.bastion.sessionProcesses().count == 2 }
            for session in scene.bastion.sessionProcesses() { kill(session.process, SIGKILL) }
            try wait(for: "new ones") { try scene.alice.run("echo up").output == "up\n" }
        }

        @Test func `garbage instead of SSH ends its own connection only`() throws {
            let scene = try Scene()
            let running = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try running.waitForOutput("up")
            let port = try scene.bastion.port()
            for _ in 1...5 {
                let socket = try #require(FreePort.connect(to: port))
                var garbage = (0..<4096).map { _ in UInt8.random(in: 0...255) }
                _ = send(socket, &garbage, garbage.count, Int32(MSG_NOSIGNAL))
                close(socket)
            }
            try running.write("still here\n")
            try running.waitForOutput("still here")
            #expect(scene.bastion.daemonRuns)
        }
    }
}
