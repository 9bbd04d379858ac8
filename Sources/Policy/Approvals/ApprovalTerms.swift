/// Who has to say yes before something is done, and how: `approval:` of a rule, of a grant, or the policy's own for all that name none.
package struct ApprovalTerms: Hashable, Sendable {
    /// Users and groups of `access.yaml`. Empty: nobody can approve, so it is refused.
    package var approvers: Set<AccessSubject>
    /// How many distinct people have to say yes: 1…10.
    package var count: Int
    /// How long a request waits before it has timed out: 10 seconds to 7 days.
    package var timeLimitSeconds: UInt32
    /// Whoever decides has to say why.
    package var needsReason: Bool
    /// How long an approval covers the same command of the same user on the same target and login; nil for one use alone. At most 24 hours.
    package var coveredSeconds: UInt32?

    package static let usualTimeLimitSeconds: UInt32 = 600
    package static let mostPeople = 10
    /// How many of them one request can be bound to.
    package static let mostAtOnce = 8

    package init(
        approvers: Set<AccessSubject>, count: Int = 1, timeLimitSeconds: UInt32 = Self.usualTimeLimitSeconds,
        needsReason: Bool = false, coveredSeconds: UInt32? = nil
    ) {
        self.approvers = approvers
        self.count = count
        self.timeLimitSeconds = timeLimitSeconds
        self.needsReason = needsReason
        self.coveredSeconds = coveredSeconds
    }

    /// Users and groups of all of them, as `access.yaml` writes them, sorted, each once.
    package static func names(_ terms: [ApprovalTerms]) -> [String] {
        let subjects = terms.reduce(into: Set<AccessSubject>()) { $0.formUnion($1.approvers) }
        return subjects.map { subject in
            switch subject {
            case .user(let name): name.text
            case .group(let name): "group:\(name)"
            }
        }.sorted()
    }

    /// How many people it takes at least to meet all of them: as many as the one that wants most, if these can meet the others too.
    package static func fewestPeople(_ terms: [ApprovalTerms]) -> Int { terms.map(\.count).max() ?? 0 }

    /// All of these, each once, in the order given. Nil if nobody could satisfy them: one is missing or names nobody, or they are too many.
    static func together(_ needed: [ApprovalTerms?]) -> [ApprovalTerms]? {
        var seen: Set<ApprovalTerms> = []
        var terms: [ApprovalTerms] = []
        for next in needed {
            guard let next, !next.approvers.isEmpty else { return nil }
            guard seen.insert(next).inserted else { continue }
            terms.append(next)
            if terms.count > mostAtOnce { return nil }
        }
        return terms.isEmpty ? nil : terms
    }
}
