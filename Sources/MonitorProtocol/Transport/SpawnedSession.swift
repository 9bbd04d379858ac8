internal import CSystem
package import Glibc

/// Starts a session process (posix_spawn) with `InheritedDescriptors` and nothing else: every other descriptor is closed, signals have their
/// default dispositions and none is blocked, the process leads a session of its own, and the
/// environment holds nothing of ours.
///
/// Safe in a process with threads. Both descriptors stay the caller's; close the session's end of the monitor socket after this, or its
/// death is never seen. The caller waits for the process: `SessionExit(waitingFor:)`.
///
/// - Parameters:
///   - executable: an absolute path.
///   - arguments: without the name of the program.
/// - Throws: what exec failed with, too (ENOENT, EACCES).
package func spawnSession(
    executable: String, arguments: [String], monitorSocket: Int32, log: Int32
) throws(SystemError) -> pid_t {
    var process: pid_t = -1
    let status = withCStrings([executable] + arguments) { arguments in
        // Swift's runtime would handle crashes by starting a program that reads this process's memory, which the filter forbids; without it,
        // a crash is the signal that it is.
        withCStrings(["LC_ALL=C", "SWIFT_BACKTRACE=enable=no"]) { environment in
            csystem_spawn(executable, arguments, environment, monitorSocket, log, &process)
        }
    }
    _ = try checked("posix_spawn", status)
    return process
}

/// How a session process ended.
package enum SessionExit: Equatable, Sendable {
    case status(Int32)
    /// Killed by this signal. SIGSYS: it made a system call that its filter does not allow, a security event.
    case signal(Int32)

    /// From the status that wait(2) gives.
    package init(waitStatus: Int32) {
        // WIFEXITED and its like are macros that Swift does not import: the low seven bits are the signal, the next byte the status.
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .status(waitStatus >> 8 & 0xff) : .signal(signal)
    }

    /// Waits until a child of ours has ended, and takes its number out of the process table (waitpid).
    package init(waitingFor process: pid_t) throws(SystemError) {
        var status: Int32 = 0
        _ = try systemCall("waitpid") { waitpid(process, &status, 0) }
        self.init(waitStatus: status)
    }

    package var wasKilledByFilter: Bool { self == .signal(SIGSYS) }
}

/// Calls `body` with a NULL-terminated array of C strings, which live as long as the call.
func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return (copies + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
}
