import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

@Suite struct `sallyport credential` {
    @Test func `list has no secret in it`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.credentials([credential(), credential(login: "db", detail: nil)])))
        #expect(
            try daemon.run(["credential", "list"]).output == """
                LOGIN@TARGET  KIND         CHANGED               DETAIL
                root@web1     private-key  2026-11-24 02:03:59Z  ssh-ed25519 SHA256:xyz
                db@web1       private-key  2026-11-24 02:03:59Z  -

                """)
        let document = try JSONSerialization.jsonObject(with: Data(try daemon.run(["credential", "list", "--json"]).output.utf8))
        #expect((document as? [[String: Any]])?.last?.keys.sorted() == ["changed_at", "detail", "kind", "login", "target"])
    }

    struct PasswordCase: Sendable {
        var input: String
        var password: String?
        var message = ""
    }

    @Test(arguments: [
        PasswordCase(input: "secret", password: "secret"), PasswordCase(input: "secret\n", password: "secret"),
        PasswordCase(input: "secret\r\n", password: "secret"), PasswordCase(input: " sécret \t\n", password: " sécret \t"),
        PasswordCase(input: "a\r", password: "a\r"),
        PasswordCase(input: String(repeating: "x", count: 1024) + "\n", password: String(repeating: "x", count: 1024)),
        PasswordCase(input: "", message: "there is no password on standard input"),
        PasswordCase(input: "\n", message: "there is no password"),
        PasswordCase(input: "\r\n", message: "there is no password"),
        PasswordCase(input: "a\nb\n", message: "more than one line"),
        PasswordCase(input: "a\n\n", message: "more than one line"),
        PasswordCase(input: String(repeating: "x", count: 1025), message: "longer than 1024"),
        PasswordCase(input: String(repeating: "x", count: 100_000), message: "longer than 1024"),
        PasswordCase(input: "a\0b", message: "not UTF-8 text"),
    ])
    func `set takes a password of one line from standard input`(_ vector: PasswordCase) throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("set")))
        let outcome = try daemon.run(["credential", "set", "--password-stdin", "root@web1"], input: vector.input)
        if let password = vector.password {
            #expect(outcome == Tool.Outcome(status: 0, output: "set\n", errors: ""))
            #expect(
                daemon.requests == [
                    .setCredential(.init(name: .init(login: "root", target: "web1"), secret: .password(password)))
                ])
        } else {
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(vector.message))
            #expect(daemon.requests.isEmpty)
        }
    }

    @Test func `set refuses a password that is not UTF-8`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("set")))
        let outcome = try Tool.run(
            ["credential", "set", "--password-stdin", "root@web1"], input: Data([0x61, 0xff, 0x0a]),
            environment: ["SALLYPORT_CONFIG": daemon.configuration])
        #expect(outcome.status == 1)
        #expect(daemon.requests.isEmpty)
    }

    @Test(arguments: ["", "open sesame"])
    func `set sends a private key as an unencrypted OpenSSH file`(_ passphrase: String) throws {
        let folder = try TemporaryFolder()
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ecdsa", "-m", "PEM", "-N", passphrase, "-f", folder["id"]])
        let daemon = try ScriptedDaemon(answering: .reply(.done("set")))
        let options = passphrase.isEmpty ? [] : ["--passphrase-stdin"]
        let outcome = try daemon.run(
            ["credential", "set", "a@b@web1", "--private-key", folder["id"]] + options, input: passphrase + "\n")
        #expect(outcome == Tool.Outcome(status: 0, output: "set\n", errors: ""))
        guard case .setCredential(let set) = daemon.requests.first, case .privateKey(let file) = set.secret else {
            return #expect(Bool(false))
        }
        #expect(set.name == .init(login: "a@b", target: "web1"))
        let line = try folder.text("id.pub").split(separator: " ").prefix(2).joined(separator: " ")
        #expect(try PrivateKey(openSSHFile: Array(file.utf8)).publicKey.line == line)
    }

    @Test func `set takes a private key from standard input`() throws {
        let folder = try TemporaryFolder()
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder["id"]])
        let daemon = try ScriptedDaemon(answering: .reply(.done("set")))
        #expect(try daemon.run(["credential", "set", "root@web1", "--private-key", "-"], input: folder.text("id")).status == 0)
        #expect(daemon.requests.count == 1)
    }

    @Test func `set with the wrong passphrase changes nothing`() throws {
        let folder = try TemporaryFolder()
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "right", "-f", folder["id"]])
        let daemon = try ScriptedDaemon(answering: .reply(.done("set")))
        let wrong = try daemon.run(
            ["credential", "set", "root@web1", "--private-key", folder["id"], "--passphrase-stdin"], input: "wrong\n")
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("the passphrase is wrong"))
        let without = try daemon.run(["credential", "set", "root@web1", "--private-key", folder["id"]])
        #expect(without.errors.contains("--passphrase-stdin"))
        #expect(daemon.requests.isEmpty)
    }

    @Test func `set, remove and rekey ask for exactly that`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("done")))
        for arguments in [["set", "root@web1", "--certificate"], ["remove", "root@web1"], ["rekey"]] {
            #expect(try daemon.run(["credential"] + arguments).status == 0)
        }
        let name = AdminRequest.CredentialName(login: "root", target: "web1")
        #expect(
            daemon.requests == [
                .setCredential(.init(name: name, secret: .certificate)), .removeCredential(name), .rekeyCredentials,
            ])
    }
}
