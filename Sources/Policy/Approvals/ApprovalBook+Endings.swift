extension ApprovalBook {
    /// Whoever asked takes it back. Nil if it is not theirs, or over.
    package mutating func withdraw(_ number: Int64, by requester: UserName) -> ApprovalEnding? {
        guard open[number]?.bond.requester == requester else { return nil }
        return end(number, .takenBack)
    }

    /// What it was bound to changed: it is void. Nil if it was over.
    package mutating func void(_ number: Int64, _ cause: ApprovalEndCause = .changed) -> ApprovalEnding? {
        precondition(cause.state == .void, "a cause that makes void")
        return end(number, cause)
    }

    /// A connection is gone, and with it what waited on it. Requests for access go on.
    package mutating func end(connection: String) -> [ApprovalEnding] {
        let gone = byConnection[connection, default: []].filter { open[$0]?.bond.kind != .access }.sorted()
        return gone.compactMap { end($0, .connectionGone) }
    }

    /// Ends what has waited too long: for a decision, or approved and not used. In the order of the deadlines.
    package mutating func expire(at moment: UInt64) -> [ApprovalEnding] {
        var endings: [ApprovalEnding] = []
        while let next = deadlines.first, next.deadline <= moment {
            let cause = open[next.number]?.state == .approved ? ApprovalEndCause.notUsed : .timedOut
            if let ending = end(next.number, cause) { endings.append(ending) }
        }
        return endings
    }

    /// The configuration was replaced: ends what would not be asked for like this now, or cannot be decided any more, and forgets what is not covered.
    ///
    /// - Parameters:
    ///   - standing: what the new configuration says to a request. Asked once for each.
    ///   - isCovered: whether what an approval covers is asked for on the same terms as before.
    package mutating func recheck(
        _ check: ApproverCheck, standing: (ApprovalRequest) -> ApprovalStanding, isCovered: (ApprovalCovering) -> Bool
    ) -> [ApprovalEnding] {
        coverings.keep(where: isCovered)
        var people: [Approvers: Set<UserName>] = [:]
        var endings: [ApprovalEnding] = []
        for number in numbers {
            guard let cause = cause(of: number, check, standing, &people), let ending = end(number, cause) else { continue }
            endings.append(ending)
        }
        return endings
    }

    /// Why a request has to end by the new configuration; nil if it has not.
    private mutating func cause(
        of number: Int64, _ check: ApproverCheck, _ standing: (ApprovalRequest) -> ApprovalStanding,
        _ people: inout [Approvers: Set<UserName>]
    ) -> ApprovalEndCause? {
        guard var request = open[number] else { return nil }
        request.recount(check)
        open[number] = request
        guard case .needs(let terms) = standing(request) else { return .accessGone }
        guard Set(terms) == Set(request.terms) else { return .policyChanged }
        let isEnough =
            request.state == .approved
            ? request.lacking.allSatisfy { $0 == 0 } : Self.canBeDecided(request, check, &people)
        return isEnough ? nil : .approversGone
    }

    /// Those who may be asked about many requests.
    private struct Approvers: Hashable {
        var approvers: Set<AccessSubject>
        var target: String
    }

    private static func canBeDecided(
        _ request: ApprovalRequest, _ check: ApproverCheck, _ people: inout [Approvers: Set<UserName>]
    ) -> Bool {
        let hasLocal = request.deciders.contains { if case .localAdministrator = $0 { true } else { false } }
        return request.terms.allSatisfy { terms in
            let key = Approvers(approvers: terms.approvers, target: request.bond.target)
            let all = people[key] ?? check.people(for: key.approvers, on: key.target)
            people[key] = all
            let others = all.count - (all.contains(request.bond.requester) ? 1 : 0)
            return others + (hasLocal ? 1 : 0) >= terms.count
        }
    }

    private mutating func end(_ number: Int64, _ cause: ApprovalEndCause) -> ApprovalEnding? {
        guard var request = open[number], request.end(cause.state) else { return nil }
        close(request)
        tidy()
        return ApprovalEnding(request, cause)
    }
}
