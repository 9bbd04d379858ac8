/// What an approval is asked for. The raw values are the ledger's.
package enum ApprovalKind: String, CaseIterable, Sendable {
    /// An exec request.
    case command
    /// A typed line.
    case line
    /// An operation on a file.
    case file
    /// That a session begins at all.
    case session
    /// Access for some time. Nobody waits for it at a terminal: it outlives the connection that asked.
    case access
}

/// Where a request stands. The raw values are the ledger's.
package enum ApprovalState: String, CaseIterable, Sendable {
    case waiting
    /// Enough people said yes; what was asked for has not been done yet.
    case approved
    /// Approved and done: it cannot be used again.
    case used
    case denied
    /// Whoever asked took it back or left.
    case withdrawn
    /// Nobody decided in time.
    case expired
    /// Something that it was bound to has changed.
    case void

    /// Nothing can come of it any more.
    package var isOver: Bool { self != .waiting && self != .approved }
}

/// One request for an approval, from the moment it is asked to the one at which it is over.
///
/// Moments are nanoseconds of a clock that is never set (clock_gettime(2) CLOCK_MONOTONIC), so a step of the time of day decides nothing.
package struct ApprovalRequest: Equatable, Sendable {
    /// What it is bound to. None of it ever changes.
    package struct Bond: Hashable, Sendable {
        package var kind: ApprovalKind
        /// Who asks. Never decides.
        package var requester: UserName
        package var connection: String
        /// Nil for what is not part of a session yet.
        package var session: String?
        /// Which of the connection's waiting places it is for: a channel's, a line's. The monitor numbers them.
        package var place: UInt64
        /// `Target.name`.
        package var target: String
        package var login: String
        /// SHA-256 of the exact bytes that would run, or of what else would be done.
        package var digest: [UInt8]
        /// The rule or the grant that wants it; nil for the policy's `default` and `uncertain`.
        package var rule: String?

        package init(
            kind: ApprovalKind, requester: UserName, connection: String, session: String?, place: UInt64, target: String,
            login: String, digest: [UInt8], rule: String?
        ) {
            self.kind = kind
            self.requester = requester
            self.connection = connection
            self.session = session
            self.place = place
            self.target = target
            self.login = login
            self.digest = digest
            self.rule = rule
        }
    }

    /// What users and approvers call it.
    package let number: Int64
    package let bond: Bond
    /// All of them have to be satisfied; one person may count for several. 1…`ApprovalTerms.mostAtOnce`.
    package let terms: [ApprovalTerms]
    package let askedAt: UInt64
    /// When it is over unless something happens: not decided, or approved and not used.
    package private(set) var deadline: UInt64
    package private(set) var state = ApprovalState.waiting
    /// Those who said yes and may still decide, each once, in that order; after a no its giver alone.
    package private(set) var votes: [ApprovalVote] = []

    /// How long an approved request waits to be used. Whoever waits for it does so at once, unless it is gone.
    static let useNanoseconds: UInt64 = 60_000_000_000

    /// - Precondition: there are terms, and each names somebody.
    init(number: Int64, bond: Bond, terms: [ApprovalTerms], at moment: UInt64) {
        precondition(!terms.isEmpty && terms.allSatisfy { !$0.approvers.isEmpty }, "what nobody can approve is refused at once")
        self.number = number
        self.bond = bond
        self.terms = terms
        askedAt = moment
        let seconds = terms.map(\.timeLimitSeconds).min() ?? 0
        deadline = moment.advanced(bySeconds: seconds)
    }

    /// Whether whoever decides has to say why: one of the terms wants it.
    package var needsReason: Bool { terms.contains(where: \.needsReason) }
    /// How long it covers the same again: the shortest of all terms; nil for one use alone.
    package var coveredSeconds: UInt32? {
        let all = terms.map(\.coveredSeconds)
        return all.contains(nil) ? nil : all.compactMap { $0 }.min()
    }
    /// How many people each of the terms still lacks.
    package var lacking: [Int] {
        terms.indices.map { index in max(0, terms[index].count - votes.count { $0.terms.contains(index) }) }
    }
    /// Who said yes, or the one who said no.
    package var deciders: [ApprovalVoter] { votes.map(\.voter) }
}

// MARK: - What happens to it

extension ApprovalRequest {
    /// Somebody says yes or no. `check` has the answer to who may do so now.
    mutating func vote(_ ballot: ApprovalBallot, at moment: UInt64, _ check: ApproverCheck) -> ApprovalAnswer {
        guard let mine = check.terms(of: self, for: ballot.voter, from: ballot.from) else {
            return .mayNot(check.obstacle(to: ballot.voter, in: self))
        }
        guard state == .waiting else { return .alreadyDecided(state, by: deciders) }
        guard moment < deadline else { return .alreadyDecided(.expired, by: []) }
        if needsReason, !ballot.hasReason { return .needsReason }
        let vote = ApprovalVote(voter: ballot.voter, saysYes: ballot.saysYes, reason: ballot.reason, at: moment, terms: mine)
        guard ballot.saysYes else {
            votes = [vote]
            state = .denied
            return .denied
        }
        recount(check)
        let isNew = !votes.contains { $0.voter.isSamePerson(as: ballot.voter) }
        if isNew { votes.append(vote) }
        guard lacking.allSatisfy({ $0 == 0 }) else {
            return isNew ? .counted(lacking: lacking) : .alreadyCounted(lacking: lacking)
        }
        state = .approved
        deadline = moment.advanced(by: Self.useNanoseconds)
        return .approved(by: deciders)
    }

    /// Drops the votes of those who may not decide any more. Where they came from when they voted is as it was.
    mutating func recount(_ check: ApproverCheck) {
        guard !state.isOver else { return }
        votes = votes.compactMap { vote in
            guard let mine = check.terms(of: self, for: vote.voter, from: nil) else { return nil }
            var vote = vote
            vote.terms = mine
            return vote
        }
    }

    /// What was asked for is about to be done. True once, for the place that waits and for the bytes that were shown.
    mutating func use(by bond: Bond, at moment: UInt64) -> Bool {
        guard state == .approved, moment < deadline, bond == self.bond else { return false }
        state = .used
        return true
    }

    /// False if it was over before.
    mutating func end(_ ending: ApprovalState) -> Bool {
        precondition(ending.isOver && ending != .used, "only use(by:at:) uses it")
        guard !state.isOver else { return false }
        state = ending
        return true
    }
}

extension UInt64 {
    /// Of nanoseconds; the end of time if that is too far.
    func advanced(by nanoseconds: UInt64) -> UInt64 {
        let (sum, isTooFar) = addingReportingOverflow(nanoseconds)
        return isTooFar ? .max : sum
    }

    func advanced(bySeconds seconds: UInt32) -> UInt64 { advanced(by: UInt64(seconds) * 1_000_000_000) }
}
