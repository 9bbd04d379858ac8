import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct HostKeyMismatch {
        @Test(arguments: Way.allCases)
        func `a target with another host key is refused, logged, and the user is told whom to call`(_ way: Way) throws {
            let scene = try Scene()
            let impostor = try Target()
            try scene.bastion.folder.write(
                Instance.standardAccess(scene.target).replacing(
                    "127.0.0.1:\(scene.target.port)", with: "127.0.0.1:\(impostor.port)"),
                to: "bastion/access.yaml")
            try scene.bastion.tool("reload").orThrow()
            let outcome = try scene.alice.run("echo reached", by: way)
            #expect(outcome.exit != .status(0))
            #expect(!outcome.output.contains("reached"))
            #expect(outcome.errors.contains("administrator"), "\(outcome)")
            try wait(for: "the security event in the log") { scene.bastion.log.contains("host key") }
            let shown = try run(["ssh-keygen", "-lf", "\(impostor.folder.path)/host_ed25519.pub"]).orThrow().output.split(
                separator: " ")[1]
            #expect(scene.bastion.log.contains(shown), "the wrong key's fingerprint is logged")
            #expect(!impostor.log.contains("Postponed publickey"), "no credential is offered to an impostor")
        }

        @Test(arguments: ["ed25519", "ecdsa", "rsa"]) func `only the pinned algorithm is asked for`(_ pinned: String) throws {
            let target = try Target(hostKeyTypes: ["rsa", "ecdsa", "ed25519"])
            let bastion = try Instance(
                .init(access: Instance.standardAccess(target).replacing(target.hostKey(), with: target.hostKey(pinned))))
            try bastion.start()
            try bastion.setPrivateKey(for: "root", at: target)
            let alice = try User("alice", of: bastion)
            let outcome = try alice.run("echo reached")
            #expect(outcome.output == "reached\n", "\(outcome), \(bastion.log)")
        }

        @Test func `a target without a pin is a configuration error`() throws {
            let scene = try Scene()
            try scene.bastion.folder.write(
                Instance.standardAccess(scene.target).replacing(
                    "host-keys: [\"\(scene.target.hostKey())\"]", with: "host-keys: []"),
                to: "bastion/access.yaml")
            let check = try scene.bastion.tool("check")
            #expect(check.exit == .status(1))
            #expect((check.output + check.errors).contains("access.yaml:"))
        }
    }
}
