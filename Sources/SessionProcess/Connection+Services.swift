internal import LibSSH
internal import MonitorProtocol

/// What the legs and channels of a connection ask of the whole. Called from inside libssh's callbacks too, so nothing here throws or closes:
/// a failure is noted, and the loop ends the connection.
///
/// Callbacks run not only while packets are processed: a write that the socket does not take whole makes libssh read as well. So nothing may be
/// in the middle of changing what they look at when a channel is written to, closed or let go of (`Array.takeAll`).
extension Connection {
    enum TunnelAnswer {
        case permitted
        case refused(String)
    }

    var hasRoomForChannel: Bool {
        let channels = (outer?.channels.count ?? 0) + refusedTunnels.count + tunnels.reduce(0) { $0 + 1 + $1.leg.channels.count }
        return channels < Int(briefing.limits.channels)
    }

    /// For a channel that begins now. Not for one that opens: channels begin in any order, and the monitor wants their numbers to count up.
    func nextChannelNumber() -> ChannelNumber {
        lastChannel += 1
        return ChannelNumber(lastChannel)
    }

    /// For a tunnel, or for a target that was chosen at the desk.
    func nextLeg() -> Leg {
        lastLeg += 1
        return Leg(lastLeg)
    }

    func noteActivity() { lastActivity = now() }

    func fail(_ reason: String) {
        if failure == nil { failure = MonitorClient.Failure(reason: reason) }
    }

    /// Asks the monitor for what a callback has to know before it returns.
    func askNow(_ request: SessionRequest) -> MonitorClient.Answer? {
        guard failure == nil else { return nil }
        do { return try monitor.ask(request) } catch {
            failure = error
            return nil
        }
    }

    func askLater(_ request: SessionRequest, answered: @escaping (MonitorClient.Answer) -> Void) {
        guard failure == nil else { return }
        do { try monitor.ask(request) { answered($0) } } catch { failure = error }
    }

    func report(_ result: UpstreamResult) {
        askLater(.upstreamResult(result)) { _ in }
    }

    /// Asks whether a tunnel to this host may be opened.
    ///
    /// libssh refuses a channel without a word, so where the client expects an SSH server (port 22) the tunnel is opened even when it is
    /// refused, and the reason is the only thing in it (`TunnelRefusal`).
    func requestTunnel(to host: String, port: UInt32) -> TunnelAnswer {
        let leg = nextLeg()
        guard let answer = askNow(.openTunnel(OpenTunnel(leg: leg, host: host, port: port))) else { return .refused("no answer") }
        switch answer.reply {
        case .accepted:
            guard let inner = answer.takeDescriptor(), let bridge = answer.takeDescriptor() else {
                fail("a tunnel without sockets")
                return .refused("no sockets")
            }
            expectedTunnel = .granted(leg, target: host, inner: inner.release(), bridge: bridge.release())
            return .permitted
        case .refused(let refusal):
            guard port == TunnelRefusal.sshPort else { return .refused(refusal.message) }
            expectedTunnel = .refused(refusal.message)
            return .permitted
        default:
            fail("unexpected answer to a tunnel")
            return .refused("no answer")
        }
    }

    func tunnelOpened(_ channel: Channel) {
        defer { expectedTunnel = nil }
        switch expectedTunnel {
        case .granted(let leg, let target, let inner, let bridge):
            let socket = OwnedDescriptor(owning: bridge)
            do {
                let inner = try ClientLeg(leg, socket: inner, tunnelTarget: target, connection: self)
                tunnels.append(Tunnel(bridge: TunnelBridge(channel, socket: socket), leg: inner))
                inner.session.process()
            } catch { fail("inner session: \(error)") }
        case .refused(let message):
            refusedTunnels.append(TunnelRefusal(channel, message: message, deadline: now() + Self.closingTime))
        case nil: fail("a tunnel that was not asked for")
        }
    }
}
