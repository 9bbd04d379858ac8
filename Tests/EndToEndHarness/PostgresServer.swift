import Foundation
import Glibc

/// A PostgreSQL server of its own, on a socket in a temporary folder; nothing listens on a port. Gone when the test lets go of it.
package final class PostgresServer {
    /// For `PGHOST`; the user is postgres, without a password.
    package let host: String
    private let folder: TemporaryFolder
    private let server: RunningProgram

    package init() throws {
        folder = try TemporaryFolder()
        let data = try folder.makeFolder("data", mode: 0o700)
        host = data
        // postgres does not run as root.
        let isRoot = geteuid() == 0
        if isRoot, let account = getpwnam("postgres") { chown(data, account.pointee.pw_uid, account.pointee.pw_gid) }
        let asUser = isRoot ? "exec setpriv --reuid postgres --regid postgres --clear-groups" : "exec"
        let programs = "cd '\(data)' && PATH=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1):$PATH && "
        let preparation = try RunningProgram(
            ["/bin/sh", "-c", programs + "\(asUser) initdb -D '\(data)' -A trust -U postgres -E UTF8 --locale=C --no-sync"],
            environment: Programs.environment)
        guard try preparation.waitForExit(within: .seconds(120)) == .status(0) else {
            throw HarnessError("initdb: \(String(decoding: preparation.stderr, as: UTF8.self))")
        }
        server = try RunningProgram(
            ["/bin/sh", "-c", programs + "\(asUser) postgres -D '\(data)' -k '\(data)' -c listen_addresses= -c fsync=off"],
            environment: Programs.environment)
        let deadline = Deadline.after(.seconds(60))
        while !exists(data + "/.s.PGSQL.5432"), !deadline.isPast { usleep(20_000) }
    }

    deinit {
        // Killed it would leave its shared memory behind.
        server.signal(SIGINT)
        _ = try? server.waitForExit(within: .seconds(20))
    }
}
