/// What an approval covers: the same again, of the same person at the same place.
package struct ApprovalCovering: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        package let kind: ApprovalKind
        package let user: UserName
        package let target: String
        package let login: String
        package let digest: [UInt8]
        package let rule: String?

        init(_ bond: ApprovalRequest.Bond) {
            (kind, user, target, login) = (bond.kind, bond.requester, bond.target, bond.login)
            (digest, rule) = (bond.digest, bond.rule)
        }
    }

    package let key: Key
    /// The request that was approved.
    package let number: Int64
    /// The terms that it was approved on. On other ones it covers nothing.
    package let terms: Set<ApprovalTerms>
    /// The first moment that it does not cover: nanoseconds, as `ApprovalRequest.askedAt`.
    package let until: UInt64
}

/// All approvals that cover the same again for a while. The oldest ones go when there are too many.
struct ApprovalCoverings: Sendable {
    private var coverings: OldestOut<ApprovalCovering.Key, ApprovalCovering>

    init(most: Int) { coverings = OldestOut(most: most) }

    var count: Int { coverings.count }

    /// Notes a request that was approved and is used at that moment, if its terms let it cover anything.
    mutating func note(_ request: ApprovalRequest, at moment: UInt64) {
        // Access that was asked for has an end of its own.
        guard let seconds = request.coveredSeconds, request.bond.kind != .access else { return }
        let key = ApprovalCovering.Key(request.bond)
        let until = moment.advanced(bySeconds: seconds)
        coverings.put(ApprovalCovering(key: key, number: request.number, terms: Set(request.terms), until: until), for: key)
    }

    /// The request that covers this, on the terms that hold for it now.
    mutating func number(covering bond: ApprovalRequest.Bond, _ terms: [ApprovalTerms], at moment: UInt64) -> Int64? {
        let key = ApprovalCovering.Key(bond)
        guard let found = coverings[key] else { return nil }
        guard moment < found.until, found.terms == Set(terms) else {
            // Not even if the old terms come back.
            coverings.remove(key)
            return nil
        }
        return found.number
    }

    mutating func keep(where isKept: (ApprovalCovering) -> Bool) { coverings.removeAll { !isKept($0) } }
}
