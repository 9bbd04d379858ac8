import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    struct RecordedSessions {
        @Test func `asciinema shows what the user saw`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("printf '\\033[31mr\\303\\266t\\033[0m \\342\\202\\254 \\360\\237\\230\\200\\n'")
            try terminal.expect("röt")
            try terminal.expect("root@target$ ")
            try terminal.enter("exit")
            try terminal.waitForExit()
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            let shown = try recording.asciinemaCat()
            #expect(shown.contains("\u{1B}[31mröt\u{1B}[0m € 😀\r\n"))
            #expect(terminal.screen.hasPrefix(shown), "ssh adds only its own last line: \(shown.debugDescription)")
            #expect(recording.timesNeverGoBack)
        }

        @Test func `the header says who was where`() throws {
            let scene = try Scene()
            let before = Int(Date().timeIntervalSince1970)
            _ = try scene.alice.run("echo 'a \"quoted\" command'")
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.header["version"].number == 2)
            #expect(recording.header["command"].string == "echo 'a \"quoted\" command'")
            let title = try #require(recording.header["title"].string)
            for word in ["alice", "root", "web1"] { #expect(title.contains(word)) }
            #expect(try (before...before + 30).contains(#require(recording.header["timestamp"].number)))
        }

        @Test func `characters cut by packets survive`() throws {
            let scene = try Scene()
            _ = try scene.alice.run(
                "printf '\\342'; sleep 0.3; printf '\\202'; sleep 0.3; printf '\\254\\n'; printf 'gr\\374n\\n'; printf '\\360\\237'"
            )
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.output == "€\ngr\u{FFFD}n\n\u{FFFD}")
        }

        @Test func `output that is not text is counted and hashed`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.run("echo head; head -c 300000 /dev/urandom | tee sent; cat /dev/zero | head -c 10")
            #expect(outcome.stdout.count == 300_015)
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.output.hasPrefix("head\n"))
            #expect(recording.output.utf8.count < 3000)
            let marker = try #require(recording.markers.last)
            let words = marker.split(separator: " ")
            #expect(marker.hasPrefix("binary stdout: "))
            let size = try #require(Int(words[2]))
            let digest = try run(["sha256sum"], input: Array(outcome.stdout.suffix(size))).orThrow().output.prefix(64)
            #expect(words.last.map(String.init) == String(digest))
        }

        @Test func `a terminal's output is text whatever it is`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-t", "-J", "bastion", "root@web1", "printf 'a\\000b\\377'; echo done")
            try terminal.waitForExit()
            let recording = try scene.bastion.recording(of: scene.bastion.endedSession())
            #expect(recording.output.contains("a\u{0}b\u{FFFD}done"))
            #expect(recording.markers.isEmpty)
        }

        @Test(arguments: ["rsync", "sftp"]) func `file transfers leave a short recording with a marker`(_ tool: String) throws {
            let scene = try Scene()
            let folder = try TemporaryFolder()
            try run(["sh", "-c", "head -c 500000 /dev/urandom > '\(scene.target.home(of: "root"))/file'"]).orThrow()
            if tool == "rsync" {
                try run(["rsync", "-e", "ssh -F \(scene.alice.configuration) -J bastion", "root@web1:file", folder.path])
                    .orThrow()
            } else {
                try run(
                    ["sftp", "-F", scene.alice.configuration, "-J", "bastion", "-b", "/dev/stdin", "root@web1"],
                    input: Array("get file \(folder.path)/file\n".utf8)
                ).orThrow()
            }
            let row = try scene.bastion.endedSession()
            let recording = try scene.bastion.recording(of: row)
            #expect(recording.markers.contains { $0.hasPrefix("binary stdout: ") && $0.contains("sha256") })
            #expect(try #require(row["bytes_out"].number) > 500_000)
        }

        @Test func `recordings lie under the day, one for each session`() throws {
            let scene = try Scene()
            for _ in 1...3 { _ = try scene.alice.run("true") }
            let rows = try scene.bastion.sessions()
            #expect(Set(rows.compactMap { $0["recording"].string }).count == 3)
            for row in rows {
                let path = try #require(row["recording"].string)
                #expect(path.wholeMatch(of: /\d{4}\/\d{2}\/\d{2}\/[^\/]+\.cast/) != nil, "\(path)")
                let attributes = try FileManager.default.attributesOfItem(atPath: scene.bastion.recordings + "/" + path)
                #expect((attributes[.posixPermissions] as? Int ?? 0o777) & 0o077 == 0, "a recording is the auditor's alone")
            }
        }

        @Test func `the ledger has a row with all of it`() throws {
            let scene = try Scene()
            _ = try scene.alice.run("cat; exit 3", input: Array("12345".utf8))
            let row = try scene.bastion.endedSession()
            #expect(row["user"].string == "alice")
            #expect(try #require(row["certificate_serial"].string.flatMap { UInt64($0) }) > 0)
            #expect(row["certificate_authority"].string?.hasPrefix("SHA256:") == true)
            #expect(row["from"].string?.hasPrefix("127.0.0.1:") == true)
            #expect(row["target"].string == "web1")
            #expect(row["login"].string == "root")
            #expect(row["kind"].string == "exec")
            #expect(row["command"].string == "cat; exit 3")
            #expect(row["has_terminal"].boolean == false)
            #expect(row["exit_status"].number == 3)
            #expect(row["bytes_in"].number == 5)
            #expect(row["bytes_out"].number == 5)
            let started = try #require(row["started_at"].string)
            #expect(try started <= #require(row["ended_at"].string))
        }

        @Test func `a running session is active in the ledger`() throws {
            let scene = try Scene()
            let ssh = try scene.alice.startSSH("-J", "bastion", "root@web1", "echo up; cat")
            try ssh.waitForOutput("up")
            let row = try #require(scene.bastion.sessions("--active").first)
            #expect(row["active"].boolean == true)
            #expect(row["ended_at"].string == nil)
            ssh.closeInput()
            try ssh.waitForExit()
            #expect(try scene.bastion.endedSession()["active"].boolean == false)
        }
    }
}
