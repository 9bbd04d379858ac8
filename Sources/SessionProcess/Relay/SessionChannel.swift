internal import LibSSH
internal import MonitorProtocol
internal import SFTP

/// The life of one session channel (RFC 4254 §6): what the client asks for, the way to the target, relaying, the end.
///
/// libssh's callbacks only note what was asked (`receives`); everything else happens in `advance`, from the poll loop.
final class SessionChannel {
    enum Phase {
        /// The client asks for a terminal, variables, and at last a program.
        case collecting
        /// A program is asked for; the target is not ready yet.
        case waitingForTarget
        /// At the desk's screens.
        case atDesk(DeskVisit)
        /// At the desk, looking at a recording.
        case viewing(RecordingView)
        /// The monitor judges the channel and opens its recording.
        case beginning
        /// The same channel is being made on the target.
        case starting(UpstreamStart)
        case relaying
        case ended
    }

    let client: Channel
    unowned let leg: ClientLeg
    var phase = Phase.collecting
    var request = ProgramRequest()
    /// The client's window has changed, and who has to know has not been told.
    var hasNewSize = false
    var upstream: Channel?
    /// The way to a target that was chosen at the desk, for this channel alone.
    var chosen: UpstreamSession?
    var recording: Recording?
    /// What stands between client and target; nil where all was judged when the program was asked for.
    var gate: (any ChannelGate)?
    /// Under which number the monitor knows of this channel, once it does; then it has to hear of its end.
    var number: ChannelNumber?
    private var toUpstream = ClientToUpstream()
    var toClient = UpstreamToClient()
    /// What was masked is on its way to the monitor, so that a slow one is not flooded.
    private var isTellingMasks = false
    private var notes: [String] = []
    /// The number of the request to begin, and whether people have to decide about it.
    var beginRequest: UInt32?
    var isHeld = false

    init(_ client: Channel, of leg: ClientLeg) {
        self.client = client
        self.leg = leg
        client.delegate = self
    }

    var connection: Connection { leg.connection }
    /// When something is to be done although nobody says anything.
    var deadline: UInt64? {
        switch phase {
        case .ended: nil
        case .atDesk(let visit): visit.deadline
        case .viewing(let view): view.deadline
        default: [gate?.deadline, toClient.deadline].compactMap { $0 }.min()
        }
    }
    /// People decide about something here.
    var isWaiting: Bool { isHeld || gate?.isWaiting == true }
    /// The way to this channel's target; nil at the desk.
    var route: UpstreamSession? { chosen ?? leg.upstream }
    var isEnded: Bool { if case .ended = phase { true } else { false } }

    /// Something that was refused and that a person at a terminal should know; shown before the program starts.
    func note(_ reason: String) {
        if case .relaying = phase { return }
        if notes.count < 4 { notes.append(reason) }
    }

    /// Goes as far as it can.
    /// - Returns: whether something can go on at once.
    func advance() throws(MonitorClient.Failure) -> Bool {
        if isEnded { return false }
        passOnSize()
        // What changes during the step is told in the next one.
        return try step() || (hasNewSize && !isEnded)
    }

    private func step() throws(MonitorClient.Failure) -> Bool {
        if client.session.isLost || (client.isClosedByPeer && !isWaitingForExit) {
            try lose("the client closed the channel")
            return true
        }
        switch phase {
        case .collecting: return try startIfAsked()
        case .atDesk(let visit): return try advance(visit)
        case .viewing(let view): return try advance(view)
        case .waitingForTarget: return try beginIfReady()
        case .beginning: return try watchForInterrupt()
        case .ended: return false
        case .starting(let start): return try advance(start)
        case .relaying: return try relay()
        }
    }

    /// A client may close as soon as both sides have said that they send no more (PuTTY does); how the program ended comes a moment later, and
    /// is still told.
    private var isWaitingForExit: Bool {
        if case .relaying = phase { client.hasSentEOF } else { false }
    }

    private func startIfAsked() throws(MonitorClient.Failure) -> Bool {
        guard request.program != nil else { return false }
        if route == nil {
            try answerAtDesk()
        } else {
            phase = .waitingForTarget
        }
        return true
    }

