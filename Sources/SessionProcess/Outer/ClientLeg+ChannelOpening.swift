internal import LibSSH
internal import MonitorProtocol

/// What a client may open once it is logged in (RFC 4254 §5.1): session channels, and on the outer leg tunnels to targets.
extension ClientLeg {
    func serverSessionPermitsSessionChannel(_ session: ServerSession) -> Bool {
        isAuthenticated && connection.hasRoomForChannel
    }

    func serverSession(_ session: ServerSession, opened channel: Channel) {
        channels.append(SessionChannel(channel, of: self))
    }

    func serverSession(_ session: ServerSession, permitsTunnelTo host: String, port: UInt32) -> Bool {
        guard let identity, leg == .outer else { return refuse("tunnels inside a tunnel are not possible") }
        guard identity.permitsForwarding else {
            return refuse("your certificate lacks permit-port-forwarding, which `ssh -J` needs")
        }
        guard connection.hasRoomForChannel else { return refuse("too many channels are open on this connection") }
        switch connection.requestTunnel(to: host, port: port) {
        case .permitted: return true
        case .refused(let message): return refuse(message)
        }
    }

    func serverSession(_ session: ServerSession, openedTunnel channel: Channel) {
        connection.tunnelOpened(channel)
    }

    func serverSession(_ session: ServerSession, refused what: RefusedRequest) {
        let reason =
            switch what {
            case .remoteForward: "remote forwards (-R) are refused: what comes in by them could not be judged or recorded"
            case .x11: "X11 forwarding is refused: what passes through it could not be judged or recorded"
            case .channelType: "channels of this type are refused"
            }
        _ = refuse(reason)
    }

    /// libssh refuses without a description, so the reason goes by SSH_MSG_DEBUG (`ssh -v` shows it) and to those at a terminal.
    private func refuse(_ reason: String) -> Bool {
        session.sendDebugMessage("sallyport: \(reason)")
        for channel in channels { channel.note(reason) }
        return false
    }
}
