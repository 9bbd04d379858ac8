import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct Grants {
        /// The standard scene with other words in its one grant.
        private func scene(_ words: String, in place: String) throws -> Scene {
            let scene = try Scene()
            try scene.bastion.folder.write(
                Instance.standardAccess(scene.target).replacing(place, with: words), to: "bastion/access.yaml")
            try scene.bastion.tool("reload").orThrow()
            return scene
        }

        private func grant(_ condition: String) throws -> Scene {
            try scene("logins: [root, deploy]\n    \(condition)\n    channels:", in: "logins: [root, deploy]\n    channels:")
        }

        @Test(arguments: Way.allCases) func `only the granted kinds of channel begin`(_ way: Way) throws {
            let scene = try scene("channels: [exec]", in: "channels: [shell, exec, sftp]")
            #expect(try scene.alice.run("echo reached", by: way).output == "reached\n")
            let shell = try run(scene.alice.sshCommand(["-T"] + way.words()), input: Array("echo reached\n".utf8))
            #expect(shell.exit == .status(126), "refused by policy: \(shell)")
            #expect(shell.output.isEmpty)
            #expect(shell.errors.contains("sallyport: "), "\(shell)")
            let sftp = try run(
                ["sftp", "-F", scene.alice.configuration, "-b", "/dev/stdin"] + way.words(), input: Array("pwd\n".utf8))
            #expect(sftp.exit != .status(0))
            #expect(try scene.bastion.sessions().count == 1, "what is refused is no session")
        }

        @Test func `a grant that has run out reaches nothing`() throws {
            let scene = try grant("until: 2020-01-01")
            #expect(try scene.alice.run("echo reached").output.isEmpty)
            #expect(!(try scene.alice.ssh("bastion").output.contains("web1")))
        }

        @Test func `a grant for other addresses reaches nothing`() throws {
            let far = try grant("from: [10.0.0.0/8]")
            #expect(try far.alice.run("echo reached").output.isEmpty)
            let near = try grant("from: [127.0.0.0/8, 10.0.0.0/8]")
            #expect(try near.alice.run("echo reached").output == "reached\n")
        }

        @Test func `a grant holds at its hours`() throws {
            let hour = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: Date()).hour ?? 0
            // Three hours around now, and three on the other side of the day: neither end is near.
            let around = { (hour: Int) in String(format: "%02d:00-%02d:00", (hour + 23) % 24, (hour + 2) % 24) }
            let day = try grant("hours: \"Mon-Sun \(around(hour)) UTC\"")
            #expect(try day.alice.run("echo reached").output == "reached\n")
            let night = try grant("hours: \"Mon-Sun \(around(hour + 12)) UTC\"")
            #expect(try night.alice.run("echo reached").output.isEmpty)
        }

        @Test func `a grant to one person is not for another`() throws {
            let scene = try scene("to: [alice]", in: "to: [group:ops]")
            let bob = try User("bob", of: scene.bastion)
            #expect(try scene.alice.run("echo reached").output == "reached\n")
            #expect(try bob.run("echo reached").output.isEmpty)
        }
    }
}
