internal import Configuration
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Synchronization

extension ConnectionMonitor {
    /// `ssh -J`: whether the connection may carry a tunnel to that host and port. The tunnel ends in the bastion; nothing is dialled yet.
    ///
    /// Beside `.accepted` go the two ends of a socket pair.
    func answerOpenTunnel(_ tunnel: OpenTunnel, _ number: UInt32) throws {
        let (client, identity, open) = state.withLock { ($0.client, $0.identity, $0.phase.openTunnels) }
        guard let client, let identity else { preconditionFailure("tunnels are opened by users who are logged in") }
        let asked = "\(escaped(tunnel.host)):\(tunnel.port)"

        guard identity.permitsForwarding else {
            logger.notice("tunnel refused", metadata: ["to": "\(asked)", "reason": "no permit-port-forwarding"])
            return try reply(.refused("Your certificate does not permit port forwarding, which \"ssh -J\" needs."), to: number)
        }
        guard open < Int(bastion.running.daemon.limits.channels) else {
            logger.notice("tunnel refused", metadata: ["to": "\(asked)", "reason": "too many tunnels"])
            return try reply(.refused("This connection has as many tunnels as it may have at once."), to: number)
        }
        guard
            let target = bastion.running.access.mayTunnel(
                user: identity.name, host: tunnel.host, port: tunnel.port, from: client.ip, at: bastion.now().milliseconds)
        else {
            logger.notice("tunnel refused", metadata: ["to": "\(asked)", "reason": "no such target, or no grant"])
            return try reply(.refused(unreachable(tunnel.host, as: nil)), to: number)
        }
        // The inner server's socket, and the end that the channel's bytes go through: a confined process cannot make sockets.
        let sockets = try DescriptorPair.connectedSockets(.stream)
        state.withLock { state in
            state.phase.tunnelOpened(tunnel.leg)
            state.legs[tunnel.leg] = LegState(tunnelTarget: target.name)
        }
        logger.info("tunnel", metadata: ["leg": "\(tunnel.leg.number)", "target": "\(target.name)"])
        try reply(.accepted, to: number, descriptors: [sockets.first.number, sockets.second.number])
    }

    /// The same sentence for a target that does not exist and one that is not granted, so that nobody can find out which it is.
    func unreachable(_ target: String, as login: String?) -> String {
        let login = login.map { " as " + escaped($0, limit: 64) } ?? ""
        return "no target \"\(escaped(target, limit: 253))\" that you may reach\(login). \"ssh BASTION\" lists yours."
    }
}
