internal import Glibc
internal import LibSSH
internal import MonitorProtocol

/// One client connection from the first byte to the last: the outer session, the tunnels in it, one thread, one poll loop.
///
/// The loop is in `run`; what the parts ask of the whole is in `Connection+Services`.
final class Connection {
    let briefing: ConnectionBriefing
    let monitor: MonitorClient
    let hostIdentity: HostIdentity
    /// Nanoseconds of a monotonic clock.
    let now: () -> UInt64

    private(set) var outer: ClientLeg?
    var tunnels: [Tunnel] = []
    /// Tunnels that were opened only to say no in them.
    var refusedTunnels: [TunnelRefusal] = []
    /// Permitted, and opened a moment later in the same callback.
    var expectedTunnel: ExpectedTunnel?
    /// Legs count from 1 on; 0 is the outer one.
    var lastLeg: UInt32 = 0
    var lastChannel: UInt32 = 0
    var lastActivity: UInt64
    /// Why the connection ends although nobody closed it; set from callbacks, acted on by the loop.
    var failure: MonitorClient.Failure?
    private var closingDeadline: UInt64?
    private var pollSet = PollSet()

    /// How long a client may take to read the last message and to close.
    static let closingTime = 2 * nanosecondsPerSecond

    /// A tunnel and the inner session that it carries.
    struct Tunnel {
        let bridge: TunnelBridge
        let leg: ClientLeg
    }

    enum ExpectedTunnel {
        case granted(Leg, target: String, inner: Int32, bridge: Int32)
        /// What to tell the client in the tunnel.
        case refused(String)
    }

    /// - Parameter socket: the client's; owned from here on.
    init(
        _ socket: consuming OwnedDescriptor, briefing: ConnectionBriefing, hostIdentity: HostIdentity, monitor: MonitorClient,
        now: @escaping () -> UInt64
    ) throws(LibSSHError) {
        self.briefing = briefing
        self.monitor = monitor
        self.hostIdentity = hostIdentity
        self.now = now
        lastActivity = now()
        outer = try ClientLeg(.outer, socket: socket.release(), tunnelTarget: nil, connection: self)
    }

    /// Serves until the client has gone, or the monitor or a limit ends it.
    /// - Returns: why it ended, if not because the client went.
    func run() -> String? {
        var reason: String?
        do {
            while try turn() {}
        } catch {
            reason = error.reason
            if let outer { sayGoodbye(outer) }
        }
        do { try close() } catch { reason = reason ?? error.reason }
        return reason
    }

    /// One turn of the loop: go as far as possible, wait for a socket, let it read and write.
    /// - Returns: false when the connection is over.
    private func turn() throws(MonitorClient.Failure) -> Bool {
        guard let outer else { return false }
        let goesOn = try advance(outer)
        if let failure { throw failure }
        if outer.session.isLost { return false }
        if let closingDeadline, now() >= closingDeadline { return false }
        try wait(outer, atMost: goesOn ? 0 : nil)
        if outer.isExhausted { return false }
        return true
    }

    private func advance(_ outer: ClientLeg) throws(MonitorClient.Failure) -> Bool {
        var goesOn = try outer.advance()
        for tunnel in tunnels {
            if try tunnel.leg.advance() { goesOn = true }
            if tunnel.bridge.pump() { goesOn = true }
            if tunnel.leg.session.isLost || tunnel.leg.isExhausted || isOverdue(tunnel.leg) { tunnel.bridge.end() }
        }
        for tunnel in refusedTunnels { tunnel.advance(at: now()) }
        withExtendedLifetime(refusedTunnels.takeAll { $0.isOver }) {}
        try removeEndedTunnels()
        try keepLimits(outer)
        return goesOn
    }

    private func removeEndedTunnels() throws(MonitorClient.Failure) {
        for tunnel in tunnels where tunnel.bridge.isEnded {
            try tunnel.leg.close()
            try monitor.ask(.closeLeg(tunnel.leg.leg)) { _ in }
        }
        withExtendedLifetime(tunnels.takeAll { $0.bridge.isEnded }) {}
    }

    private func isOverdue(_ leg: ClientLeg) -> Bool {
        guard let deadline = leg.graceDeadline, !leg.isAuthenticated else { return false }
        return now() >= deadline
    }

    private func keepLimits(_ outer: ClientLeg) throws(MonitorClient.Failure) {
        if isOverdue(outer) { return outer.session.disconnect() }
        if outer.isAuthenticated, outer.keepalive.check(outer.session, now: now()) {
            throw MonitorClient.Failure(reason: "the client does not answer keepalives")
        }
        if let deadline = idleDeadline, now() >= deadline, closingDeadline == nil {
            // Whoever waits for other people is not idle.
            guard !legs(outer).contains(where: { $0.channels.contains(where: \.isWaiting) }) else { return noteActivity() }
            try end(with: Refusal(message: "idle for too long", exitStatus: Refusal.refusedStatus))
        }
    }

