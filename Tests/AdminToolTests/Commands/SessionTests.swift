import Foundation
import MonitorProtocol
import Testing

@Suite struct `sallyport session` {
    @Test func `list passes its filter on and shows a table`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.sessions([session(), session(command: nil, exit: nil)])))
        let outcome = try daemon.run(["session", "list", "--user", "alice", "--target", "web1", "--active", "--limit", "7"])
        #expect(
            outcome.output == """
                ID                USER   LOGIN@TARGET  STARTED               END     KIND   COMMAND
                \(someSession)  alice  root@web1     2026-11-24 02:03:59Z  exit 0  exec   uptime
                \(someSession)  alice  root@web1     2026-11-24 02:03:59Z  active  shell  -

                """)
        #expect(daemon.requests == [.listSessions(.init(user: "alice", target: "web1", activeOnly: true, limit: 7))])
    }

    @Test func `list and show have stable keys for scripts`() throws {
        let daemon = try ScriptedDaemon(answering: .reply(.sessions([session(command: nil, exit: nil)])))
        let list = try JSONSerialization.jsonObject(with: Data(try daemon.run(["session", "list", "--json"]).output.utf8))
        let show = try JSONSerialization.jsonObject(
            with: Data(try daemon.run(["session", "show", someSession.text, "--json"]).output.utf8))
        let row = try #require((list as? [[String: Any]])?.first)
        #expect(
            row.keys.sorted() == [
                "active", "bytes_in", "bytes_out", "certificate_authority", "certificate_serial", "command", "connection_id",
                "ended_at", "exit",
                "exit_status", "from", "has_terminal", "id", "kind", "login", "masks", "recording", "started_at", "target",
                "user",
            ])
        #expect(row["certificate_serial"] as? String == "7")
        #expect(row["active"] as? Bool == true)
        #expect(row["ended_at"] is NSNull && row["exit_status"] is NSNull)
        #expect(try [row, show].map { try JSONSerialization.data(withJSONObject: $0, options: .sortedKeys) }.allEqual)
        #expect(daemon.requests.last == .showSession(someSession.text))
    }

    @Test(arguments: ["show", "play", "export", "kill"])
    func `that cannot exist is not found, without asking`(_ command: String) throws {
        let daemon = try ScriptedDaemon(answering: .reply(.done("never")))
        let outcome = try daemon.run(["session", command, "../../etc/passwd\u{1b}[2J"] + (command == "play" ? ["--raw"] : []))
        #expect(outcome.status == 1)
        #expect(outcome.errors == "sallyport: there is no session ../../etc/passwd\\u{1b}[2J; see `sallyport session list`\n")
        #expect(daemon.requests.isEmpty)
    }

    @Test func `export copies the recording byte for byte`() throws {
        let contents = someCast + "[61, \"o\", \"\u{9b}é\"]\n[62, \"o\", \"cut"
        let daemon = try ScriptedDaemon(answering: .recording(session(), contents: contents))
        #expect(try daemon.run(["session", "export", someSession.text]) == Tool.Outcome(status: 0, output: contents, errors: ""))
        #expect(try daemon.run(["session", "export", someSession.text, daemon.folder["copy"]]).status == 0)
        #expect(try daemon.folder.text("copy") == contents)
        #expect(try daemon.folder.mode("copy") == 0o600)
    }

    @Test func `export never overwrites and leaves no half file`() throws {
        let daemon = try ScriptedDaemon(answering: .recording(session(), contents: someCast))
        try daemon.folder.write("precious", to: "there")
        let outcome = try daemon.run(["session", "export", someSession.text, daemon.folder["there"]])
        #expect(
            outcome
                == Tool.Outcome(
                    status: 1, output: "", errors: "sallyport: \(daemon.folder["there"]) exists already and is not overwritten\n")
        )
        #expect(try daemon.folder.text("there") == "precious")

        try FileManager.default.createSymbolicLink(atPath: daemon.folder["link"], withDestinationPath: daemon.folder["nowhere"])
        #expect(try daemon.run(["session", "export", someSession.text, daemon.folder["link"]]).status == 1)
        #expect(!FileManager.default.fileExists(atPath: daemon.folder["nowhere"]))
    }

    @Test func `play writes the output alone, pauses cut short`() throws {
        let daemon = try ScriptedDaemon(answering: .recording(session(), contents: someCast))
        let outcome = try daemon.run(["session", "play", "--raw", "--idle-limit", "0", someSession.text])
        #expect(outcome == Tool.Outcome(status: 0, output: "one two \u{1b}[31mthree\u{1b}[0m\r\n", errors: ""))
    }

    @Test(arguments: [
        ("", "the recording is empty"), ("{}\n", "does not begin as an asciicast v2 file"), ("\u{1b}[2J\n", "does not begin as"),
        ("{\"version\": 3, \"width\": 80, \"height\": 24}\n", "does not begin as"),
    ])
    func `play refuses what is no recording`(_ contents: String, _ message: String) throws {
        let daemon = try ScriptedDaemon(answering: .recording(session(), contents: contents))
        let outcome = try daemon.run(["session", "play", "--raw", someSession.text])
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
        #expect(outcome.errors.contains(message))
    }
}

extension [Data] {
    var allEqual: Bool { allSatisfy { $0 == first } }
}
