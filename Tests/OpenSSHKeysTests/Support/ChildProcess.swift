import Glibc

/// A program of the system that was started by the tests.
///
/// Not Foundation's `Process`: that passes on the signal mask of its thread, in which Dispatch blocks everything, and an sshd that never
/// hears of its children's end waits for them for ever.
final class ChildProcess {
    let identifier: pid_t
    private var status: Int32?

    /// Standard input is empty; the outputs go to files, so that nobody has to read while the program runs.
    init(_ path: String, _ arguments: [String], output: String, errors: String, environment: [String: String] = [:]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // 0x80 is POSIX_SPAWN_SETSID, which Glibc shows to GNU programs only: ssh must not find the terminal of whoever runs the tests.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | 0x80))

        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        let fixed = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "TZ=UTC", "HOME=/nonexistent"]
        var variables: [UnsafeMutablePointer<CChar>?] = (fixed + environment.map { "\($0)=\($1)" }).map { strdup($0) }
        variables.append(nil)
        defer { for word in words + variables { free(word) } }
        var identifier = pid_t()
        let error = posix_spawn(&identifier, path, &actions, &attributes, &words, &variables)
        guard error == 0 else { throw Tool.Failure(description: "\(path) does not start: \(String(cString: strerror(error)))") }
        self.identifier = identifier
    }

    deinit { end(with: SIGKILL) }

    /// The exit status (128 and the signal for a killed one), or nil while it runs.
    var exitStatus: Int32? {
        if status == nil {
            var raw: Int32 = 0
            if waitpid(identifier, &raw, WNOHANG) == identifier { status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F }
        }
        return status
    }

    /// The exit status, or nil when it still runs after `seconds`.
    func waitForExit(seconds: Int) -> Int32? {
        for _ in 0..<(seconds * 500) {
            if let exitStatus { return exitStatus }
            usleep(2000)
        }
        return exitStatus
    }

    /// Sends a signal and waits for the end.
    func end(with signal: Int32) {
        guard exitStatus == nil else { return }
        kill(identifier, signal)
        if waitForExit(seconds: 5) == nil {
            kill(identifier, SIGKILL)
            _ = waitForExit(seconds: 5)
        }
    }
}
