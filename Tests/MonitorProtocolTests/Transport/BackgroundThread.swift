import Foundation
import Synchronization

/// Work on a thread of its own: what blocks in a system call must not take one of the few threads that run all tests.
final class BackgroundThread: Sendable {
    private let failure = Mutex<(any Error)?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread {
            do { try body() } catch { self.failure.withLock { $0 = error } }
            self.done.signal()
        }
    }

    /// Waits for its end, and throws what it threw.
    func join() throws {
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
