import EndToEndHarness
import Testing

extension EndToEnd {
    struct Desk {
        @Test func `ssh bastion says who one is and which targets one may reach`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("bastion")
            #expect(outcome.exit == .status(0), "\(outcome)")
            #expect(outcome.output.contains("alice"))
            #expect(outcome.output.contains("web1"))
            #expect(outcome.output.contains("root"))
            #expect(outcome.output.contains("deploy"))
        }

        @Test func `the desk speaks to a terminal too`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-t", "bastion", "targets")
            try terminal.expect("web1")
            #expect(try terminal.waitForExit() == .status(0))
            #expect(terminal.screen.contains("\r\n"))
            #expect(!terminal.screen.replacing("\r\n", with: "").contains("\n"), "a bare line feed makes stairs on a terminal")
        }

        @Test func `who may reach nothing is told so`() throws {
            let scene = try Scene()
            let carol = try User("carol", of: scene.bastion)
            let outcome = try carol.ssh("bastion")
            #expect(outcome.output.contains("carol"))
            #expect(!outcome.output.contains("web1"))
        }

        @Test func `the desk is no session of a target`() throws {
            let scene = try Scene()
            _ = try scene.alice.ssh("bastion")
            #expect(try scene.bastion.sessions().isEmpty)
        }
    }
}
