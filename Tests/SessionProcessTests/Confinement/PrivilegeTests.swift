import Foundation
import Glibc
import MonitorProtocol
import Testing

@testable import SessionProcess

/// What the kernel says of a waiting session process, read from outside.
struct PrivilegeTests {
    @Test func `a waiting session has no privileges, no capabilities, one thread and a filter`() throws {
        let session = try ProbedSession()
        #expect(try session.isReady())
        #expect(try session.status("NoNewPrivs") == "1")
        #expect(try session.status("Seccomp") == "2")
        #expect(try session.status("Seccomp_filters") == "1")
        #expect(try session.status("Threads") == "1")
        for set in ["CapInh", "CapPrm", "CapEff", "CapAmb"] { #expect(try session.status(set) == "0000000000000000") }
        if getuid() == 0 { #expect(try session.status("CapBnd") == "0000000000000000") }
        kill(session.process, SIGKILL)
        _ = try session.end()
    }

    @Test func `a session started by root is a user and a group of its own`() throws {
        let session = try ProbedSession()
        #expect(try session.isReady())
        let number = ProbedSession.user ?? getuid()
        #expect(try session.status("Uid") == Array(repeating: "\(number)", count: 4).joined(separator: "\t"))
        if getuid() == 0 {
            #expect(try session.status("Gid") == Array(repeating: "\(number)", count: 4).joined(separator: "\t"))
            #expect(try session.status("Groups") == "")
        }
        kill(session.process, SIGKILL)
        _ = try session.end()
    }

    @Test func `nothing is open but the four descriptors it was handed`() throws {
        let session = try ProbedSession(act: "open_descriptors")
        if getuid() == 0 {
            #expect(try session.isReady())
            let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(session.process)/fd")
            #expect(names.sorted() == ["0", "1", "2", "3"])
            for number in [0, 1] {
                #expect(
                    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(session.process)/fd/\(number)")
                        == "/dev/null")
            }
            try session.monitor.send([0])
            #expect(try session.end().result == 0b1111)
        } else {
            // Only root may look into /proc/PID/fd of a process that is not dumpable.
            #expect(try session.outcome().result == 0b1111)
        }
    }

    @Test func `the limits are lowered for good`() throws {
        let session = try ProbedSession(arguments: SessionArguments(user: ProbedSession.user, largestRecording: 4096))
        #expect(try session.isReady())
        let text = try String(contentsOfFile: "/proc/\(session.process)/limits", encoding: .utf8)
        func limit(_ name: String) -> [Substring] {
            let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
            return Array(line.dropFirst(26).split(separator: " ").prefix(2))
        }
        #expect(limit("Max processes") == ["0", "0"])
        #expect(limit("Max core file size") == ["0", "0"])
        #expect(limit("Max locked memory") == ["0", "0"])
        #expect(limit("Max msgqueue size") == ["0", "0"])
        #expect(limit("Max pending signals") == ["0", "0"])
        #expect(limit("Max open files") == ["1024", "1024"])
        #expect(limit("Max address space") == ["1073741824", "1073741824"])
        #expect(limit("Max file size") == ["4096", "4096"])
        kill(session.process, SIGKILL)
        _ = try session.end()
    }

    @Test func `a recording at its limit is an error and not the end of the process`() throws {
        let folder = try OpenFolder()
        let recording = try folder.openRecording()
        let outcome = try ProbedSession(
            act: "write_recording_until_refused",
            arguments: SessionArguments(user: ProbedSession.user, largestRecording: 4096)
        ).outcome(recording: recording.number)
        #expect(outcome.result == -Int(EFBIG))
        #expect(outcome.exit == .status(0))
        #expect(try folder.contents().utf8.count == 4096)
    }

    @Test func `a session that takes memory without end gets no more`() throws {
        #expect(try ProbedSession(act: "take_all_memory").outcome().result == -Int(ENOMEM))
    }

    @Test func `other processes of the same user cannot read a session's memory`() throws {
        let session = try ProbedSession()
        #expect(try session.isReady())
        // The kernel gives the files of a process that is not dumpable to root.
        let owner = try FileManager.default.attributesOfItem(atPath: "/proc/\(session.process)/mem")[.ownerAccountID] as? Int
        #expect(owner == 0)
        kill(session.process, SIGKILL)
        _ = try session.end()
    }
}
