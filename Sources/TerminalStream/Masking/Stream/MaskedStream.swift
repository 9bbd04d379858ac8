/// Who gets what comes out of a masked stream.
package enum MaskClock: Equatable, Sendable {
    /// A recording, a watcher: what may still become a value waits until it is decided.
    case strict
    /// The user whose session it is: free prefixes go out at once, the echo of what they typed too.
    ///
    /// - Parameter releaseAfter: nanoseconds after which the beginning of what only has a value's shape goes out all the same; nil: never.
    case user(releaseAfter: UInt64?)
}

/// A value that was found. `value` is the caller's to make a keyed hash of, and to forget.
package struct MaskFinding: Equatable, Sendable {
    /// Its index in the set's rules; known values come behind them.
    package var rule: Int
    /// Of its first byte in the stream, counted in bytes that came in.
    package var offset: UInt64
    /// How wide it is on a screen.
    package var cells: Int
    /// Separators and escapes taken out.
    package var value: [UInt8]
    /// A part of it had gone out before it was known (`releaseAfter`).
    package var isPartlyReleased: Bool
}
