/// A key of the user's keyboard, as far as the desk knows keys.
enum DeskKey: Equatable, Sendable {
    case text(Unicode.Scalar)
    /// ^@ … ^_ but ESC, and DEL.
    case control(UInt8)
    case up, down, left, right, home, end, pageUp, pageDown, backTab
    case escape
    /// A character that was pasted: text, whatever it is.
    case pasted(Unicode.Scalar)
    /// Unknown keys, and what a terminal answers by itself.
    case other

    static let enter = DeskKey.control(0x0D)
    static let tab = DeskKey.control(0x09)
    static let interrupt = DeskKey.control(0x03)
    static let endOfFile = DeskKey.control(0x04)
    static let redraw = DeskKey.control(0x0C)
}
