import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct PolicyOnFiles {
        /// A folder on the target where `secret` may not be read, `kept` not removed, and files of over 100 kB not be written.
        private struct Files {
            let scene: Scene
            let folder: TemporaryFolder
            let local: TemporaryFolder

            init() throws {
                folder = try TemporaryFolder()
                local = try TemporaryFolder()
                for name in ["secret", "kept", "open", "other"] { try folder.write("content of \(name)\n", to: name) }
                try local.write("from here\n", to: "small")
                try local.write(String(repeating: "0123456789", count: 20_000), to: "large")
                scene = try Scene(
                    policy: """
                        default: allow
                        uncertain: block
                        rules:
                          - name: secrets-stay
                            match: {file: {operations: [read, symlink], paths: ["\(folder.path)/secret"]}}
                            verdict: block
                            message: Secrets are read on the console only
                          - name: kept-files-stay
                            match: {file: {operations: [remove, rename, write, setstat], paths: ["\(folder.path)/kept"]}}
                            verdict: block
                          - name: nothing-large
                            match: {file: {operations: write, larger-than: 100kB}}
                            verdict: block
                          - name: private-repositories-stay
                            match: {file: {operations: read, paths: ["\(folder.path)/private.git"]}}
                            verdict: block
                          - name: no-listing-of-etc
                            match: {file: {operations: list, paths: ["/etc/**"]}}
                            verdict: block
                        """)
            }

            var path: String { folder.path }
            func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

            /// An sftp session of these lines; a line with `-` in front may fail without ending it.
            func sftp(_ lines: String..., way: Way = .jump) throws -> Outcome {
                try run(
                    ["sftp", "-F", scene.alice.configuration, "-b", "/dev/stdin"] + way.options + [way.destination()],
                    input: Array((lines.joined(separator: "\n") + "\n").utf8))
            }

            func scp(_ words: String..., old: Bool = false) throws -> Outcome {
                try run(["scp", "-F", scene.alice.configuration, "-q"] + (old ? ["-O"] : []) + Way.jump.options + words)
            }
        }

        @Test(arguments: Way.allCases) func `a refused operation says why, and the session goes on`(_ way: Way) throws {
            let files = try Files()
            let outcome = try files.sftp(
                "-get \(files.path)/secret \(files.local.path)/got", "get \(files.path)/open \(files.local.path)/open", way: way)
            #expect(outcome.exit == .status(0), "\(outcome)")
            #expect(outcome.errors.contains("secrets-stay"), "\(outcome)")
            #expect(outcome.errors.contains("Secrets are read on the console only"), "\(outcome)")
            #expect(contents(of: files.local.path + "/open") == "content of open\n")
            #expect(contents(of: files.local.path + "/got").isEmpty)
        }

        @Test func `no other name of a path gets past`() throws {
            let files = try Files()
            let folder = URL(fileURLWithPath: files.path).lastPathComponent
            for path in [
                "\(files.path)//secret", "\(files.path)/./secret", "\(files.path)/x/../secret", "/tmp/../\(files.path)/secret",
                "../../../../../../../..\(files.path)/secret", "/proc/self/cwd/../../../../../..\(files.path)/secret",
                "/proc/1/root/tmp/\(folder)/secret",
            ] {
                let outcome = try files.sftp("get \(path) \(files.local.path)/got")
                #expect(outcome.exit == .status(1), "\(path): \(outcome)")
                #expect(!FileManager.default.fileExists(atPath: "\(files.local.path)/got"), "\(path)")
            }
        }

        @Test func `a symbolic link is followed before it is judged`() throws {
            let files = try Files()
            try FileManager.default.createSymbolicLink(
                atPath: "\(files.path)/innocent", withDestinationPath: "\(files.path)/secret")
            try FileManager.default.createSymbolicLink(atPath: "\(files.path)/dir", withDestinationPath: files.path)
            for path in ["\(files.path)/innocent", "\(files.path)/dir/secret", "\(files.path)/dir/dir/innocent"] {
                let outcome = try files.sftp("get \(path) \(files.local.path)/got")
                #expect(outcome.errors.contains("secrets-stay"), "\(path): \(outcome)")
            }
            // Making such a link, soft or hard, is refused too.
            #expect(try files.sftp("ln -s \(files.path)/secret \(files.path)/new").errors.contains("secrets-stay"))
            #expect(try files.sftp("ln \(files.path)/secret \(files.path)/new").errors.contains("secrets-stay"))
            #expect(!files.has("new"))
        }

        @Test func `removing, renaming, overwriting and changing are judged`() throws {
            let files = try Files()
            for line in [
                "rm \(files.path)/kept", "rename \(files.path)/kept \(files.path)/gone", "chmod 600 \(files.path)/kept",
                "put \(files.local.path)/small \(files.path)/kept", "rename \(files.path)/other \(files.path)/kept",
            ] {
                let outcome = try files.sftp(line)
                #expect(outcome.exit == .status(1), "\(line): \(outcome)")
                #expect(outcome.errors.contains("kept-files-stay"), "\(line): \(outcome)")
            }
            #expect(contents(of: files.path + "/kept") == "content of kept\n")
            #expect(files.has("other"))
        }

        @Test func `listing is judged`() throws {
            let files = try Files()
            #expect(try files.sftp("ls \(files.path)").exit == .status(0))
            let outcome = try files.sftp("ls /etc/ssh")
            #expect(outcome.errors.contains("no-listing-of-etc"), "\(outcome)")
        }

        @Test func `a size limit stops what is larger`() throws {
            let files = try Files()
            #expect(try files.sftp("put \(files.local.path)/small \(files.path)/small").exit == .status(0))
            let outcome = try files.sftp("put \(files.local.path)/large \(files.path)/large")
            #expect(outcome.exit == .status(1), "\(outcome)")
            #expect(outcome.errors.contains("nothing-large"), "\(outcome)")
            let size = try FileManager.default.attributesOfItem(atPath: "\(files.path)/large")[.size] as? Int
            #expect((size ?? .max) <= 100_000)
        }

        @Test(arguments: [false, true]) func `scp is judged, the old protocol too`(old: Bool) throws {
            let files = try Files()
            let read = try files.scp("root@web1:\(files.path)/secret", "\(files.local.path)/got", old: old)
            #expect(read.exit != .status(0))
            #expect(read.errors.contains("secrets-stay"), "\(read)")
            let write = try files.scp("\(files.local.path)/small", "root@web1:\(files.path)/kept", old: old)
            #expect(write.exit != .status(0))
            #expect(contents(of: files.path + "/kept") == "content of kept\n")
            try files.scp("root@web1:\(files.path)/open", "\(files.local.path)/open", old: old).orThrow()
        }

        @Test func `rsync is judged by the paths of its server side`() throws {
            let files = try Files()
            let ssh = (["ssh", "-F", files.scene.alice.configuration] + Way.jump.options).joined(separator: " ")
            let refused = try run(["rsync", "-e", ssh, "root@web1:\(files.path)/secret", "\(files.local.path)/got"])
            #expect(refused.errors.contains("secrets-stay"), "\(refused)")
            try run(["rsync", "-e", ssh, "root@web1:\(files.path)/open", "\(files.local.path)/open"]).orThrow()
            #expect(contents(of: files.local.path + "/open") == "content of open\n")
        }

        @Test func `git is judged by the repository`() throws {
            let files = try Files()
            for name in ["private.git", "public.git"] {
                try run(["git", "init", "-q", "--bare", "\(files.path)/\(name)"]).orThrow()
            }
            let environment = Programs.environment.merging([
                "GIT_SSH_COMMAND": (["ssh", "-F", files.scene.alice.configuration] + Way.jump.options).joined(separator: " "),
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
            ]) { $1 }
            func clone(_ path: String) throws -> Outcome {
                try run(["git", "clone", "-q", "root@web1:\(path)", "\(files.local.path)/clone"], environment: environment)
            }
            for path in ["\(files.path)/private.git", "\(files.path)/./public.git/../private.git"] {
                let refused = try clone(path)
                #expect(refused.exit != .status(0))
                #expect(refused.errors.contains("private-repositories-stay"), "\(refused)")
            }
            try clone("\(files.path)/public.git").orThrow()
        }

        @Test func `the server as a command is judged like the subsystem`() throws {
            let files = try Files()
            let server = "/usr/lib/openssh/sftp-server"
            let outcome = try run(
                ["sftp", "-F", files.scene.alice.configuration, "-s", server, "-b", "/dev/stdin"] + Way.jump.options
                    + ["root@web1"], input: Array("get \(files.path)/secret \(files.local.path)/got\n".utf8))
            #expect(outcome.errors.contains("secrets-stay"), "\(outcome)")
        }

        @Test func `every operation is in the ledger, with bytes and the hash of what went whole`() throws {
            let files = try Files()
            try files.sftp(
                "get \(files.path)/open \(files.local.path)/open", "put \(files.local.path)/small \(files.path)/small",
                "-get \(files.path)/secret \(files.local.path)/got", "rename \(files.path)/small \(files.path)/moved",
                "rm \(files.path)/moved", "mkdir \(files.path)/new", "-rm \(files.path)/missing"
            ).orThrow()
            let session = try files.scene.bastion.endedSession()
            let events = try files.scene.bastion.decisions("--session", session["id"].string ?? "")
            func event(_ operation: String, _ name: String) throws -> JSON {
                try #require(
                    events.first {
                        $0["file"]["operation"].string == operation && $0["file"]["path"].string == "\(files.path)/\(name)"
                    }, "\(operation) \(name) in \(events)")
            }
            func sha256(_ path: String) throws -> String { String(try run(["sha256sum", path]).output.prefix(64)) }

            let read = try event("read", "open")
            #expect(read["file"]["bytes_read"].number == 16)
            #expect(read["file"]["sha256"].string == (try sha256(files.path + "/open")))
            #expect(read["file"]["result"].string == "ok")
            #expect(read["outcome"].string == "passed")
            let write = try event("write", "small")
            #expect(write["file"]["bytes_written"].number == 10)
            #expect(write["file"]["sha256"].string == (try sha256(files.local.path + "/small")))
            let refused = try event("read", "secret")
            #expect(refused["verdict"].string == "block")
            #expect(refused["rule"].string == "secrets-stay")
            #expect(refused["outcome"].string == "refused")
            #expect(try event("rename", "small")["file"]["second_path"].string == "\(files.path)/moved")
            #expect(try event("remove", "moved")["file"]["result"].string == "ok")
            #expect(try event("mkdir", "new")["file"]["result"].string == "ok")
            #expect(try event("remove", "missing")["file"]["result"].string != "ok")
        }

        @Test func `a change of the policy takes effect in a session that is open`() throws {
            let files = try Files()
            let sftp = try RunningProgram(
                ["sftp", "-F", files.scene.alice.configuration] + Way.jump.options + ["root@web1"],
                environment: Programs.environment)
            try sftp.write("get \(files.path)/open \(files.local.path)/first\n")
            try wait(for: "the first file") { contents(of: files.local.path + "/first") == "content of open\n" }
            try files.scene.bastion.change(
                policy:
                    "default: allow\nuncertain: block\nrules: [{name: now, match: {file: {operations: read}}, verdict: block}]\n")
            try sftp.write("get \(files.path)/open \(files.local.path)/second\nbye\n")
            sftp.closeInput()
            try sftp.waitForExit()
            #expect(String(decoding: sftp.stderr, as: UTF8.self).contains("\"now\""))
            #expect(contents(of: files.local.path + "/second").isEmpty)
        }
    }
}
