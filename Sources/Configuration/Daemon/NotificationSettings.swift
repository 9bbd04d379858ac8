/// One entry of `approvals: {notify: […]}`: whom the daemon tells of requests and of what became of them.
package struct NotificationSettings: Equatable, Sendable {
    package enum Way: Equatable, Sendable {
        /// JSON by POST to an `https` URL (`http` to this machine alone), signed with the key in that file.
        case webhook(url: String, keyFile: String)
        /// A program by its absolute path and its arguments, with JSON on standard input. Never through a shell.
        case command([String])
    }

    /// 1…64 of `A-Z a-z 0-9 . _ -`, unique: names it in the ledger, where notifications wait over restarts.
    package var name: String
    package var way: Way

    package static let most = 8
    /// Bytes of a key: a shorter one could be guessed from a signature.
    package static let shortestKey = 16
    package static let longestKey = 4096

    package init(name: String, way: Way) {
        self.name = name
        self.way = way
    }
}
