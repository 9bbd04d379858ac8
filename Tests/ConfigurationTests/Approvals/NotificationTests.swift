import Foundation
import Testing

@testable import Configuration

/// `approvals: {notify: […]}` in `sallyport.yaml`.
struct NotificationTests {
    private static let head = "listen: [\"127.0.0.1:0\"]\nhost-keys: [k]\nvault-key: v\n"

    /// Entries from line 6 on.
    private static func notify(_ entries: String...) -> String {
        head + "approvals:\n  notify:\n" + entries.map { "    - \($0)\n" }.joined()
    }

    @Test func `webhooks and commands are read, and named if they have no name`() throws {
        let read = readDaemon(
            Self.notify(
                "{webhook: \"https://chat.example.com:8443/hook?x=1\", hmac-key-file: hook.key}",
                "{name: mail, command: [/usr/local/bin/tell, --to, \"ops team\"]}",
                "{command: [/usr/bin/logger]}", "{name: here, webhook: \"http://[::1]:8080/\", hmac-key-file: /k}"))
        #expect(read.problems == [])
        #expect(
            read.configuration?.notify == [
                NotificationSettings(
                    name: "chat.example.com",
                    way: .webhook(url: "https://chat.example.com:8443/hook?x=1", keyFile: "/etc/sallyport/hook.key")),
                NotificationSettings(name: "mail", way: .command(["/usr/local/bin/tell", "--to", "ops team"])),
                NotificationSettings(name: "logger", way: .command(["/usr/bin/logger"])),
                NotificationSettings(name: "here", way: .webhook(url: "http://[::1]:8080/", keyFile: "/k")),
            ])
        #expect(readDaemon(Self.head).configuration?.notify == [])
    }

    @Test(arguments: mistakes)
    func `a mistake is told with its line`(mistake: Mistake) {
        let read = readDaemon(mistake.text)
        #expect(read.problems == mistake.expected)
        #expect(read.configuration == nil)
    }

    private static let both = "{webhook: URL, hmac-key-file: PATH} or {command: [PATH, ARGUMENT…]}"
    private static func hook(_ url: String) -> String { notify("{webhook: \"\(url)\", hmac-key-file: k}") }

    static let mistakes: [Mistake] = [
        Mistake("terms of the policy", head + "approvals: {by: [alice]}\n", "4: approvals: unknown key \"by\": known are notify"),
        Mistake(
            "not a list", head + "approvals: {notify: x}\n", "4: approvals.notify: text, where a list of \(both) was expected"),
        Mistake("neither", notify("{name: x}"), "6: approvals.notify: has to have one of webhook and command: \(both)"),
        Mistake(
            "both", notify("{webhook: \"https://h/\", hmac-key-file: k, command: [/x]}"),
            "6: approvals.notify: has to have one of webhook and command: \(both)"),
        Mistake(
            "no key", notify("{webhook: \"https://h/\"}"),
            "6: approvals.notify: \"hmac-key-file\" is missing: the path of the key that signs what is sent: openssl rand -hex 32 > FILE"
        ),
        Mistake(
            "key in the file", notify("{webhook: \"https://h/\", secret: x, hmac-key-file: k}"),
            "6: approvals.notify: unknown key \"secret\": secrets are not in this file but in the vault, see \"sallyport credential set\""
        ),
        Mistake(
            "key of a command", notify("{command: [/x], hmac-key-file: k}"),
            "6: approvals.notify: \"hmac-key-file\" is for a webhook: a command is told by nobody else"),
        Mistake("no URL", hook("chat"), "6: approvals.notify.webhook: is not a URL such as https://chat.example.com/hook"),
        Mistake(
            "other scheme", hook("ftp://h/"), "6: approvals.notify.webhook: is not a URL such as https://chat.example.com/hook"),
        Mistake("no host", hook("https:///x"), "6: approvals.notify.webhook: is not a URL such as https://chat.example.com/hook"),
        Mistake(
            "a blank", hook("https://h/a b"), "6: approvals.notify.webhook: is not a URL such as https://chat.example.com/hook"),
        Mistake(
            "password", hook("https://a:b@h/"),
            "6: approvals.notify.webhook: has a user or a password in it: the receiver checks the signature, see \"hmac-key-file\""
        ),
        Mistake(
            "fragment", hook("https://h/#x"), "6: approvals.notify.webhook: has a fragment (#…), which is never sent: take it out"
        ),
        Mistake(
            "in the clear", hook("http://chat.example.com/"),
            "6: approvals.notify.webhook: is not https: http is for this machine alone (localhost, 127.0.0.1, [::1])"),
        Mistake(
            "command as text", notify("{command: /usr/bin/x}"),
            "6: approvals.notify.command: text, where a list of the program's path and its arguments, as in [/usr/local/bin/tell-chat] was expected"
        ),
        Mistake(
            "empty command", notify("{command: []}"),
            "6: approvals.notify.command: is empty: write a list of the program's path and its arguments, as in [/usr/local/bin/tell-chat]"
        ),
        Mistake(
            "program of a shell", notify("{command: [mail, ops]}"),
            "6: approvals.notify.command: \"mail\" is not an absolute path: no shell looks for the program"),
        Mistake(
            "control character", notify("{command: [/x, \"a\\nb\"]}"),
            "6: approvals.notify.command: has more than 4095 bytes, or a control character"),
        Mistake(
            "name that is none", notify("{name: \"a b\", command: [/x]}"),
            "6: approvals.notify.name: \"a b\" is not a name for the ledger: 1 to 64 letters, digits, and . _ -"),
        Mistake(
            "program that gives no name", notify("{command: [\"/opt/tell ops\"]}"),
            "6: approvals.notify: \"name\" is missing: a name for the ledger: 1 to 64 letters, digits, and . _ -"),
        Mistake(
            "the same name", notify("{command: [/a/x]}", "{command: [/b/x]}"),
            "7: approvals.notify: the name \"x\" is there twice: give one of them another \"name\""),
        Mistake(
            "too many", head + "approvals: {notify: [" + (1...9).map { "{command: [/x\($0)]}" }.joined(separator: ", ") + "]}\n",
            "4: approvals.notify: has 9 entries; at most 8 are accepted"),
    ]

    @Test func `a key has to be there, to be secret and to be long enough`() throws {
        let folder = try TemporaryFolder()
        func problems(_ name: String) throws -> [String] {
            let file = folder.path + "/sallyport.yaml"
            let problems = Problems()
            let document = Document(file: file, problems: problems)
            let text = Self.head + "approvals: {notify: [{webhook: \"https://h/\", hmac-key-file: \(name)}]}\n"
            DaemonDocument(try #require(document.root(of: Array(text.utf8))), in: document).checkNotificationKeys(in: document)
            return problems.count == 0 ? [] : problems.errors().problems.map(\.message)
        }
        func write(_ name: String, _ size: Int, _ mode: Int) throws {
            let path = folder.path + "/" + name
            try Data(repeating: 0x61, count: size).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        func message(_ name: String, _ what: String) -> [String] {
            ["approvals.notify.hmac-key-file: \(quoted(folder.path + "/" + name)) \(what)"]
        }
        try write("good", 16, 0o600)
        try write("open", 16, 0o640)
        try write("short", 15, 0o600)
        try write("long", 4097, 0o400)
        #expect(try problems("good") == [])
        #expect(try problems("open") == message("open", "has mode 640, with which others may read it: chmod 600 it"))
        #expect(try problems("short") == message("short", "has 15 bytes: a key has at least 16"))
        #expect(try problems("long") == message("long", "has 4097 bytes: a key has at most 4096"))
        #expect(
            try problems("none") == message("none", "does not exist: \"(umask 077; openssl rand -hex 32 > FILE)\" makes one"))
        #expect(try problems(".") == message(".", "is not a file"))
    }

    @Test func `the daemon reads a key without the line end, from a file of its own alone`() throws {
        let folder = try TemporaryFolder()
        func read(_ text: String, _ mode: Int = 0o600) throws -> String {
            try folder.write("key", text)
            let path = folder.path + "/key"
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            do throws(ConfigurationErrors) {
                return String(decoding: try NotificationSettings.readKey(path), as: UTF8.self)
            } catch {
                return error.problems[0].message
            }
        }
        let key = String(repeating: "k", count: 16)
        #expect(try read(key) == key)
        #expect(try read(key + "\n") == key)
        #expect(try read(key + "\r\n") == key)
        #expect(try read(key + "\n\n") == key + "\n")
        #expect(try read(key.dropLast() + "\n") == "holds a key of 15 bytes: a key has 16 to 4096")
        #expect(try read(String(repeating: "k", count: 4097)) == "holds a key of 4097 bytes: a key has 16 to 4096")
        #expect(try read(String(repeating: "k", count: 8193)) == "is larger than 8 KiB")
        #expect(try read(key, 0o604) == "others may read it: chmod 600 it")
        #expect(throws: ConfigurationErrors.self) { try NotificationSettings.readKey(folder.path + "/none") }
    }
}
