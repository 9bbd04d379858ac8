import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct BackPressure {
        @Test(arguments: Way.allCases) func `a client that stops reading costs no more memory later than at once`(_ way: Way)
            throws
        {
            let scene = try Scene()
            let ssh = try RunningProgram(scene.alice.sshCommand(way.words() + ["yes"]), environment: Programs.environment)
            try ssh.waitForOutput("y\ny\n")
            try staysAsItIs(scene) { ssh.signal(SIGSTOP) }
            ssh.signal(SIGKILL)
        }

        @Test(arguments: Way.allCases) func `a target that stops reading costs no more memory later than at once`(_ way: Way)
            throws
        {
            let scene = try Scene()
            let command = "head -c 100 >/dev/null; echo stopping; exec sleep 600"
            let shell = scene.alice.sshCommand(way.words() + [command]).map { "'\($0)'" }.joined(separator: " ") + " </dev/zero"
            let ssh = try RunningProgram(["sh", "-c", "exec " + shell], environment: Programs.environment)
            try ssh.waitForOutput("stopping")
            try staysAsItIs(scene) {}
        }

        @Test func `other sessions of the same connection go on beside one that is stuck`() throws {
            let scene = try Scene()
            let control = ["-o", "ControlPath=\(scene.alice.folder.path)/master"]
            let master = try RunningProgram(
                scene.alice.sshCommand(control + ["-M", "-N", "-J", "bastion", "root@web1"]), environment: Programs.environment)
            try wait(for: "the master") { try run(["ssh", "-O", "check"] + control + ["web1"]).exit == .status(0) }
            let stuck = try RunningProgram(
                scene.alice.sshCommand(control + ["root@web1", "yes"]), environment: Programs.environment)
            try stuck.waitForOutput("y\ny\n")
            for _ in 1...5 { #expect(try scene.alice.run("echo lively", options: control).output == "lively\n") }
            stuck.signal(SIGKILL)
            master.signal(SIGTERM)
        }

        /// Memory and recording when the buffers have filled up, and five seconds of a stream at full speed later.
        private func staysAsItIs(_ scene: Scene, afterwards: () -> Void) throws {
            afterwards()
            let process = try #require(scene.bastion.busySessionProcess())
            usleep(1_500_000)
            let memory = try residentKilobytes(process)
            let recorded = recordedBytes(scene)
            usleep(5_000_000)
            #expect(try residentKilobytes(process) <= memory + 512)
            #expect(recordedBytes(scene) == recorded)
            #expect(memory < 64 * 1024)
        }

        private func recordedBytes(_ scene: Scene) -> Int {
            let files = FileManager.default.enumerator(atPath: scene.bastion.recordings)?.compactMap { $0 as? String } ?? []
            return files.map { scene.bastion.recordings + "/" + $0 }
                .compactMap { try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int }.reduce(0, +)
        }

        private func residentKilobytes(_ process: pid_t) throws -> Int {
            let line = contents(of: "/proc/\(process)/status").split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            return try #require(line?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        }
    }
}
