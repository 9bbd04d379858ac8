import Glibc

/// A moment after which a test gives up. Every wait in these tests has one.
package struct Deadline {
    private let end: ContinuousClock.Instant

    package static func after(_ duration: Duration) -> Deadline { Deadline(end: .now + duration) }

    package var isPast: Bool { ContinuousClock.now >= end }

    /// For poll(2): at least 0.
    package var milliseconds: Int32 {
        let left = end - .now
        return Int32(max(0, left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000))
    }
}

/// Waits until `condition` holds, looking fifty times a second. For what gives no event: a file that appears, a process that is gone.
package func wait(for what: String, within limit: Duration = .seconds(20), until condition: () throws -> Bool) throws {
    let deadline = Deadline.after(limit)
    while try !condition() {
        guard !deadline.isPast else { throw HarnessError("waited \(limit) in vain for \(what)") }
        usleep(20_000)
    }
}
