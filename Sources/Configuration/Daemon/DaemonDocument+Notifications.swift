internal import Foundation

/// `approvals:` of `sallyport.yaml`: whom the daemon tells of requests.
extension DaemonDocument {
    private static let meaning = "{webhook: URL, hmac-key-file: PATH} or {command: [PATH, ARGUMENT…]}"

    /// And the files of keys among them.
    static func notify(_ fields: Fields) -> ([NotificationSettings], [Located<String>]) {
        guard let fields = fields["approvals"]?.fields(["notify"], "a mapping with notify"), let value = fields["notify"],
            let items = value.list("a list of \(meaning)")
        else { return ([], []) }
        if items.count > NotificationSettings.most {
            value.report("has \(items.count) entries; at most \(NotificationSettings.most) are accepted")
        }
        var found: [NotificationSettings] = []
        var keys: [Located<String>] = []
        for item in items.prefix(NotificationSettings.most) {
            guard let settings = notification(item, &keys) else { continue }
            if found.contains(where: { $0.name == settings.name }) {
                item.report("the name \(quoted(settings.name)) is there twice: give one of them another \"name\"")
            }
            found.append(settings)
        }
        return (found, keys)
    }

    private static func notification(_ item: Value, _ keys: inout [Located<String>]) -> NotificationSettings? {
        guard let fields = item.fields(["name", "webhook", "hmac-key-file", "command"], "a mapping: \(meaning)") else {
            return nil
        }
        let expected = "a name for the ledger: 1 to 64 letters, digits, and . _ -"
        let name = fields.condition("name").map { $0.text(expected, as: { GroupName($0)?.text }) }
        guard fields.has("webhook") != fields.has("command") else {
            item.report("has to have one of webhook and command: \(meaning)")
            return nil
        }
        let way: NotificationSettings.Way
        let usualName: String
        if fields.has("command") {
            if fields.has("hmac-key-file") { item.report("\"hmac-key-file\" is for a webhook: a command is told by nobody else") }
            guard let command = command(fields) else { return nil }
            way = .command(command)
            usualName = command[0].split(separator: "/").last.map(String.init) ?? ""
        } else {
            let url = fields.required("webhook", "where to post to, as in https://chat.example.com/hook")?.webhookURL()
            let key = fields.required("hmac-key-file", "the path of the key that signs what is sent: openssl rand -hex 32 > FILE")
            guard let path = key?.path("the path of the key's file"), let key, let (url, host) = url else { return nil }
            keys.append(Located(content: path, line: key.line))
            way = .webhook(url: url, keyFile: PathText.absolute(path))
            usualName = host
        }
        guard let name = name ?? GroupName(usualName)?.text else {
            if !fields.has("name") { item.report("\"name\" is missing: \(expected)") }
            return nil
        }
        return NotificationSettings(name: name, way: way)
    }

    private static func command(_ fields: Fields) -> [String]? {
        let meaning = "a list of the program's path and its arguments, as in [/usr/local/bin/tell-chat]"
        guard let value = fields.required("command", meaning), let items = value.list(meaning) else { return nil }
        if items.count > 64 { value.report("has \(items.count) words; at most 64 are accepted") }
        let words = items.prefix(64).compactMap { item -> String? in
            guard let word = item.text("a word of the command") else { return nil }
            guard word.utf8.count <= 4095, !word.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
                item.report("has more than 4095 bytes, or a control character")
                return nil
            }
            return word
        }
        guard words.count == items.count, let program = words.first else {
            if items.isEmpty { value.report("is empty: write \(meaning)") }
            return nil
        }
        guard program.hasPrefix("/"), !program.hasSuffix("/") else {
            value.report("\(quoted(program)) is not an absolute path: no shell looks for the program")
            return nil
        }
        return words
    }

    /// Whether the keys can be read by nobody else, and are long enough. Their content is the daemon's alone.
    func checkNotificationKeys(in document: Document) {
        for key in notificationKeys {
            func report(_ what: String) {
                document.report(key.line, "approvals.notify.hmac-key-file: \(quoted(key.content)) \(what)")
            }
            var information = stat()
            guard stat(key.content, &information) == 0 else {
                // Who may not look into the folder cannot tell, and need not.
                guard errno == ENOENT || errno == ENOTDIR else { continue }
                report("does not exist: \"(umask 077; openssl rand -hex 32 > FILE)\" makes one")
                continue
            }
            let mode = information.st_mode & 0o777
            if information.st_mode & S_IFMT != S_IFREG {
                report("is not a file")
            } else if mode & 0o077 != 0 {
                report("has mode \(String(mode, radix: 8)), with which others may read it: chmod 600 it")
            } else if information.st_size < NotificationSettings.shortestKey {
                report("has \(information.st_size) bytes: a key has at least \(NotificationSettings.shortestKey)")
            } else if information.st_size > NotificationSettings.longestKey {
                report("has \(information.st_size) bytes: a key has at most \(NotificationSettings.longestKey)")
            }
        }
    }
}

extension Value {
    /// An `https` URL, or `http` to this machine, and its host.
    fileprivate func webhookURL() -> (url: String, host: String)? {
        guard let text = text("a URL such as https://chat.example.com/hook") else { return nil }
        // Chat services put a secret into the path, so the text is not shown.
        let isPlain = text.utf8.count <= 2048 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard isPlain, let parts = URLComponents(string: text), let scheme = parts.scheme, let host = parts.host, !host.isEmpty,
            ["https", "http"].contains(scheme)
        else {
            report("is not a URL such as https://chat.example.com/hook")
            return nil
        }
        guard parts.user == nil, parts.password == nil else {
            report("has a user or a password in it: the receiver checks the signature, see \"hmac-key-file\"")
            return nil
        }
        guard parts.fragment == nil else {
            report("has a fragment (#…), which is never sent: take it out")
            return nil
        }
        // Anybody between could read who asks for what.
        guard scheme == "https" || ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host) else {
            report("is not https: http is for this machine alone (localhost, 127.0.0.1, [::1])")
            return nil
        }
        return (text, host)
    }
}