    private var idleDeadline: UInt64? {
        briefing.limits.idleSeconds == 0 ? nil : lastActivity + UInt64(briefing.limits.idleSeconds) * nanosecondsPerSecond
    }

    /// Tells every user in every channel, then gives the client a moment to close.
    private func end(with refusal: Refusal) throws(MonitorClient.Failure) {
        guard closingDeadline == nil else { return }
        closingDeadline = now() + Self.closingTime
        try outer?.refuseAll(refusal)
        for tunnel in tunnels { try tunnel.leg.refuseAll(refusal) }
    }

    private func wait(_ outer: ClientLeg, atMost limit: UInt64?) throws(MonitorClient.Failure) {
        pollSet.removeAll()
        pollSet.add(.monitor, monitor.descriptor, .readable)
        for leg in legs(outer) {
            pollSet.add(leg.session)
            leg.forEachUpstream { if let session = $0.pollable { pollSet.add(session) } }
        }
        for tunnel in tunnels { pollSet.add(.bridge(tunnel.bridge), tunnel.bridge.descriptor, tunnel.bridge.interest) }
        pollSet.wait(nanoseconds: monitor.hasEarlyAnswers ? 0 : limit ?? nanosecondsToDeadline(outer))
        for (owner, readiness) in pollSet.ready {
            switch owner {
            case .monitor: break
            case .session(let session): process(session)
            case .bridge(let bridge): bridge.isReadable = readiness.contains(.readable) || readiness.contains(.hungUp)
            }
        }
        if pollSet.isMonitorReady || monitor.hasEarlyAnswers, let refusal = try monitor.dispatch() {
            try end(with: refusal)
        }
    }

    private func process(_ session: Session) {
        session.process()
        // Until a program runs both peers send small packets in pairs under Nagle, and a delayed acknowledgement would hold back the second
        // for 40 ms. Not sticky, hence after every read. Inner sessions are on a socket pair, which knows no such thing.
        if !hasRelayed, let descriptor = session.descriptor { try? setQuickAcknowledge(of: descriptor) }
    }

    private func legs(_ outer: ClientLeg) -> [ClientLeg] { [outer] + tunnels.map(\.leg) }

    private func nanosecondsToDeadline(_ outer: ClientLeg) -> UInt64? {
        // Once the connection is ending, idleness has no deadline: it has passed, and would let the loop spin.
        var deadlines = [closingDeadline ?? idleDeadline, outer.isAuthenticated ? outer.keepalive.deadline : nil]
        deadlines += refusedTunnels.map(\.deadline)
        for leg in legs(outer) {
            deadlines.append(leg.isAuthenticated ? nil : leg.graceDeadline)
            leg.forEachUpstream { deadlines.append($0.deadline) }
            for channel in leg.channels { deadlines.append(channel.deadline) }
        }
        guard let next = deadlines.compactMap({ $0 }).min() else { return nil }
        let now = now()
        return next > now ? next - now : 0
    }

    /// Nobody decides or records any more: tells everybody, and gives the last words a moment to get through.
    private func sayGoodbye(_ outer: ClientLeg) {
        for leg in legs(outer) { leg.channels.forEach { $0.abandon() } }
        let deadline = now() + nanosecondsPerSecond
        while now() < deadline, !outer.session.isLost {
            for tunnel in tunnels { _ = tunnel.bridge.pump() }
            pollSet.removeAll()
            for leg in legs(outer) { pollSet.add(leg.session) }
            for tunnel in tunnels { pollSet.add(.bridge(tunnel.bridge), tunnel.bridge.descriptor, tunnel.bridge.interest) }
            pollSet.wait(nanoseconds: 50_000_000)
            for (owner, readiness) in pollSet.ready {
                switch owner {
                case .monitor: break
                case .session(let session): process(session)
                case .bridge(let bridge): bridge.isReadable = readiness.contains(.readable) || readiness.contains(.hungUp)
                }
            }
        }
    }

    private func close() throws(MonitorClient.Failure) {
        // The inner sessions first: their good-byes travel through the outer one.
        for tunnel in tunnels {
            try tunnel.leg.close()
            tunnel.bridge.end()
        }
        withExtendedLifetime(tunnels.takeAll()) {}
        try outer?.close()
        outer = nil
    }

    /// A program has been running: the handshakes are over.
    var hasRelayed = false
}
