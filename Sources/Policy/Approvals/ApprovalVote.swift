package import OpenSSHKeys

/// Who decides.
package enum ApprovalVoter: Hashable, Sendable {
    /// Somebody at the desk, by the key id of their certificate.
    case person(UserName)
    /// Somebody with the tool on the bastion itself, by their uid there.
    case localAdministrator(uid: UInt32)

    /// Root and the daemon's own uid may be one person's: all local administrators count once.
    func isSamePerson(as other: ApprovalVoter) -> Bool {
        switch (self, other) {
        case (.person(let one), .person(let other)): one == other
        case (.localAdministrator, .localAdministrator): true
        default: false
        }
    }
}

/// What somebody says to a request.
package struct ApprovalBallot: Sendable {
    package var voter: ApprovalVoter
    package var saysYes: Bool
    /// Their words. At most 1 KiB; the caller sees to it.
    package var reason: String?
    /// Where they come from; nil for the machine itself.
    package var from: IPAddress?

    package init(_ voter: ApprovalVoter, saysYes: Bool, reason: String? = nil, from: IPAddress? = nil) {
        self.voter = voter
        self.saysYes = saysYes
        self.reason = reason
        self.from = from
    }

    /// Whether anything can be read in it.
    var hasReason: Bool {
        reason?.unicodeScalars.contains { !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint } ?? false
    }
}

/// A ballot that counted.
package struct ApprovalVote: Equatable, Sendable {
    package let voter: ApprovalVoter
    package let saysYes: Bool
    package let reason: String?
    /// Nanoseconds, as `ApprovalRequest.askedAt`.
    package let at: UInt64
    /// For which of the request's terms it counts, by their position.
    var terms: Set<Int>
}

/// What came of a ballot.
package enum ApprovalAnswer: Equatable, Sendable {
    /// It counts, and more people are needed: so many for each of the terms. One person may count for several.
    case counted(lacking: [Int])
    /// It was the last one. Whoever waits may use it, once.
    case approved(by: [ApprovalVoter])
    /// It was a no, which ends it.
    case denied
    /// The same person said yes before.
    case alreadyCounted(lacking: [Int])
    /// Somebody or something was first. `by` is empty where nobody decided.
    case alreadyDecided(ApprovalState, by: [ApprovalVoter])
    case mayNot(ApprovalObstacle)
    /// These terms want to know why.
    case needsReason
    /// There is no such request, or it was over long ago: the ledger has it.
    case unknown
}

/// Why somebody may not decide. To those who may not see the request either, it is to be told as `unknown`.
package enum ApprovalObstacle: Equatable, Sendable {
    case isRequester
    /// None of the terms names them.
    case isNoApprover
    /// They have no `decide` on this target, from here and at this hour.
    case hasNoRight
    /// `approvals: {local: false}`.
    case localIsOff
}
