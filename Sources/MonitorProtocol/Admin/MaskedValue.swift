/// One value that was found in a session's output, without any part of it.
package struct MaskedValue: Codable, Equatable, Sendable {
    package enum Outcome: String, Codable, Sendable {
        /// It was seen.
        case reported
        case masked
        /// And told as a security event.
        case alerted
        /// And the session ended.
        case ended
    }

    package var rule: String
    package var outcome: Outcome
    /// Microseconds since the recording began.
    package var recordingTime: UInt64
    /// Of its first byte in what the target has sent.
    package var offset: UInt64
    package var cells: UInt32
    /// The same for the same value of the same rule, and telling nothing of it: 16 hexadecimal digits.
    package var fingerprint: String
    /// A part had gone out to the user before it was known.
    package var isPartlyReleased: Bool

    package init(
        rule: String, outcome: Outcome, recordingTime: UInt64, offset: UInt64, cells: UInt32, fingerprint: String,
        isPartlyReleased: Bool
    ) {
        self.rule = rule
        self.outcome = outcome
        self.recordingTime = recordingTime
        self.offset = offset
        self.cells = cells
        self.fingerprint = fingerprint
        self.isPartlyReleased = isPartlyReleased
    }
}
