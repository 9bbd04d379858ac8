import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct Credentials {
        struct KeyFile: CustomTestStringConvertible, Sendable {
            var testDescription: String
            var options: [String]
            var passphrase = ""
        }

        static let keyFiles = [
            KeyFile(testDescription: "Ed25519", options: ["-t", "ed25519"]),
            KeyFile(testDescription: "Ed25519 with passphrase", options: ["-t", "ed25519"], passphrase: "open sesame"),
            KeyFile(testDescription: "ECDSA P-256", options: ["-t", "ecdsa", "-b", "256"]),
            KeyFile(testDescription: "ECDSA P-384", options: ["-t", "ecdsa", "-b", "384"]),
            KeyFile(testDescription: "ECDSA P-521", options: ["-t", "ecdsa", "-b", "521"]),
            KeyFile(testDescription: "RSA", options: ["-t", "rsa", "-b", "3072"]),
            KeyFile(testDescription: "RSA in PEM", options: ["-t", "rsa", "-b", "2048", "-m", "PEM"]),
            KeyFile(
                testDescription: "RSA in PEM with passphrase", options: ["-t", "rsa", "-b", "2048", "-m", "PEM"],
                passphrase: "open sesame"),
            KeyFile(testDescription: "RSA in PKCS #8", options: ["-t", "rsa", "-b", "2048", "-m", "PKCS8"]),
            KeyFile(testDescription: "ECDSA in PEM", options: ["-t", "ecdsa", "-m", "PEM"]),
        ]

        @Test(arguments: keyFiles) func `a private key of any kind logs in`(_ file: KeyFile) throws {
            let scene = try Scene()
            let folder = try TemporaryFolder()
            try run(["ssh-keygen", "-q", "-N", file.passphrase, "-C", "", "-f", folder.path + "/key"] + file.options).orThrow()
            try scene.target.folder.write("", to: "keys_root")
            #expect(try scene.alice.run("true").exit != .status(0), "the key from the start is not good any more")
            try scene.target.authorize(folder.path + "/key.pub", for: "root")
            try scene.bastion.tool(
                ["credential", "set", "root@web1", "--private-key", folder.path + "/key"]
                    + (file.passphrase.isEmpty ? [] : ["--passphrase-stdin"]),
                input: file.passphrase.isEmpty ? "" : file.passphrase + "\n"
            ).orThrow()
            let outcome = try scene.alice.run("id -un")
            #expect(outcome.output == "root\n", "\(outcome), \(scene.bastion.log), \(scene.target.log)")
        }

        @Test func `a wrong passphrase is told`() throws {
            let scene = try Scene()
            let folder = try TemporaryFolder()
            try run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "right one", "-f", folder.path + "/key"]).orThrow()
            for (options, input) in [(["--passphrase-stdin"], "wrong one\n"), ([], "")] {
                let outcome = try scene.bastion.tool(
                    ["credential", "set", "root@web1", "--private-key", folder.path + "/key"] + options, input: input)
                #expect(outcome.exit == .status(1))
                #expect(outcome.errors.contains("passphrase"), "\(outcome)")
            }
        }

        @Test(arguments: Way.allCases) func `a password logs in`(_ way: Way) throws {
            let scene = try Scene(targetSettings: ["PubkeyAuthentication no", "KbdInteractiveAuthentication no"])
            try scene.bastion.tool("credential", "set", "deploy@web1", "--password-stdin", input: Target.password + "\n")
                .orThrow()
            let outcome = try scene.alice.run("id -un", by: way, as: "deploy")
            #expect(outcome.output == "deploy\n", "\(outcome), \(scene.bastion.log)")
            #expect(scene.target.log.contains("Accepted password for deploy"))
        }

        @Test func `a password logs in where the target asks by keyboard-interactive`() throws {
            let scene = try Scene()
            try scene.target.stop()
            let target = try Target.askingByKeyboardInteractive()
            try scene.bastion.folder.write(Instance.standardAccess(target), to: "bastion/access.yaml")
            try scene.bastion.tool("reload").orThrow()
            try scene.bastion.tool("credential", "set", "deploy@web1", "--password-stdin", input: Target.password + "\n")
                .orThrow()
            let outcome = try scene.alice.run("id -un", as: "deploy")
            #expect(outcome.output == "deploy\n", "\(outcome), \(scene.bastion.log), \(target.log)")
            #expect(target.log.contains("Accepted keyboard-interactive/pam for deploy"))
        }

        @Test(arguments: Way.allCases) func `a certificate minted for the session logs in`(_ way: Way) throws {
            let scene = try Scene()
            let authority = try scene.bastion.tool("certificate", "authority").orThrow().output
            try scene.target.trust(authorityLine: authority.trimmingCharacters(in: .whitespacesAndNewlines))
            try scene.bastion.tool("credential", "set", "deploy@web1", "--certificate").orThrow()
            let outcome = try scene.alice.run("id -un", by: way, as: "deploy")
            #expect(outcome.output == "deploy\n", "\(outcome), \(scene.bastion.log), \(scene.target.log)")
            let accepted = scene.target.log.split(separator: "\n").last { $0.contains("Accepted publickey for deploy") }
            #expect(accepted?.contains("-CERT") == true)
            #expect(accepted?.contains("alice") == true, "the target's log names the person")
        }

        @Test func `a wrong credential is told to the user and logged`() throws {
            let scene = try Scene()
            try scene.target.folder.write("", to: "keys_root")
            let outcome = try scene.alice.run("echo reached")
            #expect(outcome.exit != .status(0))
            #expect(!outcome.output.contains("reached"))
            #expect(!outcome.errors.isEmpty)
        }

        @Test func `a login without a credential is told so`() throws {
            let scene = try Scene()
            try scene.bastion.tool("credential", "remove", "root@web1").orThrow()
            let outcome = try scene.alice.run("echo reached")
            #expect(outcome.exit != .status(0))
            #expect(!outcome.errors.isEmpty)
        }

        @Test func `rekey changes the vault's key, and everything still opens`() throws {
            let scene = try Scene()
            let before = contents(of: scene.bastion.path + "/vault.key")
            try scene.bastion.tool("credential", "rekey").orThrow()
            #expect(contents(of: scene.bastion.path + "/vault.key") != before)
            #expect(try scene.alice.run("echo reached").output == "reached\n")
            try scene.bastion.stop()
            try scene.bastion.start()
            try scene.alice.learnBastion(scene.bastion)
            #expect(try scene.alice.run("echo reached").output == "reached\n")
        }

        @Test func `no secret is in the database, the log or the recordings`() throws {
            let scene = try Scene(targetSettings: ["PubkeyAuthentication no"])
            try scene.bastion.tool("credential", "set", "deploy@web1", "--password-stdin", input: Target.password + "\n")
                .orThrow()
            try scene.alice.run("id -un", as: "deploy").orThrow()
            let found = try run(["grep", "-r", "-l", "-a", Target.password, scene.bastion.folder.path])
            #expect(found.output.isEmpty)
        }
    }
}
