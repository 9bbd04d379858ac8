internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Synchronization

/// The monitor's side of one session process, from its start to its end: one thread, one loop over what the process asks.
///
/// Other threads (a dial, the admin socket, the spawner) only change `state` under its mutex, send a message, or wake the loop.
final class ConnectionMonitor: Sendable {
    let process: SessionChild
    let bastion: Bastion
    let state: Mutex<ConnectionState>
    let spawner: SessionSpawner
    private let wakeUp: WakeUp

    init(_ process: SessionChild, spawner: SessionSpawner, bastion: Bastion) throws(SystemError) {
        self.process = process
        self.bastion = bastion
        self.spawner = spawner
        wakeUp = try WakeUp()
        state = Mutex(ConnectionState())
    }

    // MARK: From other threads

    /// Gives the client to this process, which is ready for one.
    func serve(_ client: AcceptedClient) {
        state.withLock { $0.client = client }
        wakeUp.wake()
    }

    /// Ends the connection without a word to the user.
    func end(_ reason: ConnectionEnd) {
        state.withLock { $0.end = $0.end ?? reason }
        wakeUp.wake()
    }

    /// Has the session tell the user why, and kills it if it has not ended two seconds later.
    func terminate(_ refusal: Refusal) {
        let isFirst = state.withLock { state in
            guard state.termination == nil else { return false }
            state.termination = ConnectionState.Termination(refusal: refusal, deadline: Deadline(afterMilliseconds: 2000))
            return true
        }
        guard isFirst else { return }
        // If it does not take the message, the deadline ends it just the same.
        try? process.socket.send(MonitorReply.terminate(refusal).encoded(number: 0), timeoutMilliseconds: 0)
        wakeUp.wake()
    }

    /// People have decided about something that waits here.
    func wakeToAnswerHeld() { wakeUp.wake() }

    // MARK: The loop

    func run() {
        let reason = serve()
        if reason != .sessionLeft { process.kill(logger) }
        let exit = process.wait(logger)
        process.copyLog(logger)
        cleanUp(reason, exit)
        let wasReady = state.withLock { $0.readyNumber != nil }
        spawner.ended(self, wasReady: wasReady)
    }

    private func serve() -> ConnectionEnd {
        var wasReset = false
        while true {
            let (end, deadline) = state.withLock { ($0.end, $0.deadline) }
            if let end { return end }
            do {
                let left = deadline?.deadline.millisecondsLeft
                let ready = try waitForReadiness(
                    of: [
                        (process.socket.descriptorNumber, .readable), (process.log.descriptorNumber, .readable),
                        (wakeUp.descriptorNumber, .readable),
                    ], timeoutMilliseconds: left)
                if !ready[1].isEmpty { process.copyLog(logger) }
                if !ready[2].isEmpty { wakeUp.reset() }
                if let deadline, deadline.deadline.hasPassed { return deadline.end }
                try connectIfPossible()
                try answerHeld()
                if !ready[0].isEmpty {
                    guard let message = try process.socket.receive(timeoutMilliseconds: 0) else { return .sessionLeft }
                    try answer(message)
                }
            } catch let violation as SessionPhase.Violation {
                return .violation(violation.what)
            } catch let violation as FileDecisions.Violation {
                return .violation(violation.what)
            } catch let violation as LineDecisions.Violation {
                return .violation(violation.what)
            } catch let violation as MaskLedger.Violation {
                return .violation(violation.what)
            } catch let error as WireError {
                return .violation("malformed message: \(error)")
            } catch let error as SystemError {
                // Said once of a process that left without reading our last replies. What it had told before is still to be read.
                if error.code == ECONNRESET, !wasReset {
                    wasReset = true
                    continue
                }
                return Self.end(of: error)
            } catch {
                return .violation("\(error)")
            }
        }
    }

    /// What a failing socket says about the process at its other end.
    private static func end(of error: SystemError) -> ConnectionEnd {
        switch error.code {
        case EPIPE, ECONNRESET: .sessionLeft
        case ETIMEDOUT: .deaf
        case EMSGSIZE where error.call == "recvmsg", ETOOMANYREFS, EBADMSG: .violation("\(error)")
        default: .failed(error)
        }
    }

