import EndToEndHarness
import Testing

extension EndToEnd {
    struct Commands {
        @Test(arguments: Way.allCases) func `a command arrives as it was written`(_ way: Way) throws {
            let scene = try Scene()
            let command = "printf '%s|' 'a\"b' \"c'd\" '\\\\' '$HOME' 'grün €' 'tab\there'\nprintf second"
            #expect(try scene.alice.run(command, by: way).output == "a\"b|c'd|\\\\|$HOME|grün €|tab\there|second")
            #expect(try scene.bastion.endedSession()["command"].string == command)
        }

        @Test func `a command need not be text`() throws {
            let scene = try Scene()
            let shell = scene.alice.shellCommand("-J", "bastion", "root@web1") + " \"$(printf \"printf %%s '\\\\377\\\\001'\")\""
            let outcome = try run(["bash", "-c", shell])
            #expect(outcome.stdout == [0xFF, 0x01], "\(outcome)")
            let row = try scene.bastion.endedSession()
            #expect(row["command"].string?.contains("\u{FFFD}") == true)
            #expect(try scene.bastion.recording(of: row).header["command"].string?.contains("\u{FFFD}") == true)
        }

        @Test func `a command may be long`() throws {
            let scene = try Scene()
            let word = String(repeating: "x", count: 30_000)
            #expect(try scene.alice.run("printf %s \(word) | wc -c").output == "30000\n")
        }

        @Test func `what is typed while the terminal does not echo is nowhere`() throws {
            let scene = try Scene()
            let secret = "correct-battery-staple"
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("read -s -p 'password: ' answer; echo; echo got ${#answer} characters")
            try terminal.expect("password: ")
            // The echo is off once the prompt is shown: read prints it after it has changed the terminal.
            try terminal.enter(secret)
            try terminal.expect("got \(secret.count) characters")
            try terminal.enter("exit")
            try terminal.waitForExit()
            _ = try scene.bastion.endedSession()
            #expect(try run(["grep", "-r", "-l", "-a", secret, scene.bastion.folder.path]).output.isEmpty)
        }

        @Test func `twenty sessions at once carry their own bytes`() throws {
            // All log in at the same moment, which the usual limits would take for an attack.
            let scene = try Scene(bastionLines: ["limits: { startups: \"100:30:200\" }"])
            let sessions = try (1...20).map { number in
                try scene.alice.startSSH("-J", "bastion", "root@web1", "cat; yes \(number) | head -c 500000; exit \(number)")
            }
            for (number, session) in zip(1..., sessions) {
                try session.write("input of \(number)\n")
                session.closeInput()
            }
            for (number, session) in zip(1..., sessions) {
                #expect(try session.waitForExit(within: .seconds(120)) == .status(Int32(number)))
                let line = "\(number)\n"
                let lines = String(repeating: line, count: 500_000 / line.utf8.count + 1).utf8.prefix(500_000)
                let isItsOwn = session.stdout.elementsEqual(Array("input of \(number)\n".utf8) + lines)
                #expect(isItsOwn, "\(session.stdout.count) bytes")
            }
        }
    }
}
