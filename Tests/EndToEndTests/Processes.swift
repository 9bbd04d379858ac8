import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct Processes {
        @Test func `session processes wait, confined, before there is a connection`() throws {
            let scene = try Scene()
            try wait(for: "the pool") { scene.bastion.sessionProcesses().count == 2 }
            for session in scene.bastion.sessionProcesses() {
                try isConfined(session)
                #expect(session.descriptors.count == 4)
                #expect(session.descriptors[0] == "/dev/null")
                #expect(session.descriptors[1] == "/dev/null")
                #expect(session.descriptors[2]?.hasPrefix("pipe:") == true)
                #expect(session.descriptors[3]?.hasPrefix("socket:") == true)
            }
        }

        @Test func `a busy session process holds sockets and its recording, and nothing else`() throws {
            let scene = try Scene()
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try ssh.waitForOutput("up")
            let session = try SessionProcess(process: #require(scene.bastion.busySessionProcess()))
            try isConfined(session)
            let files = session.descriptors.filter { $0.value.hasPrefix("/") && $0.value != "/dev/null" }
            #expect(files.count == 1)
            let recording = try #require(files.first)
            #expect(recording.value.hasPrefix(scene.bastion.recordings))
            let flags = try #require(session.flags(of: recording.key))
            #expect(flags & O_APPEND != 0)
            #expect(flags & O_ACCMODE == O_WRONLY)
            ssh.closeInput()
            try ssh.waitForExit()
        }

        @Test func `each connection has a process and a user id of its own`() throws {
            let scene = try Scene()
            let connections = try (1...3).map { _ in try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat") }
            for ssh in connections { try ssh.waitForOutput("up") }
            let busy = scene.bastion.sessionProcesses().filter { $0.descriptors.values.contains { $0.hasSuffix(".cast") } }
            #expect(busy.count == 3)
            #expect(Set(busy.compactMap { $0.status("Uid") }).count == 3)
        }

        @Test func `a connection's process ends with it, and another waits in its place`() throws {
            let scene = try Scene()
            try wait(for: "the pool") { scene.bastion.sessionProcesses().count == 2 }
            for _ in 1...4 { try scene.alice.run("true").orThrow() }
            try wait(for: "the pool") { scene.bastion.sessionProcesses().count == 2 }
        }

        @Test func `session processes end with the daemon`() throws {
            let scene = try Scene()
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try ssh.waitForOutput("up")
            let processes = scene.bastion.sessionProcesses().map(\.process)
            #expect(processes.count >= 2)
            #expect(try scene.bastion.stop() == .status(0))
            try wait(for: "the session processes to end") { processes.allSatisfy { kill($0, 0) != 0 } }
            #expect(try ssh.waitForExit() == .status(125))
            #expect(ssh.stderr.contains("sallyport: ".utf8), "the user is told")
        }

        private func isConfined(_ session: SessionProcess) throws {
            #expect(session.status("NoNewPrivs") == "1")
            #expect(session.status("Seccomp") == "2")
            for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] { #expect(session.status(set) == "0000000000000000") }
            let user = try #require(session.status("Uid")?.split(separator: "\t").compactMap { Int($0) })
            #expect(user.allSatisfy { (65_536...99_999).contains($0) })
            #expect(session.status("Groups")?.isEmpty == true)
            #expect(session.status("Threads") == "1")
        }
    }
}
