internal import Glibc

/// Connects a TCP or Unix stream socket, waiting no longer than `timeoutMilliseconds`.
///
/// - Returns: the connected socket: blocking, close-on-exec.
/// - Throws: ETIMEDOUT, or what the network said: ECONNREFUSED, EHOSTUNREACH, …
package func connectStream(to address: SocketAddress, timeoutMilliseconds: Int32) throws(SystemError) -> OwnedDescriptor {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let socket = OwnedDescriptor(owning: try systemCall("socket") { Glibc.socket(address.family, type, 0) })
    let number = socket.number
    // Not `systemCall`: an interrupted connect goes on by itself, and a second call would answer EALREADY.
    let status = address.withPointer { connect(number, $0, $1) }
    let code = errno
    if status == -1 {
        guard code == EINPROGRESS || code == EINTR else { throw SystemError("connect", code) }
        try wait(for: .writable, of: number, until: Deadline(afterMilliseconds: timeoutMilliseconds), in: "connect")
        let failure = try pendingError(of: number)
        guard failure == 0 else { throw SystemError("connect", failure) }
    }
    try setNonBlocking(false, of: number)
    return socket
}
