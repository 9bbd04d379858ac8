import Foundation
import MonitorProtocol
import OpenSSHKeys
import SFTP
import Testing

/// What the monitor answers a session that speaks of files.
@Suite struct `Files on a channel` {
    let target: TargetUnderTest
    let daemon: RunningDaemon
    let session: ScriptedSession

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
        (session, _) = try daemon.loggedInSession(daemon.certificate(for: PrivateKey.generateEd25519().publicKey))
        try session.reach()
    }

    private static let path = FilePath(asked: Array("x\u{1b}".utf8), absolute: Array("/root/x\u{1b}".utf8))

    @Test func `are judged, and told about in the log`() throws {
        guard case .channel(let granted) = try session.begin(1, .sftp, command: "sftp") else {
            Issue.record("no channel")
            return
        }
        #expect(granted.speaksSFTP)
        let channel = ChannelNumber(1)
        let judgement = try session.ask(
            .judgeFile(JudgeFile(channel: channel, access: FileAccess(operation: .write, path: Self.path))))
        #expect(judgement == .fileJudgement(.allowed(limit: nil)))
        let digest = sha256([1, 2, 3])
        let event = FileEvent(.write, Self.path, outcome: .ok, bytesWritten: 3, digest: .whole(digest))
        #expect(try session.ask(.fileEvents(FileEvents(channel: channel, events: [event]))) == .accepted)
        #expect(daemon.log.contains("bytes-written=3"))
        #expect(daemon.log.contains(#"path="/root/x\\x1b""#))
        #expect(
            daemon.log.contains(
                "session=\(granted.session) sha256=039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"))
    }

    @Test func `a command does not speak sftp, unless it is sftp's server`() throws {
        guard case .channel(let command) = try session.begin(1),
            case .channel(let server) = try session.begin(2, command: "/x/sftp-server")
        else {
            Issue.record("no channel")
            return
        }
        #expect(!command.speaksSFTP)
        #expect(server.speaksSFTP)
    }
}
