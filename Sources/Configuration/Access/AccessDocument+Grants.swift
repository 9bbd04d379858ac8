internal import Guard
internal import OpenSSHKeys
internal import Policy

/// What a grant may speak of.
struct GrantContext {
    let groups: Set<String>
    let names: TargetNames
}

extension AccessDocument {
    static func grants(_ fields: Fields, _ context: GrantContext) -> [AccessRule] {
        guard let items = fields["grants"]?.list("a list of grants, each starting with \"- name:\"") else { return [] }
        var lines: [String: Int] = [:]
        return items.compactMap { item in
            let known = ["name", "to", "targets", "logins", "channels", "from", "until", "hours", "guard"]
            guard let fields = item.fields(known, "a mapping with name, to, targets, logins and channels") else { return nil }
            return grant(fields, context, &lines)
        }
    }

    private static func grant(_ fields: Fields, _ context: GrantContext, _ lines: inout [String: Int]) -> AccessRule? {
        let name = name(fields, &lines)
        let to = fields.some("to", "users and groups, as in [alice, group:ops]")?.compactMap { $0.subject(context.groups) }
        let targets = fields.some("targets", "names and labels, as in [web1, \"env=prod\"]")
        let selectors = targets?.compactMap { $0.selector(context.names) }
        // Where a target is unknown, which logins there are is unknown too.
        let isComplete = selectors?.count == targets?.count
        let logins = fields.some("logins", "logins of these targets, as in [root]")?
            .compactMap { $0.grantedLogin(isComplete ? selectors ?? [] : [], context.names) }
        let channels = fields.some("channels", "\(AccessChannel.words)")?.compactMap { $0.channel() }
        let from = fields.condition("from").map { _ in
            fields.some("from", "address ranges, as in [10.0.0.0/8]")?.compactMap { $0.addressRange() } ?? []
        }
        let expected = "a date such as 2026-12-31, or a time such as 2026-12-31T18:00:00Z"
        let until = fields.condition("until").map { $0.text(expected, as: Deadline.moment) ?? 0 }
        let hours = fields.condition("hours").map { $0.hours() ?? AccessHours(joining: []) }
        let guardMode = fields["guard"]?.word("off, observe or enforce", among: GuardMode.allCases.map(\.rawValue))
            .flatMap(GuardMode.init)
        guard let name, let to, let selectors, let logins, let channels else { return nil }
        return AccessRule(
            name: name, to: Set(to), targets: Set(selectors), logins: Set(logins), channels: Set(channels), from: from,
            until: until, hours: hours, guardMode: guardMode ?? .enforce)
    }

    private static func name(_ fields: Fields, _ lines: inout [String: Int]) -> String? {
        let expected = "a name for logs: 1 to 64 letters, digits, and . _ -"
        guard let value = fields.required("name", expected) else { return nil }
        guard let name = value.text(expected, as: { GroupName($0)?.text }) else { return nil }
        if let line = lines.updateValue(value.line, forKey: name) {
            value.report("the name \(quoted(name)) is taken by the grant on line \(line)")
        }
        return name
    }
}

extension Fields {
    /// A list that has to be there and not be empty.
    fileprivate func some(_ key: String, _ meaning: String) -> [Value]? {
        guard let value = required(key, "a list of \(meaning)"), let items = value.list("a list of \(meaning)") else {
            return nil
        }
        if items.isEmpty { value.report("\(quoted(key)) is empty: write a list of \(meaning)") }
        return items
    }
}

extension Value {
    /// A login of at least one of these targets.
    fileprivate func grantedLogin(_ targets: [TargetSelector], _ names: TargetNames) -> LoginName? {
        guard let login = login() else { return nil }
        var known: Set<String> = []
        for target in targets {
            switch target {
            case .name(let name):
                // A target whose logins could not be read was reported already.
                guard let logins = names.logins[name.text].flatMap({ $0 }) else { return login }
                known.formUnion(logins)
            case .label(let key, let value):
                guard names.labelsAreComplete else { return login }
                known.formUnion(names.labels["\(key)=\(value)"] ?? [])
            }
        }
        guard targets.isEmpty || known.contains(login.text) else {
            report("none of these targets has the login \(quoted(login.text))\(hint(login.text, known.sorted()))")
            return nil
        }
        return login
    }

    fileprivate func addressRange() -> AddressRange? {
        guard let text = text("an address range such as 10.0.0.0/8") else { return nil }
        if let range = AddressRange(text) { return range }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2, let address = IPAddress(parts[0]),
            let length = DecimalNumber.parse(parts[1]).flatMap({ Int(exactly: $0) }),
            length < address.bytes.count * 8, let range = address.range(length)
        {
            report("\(quoted(text)) has bits after its prefix: \(range) is the range, \(address) the one address")
        } else {
            report("\(quoted(text)) is not an address range: write one such as 10.0.0.0/8, 2001:db8::/32, or one address")
        }
        return nil
    }
}

extension IPAddress {
    /// The range of that prefix length around this address.
    fileprivate func range(_ length: Int) -> AddressRange? {
        let first = bytes.enumerated().map { index, byte in
            byte & UInt8(truncatingIfNeeded: 0xFF00 >> min(max(length - index * 8, 0), 8))
        }
        return IPAddress(bytes: first).flatMap { AddressRange("\($0)/\(length)") }
    }
}
