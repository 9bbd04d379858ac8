package import Guard

/// An entry of `requests:` in `access.yaml`: who may ask for access that they do not have, to what, for how long, and who decides.
package struct RequestRule: Equatable, Sendable {
    /// Unique among all grants and requests.
    package var name: String
    package var to: Set<AccessSubject>
    package var targets: Set<TargetSelector>
    package var logins: Set<LoginName>
    package var channels: Set<AccessChannel>
    /// Whether what is typed at terminals is judged.
    package var guardMode: GuardMode
    /// The longest time for which it can be had: 60 seconds to 30 days.
    package var longestSeconds: UInt32
    package var approval: ApprovalTerms
    /// Sessions that run when the time is over are ended; otherwise no new ones begin.
    package var endsSessions: Bool

    package init(
        name: String, to: Set<AccessSubject>, targets: Set<TargetSelector>, logins: Set<LoginName>, channels: Set<AccessChannel>,
        guardMode: GuardMode = .enforce, longestSeconds: UInt32, approval: ApprovalTerms, endsSessions: Bool = false
    ) {
        self.name = name
        self.to = to
        self.targets = targets
        self.logins = logins
        self.channels = channels
        self.guardMode = guardMode
        self.longestSeconds = longestSeconds
        self.approval = approval
        self.endsSessions = endsSessions
    }
}
