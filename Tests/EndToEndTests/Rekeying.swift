import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct Rekeying {
        static let size = 200_000_000

        /// Both legs of the client's side change keys after each megabyte.
        private func scene() throws -> Scene {
            let scene = try Scene()
            let configuration = contents(of: scene.alice.configuration)
            try scene.alice.folder.write("RekeyLimit 1M\n" + configuration, to: "ssh_config")
            return scene
        }

        /// How often the client of the inner session has changed keys, by its own log.
        private func keyExchanges(_ scene: Scene) -> Int {
            contents(of: scene.alice.folder.path + "/log").components(separatedBy: "SSH2_MSG_NEWKEYS received").count - 1
        }

        @Test func `200 MB down with a new key each megabyte lose nothing`() throws {
            let scene = try scene()
            let shell = """
                \(scene.alice.shellCommand("-v", "-E", scene.alice.folder.path + "/log", "-J", "bastion", "root@web1", "head -c \(Self.size) /dev/urandom | tee >(sha256sum >sum)")) | sha256sum
                """
            let received = try run(["bash", "-c", shell], within: .seconds(300)).orThrow()
            try wait(for: "the target's sum") { contents(of: scene.target.home(of: "root") + "/sum").hasSuffix("-\n") }
            #expect(received.output == contents(of: scene.target.home(of: "root") + "/sum"))
            #expect(keyExchanges(scene) > 50)
            let row = try scene.bastion.endedSession()
            #expect(row["bytes_out"].number == Self.size)
            let marker = try #require(scene.bastion.recording(of: row).markers.first)
            #expect(marker.hasPrefix("binary stdout: "))
        }

        @Test func `200 MB up with a new key each megabyte lose nothing`() throws {
            let scene = try scene()
            let sum = scene.alice.folder.path + "/sum"
            let shell = """
                head -c \(Self.size) /dev/urandom | tee >(sha256sum >'\(sum)') \
                | \(scene.alice.shellCommand("-v", "-E", scene.alice.folder.path + "/log", "-J", "bastion", "root@web1", "sha256sum"))
                """
            let received = try run(["bash", "-c", shell], within: .seconds(300)).orThrow()
            try wait(for: "the sender's sum") { contents(of: sum).hasSuffix("-\n") }
            #expect(received.output == contents(of: sum))
            #expect(keyExchanges(scene) > 50)
            #expect(try scene.bastion.endedSession()["bytes_in"].number == Self.size)
        }

        @Test func `both ways at once with a new key each megabyte lose nothing`() throws {
            let scene = try scene()
            let shell = """
                head -c 50000000 /dev/urandom | tee >(sha256sum >&2) | \(scene.alice.shellCommand("root@web1@bastion", "cat")) | sha256sum
                """
            let echoed = try run(["bash", "-c", shell], within: .seconds(300)).orThrow()
            #expect(echoed.output == echoed.errors)
        }

        @Test func `a target that changes keys loses nothing`() throws {
            let scene = try Scene(targetSettings: ["RekeyLimit 1M"])
            let shell = """
                head -c 50000000 /dev/urandom | tee >(sha256sum >&2) | \(scene.alice.shellCommand("-J", "bastion", "root@web1", "cat")) | sha256sum
                """
            let echoed = try run(["bash", "-c", shell], within: .seconds(300)).orThrow()
            #expect(echoed.output == echoed.errors)
        }
    }
}

extension User {
    /// `ssh` with these words, quoted for a shell.
    func shellCommand(_ words: String...) -> String {
        sshCommand(words).map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
    }
}
