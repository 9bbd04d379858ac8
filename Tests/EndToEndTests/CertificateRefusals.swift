import EndToEndHarness
import Testing

extension EndToEnd {
    /// The table of certificates is in OpenSSHKeysTests; here is what a user sees of it.
    struct CertificateRefusals {
        struct Case: CustomTestStringConvertible, Sendable {
            var testDescription: String
            var keyID = "alice"
            var principals = "alice"
            var validity = "-1m:+1h"
            var options: [String] = []
            /// What the log has to hold besides serial and key id.
            var logged: String
        }

        static let cases = [
            Case(testDescription: "expired", validity: "-2h:-1h", logged: "expired"),
            Case(testDescription: "not valid yet", validity: "+1h:+2h", logged: "valid"),
            Case(testDescription: "for other principals", principals: "bob,carol", logged: "principal"),
            Case(testDescription: "for no principals", principals: "", logged: "principal"),
            Case(testDescription: "from another address", options: ["-O", "source-address=10.0.0.0/8"], logged: "source"),
            Case(
                testDescription: "with an unknown critical option", options: ["-O", "critical:never-heard@example.com=x"],
                logged: "never-heard"),
            Case(
                testDescription: "with verify-required, which libssh cannot show", options: ["-O", "verify-required"],
                logged: "verify-required"),
        ]

        @Test(arguments: cases) func `a certificate that does not hold is refused and logged`(_ refused: Case) throws {
            let authority = try Authority()
            let scene = try Scene(trusting: authority)
            try authority.certify(
                scene.alice, keyID: refused.keyID, principals: refused.principals, validity: refused.validity,
                options: refused.options)
            let outcome = try scene.alice.ssh("bastion")
            #expect(outcome.exit == .status(255), "\(outcome)")
            let lines = scene.bastion.log.split(separator: "\n").filter { $0.contains("4711") && $0.contains("alice") }
            #expect(lines.contains { $0.lowercased().contains(refused.logged) }, "\(scene.bastion.log)")
            #expect(lines.contains { $0.contains("SHA256:") }, "the authority's fingerprint is logged")
        }

        @Test func `the same certificate without the fault is taken`() throws {
            let authority = try Authority()
            let scene = try Scene(trusting: authority)
            try authority.certify(scene.alice, principals: "staff,alice", options: ["-O", "source-address=127.0.0.0/8"])
            #expect(try scene.alice.ssh("bastion").exit == .status(0))
            #expect(try scene.alice.run("echo reached").output == "reached\n")
        }

        @Test func `an authority that is not trusted certifies nobody`() throws {
            let scene = try Scene()
            try Authority().certify(scene.alice)
            #expect(try scene.alice.ssh("bastion").exit == .status(255))
        }

        @Test(arguments: ["rsa", "ecdsa", "ed25519"]) func `authorities and users may have any modern kind of key`(
            _ keyType: String
        ) throws {
            let authority = try Authority(keyType: keyType)
            let scene = try Scene(trusting: authority)
            let bob = try User("bob", of: scene.bastion, keyType: keyType)
            try authority.certify(bob)
            let outcome = try bob.run("echo reached")
            #expect(outcome.output == "reached\n", "\(outcome)")
        }

        @Test func `a certificate signed with SHA-1 is refused`() throws {
            let authority = try Authority(keyType: "rsa")
            let scene = try Scene(trusting: authority)
            try authority.certify(scene.alice, options: ["-t", "ssh-rsa"])
            #expect(try scene.alice.ssh("bastion").exit == .status(255))
            try authority.certify(scene.alice, options: ["-t", "rsa-sha2-256"])
            #expect(try scene.alice.ssh("bastion").exit == .status(0))
        }

        @Test func `a revoked certificate is refused from then on`() throws {
            let scene = try Scene()
            try scene.alice.ssh("bastion").orThrow()
            let serial = try #require(JSON(scene.bastion.tool("certificate", "list", "--json").stdout)[0]["serial"].string)
            try scene.bastion.tool("certificate", "revoke", "\(serial)", "--reason", "lost laptop").orThrow()
            #expect(try scene.alice.ssh("bastion").exit == .status(255))
            #expect(try scene.alice.run("true").exit == .status(255))
        }

        @Test func `a key revocation list of OpenSSH is heeded`() throws {
            let authority = try Authority()
            let folder = try TemporaryFolder()
            let scene = try Scene(trusting: authority)
            try authority.certify(scene.alice)
            try scene.alice.ssh("bastion").orThrow()
            try folder.write("serial: 4711\n", to: "specification")
            try run([
                "ssh-keygen", "-q", "-k", "-f", folder.path + "/revoked", "-s", authority.publicKeyFile,
                folder.path + "/specification",
            ]).orThrow()
            try scene.bastion.configure(
                .init(
                    lines: ["user-authorities: [vault, \(authority.publicKeyFile)]", "revoked-keys: \(folder.path)/revoked"],
                    access: Instance.standardAccess(scene.target)))
            try scene.bastion.tool("reload").orThrow()
            #expect(try scene.alice.ssh("bastion").exit == .status(255))
        }
    }
}
