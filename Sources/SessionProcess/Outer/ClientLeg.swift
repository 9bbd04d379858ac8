internal import LibSSH
internal import MonitorProtocol
internal import OpenSSHKeys

/// One SSH connection in which Sallyport is the server: the outer one, or an inner one that a tunnel carries.
///
/// Authentication is in `ClientLeg+Authentication`, what may be opened in `ClientLeg+ChannelOpening`.
final class ClientLeg {
    let leg: Leg
    let session: ServerSession
    unowned let connection: Connection
    /// On an inner leg the target of its tunnel, in the client's words.
    let tunnelTarget: String?
    /// Nanoseconds of the monotonic clock at which logging in must be done.
    let graceDeadline: UInt64?

    /// Set when a certificate has been proven and accepted.
    var identity: GrantedIdentity?
    var userName: String?
    var failedTries: UInt32 = 0
    /// Too many tries: the leg is to be closed.
    var isExhausted = false
    var hasShownHelp = false

    /// The way to the target; `nil` at the desk.
    var upstream: UpstreamSession?
    var channels: [SessionChannel] = []
    var keepalive: Keepalive

    init(_ leg: Leg, socket: Int32, tunnelTarget: String?, connection: Connection) throws(LibSSHError) {
        self.leg = leg
        self.connection = connection
        self.tunnelTarget = tunnelTarget
        session = try ServerSession(socket: socket, identity: connection.hostIdentity)
        let limits = connection.briefing.limits
        let now = connection.now()
        graceDeadline = limits.loginGraceSeconds == 0 ? nil : now + UInt64(limits.loginGraceSeconds) * nanosecondsPerSecond
        keepalive = Keepalive(limits: limits, now: now)
        session.delegate = self
    }

    /// The ways to targets of all its channels. In each turn of the loop, so no list is made.
    func forEachUpstream<Failure: Error>(_ body: (UpstreamSession) throws(Failure) -> Void) throws(Failure) {
        if let upstream { try body(upstream) }
        for channel in channels { if let chosen = channel.chosen { try body(chosen) } }
    }

    var isAuthenticated: Bool { identity != nil }

    /// Lets every channel and the upstream session go as far as they can.
    /// - Returns: whether something can go on at once, without waiting for a socket.
    func advance() throws(MonitorClient.Failure) -> Bool {
        var goesOn = false
        try forEachUpstream { upstream throws(MonitorClient.Failure) in if try upstream.advance() { goesOn = true } }
        for channel in channels where try channel.advance() { goesOn = true }
        withExtendedLifetime(channels.takeAll { $0.isEnded }) {}
        return goesOn
    }

    /// Ends all channels with a message, as far as the client can still be told.
    func refuseAll(_ refusal: Refusal) throws(MonitorClient.Failure) {
        for channel in channels { try channel.end(refusal: refusal) }
        withExtendedLifetime(channels.takeAll { $0.isEnded }) {}
    }

    /// The connection under this leg is gone: tells the monitor how its channels ended.
    func close() throws(MonitorClient.Failure) {
        for channel in channels { try channel.lose("the client's connection ended") }
        withExtendedLifetime(channels.takeAll()) {}
        upstream?.disconnect()
        upstream = nil
        session.disconnect()
    }
}
