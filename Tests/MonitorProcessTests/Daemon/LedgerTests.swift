import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

/// Session channels: recordings and ledger rows.
@Suite struct `A session channel` {
    let target: TargetUnderTest
    let daemon: RunningDaemon
    let certificate: Certificate

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
        certificate = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey)
    }

    private func routed(_ certificate: Certificate? = nil) throws -> ScriptedSession {
        let (session, client) = try daemon.loggedInSession(certificate ?? self.certificate)
        kept.append(client)
        try session.reach()
        return session
    }
    private var kept: Kept = Kept()
    private final class Kept {
        var clients: [ClientEnd] = []
        func append(_ client: ClientEnd) { clients.append(client) }
    }

    private func sessions(activeOnly: Bool = false) throws -> [SessionSummary] {
        let filter = AdminRequest.SessionFilter(user: nil, target: nil, activeOnly: activeOnly, limit: 100)
        guard case .sessions(let sessions) = try daemon.admin(.listSessions(filter)) else {
            throw RunningDaemon.Failure(description: "no list")
        }
        return sessions
    }

    @Test func `has a row in the ledger from its beginning to its end`() throws {
        let session = try routed()
        guard case .channel(let channel) = try session.begin(1, command: "uptime -p") else {
            Issue.record("not begun")
            return
        }
        let active = try #require(try sessions(activeOnly: true).first)
        #expect(active.id.text == channel.session)
        #expect(active.user == "alice" && active.target == "web1" && active.login == "root" && active.command == "uptime -p")
        #expect(active.certificateSerial == certificate.serial && active.kind == .exec && !active.hasTerminal)
        #expect(active.endedAt == nil && active.connectionID == session.briefing?.connectionID)
        #expect(channel.title == "alice as root on web1")

        let end = EndChannel(channel: ChannelNumber(1), exit: .status(3), bytesIn: 10, bytesOut: 20)
        #expect(try session.ask(.endChannel(end)) == .accepted)
        let ended = try #require(try sessions().first)
        #expect(
            ended.exit == "exit 3" && ended.exitStatus == 3 && ended.bytesIn == 10 && ended.bytesOut == 20 && ended.endedAt != nil
        )
        #expect(try sessions(activeOnly: true).isEmpty)
    }

    @Test func `is recorded in a new file that can only be appended to`() throws {
        let session = try routed()
        _ = try session.begin(1)
        let file = try #require(session.descriptors.first).socket.number
        #expect(fcntl(file, F_GETFL) & (O_APPEND | O_ACCMODE) == O_APPEND | O_WRONLY)
        var status = stat()
        #expect(fstat(file, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size == 0)
        #expect(write(file, "line\n", 5) == 5)
        let summary = try #require(try sessions().first)
        #expect(summary.recording.wholeMatch(of: /\d{4}\/\d\d\/\d\d\/[0-9a-z]{16}\.cast/) != nil)
        let (reply, content) = try daemon.adminWithDescriptor(.recording(summary.id.text))
        #expect(reply == .recording(summary))
        #expect(content == Array("line\n".utf8))
    }

    @Test func `ends as its process told, however soon that left afterwards`() throws {
        let session = try routed()
        for channel in 1...9 as ClosedRange<UInt32> { _ = try session.begin(channel) }
        for channel in 1...9 as ClosedRange<UInt32> {
            _ = try session.send(
                .endChannel(EndChannel(channel: ChannelNumber(channel), exit: .status(channel), bytesIn: 0, bytesOut: 0)))
        }
        session.letGo()
        _ = try daemon.waitForLog("connection closed")
        #expect(Set(try sessions().map(\.exitStatus)) == Set(1...9))
    }

    @Test func `is lost when its process dies`() throws {
        let session = try routed()
        _ = try session.begin(1)
        try session.tell("raise \(SIGKILL)")
        try session.waitUntilKilled()
        session.letGo()
        _ = try daemon.waitForLog("session ended")
        #expect(try sessions().first?.exit == "lost: the session process was ended by signal 9")
    }

    @Test func `is lost when the daemon stops, and its user is told`() throws {
        let session = try routed()
        guard case .channel(let channel) = try session.begin(1) else { return }
        daemon.signal(SIGTERM)
        #expect(
            try session.receive().reply
                == .terminate(Refusal(message: "the bastion is being stopped.", exitStatus: 125)))
        session.letGo()
        #expect(daemon.stop() == 0)
        #expect(daemon.log.contains("session ended") && daemon.log.contains(channel.session))
    }

    @Test func `that is killed ends its connection, by force if it must`() throws {
        let session = try routed()
        guard case .channel(let channel) = try session.begin(1) else { return }
        guard case .done = try daemon.admin(.killSession(channel.session)) else {
            Issue.record("not killed")
            return
        }
        let refusal = Refusal(message: "an administrator has ended your session.", exitStatus: 126)
        #expect(try session.receive().reply == .terminate(refusal))
        // Nothing new begins in the time that it has.
        #expect(try session.begin(2) == .refused(refusal))
        #expect(try session.ask(.openTunnel(OpenTunnel(leg: Leg(1), host: "web1", port: 22))) == .refused(refusal))
        try session.waitUntilKilled()
        _ = try daemon.waitForLog("session ended")
        #expect(try sessions().first?.exit == "lost: ended by the bastion")
        guard case .failure(let failure) = try daemon.admin(.killSession(channel.session)) else {
            Issue.record("killed twice")
            return
        }
        #expect(failure.code == .notFound)
    }

    @Test func `with force-command runs that command and nothing else`() throws {
        let forced = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey, forceCommand: "backup now")
        let session = try routed(forced)
        guard case .channel = try session.begin(1, .exec, command: "backup now") else {
            Issue.record("the forced command was refused")
            return
        }
        _ = try session.send(
            .beginChannel(
                BeginChannel(leg: .outer, channel: ChannelNumber(2), kind: .exec, command: Array("id".utf8), terminal: nil)))
        try session.waitUntilKilled()
        _ = try daemon.waitForLog("protocol violation", "force-command")
    }

    @Test func `without permit-pty has no terminal`() throws {
        let plain = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey, permitsTerminal: false)
        let session = try routed(plain)
        guard case .channel = try session.begin(1, .shell, command: "") else {
            Issue.record("a shell without a terminal was refused")
            return
        }
        let terminal = TerminalRequest(term: "xterm", columns: 80, rows: 24)
        _ = try session.send(
            .beginChannel(BeginChannel(leg: .outer, channel: ChannelNumber(2), kind: .shell, command: [], terminal: terminal)))
        try session.waitUntilKilled()
        _ = try daemon.waitForLog("protocol violation", "permit-pty")
    }

    @Test func `is refused when as many are open as may be`() throws {
        let session = try routed()
        for channel in 1...32 as ClosedRange<UInt32> { _ = try session.begin(channel) }
        guard case .refused(let refusal) = try session.begin(33) else {
            Issue.record("one too many")
            return
        }
        #expect(refusal.message == "this connection has as many sessions as it may have at once.")
        // The session says that it is over, as it may not have read the refusal yet.
        let end = EndChannel(channel: ChannelNumber(33), exit: .lost("refused"), bytesIn: 0, bytesOut: 0)
        #expect(try session.ask(.endChannel(end)) == .accepted)
        #expect(try sessions().count == 32)
    }

    @Test func `is refused when it cannot be recorded`() throws {
        let session = try routed()
        try FileManager.default.removeItem(atPath: daemon.folder + "/recordings")
        try RunningDaemon.write([], to: daemon.folder + "/recordings")
        #expect(
            try session.begin(1)
                == .refused(
                    Refusal(
                        message:
                            "the session cannot be recorded (its file could not be created), so it does not begin.",
                        exitStatus: 125)))
        #expect(try sessions().isEmpty)
    }

    @Test func `of a closed leg is over`() throws {
        let session = try routed()
        _ = try session.begin(1)
        #expect(try session.ask(.closeLeg(.outer)) == .accepted)
        #expect(try sessions().first?.exit == "lost: the connection to the target was closed")
    }
}
