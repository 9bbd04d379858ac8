/// Target and login in the user name of the outer connection: `ssh root@web1@bastion`, or `root:web1@bastion` for programs that
/// stumble over two `@`.
struct Destination: Equatable {
    var login: String
    var target: String

    /// `nil` if the name holds no target: then the client comes for the desk or for tunnels.
    init?(userName: String) {
        // The last one: logins like `alice@corp` exist, targets with an `@` do not.
        guard let separator = userName.lastIndex(of: "@") ?? userName.lastIndex(of: ":") else { return nil }
        login = String(userName[..<separator])
        target = String(userName[userName.index(after: separator)...])
        if login.isEmpty || target.isEmpty { return nil }
    }
}
