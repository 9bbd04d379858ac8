package import TerminalStream

/// What is masked in the output of one channel, beside the compiled rules.
package struct MaskTerms: Equatable, Sendable {
    package enum Altering: UInt8, CaseIterable, Sendable {
        /// A terminal, or a program whose output is masked whatever it is.
        case always = 1
        /// Until it turns out not to be text.
        case whileText = 2
        /// It carries data: what is found in it is told, or ends the session.
        case never = 3
    }
    package var altering: Altering
    /// One for each of the compiled rules, in their order. At most `mostRules`.
    package var actions: [MaskAction]
    /// Milliseconds after which the user's stream lets go of what only has the shape of a value; 0 for never. At most 2000.
    package var releaseAfter: UInt32
    /// Names of columns of tables, in lower case.
    package var columns: [String]
    /// Bytes of the compiled rules, in the memory that comes beside them.
    package var imageSize: UInt32

    package static let mostRules = 4096
    package static let largestImage: UInt32 = 64 << 20

    package init(altering: Altering, actions: [MaskAction], releaseAfter: UInt32, columns: [String], imageSize: UInt32) {
        self.altering = altering
        self.actions = actions
        self.releaseAfter = releaseAfter
        self.columns = columns
        self.imageSize = imageSize
    }
}

/// Values that were found in the output of one channel.
package struct MaskReports: Equatable, Sendable {
    package var channel: ChannelNumber
    /// In the order of the output. Between 0 and `most`.
    package var found: [MaskReport]
    /// How many more of each rule were found and are not listed. Between 0 and `most`.
    package var unlisted: [UnlistedMasks]

    package static let most = 64

    package init(channel: ChannelNumber, found: [MaskReport], unlisted: [UnlistedMasks]) {
        self.channel = channel
        self.found = found
        self.unlisted = unlisted
    }
}

/// One value, without any part of it.
package struct MaskReport: Equatable, Sendable {
    /// An index in the compiled rules; one more than the last is a value that the vault knows, the next one a column of a table.
    package var rule: UInt32
    /// Microseconds since the recording began.
    package var at: UInt64
    /// Of its first byte in what the target has sent.
    package var offset: UInt64
    /// How wide it was on the screen.
    package var cells: UInt32
    /// SHA-256 of the value. Only the monitor, which has the key, makes of it what the ledger keeps.
    package var digest: [UInt8]
    /// A part had gone out to the user before it was known.
    package var isPartlyReleased: Bool

    package static let digestLength = 32

    package init(rule: UInt32, at: UInt64, offset: UInt64, cells: UInt32, digest: [UInt8], isPartlyReleased: Bool) {
        self.rule = rule
        self.at = at
        self.offset = offset
        self.cells = cells
        self.digest = digest
        self.isPartlyReleased = isPartlyReleased
    }
}

package struct UnlistedMasks: Equatable, Sendable {
    package var rule: UInt32
    package var count: UInt64
    package init(rule: UInt32, count: UInt64) {
        self.rule = rule
        self.count = count
    }
}
