import Foundation
import MonitorProtocol
import OpenSSHKeys
import Testing

/// What the monitor answers a session that tells of values in the output.
@Suite struct `Values in the output` {
    let target: TargetUnderTest
    let daemon: RunningDaemon
    let session: ScriptedSession

    init() throws {
        target = try TargetUnderTest()
        daemon = try RunningDaemon(target)
        (session, _) = try daemon.loggedInSession(daemon.certificate(for: PrivateKey.generateEd25519().publicKey))
        try session.reach()
    }

    private func begin(_ command: String = "cat x") throws -> GrantedChannel {
        guard case .channel(let granted) = try session.begin(1, command: command) else {
            throw RunningDaemon.Failure(description: "no channel")
        }
        return granted
    }

    private func found(_ rule: UInt32, value: UInt8 = 7, at: UInt64 = 1_500_000) -> MaskReport {
        MaskReport(
            rule: rule, at: at, offset: 12, cells: 9, digest: [UInt8](repeating: value, count: 32), isPartlyReleased: false)
    }

    private func tell(_ found: [MaskReport], _ unlisted: [UnlistedMasks] = [], on channel: UInt32 = 1) throws -> MonitorReply {
        try session.ask(.maskReports(MaskReports(channel: ChannelNumber(channel), found: found, unlisted: unlisted)))
    }

    private func values() throws -> [MaskedValue] {
        guard case .events(let events) = try daemon.admin(.listEvents(.init(content: .all, limit: 100))) else {
            throw RunningDaemon.Failure(description: "no events")
        }
        return events.compactMap { if case .masked(let value) = $0.action { value } else { nil } }
    }

    @Test func `they are in the ledger, counted, and the same one is recognised`() throws {
        let granted = try begin()
        #expect(granted.maskTerms.altering == .whileText && granted.maskTerms.actions.count > 100)
        #expect(try tell([found(0), found(0), found(0, value: 8), found(1)], [UnlistedMasks(rule: 0, count: 40)]) == .accepted)
        let values = try values()
        #expect(
            values.map(\.cells) == [9, 9, 9, 9] && values.allSatisfy { $0.outcome == .masked && $0.recordingTime == 1_500_000 })
        #expect(values[0].fingerprint == values[1].fingerprint)
        #expect(Set(values.map(\.fingerprint)).count == 3)
        guard case .sessions(let sessions) = try daemon.admin(.showSession(granted.session)), let shown = sessions.first else {
            throw RunningDaemon.Failure(description: "no session")
        }
        #expect(shown.masks == [values[0].rule: 43, values[3].rule: 1])
    }

    @Test func `what moves files is never altered, and what is found there was seen`() throws {
        #expect(try begin("scp -f /tmp/x").maskTerms.altering == .never)
        #expect(try tell([found(0)]) == .accepted)
        #expect(try values().map(\.outcome) == [.reported])
    }

    @Test func `only what surely moves files and nothing else is left alone`() throws {
        #expect(try begin("scp -f /tmp/x; cat /etc/shadow").maskTerms.altering == .whileText)
    }

    @Test func `a rule that there is not ends the connection`() throws {
        let granted = try begin()
        let behind = UInt32(granted.maskTerms.actions.count)
        #expect(try tell([found(behind), found(behind + 1)]) == .accepted)
        #expect(try values().map(\.rule) == ["known-value", "column"])
        #expect(throws: (any Error).self) { try tell([found(behind + 2)]) }
    }

    @Test func `values of a channel that is not open end the connection`() throws {
        _ = try begin()
        #expect(throws: (any Error).self) { try tell([found(0)], on: 2) }
    }

    @Test func `single values are written only up to a bound, and all are counted`() throws {
        let granted = try begin()
        for _ in 0..<200 { #expect(try tell((0..<64).map { _ in found(0) }) == .accepted) }
        guard case .sessions(let sessions) = try daemon.admin(.showSession(granted.session)) else {
            throw RunningDaemon.Failure(description: "no session")
        }
        #expect(sessions.first?.masks.values.reduce(0, +) == 12_800)
        var filter = AdminRequest.EventFilter(content: .all, limit: 10_000)
        var count = 0
        while case .events(let page) = try daemon.admin(.listEvents(filter)), let last = page.last {
            count += page.count { if case .masked = $0.action { true } else { false } }
            filter.after = last.number
        }
        #expect(count == 10_000)
    }
}
