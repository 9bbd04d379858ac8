import Foundation
import MonitorProtocol
import OpenSSHKeys
import SFTP
import Testing

/// A session process that an attacker has taken over, against the real daemon.
@Suite struct `A session process that misbehaves` {
    struct Misdeed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Given a session whose user has logged in; the outer leg is routed to web1 when `isRouted`.
        let isRouted: Bool
        let act: @Sendable (ScriptedSession) throws -> Void

        init(_ name: String, routed: Bool = false, _ act: @escaping @Sendable (ScriptedSession) throws -> Void) {
            testDescription = name
            isRouted = routed
            self.act = act
        }
    }

    static let misdeeds: [Misdeed] = [
        Misdeed("says ready again") { _ = try $0.send(.ready) },
        Misdeed("logs in again") {
            _ = try $0.send(
                .offeredCertificate(OfferedCertificate(leg: .outer, userName: "root", certificate: [1], isProven: true)))
        },
        Misdeed("begins a channel without a route") {
            _ = try $0.send(
                .beginChannel(BeginChannel(leg: .outer, channel: ChannelNumber(1), kind: .shell, command: [], terminal: nil)))
        },
        Misdeed("ends a channel that never began") {
            _ = try $0.send(.endChannel(EndChannel(channel: ChannelNumber(1), exit: .status(0), bytesIn: 0, bytesOut: 0)))
        },
        Misdeed("routes a tunnel whose client is not logged in") {
            let reply = try $0.ask(.openTunnel(OpenTunnel(leg: Leg(1), host: "web1", port: 22)))
            guard reply == .accepted else { throw RunningDaemon.Failure(description: "\(reply)") }
            _ = try $0.send(.route(RouteRequest(leg: Leg(1), target: "web1", login: "root")))
        },
        Misdeed("routes a leg twice", routed: true) {
            _ = try $0.send(.route(RouteRequest(leg: .outer, target: "web1", login: "root")))
        },
        Misdeed("asks about a leg that is not open") { _ = try $0.send(.closeLeg(Leg(9))) },
        Misdeed("has a file judged on a channel that is not open", routed: true) {
            let root = FilePath(asked: [47], absolute: [47])
            _ = try $0.send(.judgeFile(JudgeFile(channel: ChannelNumber(1), access: FileAccess(operation: .list, path: root))))
        },
        Misdeed("tells of files on a channel that does not speak sftp", routed: true) {
            let root = FilePath(asked: [47], absolute: [47])
            guard case .channel(let granted) = try $0.begin(1), !granted.speaksSFTP else { return }
            _ = try $0.send(
                .fileEvents(FileEvents(channel: ChannelNumber(1), events: [FileEvent(.list, root, outcome: .ok)])))
        },
        Misdeed("sends nonsense") { try $0.send(bytes: [1, 2, 3]) },
        Misdeed("sends a message that says too much") {
            try $0.send(bytes: SessionRequest.desk(command: []).encoded(number: 100) + [0])
        },
        Misdeed("sends a message that stops early") {
            try $0.send(bytes: Array(SessionRequest.desk(command: [1, 2, 3]).encoded(number: 100).dropLast()))
        },
        Misdeed("uses a request number twice") {
            try $0.send(bytes: SessionRequest.desk(command: []).encoded(number: 1))
        },
        Misdeed("uses the number of unasked messages") {
            try $0.send(bytes: [0, 0, 0, 0] + SessionRequest.desk(command: []).encoded(number: 1).dropFirst(4))
        },
        Misdeed("sends a descriptor") {
            try $0.send(bytes: SessionRequest.desk(command: []).encoded(number: 100), descriptors: [0])
        },
        Misdeed("asks for a terminal of no size", routed: true) {
            _ = try $0.send(
                .beginChannel(
                    BeginChannel(
                        leg: .outer, channel: ChannelNumber(1), kind: .shell, command: [],
                        terminal: TerminalRequest(term: "xterm", columns: 0, rows: 24))))
        },
    ]

    @Test("is killed, and the log says that it broke the protocol", arguments: misdeeds)
    func isKilled(misdeed: Misdeed) throws {
        let target = try TargetUnderTest()
        let daemon = try RunningDaemon(target)
        let certificate = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey)
        let (session, client) = try daemon.loggedInSession(certificate)
        if misdeed.isRouted { try session.reach() }
        try misdeed.act(session)
        try session.waitUntilKilled()
        #expect(try client.readAll() == [])
        _ = try daemon.waitForLog("security: a session process broke the protocol", "protocol violation")
        #expect(daemon.stop() == 0)
    }

    @Test func `a request before the client is there is a violation, and the client gets another process`() throws {
        let daemon = try RunningDaemon(TargetUnderTest())
        let first = try daemon.nextSession()
        _ = try first.send(.desk(command: []))
        try first.waitUntilKilled()
        let (session, _) = try daemon.connectedSession()
        #expect(session.pid != first.pid)
    }

    @Test func `a process that its filter killed is a security event`() throws {
        let daemon = try RunningDaemon(TargetUnderTest())
        let (session, client) = try daemon.connectedSession()
        try session.tell("raise \(SIGSYS)")
        try session.waitUntilKilled()
        session.letGo()
        #expect(try client.readAll() == [])
        _ = try daemon.waitForLog("security: a session process made a system call that it may not make")
    }

    @Test func `a process is given its own descriptors and nothing else`() throws {
        let daemon = try RunningDaemon(TargetUnderTest())
        let session = try daemon.nextSession()
        // 0, 1, 2, its socket to the test, and the folder that it lists; 3 was sent to the test.
        #expect(try session.openDescriptors() == "[0, 1, 2, 4, 5]" || session.openDescriptors() == "[0, 1, 2, 3, 4]")
    }

    @Test func `what a process writes to its log is one escaped line each, and bounded`() throws {
        let daemon = try RunningDaemon(TargetUnderTest())
        let (session, _) = try daemon.connectedSession()
        try session.tell("say libssh: \u{1b}[2J user=root")
        #expect(try daemon.waitForLog("session process", "libssh").contains(#"says="libssh: \\x1b[2J user=root""#))
        try session.tell("say " + String(repeating: "a\n", count: 2000))
        _ = try daemon.waitForLog("no more lines of this process are logged")
        #expect(daemon.log.split(separator: "\n").count { $0.contains("says=a") } < 501)
    }

    @Test func `one process dies, the others go on`() throws {
        let target = try TargetUnderTest()
        let daemon = try RunningDaemon(target)
        let certificate = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey)
        let (first, _) = try daemon.loggedInSession(certificate)
        let (second, _) = try daemon.loggedInSession(certificate)
        try first.send(bytes: [0])
        try first.waitUntilKilled()
        guard case .desk = try second.ask(.desk(command: [])) else {
            Issue.record("the other session was not answered")
            return
        }
    }
}
