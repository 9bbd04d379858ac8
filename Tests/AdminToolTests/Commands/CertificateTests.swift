import Foundation
import MonitorProtocol
import Testing

@Suite struct `sallyport certificate` {
    @Test func `list is a table for people and a document for scripts`() throws {
        let daemon = try ScriptedDaemon(
            answering: .reply(.certificates([certificate(), certificate(user: "bob", reason: "lost")])))
        #expect(
            try daemon.run(["certificate", "list"]).output == """
                SERIAL  USER   ISSUED                VALID UNTIL           STATE    KEY
                7       alice  2026-11-24 02:03:59Z  2026-11-24 10:03:59Z  issued   SHA256:key
                7       bob    2026-11-24 02:03:59Z  2026-11-24 10:03:59Z  revoked  SHA256:key

                """)
        let document = try JSONSerialization.jsonObject(
            with: Data(try daemon.run(["certificate", "list", "--json"]).output.utf8))
        let rows = try #require(document as? [[String: Any]])
        #expect(rows.count == 2)
        #expect(
            rows[0].keys.sorted() == [
                "force_command", "issued_at", "key_fingerprint", "principals", "revocation_reason", "revoked_at", "serial",
                "source_addresses", "user", "valid_until",
            ])
        #expect(rows[0]["issued_at"] as? String == "2026-11-24T02:03:59Z")
        #expect(rows[0]["serial"] as? String == "7")
        #expect(rows[0]["revoked_at"] is NSNull)
        #expect(rows[1]["revocation_reason"] as? String == "lost")
        #expect(try daemon.run(["certificate", "list", "--user", "bob", "--limit", "3"]).status == 0)
        let all = AdminRequest.listCertificates(.init(user: nil, limit: 100))
        #expect(daemon.requests == [all, all, .listCertificates(.init(user: "bob", limit: 3))])
    }

    @Test func `list of nothing says so, and is an empty list for scripts`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.certificates([])))
        #expect(try daemon.run(["certificate", "list"]).output == "no certificate was issued yet\n")
        #expect(try daemon.run(["certificate", "list", "--json"]).output.filter { !$0.isWhitespace } == "[]")
        #expect(
            try daemon.run(["certificate", "show", "9"])
                == Tool.Outcome(status: 1, output: "", errors: "sallyport: no certificate has the serial number 9\n"))
    }

    @Test func `issue asks for what was said and puts the certificate beside the key`() throws {
        let folder = try TemporaryFolder()
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "alice@laptop", "-f", folder["ca"]])
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "alice@laptop", "-f", folder["id"]])
        try runProgram(
            "/usr/bin/ssh-keygen",
            [
                "-q", "-s", folder["ca"], "-I", "alice", "-n", "alice", "-z", "12", "-V", "20261124020000Z:20261124100000Z",
                folder["id.pub"],
            ])
        let line = try folder.text("id-cert.pub").trimmingCharacters(in: .whitespacesAndNewlines)
        try FileManager.default.removeItem(atPath: folder["id-cert.pub"])

        let daemon = try ScriptedDaemon(answering: .reply(.line(line)))
        let outcome = try daemon.run([
            "certificate", "issue", "--user", "alice", "--ttl", "90m", "--principal", "ops", "--principal", "dba",
            "--source-address",
            "10.0.0.0/8", "--force-command", "--weird", "--no-pty", "--no-port-forwarding", folder["id.pub"],
        ])
        #expect(
            outcome
                == Tool.Outcome(
                    status: 0, output: "certificate 12 for alice, good until 2026-11-24 10:00:00Z, in \(folder["id-cert.pub"])\n",
                    errors: ""))
        #expect(try folder.text("id-cert.pub") == line + "\n")
        let key = try folder.text("id.pub").split(separator: " ").prefix(2).joined(separator: " ")
        #expect(
            daemon.requests == [
                .issueCertificate(
                    .init(
                        user: "alice", ttlSeconds: 5400, principals: ["ops", "dba"], sourceAddresses: ["10.0.0.0/8"],
                        forceCommand: "--weird",
                        permitsTerminal: false, permitsForwarding: false, publicKey: key))
            ])

        // The daily renewal writes over yesterday's certificate, with the configured lifetime.
        #expect(try daemon.run(["certificate", "issue", "--user", "alice", folder["id.pub"]]).status == 0)
        guard case .issueCertificate(let again) = daemon.requests.last else { return #expect(Bool(false)) }
        #expect(again.ttlSeconds == 28_800)
        #expect(again.permitsTerminal && again.permitsForwarding)

        #expect(
            try daemon.run(["certificate", "issue", "--user", "alice", "-"], input: folder.text("id.pub")).output == line + "\n")
        #expect(
            try daemon.run(["certificate", "issue", "--user", "alice", "--output", "-", folder["id.pub"]]).output == line + "\n")
    }

    @Test func `issue never writes over anything but a certificate`() throws {
        let folder = try TemporaryFolder()
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder["id"]])
        let daemon = try ScriptedDaemon(answering: .reply(.line("never")))
        let before = try folder.text("id")
        let outcome = try daemon.run(["certificate", "issue", "--user", "alice", "--output", folder["id"], folder["id.pub"]])
        #expect(
            outcome
                == Tool.Outcome(
                    status: 1, output: "",
                    errors: "sallyport: \(folder["id"]) exists and is not a certificate; it is not overwritten\n"))
        #expect(try folder.text("id") == before)
        #expect(daemon.requests.isEmpty)
    }

    @Test func `issue refuses a private key in place of a public one, and sends nothing`() throws {
        let folder = try TemporaryFolder()
        try runProgram("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder["id"]])
        let daemon = try ScriptedDaemon(answering: .reply(.line("never")))
        let cases = [
            (folder["id"], "holds a private key; give the public one"), (folder["none"], "No such file"),
            (try folder.write("", to: "empty"), "holds 0 lines"), (try folder.write("a b\nc d\n", to: "two"), "holds 2 lines"),
            (try folder.write("ssh-ed25519 AAAA\n", to: "short"), "no OpenSSH public key"),
            (try folder.write("ssh-\u{1b}[2J AAAA\n", to: "odd"), "no OpenSSH public key"),
        ]
        for (file, message) in cases {
            let outcome = try daemon.run(["certificate", "issue", "--user", "alice", file])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!outcome.errors.contains("\u{1b}"))
        }
        #expect(daemon.requests.isEmpty)
    }

    @Test func `authority means the one that targets trust, unless users' is said`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.line("ssh-ed25519 AAAA sallyport")))
        #expect(try daemon.run(["certificate", "authority"]).output == "ssh-ed25519 AAAA sallyport\n")
        #expect(try daemon.run(["certificate", "authority", "--users"]).status == 0)
        #expect(daemon.requests == [.certificateAuthority(.upstream), .certificateAuthority(.users)])
    }

    @Test func `revoke passes the reason on`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("revoked")))
        #expect(try daemon.run(["certificate", "revoke", "7", "--reason", "laptop lost"]).output == "revoked\n")
        #expect(daemon.requests == [.revokeCertificate(serial: 7, reason: "laptop lost")])
    }
}
