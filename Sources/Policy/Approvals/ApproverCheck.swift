package import OpenSSHKeys

/// Who may decide, by the configuration of this moment. It is given anew to each call, because it changes.
package struct ApproverCheck: Sendable {
    package let access: AccessRules
    /// Milliseconds since 1970, for the hours and ends of grants.
    package let at: Int64
    /// `PolicyRules.allowsLocalApprovals`.
    package let allowsLocal: Bool

    package init(access: AccessRules, at: Int64, allowsLocal: Bool) {
        self.access = access
        self.at = at
        self.allowsLocal = allowsLocal
    }

    /// For which of the request's terms that voter counts, by their position; nil if for none.
    ///
    /// - Parameter from: nil for wherever.
    package func terms(of request: ApprovalRequest, for voter: ApprovalVoter, from: IPAddress?) -> Set<Int>? {
        switch voter {
        case .localAdministrator: return allowsLocal ? Set(request.terms.indices) : nil
        case .person(let person):
            guard let mine = terms(of: request, naming: person) else { return nil }
            return hasRight(person, on: request.bond.target, from: from) ? mine : nil
        }
    }

    /// Those that name somebody who is not the requester; nil if none does.
    func terms(of request: ApprovalRequest, naming person: UserName) -> Set<Int>? {
        guard person != request.bond.requester else { return nil }
        let mine = request.terms.indices.filter { access.isOne(person, of: request.terms[$0].approvers) }
        return mine.isEmpty ? nil : Set(mine)
    }

    /// Everybody who could decide on these terms before their grants end, wherever they are now. The local administrator is not asked, but may step
    /// in.
    package func people(for approvers: Set<AccessSubject>, on target: String) -> Set<UserName> {
        guard let target = access.target(named: target) else { return [] }
        return access.people(approvers).intersection(access.people(with: .decide, on: target, at: at))
    }

    /// Whether enough people could decide, none of whom is the requester.
    package func canBeDecided(_ terms: [ApprovalTerms], on target: String, not requester: UserName) -> Bool {
        guard !terms.isEmpty, let target = access.target(named: target) else { return false }
        let deciders = access.people(with: .decide, on: target, at: at).subtracting([requester])
        return terms.allSatisfy { access.people($0.approvers).intersection(deciders).count >= $0.count }
    }

    /// Why that voter counts for no terms.
    func obstacle(to voter: ApprovalVoter, in request: ApprovalRequest) -> ApprovalObstacle {
        guard case .person(let person) = voter else { return .localIsOff }
        if person == request.bond.requester { return .isRequester }
        return request.terms.contains { access.isOne(person, of: $0.approvers) } ? .hasNoRight : .isNoApprover
    }

    /// Whether their grants let them decide on that target now.
    func hasRight(_ person: UserName, on target: String, from: IPAddress?) -> Bool {
        guard let target = access.target(named: target) else { return false }
        return access.rights(of: person, on: target, from: from, at: at).contains(.decide)
    }
}
