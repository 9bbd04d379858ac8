/// Whether somebody may ask for access.
package enum RequestDecision: Equatable, Sendable {
    case may(RequestRule, Target)
    case mayNot(RequestDenial)
}

/// Why not. The user may be told: it says nothing about targets that they may not ask for.
package enum RequestDenial: Equatable, Sendable, CustomStringConvertible {
    /// No rule lets them ask for that target, or there is none.
    case notThisTarget
    /// They may ask for the target with these logins only, sorted.
    case otherLogins([String])
    /// For the longest time in seconds that they may ask for.
    case tooLong(longest: UInt32)
    /// Less than `AccessRules.shortestRequestSeconds`.
    case tooShort

    package var description: String {
        switch self {
        case .notThisTarget: "there is no such target that you may ask for"
        case .otherLogins(let logins): "on this target you may ask for \(logins.joined(separator: ", "))"
        case .tooLong(let seconds): "you may ask for at most \(Self.duration(seconds))"
        case .tooShort: "ask for at least \(Self.duration(AccessRules.shortestRequestSeconds))"
        }
    }

    /// In the largest unit that gives a whole number, as the files write it.
    private static func duration(_ seconds: UInt32) -> String {
        for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60)] as [(String, UInt32)] where seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}

extension AccessRules {
    package static let shortestRequestSeconds: UInt32 = 60
    /// 30 days.
    package static let longestRequestSeconds: UInt32 = 30 * 86_400

    /// The first rule of the file by which the user may ask for that login on that target for so long.
    ///
    /// - Parameters:
    ///   - user: the certificate's key id.
    ///   - written: the target as the user wrote it.
    package func mayRequest(user: String, target written: String, login: String, seconds: UInt32) -> RequestDecision {
        let target = target(named: written)
        let name = UserName(user)
        // Names that lead nowhere take the same walk, as in `decide`.
        let rules = requestRules.filter { rule in
            guard let name, rule.to.contains(where: { $0.includes(name, groups) }) else { return false }
            guard let target else { return false }
            return rule.targets.contains { $0.selects(target) } && rule.logins.contains { target.logins.contains($0.text) }
        }
        guard let target, !rules.isEmpty else { return .mayNot(.notThisTarget) }
        let account = LoginName(login).flatMap { target.logins.contains($0.text) ? $0 : nil }
        let fitting = rules.filter { rule in account.map(rule.logins.contains) ?? false }
        guard !fitting.isEmpty else {
            let logins = Set(rules.flatMap(\.logins).map(\.text)).intersection(target.logins)
            return .mayNot(.otherLogins(logins.sorted()))
        }
        guard seconds >= Self.shortestRequestSeconds else { return .mayNot(.tooShort) }
        guard let rule = fitting.first(where: { $0.longestSeconds >= seconds }) else {
            return .mayNot(.tooLong(longest: fitting.map(\.longestSeconds).max() ?? 0))
        }
        return .may(rule, target)
    }

    /// The entry of that name, if by it the user may still ask for that login on that target, for so long.
    package func requestRule(
        named name: String?, for user: String, target: String, login: String, seconds: UInt32
    ) -> RequestRule? {
        guard let rule = requestRules.first(where: { $0.name == name }), let user = UserName(user), isOne(user, of: rule.to),
            let place = self.target(named: target), rule.targets.contains(where: { $0.selects(place) }),
            place.logins.contains(login), rule.logins.contains(where: { $0.text == login }), seconds <= rule.longestSeconds
        else { return nil }
        return rule
    }
}
