import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct RefusesWithoutCertificate {
        private func withoutCertificate(_ scene: Scene) throws {
            try FileManager.default.removeItem(atPath: scene.alice.key + "-cert.pub")
        }

        @Test func `a plain key is refused, and the banner says what is needed`() throws {
            let scene = try Scene()
            try withoutCertificate(scene)
            let outcome = try scene.alice.ssh("bastion")
            #expect(outcome.exit == .status(255))
            #expect(outcome.errors.lowercased().contains("certificate"), "\(outcome)")
            #expect(outcome.errors.contains("Permission denied (publickey)"))
        }

        @Test func `the administrator's words on how to get one are in the banner`() throws {
            let scene = try Scene(bastionLines: ["certificate-help: \"Ask Zoe on the third floor.\""])
            try withoutCertificate(scene)
            #expect(try scene.alice.ssh("bastion").errors.contains("Ask Zoe on the third floor."))
        }

        /// A known limit (docs/decisions/0004): every client begins with `none`, so the first one is refused without a word.
        @Test func `a client that has nothing to offer is not told`() throws {
            let scene = try Scene(bastionLines: ["certificate-help: \"Ask Zoe on the third floor.\""])
            let outcome = try scene.alice.ssh("-o", "PubkeyAuthentication=no", "bastion")
            #expect(outcome.exit == .status(255))
            #expect(!outcome.errors.contains("Zoe"))
        }

        @Test func `a holder of a certificate sees no banner`() throws {
            let scene = try Scene()
            #expect(try scene.alice.ssh("-T", "bastion").errors.isEmpty)
        }

        @Test func `neither passwords nor keyboard-interactive nor none is offered`() throws {
            let scene = try Scene()
            for method in ["password", "keyboard-interactive", "none", "hostbased"] {
                let outcome = try scene.alice.ssh("-v", "-o", "PreferredAuthentications=\(method)", "bastion")
                #expect(outcome.exit == .status(255))
                #expect(outcome.errors.contains("Authentications that can continue: publickey\r\n"), "\(outcome)")
            }
        }

        @Test func `a key that the target trusts is no use at the bastion`() throws {
            let scene = try Scene()
            try scene.target.authorize(scene.alice.key + ".pub", for: "root")
            try withoutCertificate(scene)
            #expect(try scene.alice.ssh("-J", "bastion", "root@web1", "true").exit == .status(255))
            #expect(try scene.alice.ssh("root@web1@bastion", "true").exit == .status(255))
        }
    }
}
