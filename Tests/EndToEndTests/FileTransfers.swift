import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct FileTransfers {
        /// A scene and a folder with files that are text, binary, empty, and have a space in their name.
        private struct Files {
            let scene: Scene
            let folder: TemporaryFolder
            let names = ["text", "random", "empty", "a name"]

            init() throws {
                scene = try Scene()
                folder = try TemporaryFolder()
                _ = try folder.makeFolder("tree/deep")
                try folder.write("line\n", to: "tree/text")
                try folder.write("", to: "tree/empty")
                try folder.write("spaces\n", to: "tree/a name")
                var random = [UInt8](repeating: 0, count: 1_000_000)
                for index in random.indices { random[index] = .random(in: 0...255) }
                try Data(random).write(to: URL(fileURLWithPath: "\(folder.path)/tree/random"))
            }

            var there: String { scene.target.home(of: "root") }
            var configuration: String { scene.alice.configuration }

            func areSame(_ one: String, _ other: String) throws -> Bool {
                try run(["diff", "-r", one, other]).exit == .status(0)
            }
        }

        @Test(arguments: Way.allCases) func `scp copies there and back`(_ way: Way) throws {
            let files = try Files()
            let remote = way.destination() + ":tree"
            let scp = ["scp", "-F", files.configuration, "-q", "-r"] + way.options
            try run(scp + ["\(files.folder.path)/tree", remote]).orThrow()
            #expect(try files.areSame("\(files.folder.path)/tree", "\(files.there)/tree"))
            try run(scp + [remote, "\(files.folder.path)/back"]).orThrow()
            #expect(try files.areSame("\(files.folder.path)/tree", "\(files.folder.path)/back"))
            #expect(try files.scene.bastion.endedSession()["kind"].string == "sftp")
        }

        @Test(arguments: Way.allCases) func `scp's old protocol works too`(_ way: Way) throws {
            let files = try Files()
            try run(
                ["scp", "-O", "-F", files.configuration, "-q", "-r"] + way.options + [
                    "\(files.folder.path)/tree", way.destination() + ":tree",
                ]
            ).orThrow()
            #expect(try files.areSame("\(files.folder.path)/tree", "\(files.there)/tree"))
        }

        @Test(arguments: Way.allCases) func `sftp puts, lists and gets`(_ way: Way) throws {
            let files = try Files()
            let dialogue = "put -r \(files.folder.path)/tree tree\nls tree\nget tree/random \(files.folder.path)/again\n"
            let outcome = try run(
                ["sftp", "-F", files.configuration, "-b", "/dev/stdin"] + way.options + [way.destination()],
                input: Array(dialogue.utf8)
            ).orThrow()
            #expect(outcome.output.contains("tree/random"))
            #expect(try files.areSame("\(files.folder.path)/tree", "\(files.there)/tree"))
            #expect(try files.areSame("\(files.folder.path)/tree/random", "\(files.folder.path)/again"))
        }

        @Test(arguments: Way.allCases) func `rsync copies there and back, and the second time nothing`(_ way: Way) throws {
            let files = try Files()
            let ssh = (["ssh", "-F", files.configuration] + way.options).joined(separator: " ")
            let rsync = ["rsync", "-a", "--stats", "-e", ssh]
            let remote = way.destination() + ":tree/"
            try run(rsync + ["\(files.folder.path)/tree/", remote]).orThrow()
            #expect(try files.areSame("\(files.folder.path)/tree", "\(files.there)/tree"))
            let again = try run(rsync + ["\(files.folder.path)/tree/", remote]).orThrow()
            #expect(again.output.contains("Number of regular files transferred: 0"))
            try run(rsync + [remote, "\(files.folder.path)/back/"]).orThrow()
            #expect(try files.areSame("\(files.folder.path)/tree", "\(files.folder.path)/back"))
        }

        @Test(arguments: Way.allCases) func `git clones and pushes`(_ way: Way) throws {
            let files = try Files()
            let environment = Programs.environment.merging([
                "GIT_SSH_COMMAND": (["ssh", "-F", files.configuration] + way.options).joined(separator: " "),
                "HOME": files.folder.path, "GIT_CONFIG_NOSYSTEM": "1",
            ]) { $1 }
            let git = ["git", "-c", "user.name=Alice", "-c", "user.email=alice@example.com", "-c", "init.defaultBranch=main"]
            let origin = "\(files.there)/origin.git", clone = "\(files.folder.path)/clone"
            try run(git + ["init", "-q", "--bare", origin], environment: environment).orThrow()
            try run(git + ["clone", "-q", way.destination() + ":origin.git", clone], environment: environment).orThrow()
            try run(["cp", "\(files.folder.path)/tree/random", clone]).orThrow()
            try run(git + ["-C", clone, "add", "-A"], environment: environment).orThrow()
            try run(git + ["-C", clone, "commit", "-q", "-m", "Add"], environment: environment).orThrow()
            try run(git + ["-C", clone, "push", "-q", "origin", "HEAD:main"], environment: environment).orThrow()
            try run(git + ["clone", "-q", way.destination() + ":origin.git", clone + "2"], environment: environment).orThrow()
            #expect(try files.areSame("\(clone)/random", "\(clone)2/random"))
        }

        @Test func `plink logs in with its own certificate support`() throws {
            let scene = try Scene()
            let key = scene.alice.folder.path + "/id.ppk"
            try run(["puttygen", scene.alice.key, "-O", "private", "-o", key]).orThrow()
            let hostKey = try run(["ssh-keygen", "-lf", "\(scene.bastion.path)/hostkeys/ssh_host_ed25519_key.pub"]).orThrow()
            let outcome = try run([
                "plink", "-batch", "-P", "\(scene.bastion.port())", "-i", key, "-cert", scene.alice.key + "-cert.pub", "-hostkey",
                String(hostKey.output.split(separator: " ")[1]), "-l", "root@web1", "127.0.0.1", "echo through plink; exit 3",
            ])
            #expect(outcome.output == "through plink\n", "\(outcome)")
            #expect(outcome.exit == .status(3))
        }
    }
}
