package import OpenSSHKeys

/// Who asks for what, from where and when.
package struct AccessRequest: Equatable, Sendable {
    /// The certificate's key id.
    package var user: String
    /// As the client wrote it.
    package var target: String
    /// As the client wrote it.
    package var login: String
    package var from: IPAddress
    /// Milliseconds since 1970.
    package var at: Int64

    package init(user: String, target: String, login: String, from: IPAddress, at: Int64) {
        self.user = user
        self.target = target
        self.login = login
        self.from = from
        self.at = at
    }
}

package enum AccessDecision: Equatable, Sendable {
    case granted(Grant)
    case denied(AccessDenial)
}

/// Why access was denied, for the log alone. A user who could tell one case from another could find out which targets there are.
package enum AccessDenial: Equatable, Sendable, CustomStringConvertible {
    case unknownTarget
    case noGrant
    case loginNotGranted
    /// The client's address is in none of the ranges of this rule.
    case elsewhere(rule: String)
    case expired(rule: String)
    case outsideHours(rule: String)

    package var description: String {
        switch self {
        case .unknownTarget: "there is no such target"
        case .noGrant: "no grant for this user on this target"
        case .loginNotGranted: "the user's grants on this target are for other logins"
        case .elsewhere(let rule): "grant \(rule) is not for this client address"
        case .expired(let rule): "grant \(rule) has expired"
        case .outsideHours(let rule): "grant \(rule) is for other hours"
        }
    }

    /// How much of a rule was met before this; the log shows the rule that came nearest.
    var rank: Int {
        switch self {
        case .unknownTarget: 0
        case .noGrant: 1
        case .loginNotGranted: 2
        case .elsewhere: 3
        case .expired: 4
        case .outsideHours: 5
        }
    }
}
