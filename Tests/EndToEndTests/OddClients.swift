import EndToEndHarness
import Foundation
import Testing

extension EndToEnd {
    /// Clients that do what no OpenSSH client does, with the libraries of others.
    struct OddClients {
        private func python(_ script: String, _ words: [String]) throws -> Outcome {
            try run(["/usr/bin/python3", "-W", "ignore", "-c", script] + words)
        }

        /// Sends a password although the server does not offer that method (RFC 4252 §5.1 lets it), and prints the banner.
        private static let passwordGuesser = """
            import socket, sys, paramiko
            transport = paramiko.Transport(socket.create_connection(("127.0.0.1", int(sys.argv[1]))))
            transport.start_client(timeout=20)
            for attempt in (lambda: transport.auth_password("alice", "guess", fallback=False),
                            lambda: transport.auth_interactive("alice", lambda *prompts: ["guess"])):
                try:
                    attempt()
                    print("logged in")
                except paramiko.AuthenticationException as refusal:
                    print("refused", getattr(refusal, "allowed_types", []), transport.get_banner())
            transport.close()
            """

        @Test func `a password is refused with the line that says how to get a certificate`() throws {
            let scene = try Scene(bastionLines: ["certificate-help: \"Ask Zoe on the third floor.\""])
            let outcome = try python(Self.passwordGuesser, ["\(scene.bastion.port())"])
            #expect(outcome.output.components(separatedBy: "refused ['publickey']").count == 3, "\(outcome)")
            #expect(outcome.output.contains("Ask Zoe on the third floor."), "\(outcome)")
        }

        /// Opens two session channels and starts a program in the second one first.
        private static let laterChannelFirst = """
            import socket, sys, paramiko
            port, key, user = sys.argv[1:]
            transport = paramiko.Transport(socket.create_connection(("127.0.0.1", int(port))))
            identity = paramiko.Ed25519Key.from_private_key_file(key)
            identity.load_certificate(key + "-cert.pub")
            transport.connect(username=user, pkey=identity)
            first, second = transport.open_session(timeout=20), transport.open_session(timeout=20)
            for channel, word in ((second, "second"), (first, "first")):
                channel.exec_command("echo " + word)
                print(channel.makefile().read().decode(), end="")
            transport.close()
            """

        @Test func `programs may start in another order than their channels were opened`() throws {
            let scene = try Scene()
            let outcome = try python(Self.laterChannelFirst, ["\(scene.bastion.port())", scene.alice.key, "root@web1"])
            #expect(outcome.output == "second\nfirst\n", "\(outcome)")
            #expect(try scene.bastion.sessions().compactMap { $0["command"].string } == ["echo first", "echo second"])
        }

        /// Opens a session channel whose packets may hold ten bytes, and then an ordinary one on another connection.
        private static let tinyPackets = """
            import asyncio, sys, warnings
            warnings.simplefilter("ignore")
            import asyncssh

            async def main(port, key, user, known):
                def connect():
                    return asyncssh.connect("127.0.0.1", port=int(port), username=user, client_keys=[key], known_hosts=known,
                                            agent_path=None, config=None)
                async with connect() as tiny, connect() as other:
                    try:
                        process = await tiny.create_process("yes", max_pktsize=10)
                        await asyncio.wait_for(process.stdout.read(1), 3)
                    except Exception as error:
                        print(type(error).__name__)
                    print((await other.run("echo still here")).stdout, end="")
                    tiny.abort()

            asyncio.run(main(*sys.argv[1:]))
            """

        /// A known limit: libssh 0.10.6 subtracts ten from the client's maximum packet and loops when nothing is left. The process's limit on memory ends it.
        @Test func `packets of ten bytes hurt nobody but who asked for them`() throws {
            let scene = try Scene()
            let outcome = try python(
                Self.tinyPackets,
                ["\(scene.bastion.port())", scene.alice.key, "root@web1", scene.alice.folder.path + "/known_hosts"])
            #expect(outcome.output.hasSuffix("still here\n"), "\(outcome)")
            try wait(for: "the end of the process that loops", within: .seconds(240)) {
                try scene.bastion.sessions().allSatisfy { $0["exit"].string != nil }
            }
        }
    }
}
