import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// What the README tells a user to do, and nothing else: the lines that `sallyport client-config` prints, as they are, in ~/.ssh.
    struct FirstMinute {
        /// A home folder as it is after that, seen by ssh as this machine's user's own.
        private final class Home {
            let folder: TemporaryFolder
            private let scene: Scene
            private let name: String
            private var agent: RunningProgram?

            /// - Parameter name: of the key in ~/.ssh; it is given to client-config unless it is the usual one.
            init(_ scene: Scene, key name: String = "id_ed25519") throws {
                self.scene = scene
                self.name = name
                folder = try TemporaryFolder()
                _ = try folder.makeFolder(".ssh", mode: 0o700)
                // ssh takes the home folder from here, not from HOME.
                let accounts = contents(of: "/etc/passwd").split(separator: "\n").filter { !$0.hasPrefix("root:") }
                try folder.write("root:x:0:0::\(folder.path):/bin/sh\n" + accounts.joined(separator: "\n") + "\n", to: "passwd")
                for (from, to) in [("", ""), (".pub", ".pub"), ("-cert.pub", "-cert.pub")] {
                    try FileManager.default.copyItem(atPath: scene.alice.key + from, toPath: path(name + to))
                }
                let option = name == "id_ed25519" ? [] : ["--identity", "~/.ssh/" + name]
                for (part, file) in [("--ssh-config", "config"), ("--known-hosts", "known_hosts")] {
                    try folder.write(scene.bastion.tool(["client-config", part] + option).orThrow().output, to: ".ssh/" + file)
                }
            }

            private func path(_ name: String) -> String { "\(folder.path)/.ssh/\(name)" }

            /// An agent that holds the plain key first and then the certificate, as ssh-add puts them.
            func startAgent() throws {
                let socket = folder.path + "/agent"
                agent = try RunningProgram(["ssh-agent", "-D", "-a", socket], environment: Programs.environment)
                try wait(for: "the agent") { FileManager.default.fileExists(atPath: socket) }
                try run("ssh-add", "-q", path(name)).orThrow()
            }

            func removeKeyFile() throws { try FileManager.default.removeItem(atPath: path(name)) }

            func run(_ words: String...) throws -> Outcome { try run(words) }

            func run(_ words: [String]) throws -> Outcome {
                var environment = Programs.environment
                if agent != nil { environment["SSH_AUTH_SOCK"] = folder.path + "/agent" }
                let inside = [
                    "unshare", "--mount", "sh", "-e", "-c", "mount --bind \"$0\" /etc/passwd; exec \"$@\"",
                    folder.path + "/passwd",
                ]
                return try EndToEndHarness.run(inside + words, environment: environment)
            }

            /// Goes all ways, and expects not a word on stderr: above all not the line on how to get a certificate.
            func goesEveryWayInSilence(_ comment: Comment) throws {
                for way in [["-J", "bastion", "deploy@web1"], ["-J", "bastion", "deploy@www"], ["deploy@web1@bastion"]] {
                    let outcome = try run(["ssh"] + way + ["id -un"])
                    #expect(outcome.output == "deploy\n", comment)
                    #expect(outcome.errors == "", comment)
                }
                let desk = try run("ssh", "bastion", "targets")
                #expect(desk.output.contains("web1"), comment)
                #expect(desk.errors == "", comment)
            }
        }

        @Test(arguments: ["id_ed25519", "work"])
        func `the lines of client-config are enough, and nobody who has a certificate is told to get one`(_ key: String) throws {
            let home = try Home(try Scene(), key: key)
            try home.goesEveryWayInSilence("without an agent")
            try home.startAgent()
            try home.goesEveryWayInSilence("with an agent")
            try home.removeKeyFile()
            try home.goesEveryWayInSilence("with a key that only the agent has")
        }

        /// Shows that the test above can fail, and why there are more than the three lines.
        @Test func `without the certificate's line the bastion answers the plain key with its banner`() throws {
            let home = try Home(try Scene(bastionLines: ["certificate-help: \"Ask Zoe on the third floor.\""]))
            let lines = contents(of: home.folder.path + "/.ssh/config").split(separator: "\n").prefix(3)
            try home.folder.write(lines.joined(separator: "\n") + "\n", to: ".ssh/config")
            let outcome = try home.run("ssh", "-J", "bastion", "deploy@web1", "id -un")
            #expect(outcome.output == "deploy\n")
            #expect(outcome.errors.components(separatedBy: "Ask Zoe").count == 3, "by the outer and by the inner session")
        }

        /// A known limit: `Host` compares letter by letter, and nobody can list every way to write a name.
        @Test func `a name in other letters leads to the target, with the banner of the inner session`() throws {
            let home = try Home(try Scene(bastionLines: ["certificate-help: \"Ask Zoe on the third floor.\""]))
            let outcome = try home.run("ssh", "-J", "bastion", "deploy@WEB1", "id -un")
            #expect(outcome.output == "deploy\n")
            #expect(outcome.errors.components(separatedBy: "Ask Zoe").count == 2)
        }

        @Test func `a target is still reached without the bastion, by the key it knows`() throws {
            let scene = try Scene()
            let home = try Home(scene)
            try scene.target.authorize(scene.alice.key + ".pub", for: "deploy")
            let straight =
                ["ssh", "-o", "HostName=127.0.0.1", "-p", "\(scene.target.port)", "-o", "StrictHostKeyChecking=no"]
                + ["-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "deploy@web1", "id -un"]
            #expect(try home.run(straight).output == "deploy\n")
            try home.startAgent()
            #expect(try home.run(straight).output == "deploy\n")
        }
    }
}
