/// Whether what a key put in that asks for a completion is on the screen already. Only the editor knows how long it takes to find it, and the screen before
/// that looks like a line that is done.
struct PendingCompletion {
    /// Keys that nothing has shown to be done.
    private var asked = 0
    /// All that was typed before the key was on the screen: the next output is its answer, if only a bell.
    private var isAnsweredNext = false

    mutating func startLine() { (asked, isAnsweredNext) = (0, false) }

    /// A key goes to the editor.
    ///
    /// - Parameter isQuiet: nothing is on its way of what was sent before.
    mutating func take(_ key: Key, isQuiet: Bool) {
        if key == .control(0x09) {
            isAnsweredNext = asked == 0 && isQuiet
            asked += 1
        }
    }

    mutating func targetSpoke() { if isAnsweredNext { startLine() } }

    /// Whether a line with completions is all there.
    ///
    /// - Parameters:
    ///   - pieces: what was typed before, between and behind the completions.
    ///   - shown: the line as the screen shows it, of which the pieces are parts, in their order.
    ///   - column: where it begins.
    func isOver(_ pieces: [[UInt8]], _ shown: [UInt8], from column: Int) -> Bool {
        if asked == 0 { return true }
        // The editor takes one key after the other: what was typed behind the last one is there because that is done. Or something was put in, and
        // only one key can have done it.
        if pieces.last != [] { return true }
        return asked == 1 && shown != ShownLine.text(Array(pieces.joined()), from: column)
    }
}
