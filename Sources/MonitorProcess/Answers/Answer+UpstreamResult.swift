internal import Logging
internal import MonitorProtocol
internal import Policy
internal import Synchronization

extension ConnectionMonitor {
    /// How logging in to the target went. The agent has done its work either way.
    func answerUpstreamResult(_ result: UpstreamResult) -> MonitorReply {
        let route = state.withLock { state in
            state.phase.upstream(result.leg, isLoggedIn: result.outcome == .loggedIn)
            return state.legs[result.leg]?.route
        }
        guard let route else { preconditionFailure("results are of routes") }
        route.agent?.end()
        var logger = logger
        logger[metadataKey: "leg"] = "\(result.leg.number)"
        logger[metadataKey: "target"] = "\(route.grant.target.name)"
        logger[metadataKey: "login"] = "\(route.grant.login)"
        let detail = escaped(result.detail, limit: 1024)
        switch result.outcome {
        case .loggedIn: logger.info("logged in to the target")
        case .handshakeFailed: logger.warning("no handshake with the target", metadata: ["detail": "\(detail)"])
        case .authenticationFailed: logger.warning("the target refused the credential", metadata: ["detail": "\(detail)"])
        case .hostKeyMismatch:
            logger.critical("security: the target showed a host key that is not pinned", metadata: ["detail": "\(detail)"])
        }
        return .accepted
    }

    /// A leg is over: its agent and its channels with it.
    func answerCloseLeg(_ leg: Leg) -> MonitorReply {
        let (agent, channels, sessions) = state.withLock { state in
            let channels = state.phase.channels(of: leg)
            let sessions = channels.compactMap { state.sessions.removeValue(forKey: $0) }
            state.phase.closed(leg)
            return (state.legs.removeValue(forKey: leg)?.route?.agent, channels, sessions)
        }
        agent?.end()
        withdrawHeld { $0.isOn(leg) || channels.contains($0.channel) }
        endLost(sessions, because: "the connection to the target was closed")
        return .accepted
    }
}
