import EndToEndHarness
import Testing

extension EndToEnd {
    struct RecordingFailure {
        /// The recordings are on a file system of 256 KiB that only the daemon and its children see.
        private func scene() throws -> Scene {
            let scene = try Scene()
            try scene.bastion.stop()
            try scene.bastion.start(preparation: "mount -t tmpfs -o size=256k,mode=0700 tmpfs '\(scene.bastion.recordings)'")
            try scene.alice.learnBastion(scene.bastion)
            return scene
        }

        @Test(arguments: Way.allCases) func `a full disk ends the session with a message`(_ way: Way) throws {
            let scene = try scene()
            #expect(try scene.alice.run("echo fits", by: way).output == "fits\n")
            let outcome = try scene.alice.run("yes | head -c 5000000; echo the end", by: way)
            #expect(outcome.exit == .status(125), "the bastion itself failed: \(outcome.exit)")
            #expect(!outcome.output.contains("the end"))
            #expect(outcome.stdout.count < 1_000_000, "what is not recorded is not delivered")
            #expect(outcome.errors.lowercased().contains("record"), "\(outcome.errors)")
            #expect(try scene.bastion.endedSession()["exit"].string?.hasPrefix("lost: ") == true)
        }

        @Test func `no session begins on a full disk`() throws {
            let scene = try scene()
            _ = try scene.alice.run("yes | head -c 5000000")
            let outcome = try scene.alice.run("touch began; echo began")
            #expect(outcome.exit != .status(0))
            #expect(!outcome.output.contains("began"))
            #expect(
                try run(["test", "-e", scene.target.home(of: "root") + "/began"]).exit == .status(1),
                "the target never saw the command")
            #expect(outcome.errors.lowercased().contains("record"), "\(outcome.errors)")
        }

        @Test func `a terminal is told too`() throws {
            let scene = try scene()
            let terminal = try scene.alice.terminal("-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.enter("yes | head -c 5000000")
            _ = try terminal.waitForExit()
            #expect(terminal.screen.lowercased().contains("record"), "\(terminal.screen)")
        }
    }
}
