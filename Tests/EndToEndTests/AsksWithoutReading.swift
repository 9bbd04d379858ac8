import EndToEndHarness
import Testing

extension EndToEnd {
    /// A client whose incoming side is stuck and who goes on asking. libssh reads packets, and so runs callbacks, from inside a write that the socket
    /// does not take whole: what the session process is doing at that moment must bear it.
    struct AsksWithoutReading {
        enum Act: String, CaseIterable, CustomTestStringConvertible {
            case opensTunnels, changesItsWindow
            var testDescription: String { rawValue }
        }

        /// Runs `yes` in a terminal, and again and again stops reading, asks in one burst, and reads on. Says what a new channel answers in the end.
        private static let script = """
            import asyncio, socket, sys, warnings
            warnings.simplefilter("ignore")
            import asyncssh

            async def main(act, port, key, known):
                async with asyncssh.connect("127.0.0.1", port=int(port), username="root@web1", client_keys=[key], known_hosts=known,
                                            agent_path=None, config=None, compression_algs=["none"]) as connection:
                    raw = connection.get_extra_info("socket")
                    process = await connection.create_process("yes", window=2**31 - 1, term_type="xterm", term_size=(80, 24), encoding=None)
                    await process.stdout.read(10)
                    tunnels = []
                    for burst in range(20 if act == "changesItsWindow" else 3):
                        connection._transport.pause_reading()
                        await asyncio.sleep(0.02 if act == "changesItsWindow" else 1)
                        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
                        if act == "changesItsWindow":
                            for width in range(80, 1080):
                                process.change_terminal_size(width, 24)
                        else:
                            for tunnel in range(20):
                                tunnels.append(asyncio.ensure_future(connection.open_connection("nosuch", 22)))
                                await asyncio.sleep(0)
                                # SSH_MSG_IGNORE, so that the burst is more than what is read in one turn.
                                connection.send_packet(2, asyncssh.packet.String(bytes(3000)))
                        await asyncio.sleep(0.01)
                        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)
                        await asyncio.sleep(0.02)
                        connection._transport.resume_reading()
                    process.channel.abort()
                    await asyncio.wait_for(asyncio.gather(*tunnels, return_exceptions=True), 30)
                    # Refused tunnels stay open for two seconds, for their client to read why, and count as channels.
                    for attempt in range(50):
                        try:
                            print((await connection.run("echo still here")).stdout, end="")
                            break
                        except asyncssh.ChannelOpenError:
                            await asyncio.sleep(0.2)

            asyncio.run(main(*sys.argv[1:]))
            """

        @Test(arguments: Act.allCases) func `costs its connection nothing`(_ act: Act) throws {
            let scene = try Scene()
            let outcome = try run(
                [
                    "/usr/bin/python3", "-W", "ignore", "-c", Self.script, act.rawValue, "\(scene.bastion.port())",
                    scene.alice.key, scene.alice.folder.path + "/known_hosts",
                ], within: .seconds(60))
            #expect(outcome.output == "still here\n", "\(outcome), \(scene.bastion.log.suffix(3000))")
        }
    }
}
