import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

/// What the daemon tells an honest session process, request by request.
@Suite struct `A conversation between session and monitor` {
    let target: TargetUnderTest
    let daemon: RunningDaemon
    let userKey: PublicKey

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
        userKey = try PrivateKey.generateEd25519().publicKey
    }

    private func refused(_ reply: MonitorReply) -> Refusal? {
        if case .refused(let refusal) = reply { refusal } else { nil }
    }

    // MARK: Coming in

    @Test func `the session gets the client's socket, the host keys and the limits`() throws {
        let (session, client) = try daemon.connectedSession()
        let briefing = try #require(session.briefing)
        #expect(try briefing.hostKeys.map { try PrivateKey(openSSHFile: $0).publicKey } == [daemon.hostKey.publicKey])
        #expect(briefing.connectionID.wholeMatch(of: /[0-9a-z]{12}/) != nil)
        #expect(briefing.limits.authenticationTries == 6)
        #expect(try SocketAddress(of: client.socket.number).description == briefing.clientAddress)
        let handed = try #require(session.descriptors.first)
        #expect(write(handed.socket.number, "hello", 5) == 5)
        var bytes = [UInt8](repeating: 0, count: 5)
        #expect(read(client.socket.number, &bytes, 5) == 5)
        #expect(bytes == Array("hello".utf8))
        var noDelay: Int32 = 0
        var length = socklen_t(4)
        getsockopt(handed.socket.number, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, &length)
        #expect(noDelay != 0)
    }

    @Test func `a good certificate is accepted when offered, and logs in when proven`() throws {
        let certificate = try daemon.certificate(for: userKey, permitsForwarding: false)
        let (session, _) = try daemon.connectedSession()
        let identity = GrantedIdentity(name: "alice", permitsTerminal: true, permitsForwarding: false, forcedCommand: nil)
        #expect(try session.offer(certificate, as: "root@web1", isProven: false) == .identity(identity))
        #expect(try session.offer(certificate, as: "root@web1") == .identity(identity))
        let line = try daemon.waitForLog("logged in", "alice")
        #expect(line.contains("serial=\(certificate.serial)") && line.contains(userKey.fingerprint))
    }

    @Test func `a refused certificate is logged with serial, key id, authority and reason`() throws {
        let authority = try PrivateKey.generateEd25519()
        let certificate = try CertificateSigner.userCertificate(
            for: userKey, keyID: "mallory\u{1b}[2J", serial: 77, principals: ["mallory"], validAfter: 0, validBefore: .max,
            criticalOptions: [], extensions: [], signedBy: authority)
        let (session, _) = try daemon.connectedSession()
        let refusal = try #require(refused(session.offer(certificate, as: "root@web1")))
        #expect(refusal.exitStatus == 126)
        let line = try daemon.waitForLog("certificate refused")
        #expect(line.contains("serial=77") && line.contains(authority.publicKey.fingerprint) && line.contains("mallory"))
        #expect(!line.contains("\u{1b}"))
    }

    @Test func `bytes that are no certificate are refused and the client may try again`() throws {
        let (session, _) = try daemon.connectedSession()
        let reply = try session.ask(
            .offeredCertificate(OfferedCertificate(leg: .outer, userName: "root", certificate: [1, 2, 3], isProven: true)))
        #expect(refused(reply) != nil)
        guard case .identity = try session.offer(daemon.certificate(for: userKey), as: "root@web1") else {
            Issue.record("the second try was not accepted")
            return
        }
    }

    @Test func `a revoked certificate is refused, and whoever is logged in with it is thrown out`() throws {
        let certificate = try daemon.certificate(for: userKey)
        let (session, client) = try daemon.loggedInSession(certificate)
        #expect(
            try daemon.admin(.revokeCertificate(serial: certificate.serial, reason: "lost"))
                == .done("Certificate \(certificate.serial) is revoked. Connections ended: 1."))
        let (number, reply) = try session.receive()
        #expect(number == 0)
        #expect(reply == .terminate(Refusal(message: "your certificate was revoked.", exitStatus: 126)))
        // It does not end, so it is ended.
        try session.waitUntilKilled()
        #expect(try client.readAll() == [])
        let (second, _) = try daemon.connectedSession()
        #expect(try refused(second.offer(certificate, as: "root@web1"))?.message == "Your certificate was revoked.")
    }

    // MARK: Tunnels

    @Test func `a tunnel to a granted target gets a pair of sockets, under any of its names`() throws {
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        for (leg, name) in ["web1", "WEB1.", "www"].enumerated() {
            #expect(try session.ask(.openTunnel(OpenTunnel(leg: Leg(UInt32(leg) + 1), host: name, port: 22))) == .accepted)
            #expect(session.descriptors.count == 2)
            #expect(write(session.descriptors[0].socket.number, "x", 1) == 1)
            var byte: UInt8 = 0
            #expect(read(session.descriptors[1].socket.number, &byte, 1) == 1)
        }
    }

    @Test func `an unknown and a forbidden target are refused in the same words`() throws {
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        func words(_ host: String, _ leg: UInt32) throws -> String? {
            try refused(session.ask(.openTunnel(OpenTunnel(leg: Leg(leg), host: host, port: 22))))?.message
                .replacingOccurrences(of: host, with: "NAME")
        }
        #expect(try words("web2", 1) == words("web9", 2))
        #expect(try words("web1x", 3) == #"no target "NAME" that you may reach. "ssh BASTION" lists yours."#)
        let routes = try [session.route(to: "web2"), session.route(to: "web9"), session.route(to: "web1", as: "deploy")].map {
            refused($0)?.message.replacing(/"web[0-9]"|deploy|root/, with: "NAME")
        }
        #expect(
            routes
                == [String?](
                    repeating: #"no target NAME that you may reach as NAME. "ssh BASTION" lists yours."#, count: 3))
    }

    @Test func `a certificate without permit-port-forwarding opens no tunnel`() throws {
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey, permitsForwarding: false))
        let reply = try session.ask(.openTunnel(OpenTunnel(leg: Leg(1), host: "web1", port: 22)))
        #expect(refused(reply)?.message.contains("does not permit port forwarding") == true)
    }

    @Test func `another port than 22 and the target's own opens no tunnel`() throws {
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        #expect(try refused(session.ask(.openTunnel(OpenTunnel(leg: Leg(1), host: "web1", port: 80)))) != nil)
        #expect(try session.ask(.openTunnel(OpenTunnel(leg: Leg(2), host: "web1", port: UInt32(target.port)))) == .accepted)
    }

    @Test func `inside a tunnel only the same user logs in, and only the tunnel's target is reached`() throws {
        let (session, client) = try daemon.loggedInSession(daemon.certificate(for: userKey))
        _ = try session.ask(.openTunnel(OpenTunnel(leg: Leg(1), host: "web1", port: 22)))
        let bob = try daemon.certificate(for: userKey, user: "bob")
        #expect(try refused(session.offer(bob, as: "root", leg: 1)) != nil)
        _ = try daemon.waitForLog("security: another user's certificate inside a connection")
        guard case .identity = try session.offer(daemon.certificate(for: userKey), as: "root", leg: 1) else {
            Issue.record("the same user was refused")
            return
        }
        // Another target in this tunnel would have to be granted to get this far.
        #expect(try refused(session.route(to: "web2", leg: 1)) != nil)
        try session.reach("WWW", leg: 1)
        _ = client
    }

    // MARK: Desk

    @Test func `the desk shows who one is and where one may go`() throws {
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: userKey), as: "alice")
        guard case .desk(let reply) = try session.ask(.desk(command: [])) else {
            Issue.record("no answer at the desk")
            return
        }
        #expect(reply.text.contains("You are alice.") && reply.text.contains("web1 (www)  root\n"))
        #expect(!reply.text.contains("web2") && !reply.text.contains("deploy"))
        #expect(reply.exitStatus == 0)
    }
}
