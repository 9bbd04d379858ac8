import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Every sftp request passes the gate, and what came of it is in the daemon's log.
    struct FileOperations {
        let scene: Scene
        let folder: TemporaryFolder

        init() throws {
            scene = try Scene()
            folder = try TemporaryFolder()
        }

        private var home: String { scene.target.home(of: "root") }

        /// Runs sftp with these commands; one that begins with `-` may fail.
        private func sftp(_ commands: [String], options: [String] = [], within limit: Duration = .seconds(60)) throws -> Outcome {
            try run(
                ["sftp", "-F", scene.alice.configuration, "-b", "/dev/stdin"] + options + Way.jump.options + [
                    Way.jump.destination()
                ],
                input: Array((commands.joined(separator: "\n") + "\n").utf8), within: limit)
        }

        /// The facts of each event in the log, in order.
        private func events() throws -> [[String: String]] {
            _ = try scene.bastion.endedSession()
            return scene.bastion.log.split(separator: "\n").filter { $0.contains(" info file ") }.map { line in
                let facts = line.split(separator: " ").compactMap { word -> (String, String)? in
                    let parts = word.split(separator: "=", maxSplits: 1)
                    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
                }
                return Dictionary(facts) { first, _ in first }
            }
        }

        private func digest(_ file: String) throws -> String {
            String(try run(["sha256sum", file], within: .seconds(60)).orThrow().output.prefix(64))
        }

        @Test func `200 megabytes each way, 512 requests at once, have the digests of sha256sum`() throws {
            let size = 200 * 1_048_576
            let file = "\(folder.path)/large"
            try run(["sh", "-c", "head -c \(size) /dev/urandom >\(file)"], within: .seconds(60)).orThrow()
            try sftp(["put \(file) there", "get there \(file)-again"], options: ["-R", "512"], within: .seconds(300)).orThrow()
            let expected = try digest(file)
            #expect(try digest("\(home)/there") == expected)
            #expect(try digest("\(file)-again") == expected)
            let events = try events()
            let written = events.first { $0["operation"] == "write" }
            let read = events.first { $0["operation"] == "read" }
            #expect(written?["path"] == "\(home)/there")
            #expect(written?["sha256"] == expected)
            #expect(written?["bytes-written"] == "\(size)")
            #expect(read?["sha256"] == expected)
            #expect(read?["bytes-read"] == "\(size)")
            #expect(read?["outcome"] == "ok")
        }

        @Test(arguments: ["-B 1000 -R 7", "-B 200000 -R 64", "-B 32768 -R 1"]) func `other sizes and numbers of requests do too`(
            options: String
        )
            throws
        {
            let file = "\(folder.path)/random"
            try run(["sh", "-c", "head -c 3000001 /dev/urandom >\(file)"]).orThrow()
            try sftp(["put \(file) there", "get there \(file)-again"], options: options.split(separator: " ").map(String.init))
                .orThrow()
            let expected = try digest(file)
            #expect(try digest("\(file)-again") == expected)
            #expect(try events().compactMap { $0["sha256"] } == [expected, expected])
        }

        @Test func `names are changed as without a bastion, and told about`() throws {
            try folder.write("line\n", to: "text")
            let outcome = try sftp([
                "mkdir d", "put \(folder.path)/text d/a", "rename d/a d/b", "ln d/b d/hard", "ln -s b d/soft", "chmod 600 d/b",
                "ls -l d",
                "df", "-rm d/none", "cp d/b d/copy", "rm d/soft", "rm d/hard", "rm d/copy", "rm d/b", "rmdir d", "pwd",
            ]).orThrow()
            #expect(outcome.output.contains("Remote working directory: \(home)"))
            #expect(outcome.output.contains("lrwx"), "the link is listed")
            #expect(!FileManager.default.fileExists(atPath: "\(home)/d"))
            let told = try events().map {
                "\($0["operation"] ?? "") \($0["path"] ?? "") \($0["second"] ?? "-") \($0["outcome"] ?? "")"
            }
            for expected in [
                "mkdir \(home)/d - ok", "write \(home)/d/a - ok", "rename \(home)/d/a \(home)/d/b ok", "read \(home)/d/b - ok",
                "write \(home)/d/hard - ok", "symlink \(home)/d/soft \(home)/d/b ok", "setstat \(home)/d/b - ok",
                "list \(home)/d - ok",
                "write \(home)/d/copy - ok", "remove \(home)/d/soft - ok", "remove \(home)/d - ok",
            ] { #expect(told.contains(expected), "\(expected) in \(told)") }
            #expect(
                told.contains {
                    $0.hasPrefix("remove \(home)/d/none - \"status")
                })
        }

        @Test func `folders are copied whole, each file with its digest`() throws {
            _ = try folder.makeFolder("tree/deep/deeper")
            var expected: Set<String> = []
            for number in 0..<30 {
                let name = "tree/\(["", "deep/", "deep/deeper/"][number % 3])file \(number)"
                try folder.write(String(repeating: "\(number)\n", count: number * 700), to: name)
                expected.insert(try digest("\(folder.path)/\(name)"))
            }
            try sftp(["put -r \(folder.path)/tree tree", "get -r tree \(folder.path)/back"]).orThrow()
            try run(["diff", "-r", "\(folder.path)/tree", "\(folder.path)/back"]).orThrow()
            let events = try events()
            for operation in ["write", "read"] {
                #expect(Set(events.filter { $0["operation"] == operation }.compactMap { $0["sha256"] }) == expected)
            }
        }

        @Test func `sftp's server as a command is no way around`() throws {
            try folder.write("line\n", to: "text")
            try sftp(["put \(folder.path)/text there"], options: ["-s", "/usr/lib/openssh/sftp-server"]).orThrow()
            #expect(contents(of: "\(home)/there") == "line\n")
            #expect(try scene.bastion.endedSession()["kind"].string == "exec")
            #expect(try events().map { $0["path"] } == ["\(home)/there"])
        }

        @Test func `why something is refused stands on the error stream, once, since sftp itself does not say it`() throws {
            try folder.write("line\n", to: "text")
            let long = String(repeating: "a/", count: 2500)
            let outcome = try run(
                ["scp", "-F", scene.alice.configuration, "-q"] + Way.jump.options + [
                    "\(folder.path)/text", "\(folder.path)/text", Way.jump.destination() + ":" + long,
                ])
            #expect(outcome.exit != .status(0))
            #expect(
                outcome.errors.components(separatedBy: "sallyport: the path is longer than 4096 bytes").count == 2, "\(outcome)")
            #expect(try !events().isEmpty)
        }

        @Test func `a client that does not speak sftp is told so`() throws {
            let outcome = try run(
                scene.alice.sshCommand(Way.jump.options + ["-s", Way.jump.destination(), "sftp"]),
                input: Array("GET / HTTP/1.1\r\n\r\n".utf8))
            #expect(outcome.errors.contains("sallyport: this sftp session ends here: the client sent a packet of"), "\(outcome)")
            #expect(outcome.exit == .status(126))
        }

        @Test func `a target that says something else is told about`() throws {
            try scene.target.folder.write("#!/bin/sh\necho Welcome to web1\n", to: "sftp-server", mode: 0o755)
            let outcome = try sftp(["pwd"], options: ["-s", "\(scene.target.folder.path)/sftp-server"])
            #expect(outcome.errors.contains("does not speak sftp"), "\(outcome)")
            #expect(outcome.exit != .status(0))
        }

        @Test func `a transfer that is broken off is told as unfinished`() throws {
            let file = "\(folder.path)/large"
            try run(["truncate", "-s", "1G", file]).orThrow()
            let sftp = try RunningProgram(
                ["sftp", "-F", scene.alice.configuration, "-l", "20000"] + Way.jump.options + [Way.jump.destination()],
                environment: Programs.environment)
            try sftp.write(Array("put \(file) there\n".utf8), within: .seconds(10))
            try wait(for: "the file to grow") { contents(of: "\(home)/there").utf8.count > 100_000 }
            sftp.signal(SIGKILL)
            let event = try events().last { $0["operation"] == "write" }
            #expect(event?["outcome"] == "unfinished")
            #expect(event?["path"] == "\(home)/there")
        }
    }
}
