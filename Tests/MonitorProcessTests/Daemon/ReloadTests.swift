import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

@Suite struct `A reload` {
    let target: TargetUnderTest
    let daemon: RunningDaemon
    let certificate: Certificate

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
        certificate = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey)
    }

    private func reload() throws -> AdminReply { try daemon.admin(.reload) }

    @Test func `grants what was not granted before`() throws {
        let (session, _) = try daemon.loggedInSession(certificate)
        guard case .refused = try session.route(as: "deploy") else {
            Issue.record("granted too early")
            return
        }
        let name = AdminRequest.CredentialName(login: "deploy", target: "web1")
        _ = try daemon.admin(.setCredential(AdminRequest.SetCredential(name: name, secret: .password("x"))))
        try daemon.rewriteAccess(
            target.access(grants: "  - { name: more, to: [alice], targets: [web1], logins: [deploy], channels: [exec] }"))
        #expect(try reload() == .done("The configuration was read again."))
        guard case .route = try session.route(as: "deploy") else {
            Issue.record("not granted")
            return
        }
    }

    @Test func `ends connections whose route is no longer granted, and says so to their users`() throws {
        let (session, _) = try daemon.loggedInSession(certificate)
        try session.reach()
        let (other, _) = try daemon.loggedInSession(certificate)
        try daemon.rewriteAccess(
            target.access(grants: "  - { name: none, to: [bob], targets: [web1], logins: [root], channels: [exec] }"))
        #expect(
            try reload() == .done("The configuration was read again. Connections ended because their access was withdrawn: 1."))
        #expect(
            try session.receive().reply == .terminate(Refusal(message: "your access to web1 as root has ended.", exitStatus: 126))
        )
        try session.waitUntilKilled()
        // Whoever is at the desk stays there, and sees less.
        guard case .desk(let reply) = try other.ask(.desk(command: Array("targets".utf8))) else { return }
        #expect(reply.text == "You may reach no target now. Ask the administrator for a grant.\n")
    }

    @Test func `takes a kind of channel away from those who are connected`() throws {
        let (session, _) = try daemon.loggedInSession(certificate)
        try session.reach()
        guard case .channel = try session.begin(1, .shell, command: "") else {
            Issue.record("no shell")
            return
        }
        try daemon.rewriteAccess(target.access(channels: "[exec]"))
        _ = try reload()
        #expect(
            try session.begin(2, .shell, command: "")
                == .refused(Refusal(message: "shell on web1 as root is not granted to you.", exitStatus: 126)))
        guard case .channel = try session.begin(3, .exec) else {
            Issue.record("no exec")
            return
        }
    }

    @Test func `with a mistake changes nothing and names the line`() throws {
        let (session, _) = try daemon.loggedInSession(certificate)
        try daemon.rewriteAccess(target.access() + "grantz: []\n")
        guard case .failure(let failure) = try reload() else {
            Issue.record("a mistake was loaded")
            return
        }
        #expect(failure.code == .invalid)
        #expect(failure.message.contains("access.yaml:") && failure.message.contains("grantz"))
        try session.reach()
        daemon.signal(SIGHUP)
        _ = try daemon.waitForLog("configuration not reloaded", "grantz")
    }

    @Test func `ends connections whose certificate's authority is no longer trusted`() throws {
        let (session, _) = try daemon.loggedInSession(certificate)
        let other = try PrivateKey.generateEd25519()
        try RunningDaemon.write(Array("\(other.publicKey.line)\n".utf8), to: daemon.folder + "/other.pub")
        try daemon.rewriteConfiguration { $0.replacingOccurrences(of: "[vault]", with: "[other.pub]") }
        guard case .done = try reload() else {
            Issue.record("not reloaded")
            return
        }
        #expect(
            try session.receive().reply
                == .terminate(Refusal(message: "your certificate is no longer accepted.", exitStatus: 126)))
        try session.waitUntilKilled()
        let (second, _) = try daemon.connectedSession()
        guard case .refused = try second.offer(certificate, as: "root") else {
            Issue.record("still accepted")
            return
        }
    }

    @Test func `says what only a restart puts to work`() throws {
        try daemon.rewriteConfiguration {
            $0.replacingOccurrences(of: "listen: [127.0.0.1:0]", with: "listen: [127.0.0.1:1]\nrecordings: other")
        }
        #expect(try reload() == .done("The configuration was read again. Only a restart puts these to work: listen, recordings."))
    }

    @Test func `comes by signal too`() throws {
        try daemon.rewriteAccess(
            target.access(grants: "  - { name: none, to: [bob], targets: [web1], logins: [root], channels: [exec] }"))
        daemon.signal(SIGHUP)
        _ = try daemon.waitForLog("configuration reloaded")
        let (session, _) = try daemon.loggedInSession(certificate)
        guard case .refused = try session.route() else {
            Issue.record("still granted")
            return
        }
    }
}
