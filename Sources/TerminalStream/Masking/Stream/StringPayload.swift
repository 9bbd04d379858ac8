/// The payload of an OSC, DCS or other string: titles, links, the clipboard.
struct StringPayload: Sendable {
    /// Where the string's introducer begins, and how far the payload was looked through for its end.
    let start: Int
    let payloadStart: Int
    let isOperatingSystemCommand: Bool
    var searched: Int
    /// A clipboard that is longer than any terminal takes: it does not go out.
    var isDropped = false
    /// Up to where bytes may go out.
    var limit: Int

    /// A longer string goes out in parts.
    static let longestWhole = 4096
    /// As xterm's limit, and some more.
    static let longestClipboard = 100 * 1024

    init(start: Int, payloadStart: Int, isOperatingSystemCommand: Bool) {
        self.start = start
        self.payloadStart = payloadStart
        self.isOperatingSystemCommand = isOperatingSystemCommand
        searched = payloadStart
        limit = start
    }
}
