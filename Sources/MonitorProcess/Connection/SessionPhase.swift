internal import MonitorProtocol

/// Where a session process stands, and which requests that permits. Pure: request or event in, violation or nothing out.
///
/// `permit` looks at the tables of `PermittedRequests` and counts; the other functions are what the monitor's own answers changed.
struct SessionPhase: Sendable {
    enum Phase: String, Sendable { case waiting, authenticating, serving }
    enum LegPhase: String, Sendable { case unauthenticated, authenticated, dialling, routed, usable, failed }

    /// What a session process did that the tables do not permit. Ends the connection; the text goes to the log.
    struct Violation: Error, Equatable, Sendable {
        let what: String
    }

    private struct LegState {
        var phase: LegPhase
        var uses: [SessionRequest.Kind: Int] = [:]
    }

    /// Failed log-ins that the session process was told to allow on one leg.
    private var tries = 0
    private(set) var phase = Phase.waiting
    private var uses: [SessionRequest.Kind: Int] = [:]
    private var legs: [Leg: LegState] = [:]
    /// Leg numbers count up and are never reused, so closed legs need not be remembered.
    private var lastLeg = Leg.outer
    /// Channel numbers count up too.
    private var lastChannel = ChannelNumber(0)
    private struct OpenChannel {
        let leg: Leg
        /// Files are judged and told about on it, and on no other.
        let speaksSFTP: Bool
        /// Lines are judged and told about on it, and on no other.
        let isGuarded: Bool
    }
    /// Open channels. Bounded by the limit on channels, which `Answer+Channel` keeps.
    private var channels: [ChannelNumber: OpenChannel] = [:]

    var openChannels: Int { channels.count }
    var openTunnels: Int { legs.keys.count { $0 != .outer } }
    func phase(of leg: Leg) -> LegPhase? { legs[leg]?.phase }
    func channels(of leg: Leg) -> [ChannelNumber] { channels.filter { $0.value.leg == leg }.map(\.key) }
    func leg(of channel: ChannelNumber) -> Leg? { channels[channel]?.leg }

    /// Whether the request may be made now; if so it is counted.
    mutating func permit(_ request: SessionRequest) throws(Violation) {
        let kind = request.kind
        guard let use = table[kind], use.allows(uses[kind, default: 0]) else {
            throw Violation(what: "\(kind) is not permitted while \(phase.rawValue)")
        }
        uses[kind, default: 0] += 1
        switch request {
        case .ready, .desk, .withdraw, .deskView, .decide: break
        case .offeredCertificate(let offer): try permit(kind, on: offer.leg)
        case .openTunnel(let tunnel):
            guard tunnel.leg.number > lastLeg.number else { throw Violation(what: "leg \(tunnel.leg.number) is not new") }
            lastLeg = tunnel.leg
        case .openDeskLeg(let leg):
            guard leg.number > lastLeg.number else { throw Violation(what: "leg \(leg.number) is not new") }
            lastLeg = leg
        case .route(let route): try permit(kind, on: route.leg)
        case .upstreamResult(let result): try permit(kind, on: result.leg)
        case .beginChannel(let begin):
            try permit(kind, on: begin.leg)
            guard begin.channel.number > lastChannel.number else {
                throw Violation(what: "channel \(begin.channel.number) is not new")
            }
            lastChannel = begin.channel
        case .endChannel(let end):
            // One that was refused, or closed with its leg, may end again: the session may not have read that when it says so.
            guard end.channel.number <= lastChannel.number else {
                throw Violation(what: "channel \(end.channel.number) never began")
            }
        case .closeLeg(let leg): try permit(kind, on: leg)
        case .judgeFile(let question): try permit(kind, onSFTP: question.channel)
        case .fileEvents(let events): try permit(kind, onSFTP: events.channel)
        case .judgeLine(let question): try permit(kind, onGuarded: question.channel)
        case .lineReports(let reports): try permit(kind, onGuarded: reports.channel)
        case .maskReports(let reports): _ = try open(reports.channel, for: kind)
        }
    }

