/// Follows bracketed paste (xterm's mode 2004) in what a user sends: between `ESC [ 200 ~` and the first `ESC [ 201 ~` an Enter is text.
///
/// The end may be inside what is pasted: editors take the first one, and so does this. A terminal sends the brackets only to who asked for them;
/// where somebody types them to an editor that did not ask, an Enter that is taken for text here is one that the editor's gate reports all the same.
struct PasteTracker {
    private static let introducer: [UInt8] = [0x1B, 0x5B, 0x32, 0x30]  // ESC [ 2 0

    /// Between the brackets.
    private(set) var isInPaste = false
    /// How much of a bracket was seen: up to the introducer's length, then one more for `0` or `1`.
    private var matched = 0
    private var opens = false

    mutating func take(_ byte: UInt8) {
        switch matched {
        case 0..<Self.introducer.count:
            if byte == Self.introducer[matched] {
                matched += 1
            } else {
                matched = byte == 0x1B ? 1 : 0
            }
        case Self.introducer.count where byte == 0x30 || byte == 0x31:
            opens = byte == 0x30
            matched += 1
        case Self.introducer.count + 1 where byte == 0x7E:
            isInPaste = opens
            matched = 0
        default: matched = byte == 0x1B ? 1 : 0
        }
    }
}
