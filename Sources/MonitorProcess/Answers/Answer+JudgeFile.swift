internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import SFTP
internal import Synchronization

extension ConnectionMonitor {
    /// An sftp request names a file: whether it may go on.
    func answerJudgeFile(_ question: JudgeFile) -> MonitorReply {
        let (session, leg) = state.withLock { state in
            (state.sessions[question.channel], state.phase.leg(of: question.channel).flatMap { state.legs[$0] })
        }
        guard let session, let identity = leg?.identity, let route = leg?.route else {
            preconditionFailure("files are judged on channels that are open")
        }
        let verdict = bastion.judge(file: question.access, user: identity, on: route)
        if case .refused(let refusal) = verdict {
            logger.notice(
                "file refused",
                metadata: [
                    "session": "\(session)", "operation": "\(question.access.operation)",
                    "path": "\(escaped(question.access.path.resolved ?? question.access.path.absolute))",
                    "reason": "\(escaped(refusal.message))",
                ])
            return .refused(refusal)
        }
        return verdict.reply
    }
}

extension Bastion {
    /// What rules make of one access to a file.
    enum FileVerdict: Sendable {
        /// With the most bytes that a file may have which is opened or resized.
        case allowed(limit: SizeLimit?)
        /// Rules that name paths can only decide about the path that the target resolves.
        case resolve
        case refused(Refusal)

        var reply: MonitorReply {
            switch self {
            case .allowed(let limit): .fileJudgement(.allowed(limit: limit))
            case .resolve: .fileJudgement(.resolve)
            case .refused(let refusal): .refused(refusal)
            }
        }
    }

    /// This version has no file rules: everything is allowed.
    func judge(file access: FileAccess, user: CertifiedIdentity, on route: LegState.Route) -> FileVerdict { .allowed(limit: nil) }
}
