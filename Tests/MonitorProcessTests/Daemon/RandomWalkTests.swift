import Foundation
import MonitorProtocol
import OpenSSHKeys
import SFTP
import Testing

/// Session processes that ask anything in any order. Whatever they do, it ends their own connection at most.
@Suite struct `A session process that asks at random` {
    /// xorshift64: the same walk for the same seed, so that a find can be walked again.
    struct Walk: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private func request(_ walk: inout Walk, _ certificate: Certificate) -> SessionRequest {
        let leg = Leg(UInt32.random(in: 0...3, using: &walk))
        let channel = ChannelNumber(UInt32.random(in: 1...6, using: &walk))
        let target = ["web1", "www", "web2", "web9", "", "\u{1b}[2J"].randomElement(using: &walk) ?? ""
        switch UInt8.random(in: 0...22, using: &walk) {
        case 0: return .ready
        case 1...3:
            let blob = Bool.random(using: &walk) ? certificate.blob : Array(certificate.blob.dropLast())
            return .offeredCertificate(
                OfferedCertificate(leg: leg, userName: "root@\(target)", certificate: blob, isProven: Bool.random(using: &walk)))
        case 4...6: return .openTunnel(OpenTunnel(leg: leg, host: target, port: [22, 0, .max].randomElement(using: &walk) ?? 22))
        case 7...10:
            return .route(
                RouteRequest(leg: leg, target: target, login: ["root", "deploy", ""].randomElement(using: &walk) ?? ""))
        case 11, 12:
            let outcome = [UpstreamResult.Outcome.loggedIn, .loggedIn, .handshakeFailed, .hostKeyMismatch].randomElement(
                using: &walk)
            return .upstreamResult(UpstreamResult(leg: leg, outcome: outcome ?? .loggedIn, detail: "\n\u{9b}"))
        case 13...15:
            let terminal = Bool.random(using: &walk) ? TerminalRequest(term: "\u{1b}", columns: 80, rows: 24) : nil
            return .beginChannel(
                BeginChannel(
                    leg: leg, channel: channel, kind: ChannelKind.allCases.randomElement(using: &walk) ?? .exec,
                    command: [0, 255, 10],
                    terminal: terminal))
        case 16, 17: return .endChannel(EndChannel(channel: channel, exit: .signal("\u{1b}KILL"), bytesIn: .max, bytesOut: .max))
        case 18: return .desk(command: [0, 27, 255])
        case 19:
            let path = FilePath(asked: [27, 255], absolute: [47, 27, 255])
            return .judgeFile(JudgeFile(channel: channel, access: FileAccess(operation: .write, path: path, second: path)))
        case 20:
            let path = FilePath(asked: [27, 255], absolute: [27, 155])
            return .fileEvents(
                FileEvents(channel: channel, events: [FileEvent(.read, path, outcome: .refused(reason: "\u{1b}"))]))
        default: return .closeLeg(leg)
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `ends nothing but itself`(seed: UInt64) throws {
        let target = try TargetUnderTest()
        let daemon = try RunningDaemon(target)
        let certificate = try daemon.certificate(for: PrivateKey.generateEd25519().publicKey)
        var walk = Walk(state: seed &* 0x9e37_79b9_7f4a_7c15)
        for _ in 0..<6 {
            let (session, _) = try daemon.connectedSession()
            // Most walks would end at the log-in otherwise.
            _ = try session.offer(certificate, as: "root@web1")
            for _ in 0..<30 {
                // A process that was killed cannot send: the next one walks on.
                guard (try? session.send(request(&walk, certificate))) != nil else { break }
            }
            // A route may still be dialled; whatever else was asked is answered, or the process is dead.
            while try session.waitForReply(milliseconds: 200), (try? session.receive()) != nil {}
            session.letGo()
        }
        guard case .status = try daemon.admin(.status) else {
            Issue.record("the daemon does not answer")
            return
        }
        #expect(daemon.stop() == 0)
        #expect(!daemon.log.contains("\u{1b}") && !daemon.log.contains("\u{9b}"))
    }
}