    private func beginIfReady() throws(MonitorClient.Failure) -> Bool {
        switch route?.state {
        case .asking, .connecting: return false
        case .refused(let refusal):
            try end(refusal: refusal)
            return true
        case .ready:
            showNotes()
            try begin()
            return true
        case nil: return false
        }
    }

    private func advance(_ start: UpstreamStart) throws(MonitorClient.Failure) -> Bool {
        switch start.advance() {
        case .pending: return false
        case .done:
            upstream = start.channel
            phase = .relaying
            connection.hasRelayed = true
            resizeIfChanged(since: start)
            return true
        case .refused(let what):
            try end(refusal: Refusal(message: "the target refused \(what)", exitStatus: Refusal.failedStatus))
            return true
        }
    }

    private func relay() throws(MonitorClient.Failure) -> Bool {
        guard let upstream else { return false }
        let before = (toUpstream.bytesDelivered, toClient.bytesDelivered)
        let now = connection.now()
        var goesOn = toUpstream.pump(from: client, to: upstream, through: gate) { toClient.masker?.expectEcho(of: $0, at: now) }
        if let gate {
            toClient.look(at: upstream, for: client, through: gate)
            try gate.ask()
        }
        do {
            let mayGoOn = try toClient.pump(from: upstream, to: client, through: gate, at: now, record: record)
            if mayGoOn { goesOn = true }
        } catch {
            try end(refusal: .cannotBeRecorded)
            return true
        }
        if !isTellingMasks, toClient.masker?.findings.isEmpty == false {
            isTellingMasks = true
            try tellMasks { [self] in isTellingMasks = false }
        }
        if toClient.endsSession {
            try end(refusal: .secretInOutput)
            return true
        }
        if let gate {
            try gate.advance(isBehind: upstream.hasUnreadData)
            for notice in gate.takeNotices() { show(notice) }
            if let failure = gate.failure {
                try end(refusal: failure)
                return true
            }
            if canGoOn(gate, upstream) { goesOn = true }
        }
        if before != (toUpstream.bytesDelivered, toClient.bytesDelivered) { connection.noteActivity() }
        if toClient.isEmpty, upstream.isDrained, gate?.hasBytesForClient != true {
            return try advanceEnd(of: upstream) || goesOn
        }
        return goesOn
    }

    private func record(_ bytes: ArraySlice<UInt8>, from stream: ChannelStream) throws(Recording.Failure) {
        if !bytes.isEmpty { try recording?.output(bytes, from: stream) }
    }

    private func tellMasks(_ told: @escaping () -> Void) throws(MonitorClient.Failure) {
        guard let number, let reports = toClient.masker?.takeReports(of: number) else { return }
        try connection.monitor.ask(.maskReports(reports)) { _ in told() }
    }

    /// Everything that the target has sent is delivered, but for what the masks hold back.
    /// - Returns: whether something can go on at once.
    private func advanceEnd(of upstream: Channel) throws(MonitorClient.Failure) -> Bool {
        let isOver = upstream.isClosedByPeer || upstream.session.isLost
        if isOver, !upstream.session.isLost, gate?.takesPlainShell(after: upstream.exit) == true {
            try startPlainly()
            return true
        }
        guard isOver || (upstream.isDrained && gate?.mayStartAgain != true) else { return false }
        do { if try toClient.finish(at: connection.now(), record: record) { return true } } catch {
            try end(refusal: .cannotBeRecorded)
            return true
        }
        guard isOver else {
            client.sendEOF()
            return false
        }
        try finish(upstream)
        return true
    }

    /// What one pump brought may be what the other waited for: the gate is between them, and no socket will tell.
    private func canGoOn(_ gate: any ChannelGate, _ upstream: Channel) -> Bool {
        if toUpstream.isEmpty, upstream.writableBytes > 0, !upstream.session.isWritePending,
            gate.hasBytesForTarget || (gate.wantsClientBytes && client.hasUnreadData)
        {
            return true
        }
        return toClient.isEmpty && client.writableBytes > 0 && !client.session.isWritePending && gate.hasBytesForClient
    }

