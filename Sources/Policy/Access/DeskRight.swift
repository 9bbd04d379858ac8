package import OpenSSHKeys

/// What somebody may do at the desk beside using targets. The raw value is the word in `access.yaml`.
package enum DeskRight: String, CaseIterable, Sendable {
    /// See everybody's sessions on these targets, and the commands that were typed in them.
    case sessions
    /// Look on while a session runs.
    case watch
    /// Replay a session's recording.
    case play
    /// End a session.
    case kill
    /// Approve and deny what rules ask these people about.
    case decide
}

/// An entry of `grants:` in `access.yaml` that has `rights:` in place of `channels:`: who may do what at the desk about which targets.
package struct DeskRule: Equatable, Sendable {
    /// Unique among all grants.
    package var name: String
    package var to: Set<AccessSubject>
    package var targets: Set<TargetSelector>
    package var rights: Set<DeskRight>
    /// Nil for anywhere; empty for nowhere.
    package var from: [AddressRange]?
    /// The first moment at which the rule no longer holds: milliseconds since 1970.
    package var until: Int64?
    package var hours: AccessHours?

    package init(
        name: String, to: Set<AccessSubject>, targets: Set<TargetSelector>, rights: Set<DeskRight>, from: [AddressRange]? = nil,
        until: Int64? = nil, hours: AccessHours? = nil
    ) {
        self.name = name
        self.to = to
        self.targets = targets
        self.rights = rights
        self.from = from
        self.until = until
        self.hours = hours
    }
}
