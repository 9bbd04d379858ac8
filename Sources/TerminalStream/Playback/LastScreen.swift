/// The last screenful of a recording, as plain lines.
package struct LastScreen: Sendable {
    private var follower = CastFollower()

    package init() {}

    /// Reads the next bytes of the asciicast file, cut anywhere.
    package mutating func read(_ bytes: ArraySlice<UInt8>) { follower.skip(bytes) }

    /// The rows of the screen, without blanks at their ends and without empty rows at the end. Text of the target: it holds no control characters, and
    /// whatever else Unicode has.
    package var lines: [String] {
        let screen = follower.screen
        var lines = (0..<screen.rows).map { String(decoding: screen.text(row: $0), as: UTF8.self) }
        while let last = lines.last, last.utf8.allSatisfy({ $0 == 0x20 }) { lines.removeLast() }
        return lines
    }
}