    /// One request: decoded, permitted, answered. Anything wrong with it throws, and that ends the connection.
    private func answer(_ message: consuming ReceivedMessage) throws {
        guard message.descriptorCount == 0 else { throw SessionPhase.Violation(what: "a descriptor from a session process") }
        let (number, request) = try SessionRequest.decode(message.bytes)
        let termination = try state.withLock { state throws(SessionPhase.Violation) in
            guard number > state.lastNumber else {
                throw SessionPhase.Violation(what: "request \(number) after \(state.lastNumber)")
            }
            state.lastNumber = number
            try state.phase.permit(request)
            return state.termination
        }
        // Nothing new begins on a connection that is being ended.
        if let termination, request.begins { return try reply(.refused(termination.refusal), to: number) }
        switch request {
        case .ready: try answerReady(number)
        case .offeredCertificate(let offer): try reply(answerOfferedCertificate(offer), to: number)
        case .openTunnel(let tunnel): try answerOpenTunnel(tunnel, number)
        case .route(let route): try answerRoute(route, number)
        case .upstreamResult(let result): try reply(answerUpstreamResult(result), to: number)
        case .beginChannel(let begin): try answerBeginChannel(begin, number)
        case .endChannel(let end): try reply(answerEndChannel(end), to: number)
        case .desk(let command): try answerDesk(command, number)
        case .closeLeg(let leg): try reply(answerCloseLeg(leg), to: number)
        case .judgeFile(let question): if let answer = try answerJudgeFile(question, number) { try reply(answer, to: number) }
        case .fileEvents(let events): try reply(answerFileEvents(events), to: number)
        case .judgeLine(let question): if let answer = try answerJudgeLine(question, number) { try reply(answer, to: number) }
        case .lineReports(let reports): try reply(answerLineReports(reports), to: number)
        case .maskReports(let reports): try reply(answerMaskReports(reports), to: number)
        case .withdraw(let request, let isVoid): try reply(answerWithdraw(request, isVoid: isVoid), to: number)
        case .deskView(let view): try answerDeskView(view, number)
        case .decide(let decision): try reply(answerDecide(decision), to: number)
        case .openDeskLeg(let leg): try reply(answerOpenDeskLeg(leg), to: number)
        }
    }

    /// Sends a reply. A process that does not take it in five seconds is deaf, and ends.
    ///
    /// One that has left gets none. That is no reason to stop reading: the last things that it told (what became of files, how its channels ended)
    /// may all be waiting in the socket.
    func reply(_ reply: MonitorReply, to number: UInt32, descriptors: [Int32] = []) throws(SystemError) {
        var bytes = reply.encoded(number: number)
        // Replies carry host keys and passwords.
        defer { wipe(&bytes) }
        do { try process.socket.send(bytes, descriptors: descriptors, timeoutMilliseconds: 5000) } catch {
            guard error.code == EPIPE || error.code == ECONNRESET else { throw error }
        }
    }

    // MARK: Ready

    private func answerReady(_ number: UInt32) throws {
        state.withLock { $0.readyNumber = number }
        if let client = spawner.ready(self) { state.withLock { $0.client = client } }
        try connectIfPossible()
    }

    /// Hands the client over once there is one.
    private func connectIfPossible() throws {
        // On each turn of the loop: nothing is copied before somebody waits.
        guard state.withLock({ $0.phase.phase == .waiting && $0.client != nil && $0.readyNumber != nil }) else { return }
        let running = bastion.running
        let handed = state.withLock { state -> (AcceptedClient, UInt32)? in
            guard state.phase.phase == .waiting, let client = state.client, let number = state.readyNumber else { return nil }
            state.phase.connected(tries: Int(running.daemon.limits.authenticationTries))
            state.legs[.outer] = LegState()
            return (client, number)
        }
        guard let (client, number) = handed else { return }
        bastion.connections.insert(self, id: client.id)
        logger.info("connection", metadata: ["from": "\(client.address)"])
        guard let socket = client.takeSocket() else { preconditionFailure("a client is handed over once") }
        tune(tcp: socket.number, logger)
        try reply(.connection(ConnectionBriefing(client, running)), to: number, descriptors: [socket.number])
    }
}

extension ConnectionMonitor {
    /// Names the connection in every line.
    var logger: Logger {
        var logger = bastion.logger
        let (client, identity) = state.withLock { ($0.client, $0.identity) }
        logger[metadataKey: "connection"] = client.map { "\($0.id)" } ?? "process-\(process.pid)"
        if let identity { logger[metadataKey: "user"] = "\(escaped(identity.name))" }
        return logger
    }
}

extension SessionRequest {
    /// Whether it asks for something, where the others tell that something is over.
    fileprivate var begins: Bool {
        switch self {
        case .offeredCertificate, .openTunnel, .route, .beginChannel, .desk, .judgeFile, .judgeLine, .deskView, .decide,
            .openDeskLeg:
            true
        case .ready, .upstreamResult, .endChannel, .closeLeg, .fileEvents, .lineReports, .maskReports, .withdraw: false
        }
    }
}

extension ConnectionState {
    /// The next moment at which the connection ends by itself, and what that end is called.
    fileprivate var deadline: (deadline: Deadline, end: ConnectionEnd)? {
        if let termination { return (termination.deadline, .terminated) }
        if phase.phase == .authenticating, let client { return (client.graceEnds, .graceOver) }
        return nil
    }
}
