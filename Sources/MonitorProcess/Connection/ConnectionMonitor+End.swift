internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Synchronization

extension ConnectionMonitor {
    /// After the process has ended: nothing of the connection stays behind.
    func cleanUp(_ reason: ConnectionEnd, _ exit: SessionExit?) {
        let logger = logger
        logEnd(reason, exit, logger)
        let (client, sessions, legs, wasConnected) = state.withLock { state in
            defer {
                state.sessions = [:]
                state.legs = [:]
            }
            // A dial that comes back now finds its leg closed.
            for leg in state.legs.keys { state.phase.closed(leg) }
            return (state.client, Array(state.sessions.values), state.legs, state.phase.phase != .waiting)
        }
        for leg in legs.values { leg.route?.agent?.end() }
        endLost(sessions, because: Self.lostText(reason, exit))
        guard let client else { return }
        bastion.approvals.connectionEnded(client.id)
        if wasConnected {
            bastion.connections.remove(id: client.id)
            bastion.limits.withLock { $0.ended(client.ticket) }
            logger.info("connection closed", metadata: ["reason": "\(reason.text)"])
        } else {
            // The process died between being given the client and taking it; another one serves it.
            spawner.arrived(client)
        }
    }

    private func logEnd(_ reason: ConnectionEnd, _ exit: SessionExit?, _ logger: Logger) {
        let facts: Logger.Metadata = [
            "pid": "\(process.pid)", "reason": "\(reason.text)", "exit": "\(exit.map { "\($0)" } ?? "unknown")",
        ]
        if let exit, exit.wasKilledByFilter {
            logger.critical("security: a session process made a system call that it may not make", metadata: facts)
        }
        switch (reason, exit) {
        case (.violation, _): logger.critical("security: a session process broke the protocol", metadata: facts)
        case (.sessionLeft, .signal(let number)?) where number != SIGSYS: logger.error("session process crashed", metadata: facts)
        case (.sessionLeft, .status(let status)?) where status != 0: logger.warning("session process failed", metadata: facts)
        case (.deaf, _), (.failed, _): logger.error("connection failed", metadata: facts)
        case (.graceOver, _), (.terminated, _): logger.notice("session process killed", metadata: facts)
        default: break
        }
    }

    private static func lostText(_ reason: ConnectionEnd, _ exit: SessionExit?) -> String {
        if reason == .sessionLeft, case .signal(let number)? = exit { return "the session process was ended by signal \(number)" }
        return reason.text
    }

    // MARK: What is no longer granted

    /// After a reload. True if the connection is ended.
    func endIfWithdrawn() -> Bool {
        let (routes, certificates) = state.withLock {
            ($0.legs.values.compactMap(\.route), $0.legs.values.compactMap(\.certificate))
        }
        let running = bastion.running
        if certificates.contains(where: { !running.stillTrusts($0) }) {
            logger.notice("certificate no longer trusted")
            terminate(Refusal(message: "your certificate is no longer accepted.", exitStatus: Refusal.refusedStatus))
            return true
        }
        guard let withdrawn = routes.first(where: { !stillGranted($0) }) else { return false }
        withdraw(withdrawn)
        return true
    }

    /// Ends the connection where the time of a grant is over that ends its sessions with it, and no other grant lets them go on.
    func endIfOverdue(at now: Int64) {
        let overdue = state.withLock { state in
            state.sessions.filter { $0.value.endsAt.map { now >= $0 } ?? false }.compactMap { channel, session in
                state.phase.leg(of: channel).flatMap { state.legs[$0]?.route }.map { (channel, session.summary.kind, $0) }
            }
        }
        for (channel, kind, route) in overdue {
            var request = route.request
            request.at = now
            if case .granted(let grant) = bastion.running.access.decide(request), grant.channels.contains(kind.accessChannel) {
                state.withLock { $0.sessions[channel]?.endsAt = grant.sessionsEnd(for: kind.accessChannel) }
            } else {
                return withdraw(route)
            }
        }
    }

    /// Whether somebody is logged in here with that certificate.
    func uses(serial: UInt64, of authority: String) -> Bool {
        state.withLock { state in
            state.legs.values.contains {
                $0.identity.map { $0.serial == serial && $0.authorityFingerprint == authority } ?? false
            }
                || state.identity.map { $0.serial == serial && $0.authorityFingerprint == authority } ?? false
        }
    }
}

extension SessionChild {
    /// Logs the lines that have come.
    func copyLog(_ logger: Logger) {
        for line in log.lines() { logger.info("session process", metadata: ["says": "\(line)"]) }
    }
}
