internal import Foundation
internal import Logging
internal import MonitorProtocol

/// One started session process: what the monitor holds of it.
struct SessionChild: Sendable {
    let pid: pid_t
    /// The user it runs as, when that is one of its own.
    let user: UInt32?
    let socket: MessageSocket
    let log: SessionLog

    /// Starts `executable` (posix_spawn). The process confines itself and then says `ready`.
    static func start(_ executable: String, user: UInt32?) throws(SystemError) -> SessionChild {
        let sockets = try MessageSocket.pair()
        let pipe = try DescriptorPair.pipe()
        let pid = try spawnSession(
            executable: executable, arguments: user.map { ["--uid", "\($0)"] } ?? [], monitorSocket: sockets.theirs.number,
            log: pipe.second.number)
        return SessionChild(pid: pid, user: user, socket: sockets.ours, log: try SessionLog(pipe))
    }

    /// Ends the process now, if it has not ended. Only before `wait`: afterwards the number may belong to a stranger.
    func kill(_ logger: Logger) {
        // A daemon that may change users and may not kill them must not go unnoticed.
        guard Foundation.kill(pid, SIGKILL) == -1 && errno != ESRCH else { return }
        logger.critical(
            "security: a session process cannot be killed", metadata: ["pid": "\(pid)", "error": "\(SystemError("kill", errno))"])
    }

    /// Waits for the end of a process that was killed or closed its socket. One that closed its socket and lives on is killed after a second.
    func wait(_ logger: Logger) -> SessionExit? {
        for _ in 0..<100 {
            var status: Int32 = 0
            let result = waitpid(pid, &status, WNOHANG)
            if result == pid { return SessionExit(waitStatus: status) }
            if result == -1 && errno != EINTR { return nil }
            usleep(10_000)
        }
        kill(logger)
        return try? SessionExit(waitingFor: pid)
    }
}
