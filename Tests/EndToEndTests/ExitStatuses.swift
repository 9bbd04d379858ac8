import EndToEndHarness
import Testing

extension EndToEnd {
    struct ExitStatuses {
        @Test(arguments: [0, 1, 7, 124, 126, 127, 255]) func `the command's exit status is ssh's`(_ status: Int32) throws {
            let scene = try Scene()
            #expect(try scene.alice.run("exit \(status)").exit == .status(status))
            let row = try scene.bastion.endedSession()
            #expect(row["exit_status"].number == Int(status))
            #expect(row["exit"].string == "exit \(status)")
        }

        @Test(arguments: ["TERM", "KILL", "SEGV", "HUP"]) func `a command that a signal ended is told so`(_ signal: String) throws
        {
            let scene = try Scene()
            let outcome = try scene.alice.run("kill -\(signal) $$", options: ["-v"])
            // ssh has no status for a signal and exits with 255; its log names the request that the target's exit-signal became.
            #expect(outcome.exit == .status(255))
            #expect(outcome.errors.contains("rtype exit-signal"), "\(outcome)")
            #expect(try scene.bastion.endedSession()["exit"].string == "signal \(signal)")
        }

        @Test func `a shell's exit status arrives through a terminal`() throws {
            let scene = try Scene()
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("exit 42")
            #expect(try terminal.waitForExit() == .status(42))
        }

        @Test func `a command that is not there is 127 and says so on stderr`() throws {
            let scene = try Scene()
            let outcome = try scene.alice.run("no-such-command-here")
            #expect(outcome.exit == .status(127))
            #expect(outcome.errors.contains("no-such-command-here"))
        }
    }
}