    /// The target's side is over: passes on how the program ended.
    private func finish(_ upstream: Channel) throws(MonitorClient.Failure) {
        if let exit = upstream.exit {
            client.sendExit(exit)
            try conclude(exit.reported)
        } else if upstream.session.isLost {
            tell("the connection to the target was lost")
            client.sendExit(.status(Refusal.failedStatus))
            try conclude(.lost("the connection to the target was lost"))
        } else {
            // The target closed the channel without saying how; `ssh` makes 255 of it, as it does without us.
            try conclude(.lost("the target did not say how the program ended"))
        }
    }

    /// Ends the channel with a message for the user and an exit status for scripts.
    func end(refusal: Refusal) throws(MonitorClient.Failure) {
        guard !isEnded else { return }
        show(refusal)
        client.sendExit(.status(refusal.exitStatus))
        try conclude(.lost(refusal.message))
    }

    /// There is nobody any more who decides or records: tells the client as far as it takes it now. What waited for a decision is not done.
    func abandon() {
        guard !isEnded else { return }
        show(.bastionHasStopped)
        client.sendExit(.status(Refusal.failedStatus))
        client.sendEOF()
        client.close()
    }

    /// Ends the channel without the client, who cannot hear any more.
    func lose(_ reason: String) throws(MonitorClient.Failure) {
        guard !isEnded else { return }
        // The program may have ended just before: then that is how it ended.
        try conclude(upstream?.exit?.reported ?? .lost(reason))
    }

    private func conclude(_ exit: EndChannel.Exit) throws(MonitorClient.Failure) {
        client.sendEOF()
        client.close()
        upstream?.close()
        // A recording that cannot be finished is as it is on disk: nothing is delivered any more.
        let moment = connection.now()
        while !toClient.isFinished, (try? toClient.finishRecording(at: moment, record: record)) != nil {}
        if let recording = recording.take() { try? recording.finish() }
        if let number {
            try gate?.finish()
            while toClient.masker?.findings.isEmpty == false { try tellMasks {} }
            try connection.monitor.ask(
                .endChannel(
                    EndChannel(
                        channel: number, exit: exit, bytesIn: toUpstream.bytesDelivered, bytesOut: toClient.bytesDelivered))
            ) { _ in }
        }
        if let chosen {
            chosen.disconnect()
            try connection.monitor.ask(.closeLeg(chosen.leg)) { _ in }
        }
        phase = .ended
    }

    func showNotes() {
        // While they are written, another may come.
        let shown = notes
        notes = []
        if request.terminal != nil { shown.forEach(tell) }
    }

    private func tell(_ message: String) { tell(line: Array("sallyport: \(message)".utf8)) }

    /// In the form that the client wants.
    func show(_ refusal: Refusal) {
        if request.wantsJSON { tell(line: refusal.json) } else { tell(refusal.message) }
    }

    private func show(_ notice: GateNotice) {
        switch notice {
        case .refusal(let reason): show(Refusal(message: reason, exitStatus: Refusal.refusedStatus))
        case .held(let notice): show(notice)
        }
    }

    /// That people have to decide first.
    func show(_ notice: HeldNotice) {
        if request.wantsJSON { tell(line: notice.json) } else { tell(notice.message) }
    }

    /// One line for the user, on the error stream.
    private func tell(line: [UInt8]) {
        let line = line + (request.terminal == nil ? [0x0A] : [0x0D, 0x0A])
        _ = line.withUnsafeBytes { client.write($0, to: .errors) }
    }
}

extension Refusal {
    /// The client may not do what it did, or the target cannot be understood.
    init(_ failure: SFTPFailure) {
        self.init(
            message: "this sftp session ends here: \(failure.reason)",
            exitStatus: failure.side == .client ? Refusal.refusedStatus : Refusal.failedStatus)
    }

    static let secretInOutput = Refusal(
        message: "what the target prints holds a value that ends the session by your policy", exitStatus: Refusal.refusedStatus)

    static let bastionHasStopped = Refusal(
        message: "the bastion has stopped, so this ends here. What waited for an approval was not run.",
        exitStatus: Refusal.failedStatus)

    static let cannotBeRecorded = Refusal(
        message: "this session can no longer be recorded, so it ends here; tell your administrator to look at the disk",
        exitStatus: Refusal.failedStatus)
}

extension ChannelExit {
    /// As the ledger wants it.
    var reported: EndChannel.Exit {
        switch self {
        case .status(let status): .status(status)
        case .signal(let name, _, _): .signal(String(name.prefix(32)))
        }
    }
}
