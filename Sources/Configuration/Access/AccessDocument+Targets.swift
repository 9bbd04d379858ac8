internal import OpenSSHKeys
internal import Policy

/// What grants may say of targets, and where it was said.
struct TargetNames {
    /// Names and aliases, to the line of each.
    private(set) var lines: [String: Int] = [:]
    /// For each name and alias the logins; nil if the target has a mistake there.
    private(set) var logins: [String: [String]?] = [:]
    /// `key=value` to the logins of all targets with that label.
    private(set) var labels: [String: [String]] = [:]
    private(set) var labelsAreComplete = true

    init() {}

    /// Of targets that were read before, for another file. Their lines are not known.
    init(of targets: [Target]) {
        for target in targets {
            for name in [target.name] + target.aliases { lines[name] = 0 }
            for (key, value) in target.labels { labels["\(key)=\(value)", default: []] += target.logins }
        }
    }

    /// Nil if it is free, which it is not any more; else the line that took it.
    mutating func take(_ name: TargetName, line: Int) -> Int? {
        if let taken = lines[name.text] { return taken }
        lines[name.text] = line
        logins[name.text] = .some(nil)
        return nil
    }

    mutating func describe(_ names: [TargetName], logins: [LoginName]?, labels: [String: String]?) {
        for name in names { self.logins[name.text] = .some(logins?.map(\.text)) }
        for (key, value) in labels ?? [:] { self.labels["\(key)=\(value)", default: []] += logins?.map(\.text) ?? [] }
        if labels == nil || logins == nil { labelsAreComplete = false }
    }
}

extension AccessDocument {
    static func targets(_ fields: Fields, _ names: inout TargetNames) -> [Target] {
        guard let entries = fields["targets"]?.entries("a mapping of targets, each with its name as key") else { return [] }
        return entries.compactMap { key, value in target(key, value, &names) }
    }

    private static func target(_ key: Value, _ value: Value, _ names: inout TargetNames) -> Target? {
        guard let name = key.targetName(&names) else { return nil }
        guard
            let fields = value.fields(
                ["address", "aliases", "host-keys", "labels", "logins", "integration"],
                "a mapping with address, host-keys and logins")
        else {
            names.describe([name], logins: nil, labels: nil)
            return nil
        }
        let aliases = (fields["aliases"]?.list("a list of names") ?? []).compactMap { $0.targetName(&names) }
        let labels = labels(fields)
        let logins = logins(fields)
        names.describe([name] + aliases, logins: logins, labels: labels)
        let integration = fields["integration"]?.word("auto or off", among: ["auto", "off"])
        let written = fields.required("address", "where the target is, as in 10.0.0.7:22")
        let address = written?.address("host:port", defaultPort: 22)
        if address?.host == "*" { written?.report("* is no host to connect to: write the target's name or address") }
        let hostKeys = hostKeys(fields, address)
        guard let address, let hostKeys, !hostKeys.isEmpty, let labels, let logins else { return nil }
        return Target(
            name: name, aliases: aliases, address: TargetAddress(host: address.host, port: address.port), hostKeys: hostKeys,
            labels: labels, logins: logins, usesIntegration: integration != "off")
    }

    private static func logins(_ fields: Fields) -> [LoginName]? {
        let meaning = "the accounts that may be granted, as in [root, deploy]"
        guard let value = fields.required("logins", meaning), let items = value.list(meaning) else { return nil }
        if items.isEmpty { value.report("is empty: nobody could log in; write \(meaning)") }
        var logins: [LoginName] = []
        for item in items {
            guard let login = item.login() else { continue }
            if logins.contains(login) { item.report("\(quoted(login.text)) is there twice") }
            logins.append(login)
        }
        return logins.count == items.count && !items.isEmpty ? logins : nil
    }

    private static func labels(_ fields: Fields) -> [String: String]? {
        guard let value = fields["labels"] else { return [:] }
        guard let entries = value.entries("a mapping of labels, as in env: prod") else { return nil }
        var labels: [String: String] = [:]
        for (key, value) in entries {
            let expected = "a label: 1 to 63 letters, digits, and . _ / - are"
            let word = { (text: String) in PlainWord.isPlain(text, longest: 63, marks: "._/-") ? text : nil }
            guard let key = key.text(expected, as: word), let content = value.text(expected, as: word) else { return nil }
            labels[key] = content
        }
        return labels
    }

    /// Nil if there is none, which is reported: without a pin nobody would know whom the credential goes to.
    private static func hostKeys(_ fields: Fields, _ address: NetworkAddress?) -> [[UInt8]]? {
        let meaning =
            "\"sallyport target scan \(address.map(\.description) ?? "ADDRESS")\" prints the lines; compare them with the target's own"
        guard let value = fields.required("host-keys", meaning), let items = value.list("a list of public key lines") else {
            return nil
        }
        if items.isEmpty { value.report("is empty, and without a pinned key there is no connection: \(meaning)") }
        var blobs: [[UInt8]] = []
        for item in items {
            guard let key = item.publicKey() else { continue }
            if blobs.contains(key.blob) { item.report("the same key is there twice") }
            blobs.append(key.blob)
        }
        return blobs.isEmpty ? nil : blobs
    }
}

extension Value {
    /// A name or an alias, which is taken by it.
    fileprivate func targetName(_ names: inout TargetNames) -> TargetName? {
        guard let name = text("the name of a target: letters, digits, and . _ - inside", as: TargetName.init) else { return nil }
        if let line = names.take(name, line: self.line) {
            report("the name \(quoted(name.text)) is taken on line \(line): names and aliases lead to one target each")
            return nil
        }
        return name
    }

    func login() -> LoginName? {
        text(
            "the name of a login: 1 to \(LoginName.longest) letters, digits, and . _ @ + $ \\ -, not starting with -",
            as: LoginName.init)
    }
}
