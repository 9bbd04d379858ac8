internal import Logging
internal import MonitorProtocol
internal import SFTP
internal import Synchronization

extension ConnectionMonitor {
    /// What came of sftp requests that are over.
    func answerFileEvents(_ told: FileEvents) -> MonitorReply {
        guard let session = state.withLock({ $0.sessions[told.channel] }) else {
            preconditionFailure("files are told of on channels that are open")
        }
        for event in told.events {
            var facts = event.facts
            facts["session"] = "\(session)"
            // Looking at names is most of what clients do, and the least interesting.
            logger.log(level: event.operation == .stat ? .debug : .info, "file", metadata: facts)
        }
        return .accepted
    }
}

extension FileEvent {
    /// For the log.
    fileprivate var facts: Logger.Metadata {
        var facts: Logger.Metadata = [
            "operation": "\(operation)", "path": "\(escaped(path.absolute))", "outcome": "\(outcome.text)",
        ]
        if let resolved = path.resolved, resolved != path.absolute { facts["resolved"] = "\(escaped(resolved))" }
        if let second { facts["second"] = "\(escaped(second.resolved ?? second.absolute))" }
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

extension FileEvent.Outcome {
    fileprivate var text: String {
        switch self {
        case .ok: "ok"
        case .failed(let code): "failed \(code.rawValue)"
        case .refused(let reason): "refused: \(escaped(reason))"
        case .unfinished: "unfinished"
        }
    }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
}
