import EndToEndHarness
import Testing

extension EndToEnd {
    struct UnknownTargetLooksForbidden {
        /// web1 is granted to alice, dark1 exists and is not, none1 does not exist.
        private func scene() throws -> Scene {
            let scene = try Scene()
            let access = Instance.standardAccess(scene.target).replacing(
                "grants:",
                with: """
                      dark1:
                        address: 127.0.0.1:\(scene.target.port)
                        host-keys: ["\(scene.target.hostKey())"]
                        logins: [root]
                    grants:
                      - name: nobody-here
                        to: [zoe]
                        targets: [dark1]
                        logins: [root]
                        channels: [shell, exec, sftp]
                    """)
            try scene.bastion.folder.write(access, to: "bastion/access.yaml")
            try scene.bastion.tool("reload").orThrow()
            return scene
        }

        @Test(arguments: Way.allCases) func `an unknown and a forbidden target look the same`(_ way: Way) throws {
            let scene = try scene()
            let words = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=INFO"]
            let forbidden = try scene.alice.run("echo reached", by: way, on: "dark1", options: words)
            let unknown = try scene.alice.run("echo reached", by: way, on: "none1", options: words)
            #expect(forbidden.exit != .status(0), "\(forbidden)")
            #expect(forbidden.exit == unknown.exit)
            #expect(forbidden.output == unknown.output.replacing("none1", with: "dark1"))
            #expect(withoutNumbers(forbidden.errors) == withoutNumbers(unknown.errors.replacing("none1", with: "dark1")))
            #expect(!forbidden.errors.isEmpty, "a refusal explains itself")
            #expect(!forbidden.output.contains("reached"))
        }

        @Test(arguments: Way.allCases) func `a login that is not granted is refused with a sentence`(_ way: Way) throws {
            let scene = try scene()
            let outcome = try scene.alice.run("echo reached", by: way, as: "admin")
            #expect(outcome.exit != .status(0))
            #expect(!outcome.output.contains("reached"))
            #expect(!outcome.errors.isEmpty)
            #expect(try scene.bastion.sessions().isEmpty)
        }

        @Test func `the log names what was asked for`() throws {
            let scene = try scene()
            _ = try scene.alice.run("true", by: .atSign, on: "dark1")
            _ = try scene.alice.run("true", by: .atSign, on: "none1")
            for name in ["dark1", "none1"] {
                try wait(for: "\(name) in the log") { scene.bastion.log.contains(name) }
            }
        }

        /// Session identifiers, if the message has one.
        private func withoutNumbers(_ text: String) -> String { text.replacing(/[0-9a-f]{8,}/, with: "#") }
    }
}
