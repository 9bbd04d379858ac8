import Foundation
import MonitorProtocol
import Testing

@Suite struct `sallyport client-config` {
    static let configuration = ClientConfiguration(
        host: "Bastion.example.com", port: 2222, hostKeys: ["ssh-ed25519 AAAA", "ssh-rsa BBBB"],
        targetNames: ["web1", "WWW", "web1", "db.internal", "*", "a,b", "!x", "with space", ""])

    @Test func `prints the lines of ssh_config and one of known_hosts for each key`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.clientConfiguration(Self.configuration)))
        let config = """
            Host bastion
                HostName Bastion.example.com
                Port 2222
            Host bastion web1 WWW www db.internal
                CertificateFile ~/.ssh/id_ed25519-cert.pub

            """
        let known =
            "[bastion.example.com]:2222,web1,web1.,www,www.,db.internal,db.internal. ssh-ed25519 AAAA\n"
            + "[bastion.example.com]:2222,web1,web1.,www,www.,db.internal,db.internal. ssh-rsa BBBB\n"
        #expect(try daemon.run(["client-config"]).output == "# ~/.ssh/config\n\(config)\n# ~/.ssh/known_hosts\n\(known)")
        #expect(try daemon.run(["client-config", "--ssh-config"]).output == config)
        #expect(try daemon.run(["client-config", "--known-hosts"]).output == known)
        let renamed = try daemon.run(["client-config", "--ssh-config", "--name", "gate"]).output
        #expect(renamed == config.replacing("bastion ", with: "gate ").replacing("bastion\n", with: "gate\n"))
    }

    struct Identity: Sendable {
        var option: String
        /// What `ssh -G` says of the host `web1`; `~` is left to ssh.
        var certificate: String
        /// Nil if ssh is to try what it tries by itself.
        var key: String?
    }

    /// HOME is /home/admin: what the shell makes of `~` when the administrator types it.
    @Test(arguments: [
        Identity(option: "~/.ssh/id_ed25519", certificate: "~/.ssh/id_ed25519-cert.pub"),
        Identity(option: "/home/admin/.ssh/id_ecdsa", certificate: "~/.ssh/id_ecdsa-cert.pub"),
        Identity(option: "/home/admin/.ssh/work", certificate: "~/.ssh/work-cert.pub", key: "~/.ssh/work"),
        Identity(
            option: "/home/administrator/key", certificate: "/home/administrator/key-cert.pub", key: "/home/administrator/key"),
        Identity(option: "%d/key", certificate: "%d/key-cert.pub", key: "%d/key"),
        Identity(option: "/keys/with blank#1", certificate: "/keys/with blank#1-cert.pub", key: "/keys/with blank#1"),
        Identity(option: #"/keys/a"b'c\d\"e"#, certificate: #"/keys/a"b'c\d\"e-cert.pub"#, key: #"/keys/a"b'c\d\"e"#),
        Identity(option: "/keys/ключ", certificate: "/keys/ключ-cert.pub", key: "/keys/ключ"),
    ])
    func `names the certificate of the key that users have`(_ identity: Identity) throws {
        let daemon = try ScriptedDaemon(answering: .reply(.clientConfiguration(Self.configuration)))
        let outcome = try Tool.run(
            ["client-config", "--ssh-config", "--identity", identity.option],
            environment: ["SALLYPORT_CONFIG": daemon.configuration, "HOME": "/home/admin"])
        try daemon.folder.write(outcome.output, to: "config")
        for host in ["bastion", "web1", "www", "WWW", "db.internal"] {
            let parsed = try runProgram("/usr/bin/ssh", ["-G", "-F", daemon.folder["config"], host]).split(separator: "\n")
            #expect(parsed.filter { $0.hasPrefix("certificatefile ") } == ["certificatefile \(identity.certificate)"], "\(host)")
            let keys = parsed.filter { $0.hasPrefix("identityfile ") }
            #expect(identity.key.map { keys == ["identityfile \($0)"] } ?? (keys.count > 1), "\(host): \(keys)")
            #expect(parsed.contains("identitiesonly no"))
        }
        let elsewhere = try runProgram("/usr/bin/ssh", ["-G", "-F", daemon.folder["config"], "elsewhere"])
        #expect(!elsewhere.contains("certificatefile"))
    }

    @Test func `is understood by ssh`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.clientConfiguration(Self.configuration)))
        try daemon.folder.write(try daemon.run(["client-config", "--ssh-config"]).output, to: "config")
        let parsed = try runProgram("/usr/bin/ssh", ["-G", "-F", daemon.folder["config"], "bastion"])
        #expect(parsed.contains("\nhostname bastion.example.com\n") || parsed.contains("\nhostname Bastion.example.com\n"))
        #expect(parsed.contains("\nport 2222\n"))
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", daemon.folder["key"]])
        let key = try daemon.folder.text("key.pub").split(separator: " ").prefix(2).joined(separator: " ")
        let other = try ScriptedDaemon(
            answering: .reply(
                .clientConfiguration(ClientConfiguration(host: "b", port: 2222, hostKeys: [key], targetNames: ["web1", "www"]))))
        let file = try daemon.folder.write(try other.run(["client-config", "--known-hosts"]).output, to: "known_hosts")
        for name in ["[b]:2222", "web1", "web1.", "www"] {
            #expect(try runProgram("/usr/bin/ssh-keygen", ["-F", name, "-f", file]).contains(key), "\(name)")
        }
    }

    @Test func `names port 22 without brackets`() throws {
        let daemon = try ScriptedDaemon(
            answering: .reply(.clientConfiguration(ClientConfiguration(host: "b", port: 22, hostKeys: ["k v"], targetNames: []))))
        #expect(try daemon.run(["client-config", "--known-hosts"]).output == "b k v\n")
    }

    @Test(arguments: ["*", "0.0.0.0", "::"])
    func `says when the address is none that users reach`(_ host: String) throws {
        let daemon = try ScriptedDaemon(
            answering: .reply(
                .clientConfiguration(ClientConfiguration(host: host, port: 22, hostKeys: ["k v"], targetNames: []))))
        let outcome = try daemon.run(["client-config", "--ssh-config"])
        #expect(outcome.status == 0)
        #expect(
            outcome.errors
                == "sallyport: users cannot connect to \(host): set public-address in sallyport.yaml, then sallyport reload\n")
    }

    @Test func `is one document for scripts`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.clientConfiguration(Self.configuration)))
        let document = try JSONSerialization.jsonObject(with: Data(try daemon.run(["client-config", "--json"]).output.utf8))
        #expect(
            (document as? [String: Any])?.keys.sorted() == [
                "host", "host_keys", "known_hosts", "port", "ssh_config", "target_names",
            ])
    }
}
