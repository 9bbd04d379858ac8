internal import Guard
internal import OpenSSHKeys
internal import Policy

/// What a grant may speak of.
struct GrantContext {
    let groups: Set<String>
    let names: TargetNames
    var approvals: ApprovalReader
    /// Names of grants and requests, to what took them.
    var taken: [String: String] = [:]
}

extension AccessDocument {
    /// What gives sessions, and what gives rights at the desk.
    static func grants(_ fields: Fields, _ context: inout GrantContext) -> ([AccessRule], [DeskRule]) {
        guard let items = fields["grants"]?.list("a list of grants, each starting with \"- name:\"") else { return ([], []) }
        let known =
            [
                "name", "to", "targets", "logins", "channels", "from", "until", "hours", "guard", "approval", "ends-sessions",
                "rights",
            ]
        var grants: [AccessRule] = []
        var deskRules: [DeskRule] = []
        for item in items {
            guard let fields = item.fields(known, "a mapping with name, to, targets, logins and channels") else { continue }
            if fields.has("rights") {
                if let rule = deskRule(fields, &context) { deskRules.append(rule) }
            } else if let grant = grant(fields, &context) {
                grants.append(grant)
            }
        }
        return (grants, deskRules)
    }

    private static func grant(_ fields: Fields, _ context: inout GrantContext) -> AccessRule? {
        let name = name(fields, "grant", &context)
        let to = fields.subjects(context)
        let selectors = fields.selectors(context)
        let logins = fields.logins(selectors, context)
        let channels = fields.channels()
        let times = fields.times()
        let guardMode = fields.guardMode()
        let approval = fields.condition("approval").flatMap { context.approvals.terms($0) }
        let endsSessions = fields["ends-sessions"]?.flag() ?? false
        if endsSessions, !fields.has("until") {
            fields["ends-sessions"]?.report("ends sessions at \"until\", and there is none: add it, or take this out")
        }
        guard let name, let to, let selectors = selectors?.found, let logins, let channels else { return nil }
        return AccessRule(
            name: name, to: to, targets: Set(selectors), logins: logins, channels: channels, from: times.from,
            until: times.until, hours: times.hours, guardMode: guardMode, approval: approval, endsSessions: endsSessions)
    }

    /// A grant with `rights:` in place of `channels:`.
    private static func deskRule(_ fields: Fields, _ context: inout GrantContext) -> DeskRule? {
        for key in ["logins", "channels", "guard", "approval", "ends-sessions"] where fields.has(key) {
            fields.whole.report("\(quoted(key)) is not for a grant with rights, which opens no sessions: write two grants")
        }
        let name = name(fields, "grant", &context)
        let to = fields.subjects(context)
        let selectors = fields.selectors(context)
        let words = DeskRight.allCases.map(\.rawValue)
        let rights = fields.some("rights", words.joined(separator: ", "))?
            .compactMap { $0.word("a right at the desk", among: words).flatMap(DeskRight.init) }
        let times = fields.times()
        guard let name, let to, let selectors = selectors?.found, let rights else { return nil }
        return DeskRule(
            name: name, to: to, targets: Set(selectors), rights: Set(rights), from: times.from, until: times.until,
            hours: times.hours)
    }

    /// - Parameter kind: what it names: a grant or a request.
    static func name(_ fields: Fields, _ kind: String, _ context: inout GrantContext) -> String? {
        let expected = "a name for logs: 1 to 64 letters, digits, and . _ -"
        guard let value = fields.required("name", expected) else { return nil }
        guard let name = value.text(expected, as: { GroupName($0)?.text }) else { return nil }
        if let other = context.taken.updateValue("the \(kind) on line \(value.line)", forKey: name) {
            value.report("the name \(quoted(name)) is taken by \(other)")
        }
        return name
    }
}

/// What grants and requests have alike. Nil for what is missing; a mistake in it is reported.
extension Fields {
    func subjects(_ context: GrantContext) -> Set<AccessSubject>? {
        some("to", "users and groups, as in [alice, group:ops]").map { Set($0.compactMap { $0.subject(context.groups) }) }
    }

    /// - Returns: also whether all of them are known: else nobody can say which logins there are.
    func selectors(_ context: GrantContext) -> (found: [TargetSelector], areComplete: Bool)? {
        guard let items = some("targets", "names and labels, as in [web1, \"env=prod\"]") else { return nil }
        let found = items.compactMap { $0.selector(context.names) }
        return (found, found.count == items.count)
    }

    func logins(_ selectors: (found: [TargetSelector], areComplete: Bool)?, _ context: GrantContext) -> Set<LoginName>? {
        let targets = selectors.map { $0.areComplete ? $0.found : [] } ?? []
        return some("logins", "logins of these targets, as in [root]")
            .map { Set($0.compactMap { $0.grantedLogin(targets, context.names) }) }
    }

    func channels() -> Set<AccessChannel>? { some("channels", AccessChannel.words).map { Set($0.compactMap { $0.channel() }) } }

    func guardMode() -> GuardMode {
        self["guard"]?.word("off, observe or enforce", among: GuardMode.allCases.map(\.rawValue)).flatMap(GuardMode.init)
            ?? .enforce
    }

    func times() -> (from: [AddressRange]?, until: Int64?, hours: AccessHours?) {
        let from = condition("from").map { _ in
            some("from", "address ranges, as in [10.0.0.0/8]")?.compactMap { $0.addressRange() } ?? []
        }
        let expected = "a date such as 2026-12-31, or a time such as 2026-12-31T18:00:00Z"
        let until = condition("until").map { $0.text(expected, as: Deadline.moment) ?? 0 }
        let hours = condition("hours").map { $0.hours() ?? AccessHours(joining: []) }
        return (from, until, hours)
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
