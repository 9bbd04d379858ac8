package import OpenSSHKeys

/// All of `access.yaml`: who may reach what.
///
/// A value without state: the same question gets the same answer until a reload replaces it as a whole. What no rule grants is denied.
package struct AccessRules: Sendable {
    package let groups: [String: Set<UserName>]
    package let targets: [Target]
    package let grants: [AccessRule]
    /// What people may do at the desk.
    package let deskRules: [DeskRule]
    /// What people may ask for.
    package let requestRules: [RequestRule]
    /// Names and aliases, to positions in `targets`.
    private let positions: [String: Int]

    /// - Precondition: names and aliases of targets are unique among each other; the reader of the file says so to the administrator.
    package init(
        groups: [String: Set<UserName>], targets: [Target], grants: [AccessRule], deskRules: [DeskRule] = [],
        requestRules: [RequestRule] = []
    ) {
        self.groups = groups
        self.targets = targets
        self.grants = grants
        self.deskRules = deskRules
        self.requestRules = requestRules
        var positions: [String: Int] = [:]
        for (position, target) in targets.enumerated() {
            for name in [target.name] + target.aliases {
                precondition(positions.updateValue(position, forKey: name) == nil, "the name \(name) leads to one target only")
            }
        }
        self.positions = positions
    }

    private init(_ rules: AccessRules, grants: [AccessRule]) {
        (groups, targets, positions) = (rules.groups, rules.targets, rules.positions)
        (deskRules, requestRules) = (rules.deskRules, rules.requestRules)
        self.grants = grants
    }

    /// The same with further grants, behind those of the file: access that somebody asked for and was given for a time.
    package func adding(_ timed: [AccessRule]) -> AccessRules {
        timed.isEmpty ? self : AccessRules(self, grants: grants + timed)
    }

    /// The target of that name or alias, in any case and with or without a trailing dot. Says nothing about who may reach it.
    package func target(named written: String) -> Target? {
        TargetName(written).flatMap { positions[$0.text] }.map { targets[$0] }
    }

    /// Whether this user may log in to this target as this login, here and now.
    ///
    /// Where several rules apply, their channels add up, and the strictest guard counts.
    package func decide(_ request: AccessRequest) -> AccessDecision {
        guard let user = UserName(request.user) else { return .denied(.noGrant) }
        let login = LoginName(request.login)
        let target = target(named: request.target)
        var applying: [AccessRule] = []
        var nearest = AccessDenial.noGrant
        let question = Question(
            user: user, target: target, login: login.map { .exactly($0) }, from: request.from, at: request.at)
        // Names that lead nowhere take the same walk, so that the time of the answer does not tell them from forbidden ones.
        for rule in grants {
            guard let obstacle = obstacle(in: rule, to: question) else {
                applying.append(rule)
                continue
            }
            if obstacle.rank > nearest.rank { nearest = obstacle }
        }
        guard let target else { return .denied(.unknownTarget) }
        guard let login, !applying.isEmpty else { return .denied(nearest) }
        return .granted(Grant(target: target, login: login, applying: applying))
    }

    /// The target that `direct-tcpip` to `host:port` may lead to: one on which the user has some login, at port 22 or the target's own.
    ///
    /// The tunnel ends in the bastion, which asks `decide` once the login is known.
    package func mayTunnel(user: String, host: String, port: UInt32, from: IPAddress, at moment: Int64) -> Target? {
        guard let user = UserName(user) else { return nil }
        let target = target(named: host)
        let question = Question(user: user, target: target, login: .some(.any), from: from, at: moment)
        let isReachable = grants.contains { obstacle(in: $0, to: question) == nil }
        guard let target, isReachable, port == 22 || port == UInt32(target.address.port) else { return nil }
        return target
    }

    /// What the user could log in to now from there, in the order of the file, with the logins in the order of each target.
    package func reachableTargets(user: String, from: IPAddress, at moment: Int64) -> [(target: Target, logins: [String])] {
        guard let user = UserName(user) else { return [] }
        return targets.compactMap { target in
            var granted: Set<String> = []
            let question = Question(user: user, target: target, login: .some(.any), from: from, at: moment)
            for rule in grants where obstacle(in: rule, to: question) == nil { granted.formUnion(rule.logins.map(\.text)) }
            let logins = target.logins.filter(granted.contains)
            return logins.isEmpty ? nil : (target, logins)
        }
    }
}

// MARK: - One rule

extension AccessRules {
    private enum WantedLogin {
        case exactly(LoginName)
        case any
    }

    private struct Question {
        var user: UserName
        /// Nil for a name that is no target's.
        var target: Target?
        /// Nil for text that is no login's name.
        var login: WantedLogin?
        var from: IPAddress
        var at: Int64
    }

    /// What keeps the rule from granting it; nil for nothing.
    private func obstacle(in rule: AccessRule, to question: Question) -> AccessDenial? {
        guard rule.to.contains(where: { $0.includes(question.user, groups) }) else { return .noGrant }
        guard let target = question.target, rule.targets.contains(where: { $0.selects(target) }) else { return .noGrant }
        switch question.login {
        case nil: return .loginNotGranted
        case .any:
            guard rule.logins.contains(where: { target.logins.contains($0.text) }) else { return .loginNotGranted }
        case .exactly(let login):
            guard rule.logins.contains(login), target.logins.contains(login.text) else { return .loginNotGranted }
        }
        if let ranges = rule.from, !ranges.contains(where: { $0.contains(question.from) }) { return .elsewhere(rule: rule.name) }
        if let until = rule.until, question.at >= until { return .expired(rule: rule.name) }
        if let hours = rule.hours, !hours.contains(question.at) { return .outsideHours(rule: rule.name) }
        return nil
    }
}
