/// A request that is over, as it was at its end: for the ledger, and to tell whoever waits.
package struct ApprovalEnding: Equatable, Sendable {
    package let request: ApprovalRequest
    package let cause: ApprovalEndCause

    package init(_ request: ApprovalRequest, _ cause: ApprovalEndCause) {
        self.request = request
        self.cause = cause
    }
}

/// Why a request ended that nobody denied or used.
package enum ApprovalEndCause: String, CaseIterable, Sendable {
    /// Whoever asked took it back.
    case takenBack = "taken back"
    /// The connection that asked is gone.
    case connectionGone = "the connection ended"
    /// It was approved, and nothing came to use it.
    case notUsed = "approved and not used"
    /// Nobody decided in time.
    case timedOut = "nobody decided in time"
    /// What waited for it changed: another line was typed.
    case changed = "what was asked for changed"
    /// The rules ask other people now, or nobody, or forbid it.
    case policyChanged = "the policy changed"
    /// The requester may not reach the target any more.
    case accessGone = "the access was taken away"
    /// Fewer people can decide than are needed, or those who did may not any more.
    case approversGone = "not enough approvers are left"

    /// The state that a request ends in by it.
    package var state: ApprovalState {
        switch self {
        case .takenBack, .connectionGone, .notUsed: .withdrawn
        case .timedOut: .expired
        case .changed, .policyChanged, .accessGone, .approversGone: .void
        }
    }
}

/// What the configuration says to a request after a reload.
package enum ApprovalStanding: Equatable, Sendable {
    /// On these terms it would be asked for now; none where it may be done, or never may.
    case needs([ApprovalTerms])
    /// The requester has no access any more.
    case notGranted
}

/// Whether a request is let in.
package enum ApprovalAdmission: Equatable, Sendable {
    /// Until that moment.
    case waiting(until: UInt64)
    case noRoom(ApprovalBound)
    /// Nobody could approve it: too few people are named, without the requester, or have `decide` on the target.
    case nobody
}

/// Which bound is reached.
package enum ApprovalBound: String, Sendable {
    case everywhere, connection, requester
}
