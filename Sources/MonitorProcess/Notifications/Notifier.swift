internal import Dispatch
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import Store
internal import Synchronization

/// Takes notifications from the queue when they are due, and delivers them. A thread of its own: nothing waits for it, and no request depends on
/// what becomes of a notification.
final class Notifier: Sendable {
    /// How long to wait when nothing is due, the ledger cannot be read, or the clock may have been set.
    private static let longestWait: Int64 = 60_000
    /// And after a failure of the ledger's.
    private static let pause: Int64 = 10_000

    private let store: Store
    private let channels: @Sendable () -> [NotificationChannel]
    private let publicAddress: @Sendable () -> String
    private let delivery: NotificationDelivery
    private let now: WallClock
    private let logger: Logger

    private let wakeUp: WakeUp
    private let stopping: WakeUp
    private let isStopped = Atomic(false)
    private let hasEnded = DispatchSemaphore(value: 0)
    private let isRunning = Atomic(false)

    /// - Parameters:
    ///   - channels: as they are configured now.
    ///   - publicAddress: what users write behind `ssh`.
    init(
        store: Store, channels: @escaping @Sendable () -> [NotificationChannel], publicAddress: @escaping @Sendable () -> String,
        delivery: NotificationDelivery = NotificationDelivery(), now: @escaping WallClock, logger: Logger
    ) throws(SystemError) {
        self.store = store
        self.channels = channels
        self.publicAddress = publicAddress
        self.delivery = delivery
        self.now = now
        self.logger = logger
        wakeUp = try WakeUp()
        stopping = try WakeUp()
    }

    /// Starts the thread.
    func run() {
        isRunning.store(true, ordering: .releasing)
        startThread("notifier") {
            self.work()
            self.hasEnded.signal()
        }
    }

    /// Ends the thread and what it has started, and waits for that, two seconds at most. What was under way stays in the queue, and will be tried once more.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        stopping.wake()
        wakeUp.wake()
        if isRunning.load(ordering: .acquiring) { _ = hasEnded.wait(timeout: .now() + .seconds(2)) }
    }

    /// Something was queued, or the configuration has changed.
    func wake() { wakeUp.wake() }

    private func work() {
        do {
            // Before any program is started. Threads that this one makes, if ever, have no more; none of them needs it.
            try bequeathNoPrivileges()
        } catch {
            return logger.critical(
                "notifications are not delivered: no program runs with privileges", metadata: ["error": "\(error)"])
        }
        var rests = ChannelRests()
        while !isStopped.load(ordering: .acquiring) {
            wakeUp.reset()
            var wait = Self.pause
            do { wait = try deliverDue(&rests) } catch {
                logger.error("the queue of notifications cannot be used", metadata: ["error": "\(error)"])
            }
            _ = try? waitForReadiness(of: [(wakeUp.descriptorNumber, .readable)], timeoutMilliseconds: Int32(wait))
        }
    }

    /// Delivers what is due, one after the other.
    /// - Returns: milliseconds until there may be more.
    private func deliverDue(_ rests: inout ChannelRests) throws -> Int64 {
        try store.giveUpNotifications(
            queuedBefore: Timestamp(milliseconds: now().milliseconds - RetryDelay.longestLife), at: now(),
            because: "not delivered in a day")
        while !isStopped.load(ordering: .acquiring) {
            let moment = now()
            let resting = rests.names(at: moment)
            guard let notification = try store.dueNotifications(at: moment, limit: 1, except: resting).first else {
                let next = [try store.nextNotification(except: resting), rests.nextEnd(after: moment)].compactMap { $0 }.min()
                return max(0, min(next.map { $0.milliseconds - moment.milliseconds } ?? Self.longestWait, Self.longestWait))
            }
            try deliver(notification, &rests)
        }
        return 0
    }

    private func deliver(_ notification: QueuedNotification, _ rests: inout ChannelRests) throws {
        guard let channel = channels().first(where: { $0.name == notification.channel }) else {
            return try giveUp(notification, because: "there is no such channel any more")
        }
        guard let (request, steps) = try store.approval(notification.approval) else {
            return try giveUp(notification, because: "there is no such request")
        }
        let payload = NotificationPayload(notification, request, steps: steps, bastion: publicAddress())
        let result = delivery.deliver(try payload.json(), by: channel, at: now(), stop: stopping.descriptorNumber)
        let facts: Logger.Metadata = ["channel": "\(channel.name)", "approval": "\(request.number)", "event": "\(payload.event)"]
        for line in result.lines { logger.info("notification", metadata: facts.merging(["said": "\(line)"]) { $1 }) }
        switch result.outcome {
        case .stopped: return
        case .delivered:
            rests.delivered(by: channel.name)
            // A failure here would send it again at once, and again.
            do { try store.delivered(notification.id, at: now()) } catch {
                rests.failed(channel.name, at: now())
                throw error
            }
        case .failed(let reason):
            rests.failed(channel.name, at: now())
            logger.warning(
                "notification not delivered",
                metadata: facts.merging(["reason": "\(reason)", "attempt": "\(notification.attempts + 1)"]) { $1 })
            try store.failed(
                notification.id, next: RetryDelay.nextAttempt(afterFailures: notification.attempts + 1, at: now()))
        }
    }

    private func giveUp(_ notification: QueuedNotification, because reason: String) throws {
        logger.warning(
            "notification given up",
            metadata: ["channel": "\(notification.channel)", "approval": "\(notification.approval)", "reason": "\(reason)"])
        try store.giveUp(notification.id, at: now(), because: reason)
    }
}
