internal import Glibc

/// TCP_NODELAY: small packets leave at once (Nagle's algorithm off). Not a TCP socket: ENOTSUP or ENOPROTOOPT.
package func setNoDelay(of socket: Int32) throws(SystemError) {
    try setOption(of: socket, IPPROTO_TCP, TCP_NODELAY, 1)
}

/// TCP_QUICKACK: acknowledge what has come at once. Not sticky: while a handshake runs, after every read (see `docs`: OpenSSH sends in pairs
/// under Nagle until the session starts, and a delayed acknowledgement holds the second back for 40 ms).
package func setQuickAcknowledge(of socket: Int32) throws(SystemError) {
    try setOption(of: socket, IPPROTO_TCP, TCP_QUICKACK, 1)
}

/// TCP_USER_TIMEOUT: how long sent bytes may stay without acknowledgement before the connection is given up (RFC 5482).
package func setUserTimeout(of socket: Int32, milliseconds: Int32) throws(SystemError) {
    try setOption(of: socket, IPPROTO_TCP, TCP_USER_TIMEOUT, milliseconds)
}

/// SO_SNDBUF: bytes that may wait in the kernel; the kernel doubles it for its own book-keeping and caps it at net.core.wmem_max.
package func setSendBuffer(of socket: Int32, bytes: Int32) throws(SystemError) {
    try setOption(of: socket, SOL_SOCKET, SO_SNDBUF, bytes)
}

/// SO_ERROR: what became of a non-blocking connect, 0 for success; reading it clears it.
package func pendingError(of socket: Int32) throws(SystemError) -> Int32 {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    _ = try systemCall("getsockopt") { getsockopt(socket, SOL_SOCKET, SO_ERROR, &value, &length) }
    return value
}

/// O_NONBLOCK, which belongs to the open file: every process that shares it sees the change.
///
/// By ioctl(FIONBIO), which can change nothing else, and not by fcntl(F_SETFL), which could clear O_APPEND: a session process may not call it.
package func setNonBlocking(_ isNonBlocking: Bool, of descriptor: Int32) throws(SystemError) {
    var value: Int32 = isNonBlocking ? 1 : 0
    _ = try systemCall("ioctl") { ioctl(descriptor, UInt(FIONBIO), &value) }
}

/// FD_CLOEXEC, which belongs to the number.
package func setCloseOnExec(_ closes: Bool, of descriptor: Int32) throws(SystemError) {
    _ = try systemCall("fcntl") { fcntl(descriptor, F_SETFD, closes ? FD_CLOEXEC : 0) }
}

private func setOption(of socket: Int32, _ level: some BinaryInteger, _ name: Int32, _ value: Int32) throws(SystemError) {
    var value = value
    _ = try systemCall("setsockopt") {
        setsockopt(socket, Int32(level), name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
