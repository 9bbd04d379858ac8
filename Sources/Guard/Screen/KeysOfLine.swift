/// What kinds of keys the line has so far, as far as it matters to what they can be believed to make.
struct KeysOfLine {
    /// The last key is a character, or there is none yet.
    private(set) var endsInText = true
    /// No key but those that a terminal without an editor obeys: what it makes of others and what an editor does may look the same and be another line.
    private(set) var isCookable = true
    /// A key that changes a line came since the target's last output: the screen may show the line before it.
    private(set) var hasUnseenChange = false
    /// The terminal's answers to the editor's questions before the line's first key: for a line without an editor they are text.
    private(set) var replied: [UInt8] = []
    /// Nothing but such answers came since the line began.
    private(set) var hasOnlyReplies = false
    /// Another key came.
    private(set) var hasTyped = false

    mutating func startLine() { self = KeysOfLine() }
    mutating func targetSpoke() { hasUnseenChange = false }

    /// - Parameter key: that this byte completes, if it does.
    mutating func take(_ byte: UInt8, completing key: Key?) {
        switch key {
        case .text: endsInText = true
        case nil: if byte == 0x1B { isCookable = false }
        case .reply, .control(0x09), .control(0x15), .control(0x17), .control(0x7F): endsInText = false
        default: (endsInText, isCookable) = (false, false)
        }
        switch key {
        case nil, .reply: break
        case .left, .right, .home, .end, .control(0x01), .control(0x02), .control(0x05), .control(0x06):
            (hasOnlyReplies, hasTyped) = (false, true)
        default: (hasOnlyReplies, hasTyped, hasUnseenChange) = (false, true, true)
        }
    }

    /// An answer to a question, before anything was typed.
    ///
    /// - Parameter text: of all so far.
    mutating func takeReply(_ text: [UInt8]) { (hasOnlyReplies, replied) = (true, text) }
}
