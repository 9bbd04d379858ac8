internal import Policy

extension PolicyDocument {
    /// `for:` of a rule. A condition that could not be read is a mistake, so what is returned then does not matter.
    static func conditions(_ value: Value, _ names: PolicyNames) -> RuleConditions {
        let known = ["users", "targets", "logins", "channels", "hours"]
        guard let fields = value.fields(known, "a mapping with \(known.joined(separator: ", "))") else { return RuleConditions() }
        if value.isEmptyMapping {
            value.report("is empty: take the key \"for\" out as well, if the rule is for everybody")
        }
        return RuleConditions(
            users: fields.some("users", "users and groups, as in [alice, group:ops]") { $0.subject(names.groups) },
            targets: fields.some("targets", "names and labels, as in [web1, \"env=prod\"]") { $0.selector(names.targets) },
            logins: fields.some("logins", "logins of targets, as in [root]") { $0.login(names.logins) },
            channels: fields.some("channels", AccessChannel.words) { $0.channel() },
            hours: fields.condition("hours")?.hours())
    }
}

extension Fields {
    fileprivate func some<Item: Hashable>(_ key: String, _ expected: String, _ read: (Value) -> Item?) -> Set<Item>? {
        condition(key)?.items(expected).map { Set($0.compactMap(read)) }
    }
}

extension Value {
    /// - Parameter logins: those that targets have; nil if that is not known.
    func login(_ logins: Set<String>?) -> LoginName? {
        guard let login = login() else { return nil }
        guard let logins, !logins.contains(login.text) else { return login }
        report("no target has the login \(quoted(login.text))\(hint(login.text, logins.sorted()))")
        return nil
    }
}
