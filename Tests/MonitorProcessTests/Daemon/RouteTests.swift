import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

/// The way to a target, and the credential for it.
@Suite struct `A route` {
    let target: TargetUnderTest
    let userKey: PublicKey

    init() throws {
        target = try TargetUnderTest()
        userKey = try PrivateKey.generateEd25519().publicKey
    }

    private func routed(
        _ secret: AdminRequest.SetCredential.Secret? = nil
    ) throws -> (daemon: RunningDaemon, session: ScriptedSession, route: GrantedRoute) {
        let daemon = try RunningDaemon(target, secret: secret)
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        guard case .route(let route) = try session.route(to: "WEB1") else { throw RunningDaemon.Failure(description: daemon.log) }
        return (daemon, session, route)
    }

    /// Asks the agent on a socket.
    private func ask(_ agent: ClientEnd, _ message: AgentMessage) throws -> AgentMessage {
        let bytes = message.encoded
        guard write(agent.socket.number, bytes, bytes.count) == bytes.count else { throw SystemError("write", errno) }
        var buffer = AgentMessageBuffer()
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(agent.socket.number, &chunk, chunk.count)
            guard count > 0 else { throw RunningDaemon.Failure(description: "the agent has gone") }
            buffer.append(chunk.prefix(count))
            if let answer = try buffer.next() { return answer }
        }
    }

    private func identity(_ agent: ClientEnd) throws -> [UInt8] {
        guard case .identities(let identities) = try ask(agent, .requestIdentities), identities.count == 1 else {
            throw RunningDaemon.Failure(description: "not one identity")
        }
        return identities[0].keyBlob
    }

    private func logIn(_ user: String, with key: [UInt8], _ algorithm: String, identifier: UInt8 = 1) -> AgentMessage {
        let data = UserAuthenticationBlob(
            sessionIdentifier: [UInt8](repeating: identifier, count: 32), user: user, service: "ssh-connection",
            algorithm: algorithm,
            keyBlob: key)
        return .signRequest(AgentMessage.SignRequest(keyBlob: key, data: data.encoded, flags: 0))
    }

    @Test func `a private key stays with the monitor; an agent signs with it for this route`() throws {
        let key = try PrivateKey.generateEd25519()
        let (_, session, route) = try routed(.privateKey(String(decoding: key.openSSHFile(comment: ""), as: UTF8.self)))
        #expect(
            route
                == GrantedRoute(
                    target: "web1", login: "root", pinnedHostKeys: [target.hostKey.publicKey.blob], authentication: .agent))
        let (socket, agent) = (try #require(session.descriptors.first), try #require(session.descriptors.last))
        #expect(try identity(agent) == key.publicKey.blob)
        guard case .signResponse = try ask(agent, logIn("root", with: key.publicKey.blob, "ssh-ed25519")) else {
            Issue.record("no signature")
            return
        }
        #expect(try ask(agent, logIn("admin", with: key.publicKey.blob, "ssh-ed25519")) == .failure)
        // The other descriptor is the connection to the target.
        let accepted = try target.accept()
        #expect(write(accepted.socket.number, "SSH-", 4) == 4)
        var bytes = [UInt8](repeating: 0, count: 4)
        #expect(read(socket.socket.number, &bytes, 4) == 4)
    }

    @Test func `the agent is gone once the target has been logged in to`() throws {
        let (_, session, _) = try routed()
        let agent = try #require(session.descriptors.last)
        _ = try identity(agent)
        #expect(try session.ask(.upstreamResult(UpstreamResult(leg: .outer, outcome: .loggedIn, detail: ""))) == .accepted)
        #expect(try agent.readAll() == [])
    }

    @Test func `nonsense ends the agent`() throws {
        let (daemon, session, _) = try routed()
        let agent = try #require(session.descriptors.last)
        #expect(write(agent.socket.number, [255, 255, 255, 255, 1] as [UInt8], 5) == 5)
        #expect(try agent.readAll() == [])
        _ = try daemon.waitForLog("security: the agent was sent nonsense")
    }

    @Test func `a password goes with the route, and nothing else does`() throws {
        let (_, session, route) = try routed(.password("correct horse"))
        #expect(route.authentication == .password(Array("correct horse".utf8)))
        #expect(session.descriptors.count == 1)
    }

    @Test func `a certificate is minted for this one log-in`() throws {
        let (daemon, session, route) = try routed(.certificate)
        #expect(route.authentication == .agent)
        let agent = try #require(session.descriptors.last)
        let certificate = try Certificate(blob: identity(agent))
        guard case .line(let authority) = try daemon.admin(.certificateAuthority(.upstream)) else {
            Issue.record("no authority")
            return
        }
        #expect(certificate.signatureKey.line == authority)
        #expect(certificate.kind == .user)
        #expect(certificate.principals == ["root"])
        #expect(certificate.keyID == "alice via sallyport \(try #require(session.briefing).connectionID)")
        #expect(certificate.validBefore - certificate.validAfter == 360)
        #expect(certificate.extensions == [CertificateOption(name: "permit-pty", data: [])])
        #expect(certificate.criticalOptions == [])
        let request = logIn("root", with: certificate.blob, "ssh-ed25519-cert-v01@openssh.com")
        guard case .signResponse(let signature) = try ask(agent, request), case .signRequest(let asked) = request else {
            Issue.record("no signature")
            return
        }
        #expect(certificate.certifiedKey.isValidSignature(signature, over: asked.data, allowing: [.ed25519]))
    }

    @Test func `without a credential there is no route, and the user is told whom to call`() throws {
        let daemon = try RunningDaemon(access: target.access())
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        #expect(
            try session.route()
                == .refused(
                    Refusal(
                        message: "there is no credential for root on web1 yet. Call the administrator.",
                        exitStatus: 125)))
        // The leg is not lost: the administrator adds it, the user tries again.
        let name = AdminRequest.CredentialName(login: "root", target: "web1")
        _ = try daemon.admin(.setCredential(AdminRequest.SetCredential(name: name, secret: .password("x"))))
        guard case .route = try session.route() else {
            Issue.record("the second try failed")
            return
        }
    }

    @Test func `a target that does not answer is said to`() throws {
        let daemon: RunningDaemon
        do {
            let gone = try TargetUnderTest()
            daemon = try RunningDaemon(gone)
        }
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        guard case .refused(let refusal) = try session.route() else {
            Issue.record("a route to nowhere")
            return
        }
        #expect(refusal == Refusal(message: "the target does not answer (Connection refused).", exitStatus: 125))
    }

    @Test func `a host key that is not pinned is a security event`() throws {
        let (daemon, session, _) = try routed()
        let result = UpstreamResult(leg: .outer, outcome: .hostKeyMismatch, detail: "SHA256:abc")
        #expect(try session.ask(.upstreamResult(result)) == .accepted)
        #expect(try daemon.waitForLog("security: the target showed a host key that is not pinned").contains("SHA256:abc"))
    }

    @Test func `dials are bounded, also when their legs are closed while they wait`() throws {
        let target = try TargetUnderTest(backlog: 0)
        let daemon = try RunningDaemon(target)
        let full = try connectStream(to: RunningDaemon.loopback(target.port), timeoutMilliseconds: 2000)
        defer { _ = full.number }  // keeps it connected
        let certificate = try daemon.certificate(for: userKey)
        let (session, _) = try daemon.loggedInSession(certificate)
        for leg in 1...33 as ClosedRange<UInt32> {
            #expect(try session.ask(.openTunnel(OpenTunnel(leg: Leg(leg), host: "web1", port: 22))) == .accepted)
            guard case .identity = try session.offer(certificate, as: "root", leg: leg) else { return }
            if leg == 33 { break }
            _ = try session.send(.route(RouteRequest(leg: Leg(leg), target: "web1", login: "root")))
            #expect(try session.ask(.closeLeg(Leg(leg))) == .accepted)
        }
        #expect(
            try session.route(leg: 33)
                == .refused(Refusal(message: "too many connections to targets are being opened at once.", exitStatus: 125)))
    }

    @Test func `other requests are answered while a route is dialled`() throws {
        let (daemon, _, _) = try routed()
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        let route = try session.send(.route(RouteRequest(leg: .outer, target: "web1", login: "root")))
        let desk = try session.send(.desk(command: []))
        #expect(try Set([session.receive().number, session.receive().number]) == [route, desk])
    }
}
