internal import Foundation

/// Starts a thread that nobody waits for. `name` is what `ps -L` shows, at most 15 bytes.
///
/// Threads here spend their lives in poll, getaddrinfo or the database; 512 KiB of stack is address space, not memory.
func startThread(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread {
        Thread.current.name = name
        body()
    }
    thread.stackSize = 512 * 1024
    thread.start()
}
