import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// The desk: its words, its screens, and what may be done there with others' sessions.
    struct DeskWork {
        @Test func `with a terminal one chooses a target, and is connected and recorded as in any session`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-t", "bastion")
            try terminal.expect("web1")
            try terminal.type("we")
            try terminal.type("\r")
            // Two logins: a second choice.
            try terminal.expect("deploy")
            try terminal.type("\r")
            try terminal.expect("@target$ ", within: .seconds(30))
            try terminal.enter("echo a''t desk")
            try terminal.expect("at desk")
            try terminal.enter("exit 3")
            #expect(try terminal.waitForExit() == .status(3))
            let session = try scene.bastion.endedSession()
            #expect(session["target"].string == "web1" && session["kind"].string == "shell")
            #expect(try scene.bastion.recording(of: session).output.contains("at desk"))
        }

        @Test func `q leaves, and so does closing the connection`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-t", "bastion")
            try terminal.expect("web1")
            try terminal.type("q")
            #expect(try terminal.waitForExit() == .status(0))
            // The screen before is there again.
            #expect(terminal.screen.contains("\u{1B}[?1049l"))
            #expect(try scene.bastion.sessions().isEmpty)
        }

        @Test func `a request appears while one looks, and one key decides after all of it was shown`() throws {
            let scene = try ApprovalScene()
            let desk = try scene.bob.terminal("-t", "bastion")
            try desk.expect("web1")
            try desk.type("\t")
            let (program, number) = try scene.waiting("id -u; printf 'hostile \u{1B}[2J\u{202E}'")
            try desk.expect("alice", within: .seconds(10))
            try desk.type("\r")
            try desk.expect("second-pair-of-eyes")
            try desk.waitForQuiet(.milliseconds(800), within: .seconds(5))
            // Nothing of it has reached the terminal as it is.
            #expect(!desk.screen.contains("\u{202E}") && !desk.screen.contains("hostile \u{1B}[2J"))
            try desk.type("a")
            try desk.expect("request \(number) is approved")
            #expect(try program.waitForExit() == .status(0))
            try desk.type("\u{1B}")
            try desk.waitForQuiet(.milliseconds(300), within: .seconds(2))
            try desk.type("\u{3}")
            #expect(try desk.waitForExit() == .status(0))
        }

        @Test func `whoami and targets speak to programs too`() throws {
            let scene = try Scene()
            let who = try JSON(scene.alice.ssh("bastion", "whoami", "--json").orThrow().stdout)
            #expect(who["user"].string == "alice" && who["valid_until"].string != nil)
            #expect(try scene.alice.ssh("bastion", "whoami").output.contains("is valid until"))
            let targets = try JSON(scene.alice.ssh("bastion", "targets", "--json").orThrow().stdout)
            #expect(targets[0]["target"].string == "web1" && targets[0]["logins"][0].string == "root")
        }

        @Test func `sessions are mine, and everybody's for an auditor`() throws {
            let scene = try ApprovalScene()
            _ = try scene.alice.run("echo of alice")
            let id = try scene.bastion.endedSession()["id"].string ?? ""
            #expect(try scene.alice.ssh("bastion", "sessions", "--all").output.contains(id))
            #expect(try scene.carol.ssh("bastion", "sessions", "--all").output.contains("echo of alice"))
            #expect(try scene.bob.ssh("bastion", "sessions", "--all").output == "no session\n")
            #expect(try JSON(scene.carol.ssh("bastion", "sessions", "--all", "--json").stdout)[0]["id"].string == id)
            #expect(try scene.alice.ssh("bastion", "commands", id).output.contains("echo of alice"))
            #expect(try scene.carol.ssh("bastion", "commands", id).output.contains("echo of alice"))
            // What one may not see is not there.
            let outcome = try scene.bob.ssh("bastion", "commands", id)
            #expect(outcome.exit == .status(1) && outcome.output.contains("there is no session"))
        }

        @Test func `an auditor replays a recording, as a file or on a terminal`() throws {
            let scene = try ApprovalScene()
            _ = try scene.alice.run("echo played")
            let session = try scene.bastion.endedSession()
            let id = session["id"].string ?? ""
            let copy = try scene.carol.ssh("bastion", "play", id).orThrow()
            #expect(copy.output == contents(of: scene.bastion.recordings + "/" + (session["recording"].string ?? "")))
            let terminal = try scene.carol.terminal("-t", "bastion", "play", id)
            try terminal.expect("played")
            try terminal.expect("the recording ends here")
            #expect(try terminal.waitForExit() == .status(0))
            for user in [scene.alice, scene.bob] { #expect(try user.ssh("bastion", "play", id).exit == .status(1)) }
            // Who looked is in the ledger.
            let looked = try scene.bastion.decisions("--session", id).filter { $0["desk"]["word"].string == "play" }
            #expect(looked.map { $0["user"].string } == ["carol", "carol"])
        }

        @Test func `several people watch a session, masked as its user sees it, and a slow one never slows it`() throws {
            let scene = try ApprovalScene()
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1", columns: 90, rows: 20)
            try terminal.expect("root@target$ ")
            try terminal.enter("echo be''fore; echo AKIA''IOSFODNN7QWERTYU")
            try terminal.expect("before")
            let id = try scene.bastion.sessions("--active").first?["id"].string ?? ""
            #expect(try scene.alice.ssh("bastion", "watch", id).exit == .status(1))
            let one = try scene.carol.terminal("-t", "bastion", "watch", id, columns: 90, rows: 20)
            let two = try scene.carol.terminal("-t", "bastion", "watch", id, columns: 40, rows: 10)
            for watcher in [one, two] { try watcher.expect("before") }
            // One that reads nothing at all.
            let slow = try RunningProgram(
                ["script", "-qec", scene.carol.sshCommand(["-t", "bastion", "watch", id]).joined(separator: " "), "/dev/null"],
                environment: Programs.environment)
            try terminal.enter("seq 200000 | tail -n 3; echo do''ne")
            try terminal.expect("done")
            for watcher in [one, two] { try watcher.expect("done") }
            #expect(!one.screen.contains("AKIAIOSFODNN7QWERTYU") && !two.screen.contains("AKIAIOSFODNN7QWERTYU"))
            // The watchers' picture has the session's new size; theirs stays theirs.
            terminal.resize(columns: 61, rows: 17)
            usleep(200_000)
            try terminal.enter("stty size")
            for watcher in [one, two] { try watcher.expect("17 61") }
            // Read-only.
            try one.type("echo typed\r")
            #expect(!terminal.screen.contains("typed"))
            try terminal.enter("exit")
            try terminal.waitForExit()
            try one.expect("the session is over", within: .seconds(10))
            #expect(try one.waitForExit() == .status(0))
            try two.type("q")
            slow.signal(SIGKILL)
        }

        @Test func `whoever may ends a session, and its user is told by whom and why`() throws {
            let scene = try ApprovalScene()
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            let id = try scene.bastion.sessions("--active").first?["id"].string ?? ""
            #expect(try scene.bob.ssh("bastion", "kill", id).exit == .status(1))
            _ = try scene.carol.ssh("bastion", "kill", id, "--reason", "lunch time").orThrow()
            try terminal.expect("carol has ended your session: lunch time")
            #expect(try terminal.waitForExit() != .status(0))
            let killed = try #require(try scene.bastion.decisions("--session", id).first { $0["desk"]["word"].string == "kill" })
            #expect(killed["user"].string == "carol" && killed["desk"]["text"].string == "lunch time")
        }

        @Test func `an unknown word explains itself`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.ssh("bastion", "uptime")
            #expect(outcome.exit == .status(1))
            #expect(outcome.output.contains("\"uptime\" is not a word the desk knows. `ssh BASTION help` lists the words."))
            #expect(try scene.alice.ssh("bastion", "help").output.contains("approve NUMBER"))
        }
    }
}