    private mutating func permit(_ kind: SessionRequest.Kind, on leg: Leg) throws(Violation) {
        guard var state = legs[leg] else { throw Violation(what: "\(kind) on leg \(leg.number), which is not open") }
        guard let use = table(for: state.phase)[kind], use.allows(state.uses[kind, default: 0]) else {
            throw Violation(what: "\(kind) is not permitted on leg \(leg.number) while \(state.phase.rawValue)")
        }
        state.uses[kind, default: 0] += 1
        legs[leg] = state
    }

    /// What a session has to say of files it says before it ends the channel or closes its leg, so there is nothing to be late for.
    private func permit(_ kind: SessionRequest.Kind, onSFTP channel: ChannelNumber) throws(Violation) {
        guard try open(channel, for: kind).speaksSFTP else {
            throw Violation(what: "\(kind) on channel \(channel.number), which does not speak sftp")
        }
    }

    private func permit(_ kind: SessionRequest.Kind, onGuarded channel: ChannelNumber) throws(Violation) {
        guard try open(channel, for: kind).isGuarded else {
            throw Violation(what: "\(kind) on channel \(channel.number), which is not guarded")
        }
    }

    private func open(_ channel: ChannelNumber, for kind: SessionRequest.Kind) throws(Violation) -> OpenChannel {
        guard let open = channels[channel] else {
            throw Violation(what: "\(kind) on channel \(channel.number), which is not open")
        }
        return open
    }

    private var table: PermittedRequests.Table {
        switch phase {
        case .waiting: PermittedRequests.waiting
        case .authenticating: PermittedRequests.authenticating(tries: tries)
        case .serving: PermittedRequests.serving
        }
    }

    private func table(for phase: LegPhase) -> PermittedRequests.Table {
        switch phase {
        case .unauthenticated: PermittedRequests.unauthenticated(tries: tries)
        case .authenticated: PermittedRequests.authenticated
        case .dialling: PermittedRequests.dialling
        case .routed: PermittedRequests.routed
        case .usable: PermittedRequests.usable
        case .failed: PermittedRequests.failed
        }
    }
}

/// What the monitor's answers changed.
extension SessionPhase {
    /// The process was given a client, and told how many tries it has.
    mutating func connected(tries: Int) {
        precondition(phase == .waiting, "a session process gets one client in its life")
        self.tries = tries
        phase = .authenticating
        legs[.outer] = LegState(phase: .unauthenticated)
    }

    mutating func authenticated(_ leg: Leg) {
        if leg == .outer { phase = .serving }
        legs[leg] = LegState(phase: .authenticated)
    }

    mutating func tunnelOpened(_ leg: Leg) {
        legs[leg] = LegState(phase: .unauthenticated)
    }

    mutating func dialling(_ leg: Leg) { legs[leg]?.phase = .dialling }

    /// The dial is over. False if the leg was closed meanwhile.
    mutating func dialled(_ leg: Leg, connected: Bool) -> Bool {
        guard legs[leg]?.phase == .dialling else { return false }
        legs[leg]?.phase = connected ? .routed : .authenticated
        return true
    }

    mutating func upstream(_ leg: Leg, isLoggedIn: Bool) { legs[leg]?.phase = isLoggedIn ? .usable : .failed }

    mutating func began(_ channel: ChannelNumber, on leg: Leg, speaksSFTP: Bool, isGuarded: Bool = false) {
        channels[channel] = OpenChannel(leg: leg, speaksSFTP: speaksSFTP, isGuarded: isGuarded)
    }
    mutating func ended(_ channel: ChannelNumber) { channels[channel] = nil }

    /// The leg's channels are over with it.
    mutating func closed(_ leg: Leg) {
        legs[leg] = nil
        for channel in channels(of: leg) { channels[channel] = nil }
    }
}
