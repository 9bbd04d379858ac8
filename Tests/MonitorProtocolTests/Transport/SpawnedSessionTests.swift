import Foundation
import Glibc
import MonitorProtocol
import Testing

/// `spawnSession` with a shell in the place of the session process.
struct SpawnedSessionTests {
    @Test func `the process has exactly the four descriptors`() throws {
        // Of ours some are not close-on-exec, as a library might leave them.
        let leak = OwnedDescriptor(owning: dup(2))
        // Not 10: there dash keeps a copy of its output during a redirection.
        let numbers = (0...9).map(String.init) + (11...99).map(String.init)
        let output = try run(
            "for n in \(numbers.joined(separator: " ")); do [ -e /proc/$$/fd/$n ] && echo $n $(readlink /proc/$$/fd/$n) >&2; done; true"
        )
        let lines = output.log.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.map(\.[0]) == ["0", "1", "2", "3"])
        #expect(lines[0][1] == "/dev/null")
        #expect(lines[1][1] == "/dev/null")
        #expect(lines[2][1].hasPrefix("pipe:"))
        #expect(lines[3][1].hasPrefix("socket:"))
        leak.close()
    }

    @Test func `the environment holds nothing of ours`() throws {
        setenv("SALLYPORT_TEST_SECRET", "1", 1)
        let output = try run("tr '\\0' '\\n' < /proc/$$/environ >&2")
        #expect(output.log == "LC_ALL=C\nSWIFT_BACKTRACE=enable=no\n")
    }

    @Test func `signals have their defaults and the process leads its own session`() throws {
        signal(SIGPIPE, SIG_IGN)
        let output = try run("cat /proc/self/status >&2; echo shell $$ >&2")
        let lines = output.log.split(separator: "\n")
        #expect(lines.contains("SigBlk:\t0000000000000000"))
        // 32 and 33 are glibc's own; its posix_spawn leaves them ignored.
        let ignored = lines.first { $0.hasPrefix("SigIgn:\t") }.flatMap { UInt64($0.dropFirst(8), radix: 16) }
        #expect(ignored.map { $0 & ~0x1_8000_0000 } == 0)
        let shell = try #require(lines.last?.split(separator: " ").last)
        #expect(lines.contains("NSsid:\t\(shell)"))
    }

    @Test func `the monitor socket is the one that was given`() throws {
        let pair = try MessageSocket.pair()
        let log = try DescriptorPair.pipe()
        let process = try spawnSession(
            executable: "/bin/sh", arguments: ["-c", "printf ready >&3; exit 7"], monitorSocket: pair.theirs.number,
            log: log.second.number)
        guard let message = try pair.ours.receive(timeoutMilliseconds: 10_000) else { throw SystemError("recvmsg", ENODATA) }
        #expect(message.bytes == Array("ready".utf8))
        #expect(try SessionExit(waitingFor: process) == .status(7))
    }

    /// A daemon may have been started with standard descriptors closed; then ours are among the numbers that the child is given.
    @Test func `low numbers are not mixed up`() async {
        await #expect(processExitsWith: .success) {
            let pair = try MessageSocket.pair()
            let log = try DescriptorPair.pipe()
            // The monitor's socket on 2, where the log belongs, and the log on 3, where the socket belongs.
            let (ours, reading) = (fcntl(pair.ours.descriptorNumber, F_DUPFD, 100), fcntl(log.first.number, F_DUPFD, 100))
            let (theirs, writing) = (fcntl(pair.theirs.number, F_DUPFD, 100), fcntl(log.second.number, F_DUPFD, 100))
            guard dup2(theirs, 2) == 2, dup2(writing, 3) == 3 else { exit(2) }
            let process = try spawnSession(
                executable: "/bin/sh", arguments: ["-c", "echo log >&2; echo monitor >&3"], monitorSocket: 2, log: 3)
            guard try SessionExit(waitingFor: process) == .status(0) else { exit(3) }
            var buffer = [UInt8](repeating: 0, count: 20)
            guard read(reading, &buffer, 20) == 4, buffer.starts(with: "log\n".utf8) else { exit(4) }
            guard read(ours, &buffer, 20) == 8, buffer.starts(with: "monitor\n".utf8) else { exit(5) }
            _exit(0)
        }
    }

    @Test func `a program that is not there is an error at once`() throws {
        let pipe = try DescriptorPair.pipe()
        #expect(throws: SystemError("posix_spawn", ENOENT)) {
            try spawnSession(
                executable: "/nonexistent/sallyport-session", arguments: [], monitorSocket: pipe.first.number,
                log: pipe.second.number)
        }
        #expect(throws: SystemError("posix_spawn", EACCES)) {
            try spawnSession(executable: "/etc/passwd", arguments: [], monitorSocket: pipe.first.number, log: pipe.second.number)
        }
        #expect(throws: SystemError("posix_spawn", EBADF)) {
            try spawnSession(executable: "/bin/true", arguments: [], monitorSocket: 9999, log: pipe.second.number)
        }
    }

    @Test func `an exit tells status from signal`() throws {
        #expect(try run("exit 255").exit == .status(255))
        #expect(try run("kill -KILL $$").exit == .signal(SIGKILL))
        #expect(try run("kill -SYS $$").exit.wasKilledByFilter)
        #expect(throws: SystemError("waitpid", ECHILD)) { try SessionExit(waitingFor: getpid()) }
    }

    private func run(_ script: String) throws -> (log: String, exit: SessionExit) {
        let pair = try MessageSocket.pair()
        let log = try DescriptorPair.pipe()
        let process = try spawnSession(
            executable: "/bin/sh", arguments: ["-c", script], monitorSocket: pair.theirs.number, log: log.second.number)
        log.second.close()
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(log.first.number, &chunk, chunk.count)
            guard count > 0 else { break }
            text += chunk[..<count]
        }
        return (String(decoding: text, as: UTF8.self), try SessionExit(waitingFor: process))
    }
}
