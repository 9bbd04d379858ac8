import Foundation
import MonitorProtocol
import Testing

@testable import MonitorProcess

@Suite struct `An answer on the admin socket` {
    private func certificates(_ count: Int) -> [IssuedCertificate] {
        (0..<count).map { number in
            IssuedCertificate(
                serial: UInt64(number), user: "alice", principals: ["alice"], issuedAt: Timestamp(seconds: 0),
                validUntil: Timestamp(seconds: 1),
                keyFingerprint: "SHA256:x", sourceAddresses: [],
                forceCommand: number % 7 == 0 ? String(repeating: "x", count: 900) : nil,
                revokedAt: nil, revocationReason: nil)
        }
    }

    private func sessions(_ count: Int, command: Int) -> [SessionSummary] {
        (0..<count).map { number in
            SessionSummary(
                id: SessionID(at: Timestamp(seconds: 0), random: UInt32(number)), connectionID: "c", user: "alice",
                certificateSerial: 1,
                certificateAuthority: "", from: "", target: "web1", login: "root", kind: .exec,
                command: String(repeating: "\0", count: command),
                hasTerminal: false, startedAt: Timestamp(seconds: 0), endedAt: nil, exit: nil, exitStatus: nil, bytesIn: 0,
                bytesOut: 0,
                recording: "")
        }
    }

    /// As if a message could hold no more than a mebibyte: quicker than lists of 16.
    private func decoded(_ answer: consuming AdminAnswer) throws -> AdminReply {
        let limit = 1 << 20
        let bytes = try answer.encoded(limit: limit)
        #expect(bytes.count <= limit)
        return try JSONDecoder().decode(AdminReply.self, from: Data(bytes))
    }

    @Test func `holds a list that fits`() throws {
        #expect(try decoded(AdminAnswer(.certificates(certificates(100)))) == .certificates(certificates(100)))
    }

    @Test func `holds the newest certificates when there are more than fit`() throws {
        guard case .certificates(let sent) = try decoded(AdminAnswer(.certificates(certificates(20_000)))) else {
            Issue.record("no list")
            return
        }
        #expect(sent.count > 1000)
        #expect(sent == Array(certificates(20_000).prefix(sent.count)))
    }

    @Test func `says how many sessions to ask for when there are more than fit`() throws {
        guard case .failure(let failure) = try decoded(AdminAnswer(.sessions(sessions(10_000, command: 10)))) else {
            Issue.record("a list")
            return
        }
        let asked = try #require(failure.message.firstMatch(of: /ask for (\d+)/).flatMap { Int($0.1) })
        #expect(try decoded(AdminAnswer(.sessions(sessions(asked, command: 10)))) == .sessions(sessions(asked, command: 10)))
    }

    @Test func `holds one session, however long its command is`() throws {
        let longest = sessions(1, command: 64 * 1024)
        #expect(try decoded(AdminAnswer(.sessions(longest))) == .sessions(longest))
    }
}
