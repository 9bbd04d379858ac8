internal import Configuration
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Synchronization

extension ConnectionMonitor {
    /// The way to a target: decided by the access rules, then dialled in a thread of its own, so that the connection's other channels go on.
    func answerRoute(_ request: RouteRequest, _ number: UInt32) throws {
        let (client, leg) = state.withLock { ($0.client, $0.legs[request.leg]) }
        guard let client, let leg, let identity = leg.identity else {
            preconditionFailure("routes are asked on legs that are logged in")
        }

        let access = AccessRequest(
            user: identity.name, target: request.target, login: request.login, from: client.ip, at: bastion.now().milliseconds)
        switch bastion.running.access.decide(access) {
        case .denied(let reason):
            logger.notice(
                "route refused",
                metadata: [
                    "leg": "\(request.leg.number)", "target": "\(escaped(request.target))", "login": "\(escaped(request.login))",
                    "reason": "\(reason)",
                ])
            try reply(.refused(unreachable(request.target, as: request.login)), to: number)
        case .granted(let grant):
            // What the tunnel was granted for is what it leads to, or the two checks could be played against each other.
            if let tunnelTarget = leg.tunnelTarget, tunnelTarget != grant.target.name {
                throw SessionPhase.Violation(what: "a route to \(grant.target.name) in a tunnel to \(tunnelTarget)")
            }
            // Legs can be closed and opened anew while their dials still wait, so the dials are counted, not the legs.
            let isBusy = state.withLock { state in
                guard state.dials < Int(bastion.running.daemon.limits.channels) else { return true }
                state.dials += 1
                state.phase.dialling(request.leg)
                return false
            }
            guard !isBusy else {
                return try reply(.failed("too many connections to targets are being opened at once."), to: number)
            }
            startThread("dial") {
                self.openRoute(access, grant, request.leg, number)
                self.state.withLock { $0.dials -= 1 }
            }
        }
    }

    /// In the dial's thread: connects, unseals the credential, and answers.
    private func openRoute(_ access: AccessRequest, _ grant: Grant, _ leg: Leg, _ number: UInt32) {
        var logger = logger
        logger[metadataKey: "target"] = "\(grant.target.name)"
        logger[metadataKey: "login"] = "\(grant.login)"
        do {
            let socket = try dial(grant.target.address, timeoutMilliseconds: Self.dialTimeout)
            tune(tcp: socket.number, logger)
            let credential = try bastion.credential(
                for: grant, user: access.user, connection: state.withLock { $0.client?.id ?? "" }, logger)
            try finish(access, grant, leg, number, socket: socket, credential, logger)
        } catch let refusal as RouteRefusal {
            logger.notice("route failed", metadata: ["leg": "\(leg.number)", "reason": "\(refusal.reason)"])
            _ = state.withLock { $0.phase.dialled(leg, connected: false) }
            replyOrEnd(.failed(refusal.userMessage), to: number)
        } catch {
            logger.error("route failed", metadata: ["leg": "\(leg.number)", "reason": "\(error)"])
            _ = state.withLock { $0.phase.dialled(leg, connected: false) }
            replyOrEnd(
                .failed("the way to \(grant.target.name) could not be opened. Call the administrator."), to: number)
        }
    }

    private func finish(
        _ access: AccessRequest, _ grant: Grant, _ leg: Leg, _ number: UInt32, socket: borrowing OwnedDescriptor,
        _ credential: borrowing RouteCredential, _ logger: Logger
    ) throws {
        let route = LegState.Route(request: access, grant: grant, agent: credential.agent)
        let isWanted = state.withLock { state in
            guard state.termination == nil, state.phase.dialled(leg, connected: true) else { return false }
            state.legs[leg]?.route = route
            return true
        }
        guard isWanted else {
            credential.agent?.end()
            return replyOrEnd(.refused("the connection to \(grant.target.name) is no longer wanted."), to: number)
        }
        // Once more now that a reload finds this route: one that came while we dialled found nothing to end.
        guard stillGranted(route) else { return withdraw(route) }
        logger.notice("route", metadata: ["leg": "\(leg.number)", "grant": "\(grant.name)"])

        let granted = GrantedRoute(
            target: grant.target.name, login: grant.login, pinnedHostKeys: grant.target.hostKeys,
            authentication: credential.authentication)
        replyOrEnd(.route(granted), to: number, descriptors: [socket.number] + credential.agentDescriptors)
    }

    /// From another thread than the connection's, which hears of a failure by `end`.
    private func replyOrEnd(_ reply: MonitorReply, to number: UInt32, descriptors: [Int32] = []) {
        do { try self.reply(reply, to: number, descriptors: descriptors) } catch { end(.deaf) }
    }

    /// For all addresses of a name together.
    private static let dialTimeout: Int32 = 10_000

    // MARK: While it lasts

    /// Whether the access rules, as they are now, would grant the route again.
    func stillGranted(_ route: LegState.Route) -> Bool {
        var request = route.request
        request.at = bastion.now().milliseconds
        if case .granted(let grant) = bastion.running.access.decide(request) {
            return grant.target.name == route.grant.target.name
        }
        return false
    }

    /// Ends the connection because a route of it is no longer granted. There is no message that ends one route alone.
    func withdraw(_ route: LegState.Route) {
        logger.notice("grant withdrawn", metadata: ["target": "\(route.grant.target.name)", "login": "\(route.grant.login)"])
        let message = "your access to \(route.grant.target.name) as \(route.grant.login) has ended."
        terminate(Refusal(message: message, exitStatus: Refusal.refusedStatus))
    }
}

/// Why a granted route could not be opened.
struct RouteRefusal: Error, Sendable {
    /// For the user, who may know of the target: it was granted.
    let userMessage: String
    /// For the log.
    let reason: String
}
