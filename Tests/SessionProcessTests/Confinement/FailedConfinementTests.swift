import Glibc
import MonitorProtocol
import Testing

@testable import SessionProcess

/// A session process that cannot confine itself does not start. The probe makes single calls of the real process fail, or do nothing and say
/// that they did.
struct FailedConfinementTests {
    struct Failure: Sendable {
        var call: String
        var step: ConfinementStep
    }
    static let refusals =
        [
            Failure(call: "close_range", step: .inheritedDescriptors),
            Failure(call: "prctl:38", step: .noNewPrivileges),
            Failure(call: "prctl:47", step: .capabilities),
            Failure(call: "syscall:126", step: .capabilities),
            Failure(call: "setrlimit", step: .limits),
            Failure(call: "prctl:4", step: .notDumpable),
            Failure(call: "syscall:444", step: .landlock),
            Failure(call: "syscall:446", step: .landlock),
            Failure(call: "seccomp_load", step: .systemCallFilter),
        ] + (getuid() == 0 ? ofRoot : [])
    static let ofRoot = [
        Failure(call: "prctl:24", step: .boundingCapabilities),
        Failure(call: "setgroups", step: .group),
        Failure(call: "setresgid", step: .group),
        Failure(call: "setresuid", step: .user),
    ]

    @Test(arguments: refusals)
    func `a session does not start when a step of its confinement fails`(failure: Failure) throws {
        let outcome = try ProbedSession(environment: ["PROBE_FAIL=\(failure.call)"]).outcome()
        #expect(!outcome.isConfined)
        #expect(outcome.exit == .status(failure.step.exitStatus))
        #expect(outcome.log.hasPrefix("not confined: ") && outcome.log.hasSuffix(": \(failure.step): Operation not permitted\n"))
    }

    static let pretences =
        [
            Failure(call: "prctl:38", step: .noNewPrivileges),
            Failure(call: "setrlimit", step: .limits),
            Failure(call: "syscall:446", step: .landlock),
        ]
        + (getuid() == 0
            ? [
                Failure(call: "prctl:24", step: .boundingCapabilities),
                Failure(call: "setresgid", step: .group),
                Failure(call: "setresuid", step: .user),
                // The user has changed by then, which makes a process not dumpable by itself: nothing is left to find.
            ]
            : [Failure(call: "prctl:4", step: .notDumpable)])

    @Test(arguments: pretences)
    func `a session does not start when a step only says that it was taken`(pretence: Failure) throws {
        let outcome = try ProbedSession(environment: ["PROBE_PRETEND=\(pretence.call)"]).outcome()
        #expect(!outcome.isConfined)
        #expect(outcome.exit == .status(pretence.step.exitStatus), "\(outcome.log)")
    }

    @Test(arguments: [
        ["--uid", "0"], ["--uid", "4294967295"], ["--uid", "-1"], ["--uid"], ["--landlock", "off"], ["--probe"], ["x"],
    ])
    func `an argument that means nothing ends the process`(list: [String]) throws {
        #expect(throws: SessionArguments.Mistake.self) { try SessionArguments(parsing: list) }
    }

    @Test func `a session with a second thread does not start`() throws {
        let outcome = try ProbedSession(environment: ["PROBE_THREAD=1"]).outcome()
        #expect(outcome.exit == .status(ConfinementStep.singleThread.exitStatus))
        #expect(outcome.log == "not confined: there is more than one thread: singleThread: Device or resource busy\n")
    }

    @Test func `arguments read back as they were written`() throws {
        let arguments = SessionArguments(user: 61_184, landlockIsOptional: true, largestRecording: 1 << 40)
        #expect(arguments.list == ["--uid", "61184", "--landlock", "optional", "--largest-recording", "1099511627776"])
        #expect(try SessionArguments(parsing: arguments.list) == arguments)
        #expect(try SessionArguments(parsing: []) == SessionArguments())
    }

    @Test func `root must be given a user`() throws {
        let outcome = try ProbedSession(act: "tell_time", arguments: SessionArguments()).outcome()
        if getuid() == 0 {
            #expect(outcome.exit == .status(ConfinementStep.user.exitStatus))
            #expect(outcome.log == "not confined: started as root without --uid\n")
        } else {
            #expect(outcome.result == 0)
        }
    }
}
