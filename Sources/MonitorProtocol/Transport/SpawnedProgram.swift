internal import CSystem
package import Glibc

/// Starts a program in `/` with its standard input and one pipe for its standard output and error; every other descriptor is closed, signals have
/// their default dispositions, and the environment is `environment` alone. No shell reads its arguments.
///
/// It leads a process group, so `kill(-process)` ends what it has started too. Both descriptors stay the caller's, who also waits for the process.
///
/// - Parameters:
///   - executable: an absolute path.
///   - arguments: without the name of the program.
///   - environment: `NAME=value`.
/// - Throws: what exec failed with, too (ENOENT, EACCES).
package func spawnProgram(
    executable: String, arguments: [String], environment: [String], input: Int32, output: Int32
) throws(SystemError) -> pid_t {
    var process: pid_t = -1
    let status = withCStrings([executable] + arguments) { arguments in
        withCStrings(environment) { environment in
            csystem_spawn_program(executable, arguments, environment, input, output, &process)
        }
    }
    _ = try checked("posix_spawn", status)
    return process
}

/// Programs that the calling thread starts from now on have no privileges; what the thread itself may do stays.
package func bequeathNoPrivileges() throws(SystemError) {
    _ = try checked("prctl", csystem_bequeath_no_privileges())
}
