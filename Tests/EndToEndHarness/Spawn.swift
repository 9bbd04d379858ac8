package import Glibc

/// Where a child's standard descriptors lead.
package enum StandardStreams {
    /// Descriptors of this process; they stay open here.
    case descriptors(input: Int32, output: Int32, error: Int32)
    /// The terminal of this name, which becomes the child's controlling terminal.
    case terminal(String)
}

/// A test could not be prepared, or waited too long.
package struct HarnessError: Error, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
}

/// Starts a program as the leader of a session of its own, so that it and its children can be ended together.
package func spawn(_ command: [String], environment: [String: String], streams: StandardStreams) throws -> pid_t {
    // A program that ends while a test writes to it is that program's failure, not the end of all tests.
    _ = signal(SIGPIPE, SIG_IGN)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    switch streams {
    case .descriptors(let input, let output, let error):
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, error, 2)
    case .terminal(let name):
        // The first terminal that a session leader opens becomes its controlling terminal.
        posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(setsidFlag | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var process: pid_t = 0
    let error = posix_spawnp(&process, command[0], &actions, &attributes, arguments, variables)
    guard error == 0 else { throw HarnessError("\(command[0]): \(String(cString: strerror(error)))") }
    return process
}

/// How a process ended.
package enum Exit: Equatable, CustomStringConvertible {
    case status(Int32)
    case signal(Int32)

    package var description: String {
        switch self {
        case .status(let status): "exit \(status)"
        case .signal(let signal): "signal \(signal)"
        }
    }
}

/// POSIX_SPAWN_SETSID of glibc's spawn.h, which needs _GNU_SOURCE and so does not reach Swift.
private let setsidFlag: Int32 = 0x80

/// A pipe whose ends no child inherits by accident.
package func makePipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw HarnessError("pipe: \(String(cString: strerror(errno)))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
}
