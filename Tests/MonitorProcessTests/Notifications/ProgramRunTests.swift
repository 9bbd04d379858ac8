import Dispatch
import Foundation
import MonitorProtocol
import Synchronization
import Testing

@testable import MonitorProcess

@Suite struct `A program that is run` {
    private let limits = ProgramRun.Limits(milliseconds: 20_000, outputBytes: 1000, excess: .dropped)
    private let stop: WakeUp

    init() throws {
        stop = try WakeUp()
        signal(SIGPIPE, SIG_IGN)
    }

    private func shell(_ script: String, input: [UInt8] = [], _ limits: ProgramRun.Limits? = nil) throws -> ProgramRun {
        try ProgramRun(["/bin/sh", "-c", script], input: input, limits: limits ?? self.limits, stop: stop.descriptorNumber)
    }

    @Test func `gets its input and gives its output and its end`() throws {
        let run = try shell("cat; echo error >&2; exit 3", input: Array("hello\n".utf8))
        #expect(String(decoding: run.output, as: UTF8.self) == "hello\nerror\n")
        #expect(run.end == .exit(.status(3)))
        #expect(try shell("kill -9 $$").end == .exit(.signal(9)))
    }

    @Test func `need not read what it is told, and may be told much`() throws {
        let much = [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)
        #expect(try shell("exec <&-; sleep 0.2", input: much).end == .exit(.status(0)))
        #expect(String(decoding: try shell("wc -c", input: much).output, as: UTF8.self) == "300000\n")
    }

    @Test func `has no other descriptors, no environment of ours and no privileges`() throws {
        setenv("SALLYPORT_SECRET", "x", 1)
        let text = Mutex("")
        // A thread of its own, because what it gives up it never gets back.
        let done = DispatchSemaphore(value: 0)
        let stop = stop.descriptorNumber
        let limits = limits
        Thread {
            defer { done.signal() }
            guard (try? bequeathNoPrivileges()) != nil else { return }
            let script = "echo *; env | sort; ls /proc/self/fd; grep -E 'CapEff|CapBnd|CapAmb|NoNewPrivs' /proc/self/status"
            let run = try? ProgramRun(
                ["/bin/sh", "-c", "cd /proc/self/fd; cd /; " + script], input: [], limits: limits, stop: stop)
            text.withLock { $0 = run.map { String(decoding: $0.output, as: UTF8.self) } ?? "not started" }
        }.start()
        done.wait()
        let said = text.withLock { $0 }
        let lines = said.split(separator: "\n").map(String.init)
        #expect(lines.first?.contains("usr") == true)
        #expect(!said.contains("SALLYPORT"))
        #expect(lines.contains("PATH=/usr/local/bin:/usr/bin:/bin"))
        // Those of ls, and the folder that it reads.
        #expect(lines.filter { Int($0) != nil } == ["0", "1", "2", "3"])
        #expect(lines.contains("NoNewPrivs:\t1"))
        #expect(lines.contains("CapEff:\t0000000000000000"))
        #expect(lines.contains("CapAmb:\t0000000000000000"))
    }

    @Test func `is ended with what it has started when its time is over`() throws {
        let quick = ProgramRun.Limits(milliseconds: 300, outputBytes: 1000, excess: .dropped)
        let run = try shell("sleep 1000 & echo $!; wait", quick)
        #expect(run.end == .timedOut)
        let started = try #require(Int32(String(decoding: run.output, as: UTF8.self).trimmingCharacters(in: .newlines)))
        _ = try RunningDaemon.eventually("the child is gone") { kill(started, 0) == -1 || isZombie(started) ? true : nil }
    }

    @Test func `that closes its output and stays is ended too`() throws {
        let quick = ProgramRun.Limits(milliseconds: 300, outputBytes: 1000, excess: .dropped)
        #expect(try shell("exec >&- 2>&-; sleep 1000", quick).end == .timedOut)
    }

    @Test func `does not wait for what it leaves behind`() throws {
        let run = try shell("sleep 5 & echo $!")
        #expect(run.end == .exit(.status(0)))
        let left = try #require(Int32(String(decoding: run.output, as: UTF8.self).trimmingCharacters(in: .newlines)))
        kill(left, SIGKILL)
    }

    @Test func `may write only so much`() throws {
        let run = try shell("yes | head -c 5000000")
        #expect(run.end == .exit(.status(0)))
        #expect(run.output.count == 1000)
        let strict = ProgramRun.Limits(milliseconds: 20_000, outputBytes: 1000, excess: .ends)
        #expect(try shell("yes", strict).end == .wroteTooMuch)
    }

    @Test func `is ended when the daemon stops`() throws {
        stop.wake()
        #expect(try shell("sleep 1000").end == .stopped)
    }

    @Test func `that there is not is an error`() {
        #expect(throws: SystemError("posix_spawn", ENOENT)) {
            _ = try ProgramRun(["/nowhere/program"], input: [], limits: limits, stop: stop.descriptorNumber)
        }
    }
}

private func isZombie(_ process: pid_t) -> Bool {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return text.split(separator: ")").last?.hasPrefix(" Z") ?? true
}
