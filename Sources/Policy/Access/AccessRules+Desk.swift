package import OpenSSHKeys

/// Who is who, and what they may do at the desk.
extension AccessRules {
    /// Whether the group has that member. False for groups that are not there.
    package func isMember(_ user: UserName, of group: String) -> Bool { groups[group]?.contains(user) ?? false }

    /// Whether the user is one of these, or in one of these groups.
    package func isOne(_ user: UserName, of subjects: Set<AccessSubject>) -> Bool {
        subjects.contains { $0.includes(user, groups) }
    }

    /// Everybody who is meant, each once.
    package func people(_ subjects: Set<AccessSubject>) -> Set<UserName> {
        subjects.reduce(into: []) { people, subject in
            switch subject {
            case .user(let name): people.insert(name)
            case .group(let name): people.formUnion(groups[name] ?? [])
            }
        }
    }

    /// How many distinct people these are, without the one who asks.
    package func eligible(_ approvers: Set<AccessSubject>, not requester: UserName) -> Int {
        people(approvers).subtracting([requester]).count
    }

    /// What the user may do at the desk about this target.
    ///
    /// - Parameters:
    ///   - from: where the user comes from; nil for wherever: rules that ask for an address count then too.
    ///   - moment: milliseconds since 1970.
    package func rights(of user: String, on target: Target, from: IPAddress?, at moment: Int64) -> Set<DeskRight> {
        UserName(user).map { rights(of: $0, on: target, from: from, at: moment) } ?? []
    }

    func rights(of user: UserName, on target: Target, from: IPAddress?, at moment: Int64) -> Set<DeskRight> {
        deskRules.reduce(into: []) { rights, rule in
            if rule.gives(user, on: target, from: from, at: moment, groups) { rights.formUnion(rule.rights) }
        }
    }

    /// Everybody who has that right on that target before its rules end, from wherever and at whatever hours.
    package func people(with right: DeskRight, on target: Target, at moment: Int64) -> Set<UserName> {
        deskRules.reduce(into: []) { found, rule in
            guard rule.rights.contains(right), rule.isAbout(target, at: moment) else { return }
            found.formUnion(people(rule.to))
        }
    }
}

extension DeskRule {
    /// Whether it is about the target at all, and has not ended.
    fileprivate func isAbout(_ target: Target, at moment: Int64) -> Bool {
        if let until, moment >= until { return false }
        return targets.contains { $0.selects(target) }
    }

    fileprivate func gives(
        _ user: UserName, on target: Target, from address: IPAddress?, at moment: Int64, _ groups: [String: Set<UserName>]
    ) -> Bool {
        guard isAbout(target, at: moment), to.contains(where: { $0.includes(user, groups) }) else { return false }
        if let from, let address, !from.contains(where: { $0.contains(address) }) { return false }
        // From nowhere is from nowhere, wherever the user may be.
        if let from, from.isEmpty { return false }
        return hours?.contains(moment) ?? true
    }
}
