/// A way by which people are told of requests.
enum NotificationChannel: Equatable, Sendable {
    /// JSON by POST, signed with a key that is not empty.
    case webhook(name: String, url: String, key: [UInt8])
    /// A program and its arguments, with JSON on standard input. The first is an absolute path.
    case command(name: String, [String])

    /// In the queue and in the ledger.
    var name: String {
        switch self {
        case .webhook(let name, _, _), .command(let name, _): name
        }
    }
}
