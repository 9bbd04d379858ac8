import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

/// Limits on connections, and session processes that do not come.
@Suite struct `Coming in` {
    let target: TargetUnderTest

    init() throws { target = try TargetUnderTest() }

    @Test func `beyond MaxStartups a client is told so before it is dropped`() throws {
        let daemon = try RunningDaemon(target, settings: "limits: { startups: \"1:100:1\" }")
        let (session, _) = try daemon.connectedSession()
        #expect(try ClientEnd(daemon.connect()).readAll() == Array("Exceeded MaxStartups\r\n".utf8))
        // Who has logged in is no longer counted.
        _ = try session.offer(daemon.certificate(for: PrivateKey.generateEd25519().publicKey), as: "root@web1")
        _ = try daemon.connectedSession()
    }

    @Test func `beyond the connections of one address a client is told so before it is dropped`() throws {
        let daemon = try RunningDaemon(target, settings: "limits: { connections-per-address: 1 }")
        let kept = try daemon.connectedSession()
        #expect(try ClientEnd(daemon.connect()).readAll() == Array("Not allowed at this time\r\n".utf8))
        kept.session.letGo()
        try kept.session.tell("raise \(SIGKILL)")
        _ = try daemon.waitForLog("connection closed")
        _ = try daemon.connectedSession()
    }

    @Test func `beyond the connections of one user a certificate is refused`() throws {
        let daemon = try RunningDaemon(target, settings: "limits: { connections-per-user: 1 }")
        let certificate = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey)
        let first = try daemon.loggedInSession(certificate)
        let (second, _) = try daemon.connectedSession()
        #expect(
            try second.offer(certificate, as: "root@web1")
                == .refused(Refusal(message: "You have as many connections as you may have at once.", exitStatus: 126)))
        _ = first
    }

    @Test func `a client that comes before any process is ready is served when one is`() throws {
        let daemon = try RunningDaemon(target, settings: "")
        let session = try daemon.nextSession()
        let clients = try (0..<3).map { _ in ClientEnd(try daemon.connect()) }
        var addresses: Set<String> = []
        for session in try [session, daemon.nextSession(), daemon.nextSession()] {
            guard case .connection(let briefing) = try session.ask(.ready) else { return }
            addresses.insert(briefing.clientAddress)
        }
        #expect(try addresses == Set(clients.map { try SocketAddress(of: $0.socket.number).description }))
    }

    @Test func `processes that die before they are ready are replaced, and their client waits`() throws {
        let daemon = try RunningDaemon(target)
        let client = ClientEnd(try daemon.connect())
        for _ in 0..<2 {
            let dead = try daemon.nextSession()
            dead.letGo()
            try dead.tell("raise \(SIGKILL)")
        }
        // Of those that were started meanwhile, the first that is ready gets the client.
        for _ in 0..<3 {
            let session = try daemon.nextSession()
            _ = try session.send(.ready)
            if case (1, .connection(let briefing))? = try? session.receive() {
                #expect(try briefing.clientAddress == SocketAddress(of: client.socket.number).description)
                return
            }
        }
        Issue.record("nobody got the client")
    }

    @Test func `a process that dies with its client in hand takes nobody else with it`() throws {
        let daemon = try RunningDaemon(target)
        let (session, client) = try daemon.connectedSession()
        session.letGo()
        try session.tell("raise \(SIGSEGV)")
        #expect(try client.readAll() == [])
        _ = try daemon.waitForLog("session process crashed", "signal(11)")
        _ = try daemon.connectedSession()
    }

    @Test func `who does not log in is cut off even if the session process forgets to`() throws {
        let daemon = try RunningDaemon(target, settings: "limits: { login-grace: 1s }")
        let (session, client) = try daemon.connectedSession()
        try session.waitUntilKilled()
        session.letGo()
        #expect(try client.readAll() == [])
        _ = try daemon.waitForLog("session process killed", "nobody logged in in time")
    }

    @Test func `two daemons do not share a state folder`() throws {
        let daemon = try RunningDaemon(target)
        let second = Process()
        second.executableURL = URL(fileURLWithPath: RunningDaemon.products + "/sallyportd")
        second.arguments = ["--config", daemon.folder + "/sallyport.yaml"]
        let errors = Pipe()
        second.standardError = errors
        try second.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        second.waitUntilExit()
        #expect(second.terminationStatus == 1)
        #expect(text.contains("another sallyportd uses this folder"))
        _ = try daemon.connectedSession()
    }

    @Test func `sessions that were open when the daemon was killed are interrupted at its next start`() throws {
        let daemon = try RunningDaemon(target)
        let (session, _) = try daemon.loggedInSession(daemon.certificate(for: PrivateKey.generateEd25519().publicKey))
        try session.reach()
        _ = try session.begin(1)
        daemon.signal(SIGKILL)
        try daemon.restart()
        let filter = AdminRequest.SessionFilter(user: nil, target: nil, activeOnly: false, limit: 10)
        guard case .sessions(let sessions) = try daemon.admin(.listSessions(filter)) else { return }
        #expect(sessions.map(\.exit) == ["interrupted"])
        _ = try daemon.waitForLog("sessions were interrupted by the last stop", "count=1")
    }
}
