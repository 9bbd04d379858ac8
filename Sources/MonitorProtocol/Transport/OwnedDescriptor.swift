internal import Glibc

/// A file descriptor with exactly one owner, who closes it; going out of scope closes it too.
package struct OwnedDescriptor: ~Copyable, Sendable {
    /// For system calls while the owner is alive; never to be closed through this.
    package let number: Int32

    /// - Parameter number: an open descriptor that nobody else closes.
    package init(owning number: Int32) {
        precondition(number >= 0, "a descriptor is never negative")
        self.number = number
    }

    /// Closes it now.
    package consuming func close() {}

    /// Gives the descriptor away: whoever takes the number closes it.
    package consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }

    /// A second descriptor for the same open file, close-on-exec (fcntl F_DUPFD_CLOEXEC).
    package borrowing func duplicate() throws(SystemError) -> OwnedDescriptor {
        let number = number
        return OwnedDescriptor(owning: try systemCall("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, 0) })
    }

    deinit { closeOnce(number) }
}

/// Linux closes the descriptor even when `close` reports EINTR or EIO, so there is nothing to retry. EBADF means that somebody else closed our
/// number: the next open would hand it to a stranger, so the process stops here.
func closeOnce(_ number: Int32) {
    if Glibc.close(number) == -1 && errno == EBADF { preconditionFailure("descriptor \(number) was closed twice") }
}
