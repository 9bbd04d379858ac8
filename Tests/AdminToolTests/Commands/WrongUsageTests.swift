import Foundation
import Testing

@Suite struct `Wrong usage` {
    static let calls: [[String]] = [
        [], ["certificate"], ["credential"], ["session"], ["target"], ["bogus"], ["--bogus"], ["init"], ["init", ""],
        ["init", "a", "b"],
        ["init", "--listen", "22", "a"], ["check", "x"], ["certificate", "issue", "key.pub"],
        ["certificate", "issue", "--user", "alice"],
        ["certificate", "issue", "--user", "", "key.pub"], ["certificate", "issue", "--user", "alice", "--ttl", "8", "key.pub"],
        ["certificate", "issue", "--user", "alice", "--source-address", "10.0.0.0/33", "key.pub"],
        ["certificate", "show", "seven"], ["certificate", "show", "-1"], ["certificate", "revoke"],
        ["credential", "set", "root@web1"], ["credential", "set", "web1", "--certificate"],
        ["credential", "set", "root@web1", "--certificate", "--password-stdin"],
        ["credential", "set", "root@web1", "--private-key", "x", "--password-stdin"],
        ["credential", "set", "root@web1", "--password-stdin", "--passphrase-stdin"],
        ["credential", "set", "root@web1", "--private-key", "-", "--passphrase-stdin"],
        ["credential", "set", "root@web1", "--password", "secret"], ["credential", "remove"],
        ["target", "scan"], ["target", "scan", "-oProxyCommand=true"], ["target", "scan", "--", "-oProxyCommand=true"],
        ["certificate", "list", "--limit", "0"], ["session", "list", "--limit", "0"], ["session", "list", "--limit", "10001"],
        ["session", "play"],
        ["session", "play", "--speed", "0", "--raw", "x"], ["session", "play", "--speed", "nan", "--raw", "x"],
        ["session", "play", "--idle-limit", "-1", "--raw", "x"], ["session", "play", "x"],
        ["approval"], ["approval", "show", "twelve"], ["approval", "show", "0"], ["approval", "approve"],
        ["approval", "deny", "12"], ["approval", "deny", "12", "--reason", ""], ["approval", "list", "--limit", "0"],
        ["approval", "approve", "12", "--reason", String(repeating: "x", count: 501)],
        ["access"], ["access", "revoke", "12"], ["access", "revoke", "12", "--reason", " "],
        ["access", "revoke", "--reason", "x"],
        ["client-config", "--name", "a b"], ["client-config", "--name", ""], ["client-config", "--ssh-config", "--known-hosts"],
        ["client-config", "--identity", ""], ["client-config", "--identity", "id_ed25519"],
        ["client-config", "--identity", "~/.ssh/id_ed25519.pub"], ["client-config", "--identity", "~/.ssh/"],
        ["client-config", "--identity", "~/a\nProxyCommand touch /tmp/x"],
    ]

    @Test(arguments: calls)
    func `exits with 2 and says so only on standard error`(_ arguments: [String]) throws {
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output == "")
        #expect(outcome.errors.contains("sallyport"))
    }

    @Test func `does not print escape sequences of an argument`() throws {
        let outcome = try Tool.run(["certificate", "show", "\u{1b}]0;x\u{7}\u{9b}2J"])
        #expect(outcome.status == 2)
        #expect(!outcome.errors.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x9b || $0.value == 7 })
    }

    @Test func `of a secret as argument is not possible`() throws {
        let help = try Tool.run(["credential", "set", "--help"]).output
        #expect(!help.contains("--password "))
        #expect(!help.contains("--passphrase "))
    }
}
