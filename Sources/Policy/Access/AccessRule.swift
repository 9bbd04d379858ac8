package import Guard
package import OpenSSHKeys

/// What a session channel may be. The raw value is the word in `access.yaml`.
package enum AccessChannel: String, CaseIterable, Sendable {
    case shell
    case exec
    case sftp
}

/// To whom a rule gives something.
package enum AccessSubject: Hashable, Sendable {
    case user(UserName)
    /// Everybody in the group of that name.
    case group(String)
}

/// Which targets a rule is about.
package enum TargetSelector: Hashable, Sendable {
    /// By the target's name or one of its aliases.
    case name(TargetName)
    /// Every target with that label.
    case label(key: String, value: String)
}

/// One entry of `grants:` in `access.yaml`: who may log in to what, and under which conditions. All of them must hold.
package struct AccessRule: Equatable, Sendable {
    /// Unique. For logs and for the administrator, never for the user.
    package var name: String
    package var to: Set<AccessSubject>
    package var targets: Set<TargetSelector>
    package var logins: Set<LoginName>
    package var channels: Set<AccessChannel>
    /// Nil for anywhere; empty for nowhere.
    package var from: [AddressRange]?
    /// The first moment at which the rule no longer holds: milliseconds since 1970.
    package var until: Int64?
    package var hours: AccessHours?
    /// Whether what is typed at terminals is judged.
    package var guardMode: GuardMode
    /// Who has to say yes to each session; nil for nobody.
    package var approval: ApprovalTerms?
    /// Sessions that run at `until` are ended; otherwise no new ones begin.
    package var endsSessions: Bool

    package init(
        name: String, to: Set<AccessSubject>, targets: Set<TargetSelector>, logins: Set<LoginName>, channels: Set<AccessChannel>,
        from: [AddressRange]? = nil, until: Int64? = nil, hours: AccessHours? = nil, guardMode: GuardMode = .enforce,
        approval: ApprovalTerms? = nil, endsSessions: Bool = false
    ) {
        self.name = name
        self.to = to
        self.targets = targets
        self.logins = logins
        self.channels = channels
        self.from = from
        self.until = until
        self.hours = hours
        self.guardMode = guardMode
        self.approval = approval
        self.endsSessions = endsSessions
    }
}

extension AccessSubject {
    func includes(_ user: UserName, _ groups: [String: Set<UserName>]) -> Bool {
        switch self {
        case .user(let name): name == user
        case .group(let name): groups[name]?.contains(user) ?? false
        }
    }
}

extension TargetSelector {
    func selects(_ target: Target) -> Bool {
        switch self {
        case .name(let name): name.text == target.name || target.aliases.contains(name.text)
        case .label(let key, let value): target.labels[key] == value
        }
    }
}
