import Configuration
import Foundation
import Logging
import MonitorProtocol
import OpenSSHKeys
import Policy
import Store
import Synchronization
import Testing
import Vault

@testable import MonitorProcess

/// The time of day can be set at any moment. What waits is measured by another clock; what ends by the time of day ends when that says so.
@Suite struct ApprovalClockTests {
    /// A time of day that a test sets.
    private final class Clock: Sendable {
        private let time = Mutex(Timestamp(seconds: 1_795_485_845))
        var value: Timestamp { time.withLock { $0 } }
        func step(hours: Int64) { time.withLock { $0.milliseconds += hours * 3_600_000 } }
    }

    /// A desk of its own, on real files.
    private final class Scene {
        let folder: String
        let clock = Clock()
        let store: Store
        let configuration: CurrentConfiguration
        let desk: ApprovalDesk

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("sp-\(UUID().uuidString.prefix(8))").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let key = try PrivateKey.generateEd25519()
            try VaultKey.generate().write(toNewFile: folder + "/vault.key")
            for (name, text) in [
                ("key", String(decoding: key.openSSHFile(comment: ""), as: UTF8.self)),
                (
                    "access.yaml",
                    """
                    groups: { leads: [bob, carol] }
                    targets:
                      web1: { address: 127.0.0.1, host-keys: ["\(key.publicKey.line)"], logins: [root] }
                    grants:
                      - { name: decide, to: ["group:leads"], targets: [web1], rights: [decide] }
                    requests:
                      - name: on-call
                        to: [alice]
                        targets: [web1]
                        logins: [root]
                        channels: [exec]
                        longest: 8h
                        approval: { by: ["group:leads"] }

                    """
                ),
                ("policy.yaml", "default: allow\nuncertain: approve\napprovals: {by: [\"group:leads\"]}\nrules: []\n"),
                (
                    "sallyport.yaml",
                    "listen: [127.0.0.1:0]\nhost-keys: [key]\nvault-key: vault.key\naccess: access.yaml\nuser-authorities: [vault]\n"
                ),
            ] {
                let isWritten = FileManager.default.createFile(
                    atPath: "\(folder)/\(name)", contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
                try #require(isWritten)
            }
            store = try Store(path: folder + "/ledger.db")
            configuration = CurrentConfiguration(
                try RunningConfiguration(
                    try LoadedConfiguration.load(file: folder + "/sallyport.yaml"), ownAuthority: key.publicKey, store: store),
                timed: [])
            desk = try ApprovalDesk(
                store: store, configuration: configuration, now: { [clock] in clock.value },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, notify: {})
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        /// - Returns: the request's number.
        func ask(_ kind: Approval.Kind) throws -> Int64 {
            let rule = kind == .access ? "on-call" : nil
            let question = ApprovalQuestion(
                kind: kind, connectionID: "c", from: try #require(IPAddress("127.0.0.1")), user: "alice", target: "web1",
                login: "root", bytes: Array("root@web1".utf8), shown: Array("root@web1".utf8), rule: rule,
                terms: [ApprovalTerms(approvers: [.group("leads")])], seconds: kind == .access ? 3600 : nil)
            guard case .waits(let notice) = try desk.ask(question, at: 1, for: nil) else { throw CocoaError(.featureUnsupported) }
            return Int64(notice.approval)
        }

        var hasAccess: Bool {
            get throws {
                let request = AccessRequest(
                    user: "alice", target: "web1", login: "root", from: try #require(IPAddress("127.0.0.1")),
                    at: clock.value.milliseconds)
                if case .granted = configuration.running.access.decide(request) { return true }
                return false
            }
        }
    }

    @Test(arguments: [-24 * 365, 24 * 365] as [Int64]) func `a step of the clock ends no request, and none lives for ever by it`(
        hours: Int64
    ) throws {
        let scene = try Scene()
        let number = try scene.ask(.line)
        scene.clock.step(hours: hours)
        #expect(scene.desk.outcome(of: number) == nil)
        #expect(scene.desk.decide(number, approves: true, reason: nil, uid: 0).isDone)
        // Written down with the time that the clock showed, and never with an end before the beginning.
        let (approval, steps) = try #require(try scene.store.approval(number))
        #expect(approval.state == .approved && steps.map(\.kind) == [.requested, .approved])
    }

    @Test func `access lasts as long as the time of day says, and a clock that is set back gives no second hour`() throws {
        let scene = try Scene()
        let number = try scene.ask(.access)
        #expect(try !scene.hasAccess)
        #expect(scene.desk.decide(number, approves: true, reason: nil, uid: 0).isDone)
        #expect(try scene.hasAccess)
        scene.desk.endOverdueAccess()
        #expect(try scene.hasAccess)
        scene.clock.step(hours: 2)
        // Before anybody has looked, too.
        #expect(try !scene.hasAccess)
        scene.desk.endOverdueAccess()
        scene.clock.step(hours: -2)
        #expect(try !scene.hasAccess, "what has ended has ended")
        #expect(try scene.store.approval(number)?.steps.map(\.kind) == [.requested, .approved, .granted, .accessExpired])
    }
}
