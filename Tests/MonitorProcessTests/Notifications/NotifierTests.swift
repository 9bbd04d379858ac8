import Foundation
import Logging
import MonitorProtocol
import OpenSSHKeys
import Store
import Synchronization
import Testing

@testable import MonitorProcess

/// A ledger in a folder of its own, a clock that stands until it is set, and a notifier.
private final class NotifierUnderTest: Sendable {
    let folder: URL
    let store: Store
    let clock = Mutex(Timestamp(seconds: 1_790_000_000))
    let channels: Mutex<[NotificationChannel]>
    private let delivery: NotificationDelivery
    private let notifier: Mutex<Notifier?> = Mutex(nil)

    init(_ channels: [NotificationChannel], delivery: NotificationDelivery = NotificationDelivery()) throws {
        signal(SIGPIPE, SIG_IGN)
        folder = FileManager.default.temporaryDirectory.appending(path: "notifier-\(UUID())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        store = try Store(path: folder.appending(path: "db").path)
        self.channels = Mutex(channels)
        self.delivery = delivery
        try start()
    }

    /// Once more, on the same ledger, after `stop`.
    func start() throws {
        let new = try Notifier(
            store: store, channels: { [unowned self] in channels.withLock { $0 } }, publicAddress: { "bastion.example" },
            delivery: delivery, now: { [unowned self] in clock.withLock { $0 } },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        new.run()
        notifier.withLock { $0 = new }
    }

    func stop() { notifier.withLock { $0?.stop() } }

    func add(_ command: String = "reboot", to names: [String]) throws -> Int64 {
        let now = clock.withLock { $0 }
        let number = try store.add(
            Approval(
                kind: .command, createdAt: now, expiresAt: Timestamp(milliseconds: now.milliseconds + 600_000),
                connectionID: "c", session: nil, user: "alice", target: "web1", login: "root", bytes: Array(command.utf8),
                commands: [], rule: "reboot", uncertain: [], approvers: ["bob"], count: 1, needsReason: false),
            notifying: names)
        notifier.withLock { $0?.wake() }
        return number
    }

    func pass(seconds: Int64) {
        clock.withLock { $0.milliseconds += seconds * 1000 }
        notifier.withLock { $0?.wake() }
    }

    /// Waits until the request has so many steps.
    func steps(_ number: Int64, count: Int) throws -> [ApprovalStep] {
        try RunningDaemon.eventually("\(count) steps") {
            let steps = try self.store.approval(number)?.steps ?? []
            return steps.count >= count ? steps : nil
        }
    }

    /// Waits until what is queued for that channel was tried so often.
    func attempts(_ count: Int, on channel: String) throws {
        _ = try RunningDaemon.eventually("\(count) attempts") {
            let far = Timestamp(milliseconds: self.clock.withLock { $0.milliseconds } + Store.longestPutOff)
            let queued = try self.store.dueNotifications(at: far, limit: 100).filter { $0.channel == channel }
            return queued.contains { $0.attempts >= count } ? true : nil
        }
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }
}

@Suite struct `The notifier` {
    private let key = Array("a key of twenty bytes".utf8)

    @Test func `posts again what a receiver did not take, signed, and writes down that it went out`() throws {
        let receiver = try WebhookReceiver()
        let test = try NotifierUnderTest([.webhook(name: "chat", url: receiver.url("/fail/2"), key: key)])
        let number = try test.add("psql -c \"DROP TABLE x\" \\ \u{202e}é", to: ["chat"])
        try test.attempts(1, on: "chat")
        test.pass(seconds: 5)
        try test.attempts(2, on: "chat")
        // Not before its time.
        test.pass(seconds: 14)
        #expect(try receiver.requests().count == 2)
        test.pass(seconds: 1)
        let steps = try test.steps(number, count: 2)
        #expect(steps.map(\.kind) == [.requested, .notified])
        #expect(steps.last?.text == "chat: requested")

        let requests = try receiver.requests()
        #expect(requests.count == 3)
        #expect(Set(requests.map(\.body)).count == 1)
        let last = try #require(requests.last)
        #expect(last.headers["content-type"] == "application/json")
        #expect(
            last.headers["x-sallyport-signature"]
                == WebhookSignature(of: Array(last.body.utf8), key: key, at: Timestamp(seconds: 1_790_000_020)).value)
        #expect(last.body.contains(#""command":"psql -c \"DROP TABLE x\" \\\\ \\u{202e}é""#))
        #expect(last.body.contains(#""how":"ssh bastion.example approve 1""#))
        #expect(try test.store.nextNotification() == nil)
        // Nobody decided by it.
        #expect(try test.store.approval(number)?.approval.state == .waiting)
    }

    @Test func `goes on after a new start where it was`() throws {
        let receiver = try WebhookReceiver()
        let test = try NotifierUnderTest([.webhook(name: "chat", url: receiver.url("/fail/1"), key: key)])
        let number = try test.add(to: ["chat"])
        try test.attempts(1, on: "chat")
        test.stop()
        test.pass(seconds: 5)
        try test.start()
        #expect(try test.steps(number, count: 2).last?.kind == .notified)
        #expect(try receiver.requests().count == 2)
    }

    @Test func `follows no redirection`() throws {
        let receiver = try WebhookReceiver()
        let test = try NotifierUnderTest([.webhook(name: "chat", url: receiver.url("/away"), key: key)])
        _ = try test.add(to: ["chat"])
        try test.attempts(1, on: "chat")
        #expect(try receiver.requests().map(\.path) == ["/away"])
    }

    @Test(arguments: ["/endless", "/silent"]) func `does not listen to a receiver for ever`(_ path: String) throws {
        let receiver = try WebhookReceiver()
        var delivery = NotificationDelivery()
        delivery.webhookSeconds = 1
        let test = try NotifierUnderTest(
            [.webhook(name: "chat", url: receiver.url(path), key: key)], delivery: delivery)
        _ = try test.add(to: ["chat"])
        try test.attempts(1, on: "chat")
        #expect(try receiver.requests().map(\.path) == [path])
    }

    @Test func `gives a program the request on its standard input, and tries again when it fails`() throws {
        let out = FileManager.default.temporaryDirectory.appending(path: "notified-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let script = "cat >> '\(out)'; test $(wc -l < '\(out)') -ge 2"
        let test = try NotifierUnderTest([.command(name: "mail", ["/bin/sh", "-c", script, "\u{1b}"])])
        let number = try test.add(to: ["mail"])
        try test.attempts(1, on: "mail")
        test.pass(seconds: 5)
        #expect(try test.steps(number, count: 2).last?.kind == .notified)
        let lines = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first == lines.last)
        struct Read: Decodable {
            struct Request: Decodable { let number: Int64 }
            let event: String
            let approval: Request
        }
        #expect(try JSONDecoder().decode(Read.self, from: Data(lines[0].utf8)).approval.number == number)
    }

    @Test func `lets no channel hold up another`() throws {
        let out = FileManager.default.temporaryDirectory.appending(path: "notified-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let test = try NotifierUnderTest([
            .command(name: "broken", ["/nowhere/program"]), .command(name: "mail", ["/bin/sh", "-c", "cat >> '\(out)'"]),
        ])
        let numbers = try (0..<20).map { _ in try test.add(to: ["broken", "mail"]) }
        for number in numbers { #expect(try test.steps(number, count: 2).map(\.kind) == [.requested, .notified]) }
        // One attempt for all: the channel rests after it.
        let far = Timestamp(seconds: 1_790_003_600)
        #expect(try test.store.dueNotifications(at: far, limit: 100).map(\.attempts).sorted().suffix(2) == [0, 1])
    }

    @Test func `gives up after a day, and what has no channel any more, with a step`() throws {
        let test = try NotifierUnderTest([.command(name: "broken", ["/nowhere/program"])])
        let gone = try test.add(to: ["gone"])
        #expect(try test.steps(gone, count: 2).last?.text == "gone: requested: there is no such channel any more")
        let number = try test.add(to: ["broken"])
        try test.attempts(1, on: "broken")
        test.pass(seconds: 24 * 3600 + 1)
        let last = try #require(try test.steps(number, count: 2).last)
        #expect(last.kind == .notificationFailed)
        #expect(last.text == "broken: requested: not delivered in a day")
        #expect(try test.store.approval(number)?.approval.state == .waiting)
    }

    @Test func `ends what it has started when it stops, and leaves it in the queue`() throws {
        let out = FileManager.default.temporaryDirectory.appending(path: "pid-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let test = try NotifierUnderTest([.command(name: "slow", ["/bin/sh", "-c", "echo $$ > '\(out)'; exec sleep 1000"])])
        _ = try test.add(to: ["slow"])
        let process = try RunningDaemon.eventually("its number") {
            (try? String(contentsOfFile: out, encoding: .utf8)).flatMap { Int32($0.trimmingCharacters(in: .newlines)) }
        }
        test.stop()
        #expect(kill(process, 0) == -1)
        #expect(try test.store.dueNotifications(at: Timestamp(seconds: 1_790_000_000), limit: 1).map(\.attempts) == [0])
    }
}
