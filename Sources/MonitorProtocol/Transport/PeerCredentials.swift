internal import CSystem
package import Glibc

/// Who is at the other end of a Unix socket, as the kernel saw it when the peer connected (SO_PEERCRED).
package struct PeerCredentials: Equatable, Sendable {
    package let process: pid_t
    package let user: uid_t
    package let group: gid_t

    /// - Parameter socket: a connected Unix socket; of any other, the kernel answers the user number -1, which is refused with ENOTCONN.
    package init(of socket: Int32) throws(SystemError) {
        var (process, user, group) = (pid_t(0), uid_t.max, gid_t.max)
        _ = try checked("getsockopt", csystem_peer_credentials(socket, &process, &user, &group))
        guard user != uid_t.max else { throw SystemError("getsockopt", ENOTCONN) }
        self.process = process
        self.user = user
        self.group = group
    }
}
