internal import Logging
internal import MonitorProtocol
internal import Policy
internal import SFTP
internal import Store
internal import Synchronization

extension ConnectionMonitor {
    /// What came of sftp requests that are over: into the ledger, with what was decided about them.
    func answerFileEvents(_ told: FileEvents) throws -> MonitorReply {
        let now = bastion.now()
        let session = state.withLock { $0.sessions[told.channel]?.id.text ?? "none" }
        let events = try state.withLock { state throws(FileDecisions.Violation) in
            var events: [PolicyEvent] = []
            // Looking at names is most of what clients do, and the least interesting.
            for event in told.events where event.operation != .stat {
                let decision = try state.sessions[told.channel]?.files.take(for: event)
                guard let session = state.sessions[told.channel] else { continue }
                events.append(event.ledgerEvent(decision ?? nil, EventMaker(session.summary), at: now))
            }
            return events
        }
        write(events)
        for event in told.events where event.operation != .stat {
            logger.info("file", metadata: event.facts.merging(["session": "\(session)"]) { $1 })
        }
        return .accepted
    }

    /// Writes down what these sessions never told of, because they or their channels ended first.
    func writeUntold(_ sessions: [OpenSession]) {
        let now = bastion.now()
        let events = sessions.flatMap { session in
            session.files.untold.map { decision in
                FileEvent(decision.access.operation, decision.access.path, second: decision.access.second, outcome: .unfinished)
                    .ledgerEvent(decision, EventMaker(session.summary), at: now)
            }
        }
        write(events)
        writeUntoldLines(sessions)
    }

    /// Without a ledger nobody goes on.
    private func write(_ events: [PolicyEvent]) {
        do { try bastion.store.add(events) } catch {
            logger.error("decisions could not be written", metadata: ["error": "\(error)"])
            terminate(
                Refusal(
                    message:
                        "what you do can no longer be written down, so the connection ends; tell your administrator to look at the disk",
                    exitStatus: Refusal.failedStatus))
        }
    }
}

extension FileEvent {
    /// - Parameter decision: nil for what the gate refused by itself.
    fileprivate func ledgerEvent(_ decision: FileDecisions.Decision?, _ maker: EventMaker, at moment: Timestamp) -> PolicyEvent {
        var maker = maker
        maker.at = moment
        let (verdict, rule, outcome) = decided(decision)
        func text(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
        return maker.event(
            verdict: verdict, outcome: outcome, rule: rule, doubts: [], shadow: decision?.shadow,
            action: .file(
                FileAction(
                    operation: "\(operation)", path: text(path.absolute),
                    resolvedPath: path.resolved.flatMap { $0 == path.absolute ? nil : text($0) },
                    secondPath: second.map { text($0.absolute) }, result: self.outcome.text, bytesRead: bytesRead,
                    bytesWritten: bytesWritten, sha256: digest.whole)))
    }

    private func decided(_ decision: FileDecisions.Decision?) -> (PolicyVerdict, rule: String?, PolicyEvent.Outcome) {
        guard let decision else { return (.block, nil, .refused) }
        if decision.isRefused { return (decision.verdict, decision.rule, .refused) }
        guard case .refused = outcome else { return (decision.verdict, decision.rule, .passed) }
        // It began and became too large, or the gate could not follow it.
        return (decision.limit?.verdict ?? .block, decision.limit?.rule, .refused)
    }
}

extension FileEvent.Outcome {
    /// As the ledger says it.
    fileprivate var text: String {
        switch self {
        case .ok: "ok"
        case .failed(let code): "status \(code.rawValue)"
        case .refused(let reason): "refused: \(reason)"
        case .unfinished: "unfinished"
        }
    }
}

extension ContentDigest {
    /// In lower-case hexadecimal, if it is of all the content.
    fileprivate var whole: String? {
        guard case .whole(let digest) = self else { return nil }
        return hexadecimal(digest)
    }
}

extension FileEvent {
    /// For the log. More than the ledger has: digests of the beginning of a file, too.
    fileprivate var facts: Logger.Metadata {
        func text(_ path: [UInt8]) -> String { escaped(path) }
        var facts: Logger.Metadata = [
            "operation": "\(operation)", "path": "\(text(path.absolute))", "outcome": "\(escaped(outcome.text))",
        ]
        if let resolved = path.resolved, resolved != path.absolute { facts["resolved"] = "\(text(resolved))" }
        if let second { facts["second"] = "\(text(second.resolved ?? second.absolute))" }
        if operation == .read { facts["bytes-read"] = "\(bytesRead)" }
        if operation == .write { facts["bytes-written"] = "\(bytesWritten)" }
        switch digest {
        case .none: break
        case .whole(let digest): facts["sha256"] = "\(hexadecimal(digest))"
        case .beginning(let digest): facts["sha256-beginning"] = "\(hexadecimal(digest))"
        case .partial: facts["sha256"] = "partial"
        }
        return facts
    }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
}
