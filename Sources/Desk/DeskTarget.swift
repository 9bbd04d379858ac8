/// A target that the user may reach.
package struct DeskTarget: Equatable, Sendable {
    /// As in `access.yaml`.
    package var name: String
    package var aliases: [String]
    /// The logins that the user's grants allow there.
    package var logins: [String]

    package init(name: String, aliases: [String] = [], logins: [String]) {
        self.name = name
        self.aliases = aliases
        self.logins = logins
    }
}
