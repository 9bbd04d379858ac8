/// Whether what a key put in that asks for a completion is on the screen already. Only the editor knows how long it takes to find it, and the screen before
/// that looks like a line that is done.
///
/// A key counts as done where it was sent alone, with all that was typed before on the screen, and then output came; or text that was typed behind such
/// a key is there, because an editor takes one key after the other. Or something stands there that nobody typed, and only this key can have put it in.
struct PendingCompletion {
    /// Keys since the line began.
    private var asked = 0
    /// Nothing has shown the last one to be done.
    private var isPending = false
    /// The last one was sent alone.
    private var isAlone = false
    /// Before it, and nothing but text was typed.
    private var hasOnlyText = true
    /// Since then text was typed, more than blanks, and nothing else.
    private var hasTextBehind = false
    /// No key came since.
    private var isLast = false

    /// A line in which a Tab is no tab: something may have been put in.
    var hasKeys: Bool { asked > 0 }

    mutating func startLine() { self = PendingCompletion() }

    /// A key goes to the editor.
    ///
    /// - Parameter isQuiet: nothing is on its way of what was sent before, and the screen shows what those keys make, this kind of key included.
    mutating func take(_ key: Key, isQuiet: Bool) {
        switch key {
        case .control(0x09):
            (isAlone, isPending) = (isQuiet, true)
            asked += 1
            (isLast, hasTextBehind) = (true, false)
            // What was edited before it may still be on its way.
            if asked > 1 { hasOnlyText = false }
        case .text(let bytes):
            isLast = false
            if isPending, !bytes.elementsEqual([0x20]) { hasTextBehind = true }
        case .reply: break
        default: (hasOnlyText, hasTextBehind, isAlone, isLast) = (false, false, false, false)
        }
    }

    mutating func targetSpoke() { if isAlone, isLast { isPending = false } }

    /// Whether a line with completions is all there.
    ///
    /// - Parameters:
    ///   - pieces: what was typed before, between and behind the completions.
    ///   - shown: of which the pieces are parts, in their order.
    func isOver(_ pieces: [[UInt8]], _ shown: ScreenReading) -> Bool {
        if !isPending || isAlone && hasTextBehind { return true }
        return hasOnlyText && isLast && shown.endsAtCursor
            && !Agreement.holds([Array(pieces.joined())], shown.text, from: shown.column)
    }
}
