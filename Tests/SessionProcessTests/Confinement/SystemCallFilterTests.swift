import Glibc
import MonitorProtocol
import Testing

/// Each test acts from inside a real session process, after it has confined itself (Tests/SessionProbe).
struct SystemCallFilterTests {
    static let files = [
        "open", "open_to_write", "open_through_proc", "openat2", "create", "truncate", "unlink", "mkdir", "rename", "link",
        "chmod",
        "stat", "statx", "readlink", "chdir", "chroot", "mount", "inotify", "memfd_create",
    ]
    static let recording = [
        "ftruncate", "fallocate", "pwrite", "pwritev2_without_append", "clear_append", "clear_append_high_bits",
        "set_async_owner", "lock", "map_recording", "sendfile", "splice", "copy_file_range", "io_uring_setup", "io_setup",
        "clone_file", "file_flags", "duplicate",
    ]
    static let sockets = [
        "socket", "unix_socket", "socketpair", "connect", "bind", "listen", "accept", "send_to_address", "send_with_fastopen",
        "sendmsg_with_fastopen", "sendmmsg", "attach_filter", "tcp_repair", "handle_on_peer",
    ]
    static let processes = [
        "execve", "execveat", "fork", "clone_thread", "clone3", "ptrace_attach", "ptrace_me", "read_memory", "write_memory",
        "kill",
        "kill_all", "kill_self", "tgkill", "tkill", "queue_signal", "pidfd_open", "pidfd_getfd", "wait", "setpriority",
    ]
    static let wayBack = [
        "new_privileges", "dumpable", "seccomp", "become_root", "capabilities", "limits", "personality", "namespace",
        "enter_namespace", "map_executable", "make_executable", "make_executable_with_key",
    ]
    static let surfaces = [
        "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "timer_create", "futex_requeue", "inject_terminal_input",
        "unknown_call",
    ]
    #if arch(x86_64)
        static let otherArchitectures = ["x32_open", "i386_getpid"]
    #else
        static let otherArchitectures: [String] = []
    #endif

    @Test(arguments: files + sockets + processes + wayBack + surfaces + otherArchitectures)
    func `a session that does what it must not is killed`(act: String) throws {
        let folder = try OpenFolder()
        let outcome = try ProbedSession(act: act, environment: folder.environment).outcome()
        #expect(outcome.isConfined, "\(outcome.log)")
        #expect(outcome.result == nil)
        #expect(outcome.exit == .signal(SIGSYS))
        #expect(outcome.exit.wasKilledByFilter)
        #expect(try folder.names() == ["recording"])
        #expect(try folder.contents() == "recorded\n")
    }

    @Test(arguments: recording)
    func `a session that would change what it has recorded is killed`(act: String) throws {
        let folder = try OpenFolder()
        let recording = try folder.openRecording()
        let outcome = try ProbedSession(act: act, environment: folder.environment).outcome(recording: recording.number)
        #expect(outcome.isConfined, "\(outcome.log)")
        #expect(outcome.result == nil)
        #expect(outcome.exit == .signal(SIGSYS))
        #expect(try folder.contents() == "recorded\n")
    }

    /// libssh sets the flags of its sockets with exactly these values; for a recording they would mean "do not append".
    @Test func `what libssh does to its sockets does not stop a recording from appending`() throws {
        let folder = try OpenFolder()
        let recording = try folder.openRecording()
        let outcome = try ProbedSession(act: "clear_append_as_libssh", environment: folder.environment)
            .outcome(recording: recording.number)
        #expect(outcome.result == 1)
        #expect(outcome.exit == .status(0))
        #expect(fcntl(recording.number, F_GETFL) & (O_APPEND | O_NONBLOCK) == O_APPEND)
        #expect(try folder.contents() == "recorded\nOVERWRITTEN")
    }

    @Test func `a recording can be appended to`() throws {
        let folder = try OpenFolder()
        let recording = try folder.openRecording()
        let outcome = try ProbedSession(act: "write_recording").outcome(recording: recording.number)
        #expect(outcome.result == 1)
        #expect(try folder.contents() == "recorded\nOVERWRITTEN")
    }

    struct Permitted: Sendable {
        var act: String
        var result: Int
    }

    @Test(arguments: [
        Permitted(act: "use_memory", result: 0), Permitted(act: "tell_time", result: 0), Permitted(act: "random", result: 8),
        Permitted(act: "socket_error", result: 0),
        Permitted(act: "set_nonblocking", result: Int(O_NONBLOCK)),
    ])
    func `what every session does is permitted`(permitted: Permitted) throws {
        let outcome = try ProbedSession(act: permitted.act).outcome()
        #expect(outcome.result == permitted.result, "\(outcome.log)")
        #expect(outcome.exit == .status(0))
    }

    struct Crash: Sendable {
        var act: String
        var signal: Int32
    }

    /// So that the monitor does not log a bug of ours as an attack.
    @Test(arguments: [Crash(act: "abort", signal: SIGABRT), Crash(act: "crash", signal: SIGSEGV)])
    func `a crash is seen as the signal that it is`(crash: Crash) throws {
        #expect(try ProbedSession(act: crash.act).outcome().exit == .signal(crash.signal))
    }

    /// What makes the tests above mean something: the probe's acts work where nothing is confined away.
    @Test(arguments: ["open", "open_to_write", "create", "truncate", "unlink", "mkdir", "socket", "pidfd_open", "duplicate"])
    func `without filter and Landlock the probe could do it`(act: String) throws {
        let folder = try OpenFolder()
        let recording = try folder.openRecording()
        let outcome = try ProbedSession(
            act: act, arguments: SessionArguments(user: ProbedSession.user, landlockIsOptional: true),
            without: [.filter, .landlock], environment: folder.environment
        ).outcome(recording: recording.number)
        #expect(try #require(outcome.result, "\(outcome.log)") >= 0)
    }
}

extension OpenFolder {
    /// For the probe: this file, and the process that runs the tests.
    var environment: [String] { ["PROBE_PATH=\(file)", "PROBE_PROCESS=\(getpid())"] }
}
