import Glibc
import OpenSSHKeys
import Testing

/// A conversation with OpenSSH's own agent.
struct AgentInteroperationTests {
    @Test func `ssh-agent understands our requests and we its answers`() throws {
        let keys = GeneratedKeys.shared
        let folder = try TemporaryFolder()
        let agent = try ChildProcess(
            "/usr/bin/ssh-agent", ["-D", "-a", folder("socket")], output: folder("output"), errors: folder("errors"))
        let socket = try connect(to: folder("socket"))
        defer { close(socket) }
        for name in GeneratedKeys.names {
            let added = try Tool.run(
                "/usr/bin/ssh-add", ["-q", keys.path(name)], environment: ["SSH_AUTH_SOCK": folder("socket")])
            #expect(added.status == 0, "\(added.errors)")
        }

        guard case .identities(let identities) = try ask(.requestIdentities, on: socket) else {
            Issue.record("the agent lists no identities")
            return
        }
        #expect(identities == (try GeneratedKeys.names.map { .init(keyBlob: try keys.publicBlob($0), comment: "of the tests") }))

        let data = UserAuthenticationBlob(
            sessionIdentifier: randomBytes(32), user: "deploy", service: "ssh-connection", algorithm: "ssh-ed25519",
            keyBlob: try keys.publicBlob("ed25519")
        ).encoded
        for name in GeneratedKeys.names {
            let key = try keys.publicKey(name)
            for (flags, algorithm) in [
                (AgentMessage.SignRequest.rsaSHA256, SignatureAlgorithm.rsaSHA256),
                (AgentMessage.SignRequest.rsaSHA512, .rsaSHA512),
            ] {
                let request = AgentMessage.signRequest(.init(keyBlob: key.blob, data: data, flags: flags))
                guard case .signResponse(let signature) = try ask(request, on: socket) else {
                    Issue.record("the agent does not sign with \(name)")
                    continue
                }
                let expected = key.algorithm == .rsa ? [algorithm] : key.algorithm.signatureAlgorithms
                #expect(key.isValidSignature(signature, over: data, allowing: Set(expected)))
            }
        }
        #expect(try ask(.signRequest(.init(keyBlob: keys.publicBlob("revoked"), data: data, flags: 0)), on: socket) == .failure)
        #expect(try ask(.other(200), on: socket) == .failure)
        agent.end(with: SIGTERM)
    }

    private func connect(to path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        for _ in 0..<500 {
            let isConnected = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                }
            }
            if isConnected { return socket }
            usleep(10_000)
        }
        throw Tool.Failure(description: "ssh-agent does not listen")
    }

    private func ask(_ message: AgentMessage, on socket: Int32) throws -> AgentMessage {
        let request = message.encoded
        #expect(write(socket, request, request.count) == request.count)
        var buffer = AgentMessageBuffer()
        var chunk = [UInt8](repeating: 0, count: 7)  // small, so that an answer comes in pieces
        while true {
            if let answer = try buffer.next() { return answer }
            let count = read(socket, &chunk, chunk.count)
            guard count > 0 else { throw Tool.Failure(description: "ssh-agent hung up") }
            buffer.append(chunk.prefix(count))
        }
    }
}
