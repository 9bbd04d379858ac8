import EndToEndHarness
import Testing

extension EndToEnd {
    /// OpenSSH's client sends no `signal` request (RFC 4254 §6.9); asyncssh does.
    struct Signals {
        /// Runs a command that says which signals it gets, sends it some, and prints what it said and how it ended. (sshd delivers no signals to root.)
        private static let client = """
            import asyncio, sys, warnings
            warnings.simplefilter("ignore")
            import asyncssh

            async def main(port, key, user, known):
                async with asyncssh.connect("127.0.0.1", port=int(port), username=user, client_keys=[key], known_hosts=known,
                                            agent_path=None, config=None) as connection:
                    command = "trap 'echo got USR1' USR1; trap 'echo got INT; exit 9' INT; echo ready; while :; do sleep 0.1; done"
                    process = await connection.create_process(command)
                    print(await process.stdout.readline(), end="")
                    process.send_signal("USR1")
                    print(await process.stdout.readline(), end="")
                    process.send_signal("INT")
                    print(await process.stdout.read(), end="")
                    await process.wait()
                    print("exit", process.exit_status)
                    dying = await connection.create_process("echo ready; exec sleep 600")
                    await dying.stdout.readline()
                    dying.send_signal("TERM")
                    await dying.wait()
                    print("signal", dying.exit_signal[0])

            asyncio.run(main(*sys.argv[1:]))
            """

        @Test func `signals reach the program, and its end by one comes back`() throws {
            let scene = try Scene()
            let outcome = try run([
                "/usr/bin/python3", "-W", "ignore", "-c", Self.client, "\(scene.bastion.port())", scene.alice.key, "deploy@web1",
                scene.alice.folder.path + "/known_hosts",
            ])
            #expect(outcome.output == "ready\ngot USR1\ngot INT\nexit 9\nsignal TERM\n", "\(outcome)")
            let exits = try scene.bastion.sessions().compactMap { $0["exit"].string }
            #expect(exits == ["signal TERM", "exit 9"])
        }

        @Test func `a break reaches the target's terminal`() throws {
            let scene = try Scene(targetSettings: ["LogLevel DEBUG2"])
            let terminal = try scene.alice.terminal("-e", "~", "-J", "bastion", "root@web1")
            try terminal.expect("root@target$ ")
            try terminal.type("\r")
            try terminal.expect("root@target$ ")
            try terminal.type("~B")
            try wait(for: "the break in sshd's log") { scene.target.log.contains("req break") }
            try terminal.enter("exit 3")
            #expect(try terminal.waitForExit() == .status(3))
        }
    }
}
