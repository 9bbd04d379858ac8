internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import Synchronization

/// Keeps a few session processes started ahead, and brings them and clients together. Never makes the listener wait.
final class SessionSpawner: Sendable {
    struct Settings: Sendable {
        /// Absolute path of `sallyport-session`.
        var executable: String
        var waiting: Int
        /// Each process gets a user of its own from here; nil when the daemon may not change users.
        var users: ClosedRange<UInt32>?
    }

    private struct State {
        var pool: SessionPool<ConnectionMonitor, AcceptedClient>
        var usersTaken: Set<UInt32> = []
        var lastUser: UInt32?
        var isStopped = false
    }

    private let settings: Settings
    private let bastion: Bastion
    private let wakeUp: WakeUp
    private let state: Mutex<State>

    init(_ settings: Settings, bastion: Bastion) throws(SystemError) {
        self.settings = settings
        self.bastion = bastion
        wakeUp = try WakeUp()
        state = Mutex(State(pool: SessionPool(wanted: settings.waiting)))
    }

    /// Starts the thread that starts processes.
    func run() { startThread("spawner") { self.keepStarted() } }

    /// No new processes from now on; those that wait for a client are ended.
    func stop() {
        let waiting = state.withLock {
            $0.isStopped = true
            return $0.pool.waiting
        }
        wakeUp.wake()
        waiting.forEach { $0.end(.stopping) }
    }

    // MARK: Clients and processes meet

    func arrived(_ client: AcceptedClient) {
        let process = state.withLock { $0.pool.arrived(client) }
        process?.serve(client)
        wakeUp.wake()
    }

    /// - Returns: the client to serve, if one waits already.
    func ready(_ process: ConnectionMonitor) -> AcceptedClient? {
        let client = state.withLock { $0.pool.ready(process) }
        wakeUp.wake()
        return client
    }

    /// A process has ended and was waited for; its user may be given to another.
    func ended(_ process: ConnectionMonitor, wasReady: Bool) {
        let now = monotonicMilliseconds()
        state.withLock {
            if !wasReady { $0.pool.failed(at: now) } else { _ = $0.pool.endedWaiting(process, at: now) }
            if let user = process.process.user { $0.usersTaken.remove(user) }
        }
        wakeUp.wake()
    }

    // MARK: Starting

    private func keepStarted() {
        while true {
            wakeUp.reset()
            let now = monotonicMilliseconds()
            let (count, next, isStopped) = state.withLock { state in
                (state.isStopped ? 0 : state.pool.processesToStart(at: now), state.pool.nextStart(after: now), state.isStopped)
            }
            if isStopped { return }
            for _ in 0..<count { startOne() }
            expireClients()
            // At most a second, so that a client that gave up waiting does not wait for the next event.
            let wait = min(next.map { $0 - now } ?? 1000, 1000)
            _ = try? waitForReadiness(of: [(wakeUp.descriptorNumber, .readable)], timeoutMilliseconds: Int32(wait))
        }
    }

    private func startOne() {
        do {
            let user = try takeUser()
            do {
                let process = try SessionChild.start(settings.executable, user: user)
                do {
                    let monitor = try ConnectionMonitor(process, spawner: self, bastion: bastion)
                    startThread("connection") { monitor.run() }
                } catch {
                    process.kill(bastion.logger)
                    _ = process.wait(bastion.logger)
                    throw error
                }
            } catch {
                if let user { state.withLock { _ = $0.usersTaken.remove(user) } }
                throw error
            }
        } catch {
            let now = monotonicMilliseconds()
            state.withLock { $0.pool.failed(at: now) }
            bastion.logger.error("session process could not be started", metadata: ["error": "\(error)"])
        }
    }

    private func takeUser() throws -> UInt32? {
        guard let users = settings.users else { return nil }
        return try state.withLock { state in
            // Round and round, so that a user number rests as long as possible before it is used again.
            let first = state.lastUser.map { $0 < users.upperBound ? $0 + 1 : users.lowerBound } ?? users.lowerBound
            guard
                let user = (Array(first...users.upperBound) + Array(users.lowerBound..<first)).first(where: {
                    !state.usersTaken.contains($0)
                })
            else { throw SystemError("setuid", EAGAIN) }
            state.usersTaken.insert(user)
            state.lastUser = user
            return user
        }
    }

    private func expireClients() {
        let late = state.withLock { state in
            let late = state.pool.clients.filter { $0.graceEnds.hasPassed }
            late.forEach { state.pool.left($0) }
            return late
        }
        for client in late { bastion.dropped(client, because: "no session process in time") }
    }
}
