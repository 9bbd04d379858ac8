internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import SFTP
internal import Synchronization

extension ConnectionMonitor {
    /// An sftp request names a file: whether it may go on, by the rules as they are now.
    ///
    /// - Returns: nil where people have to decide first.
    func answerJudgeFile(_ question: JudgeFile, _ number: UInt32) throws -> MonitorReply? { try finishJudging(question, number) }

    /// - Parameters:
    ///   - approval: the request by which people have decided about this operation.
    ///   - declined: what they said, if it is not yes.
    func finishJudging(
        _ question: JudgeFile, _ number: UInt32, approval: Int64? = nil, _ declined: Refusal? = nil
    ) throws -> MonitorReply? {
        let (session, leg) = state.withLock { state in
            (state.sessions[question.channel]?.summary, state.phase.leg(of: question.channel).flatMap { state.legs[$0] })
        }
        guard let session, let identity = leg?.identity, let route = leg?.route else {
            // The channel ended while people were asked.
            return .refused("the session is over.")
        }
        // Whether a name is there and what it is (STAT, READLINK) is not content: rules have no word for it (docs/policy.md).
        guard let operation = Policy.FileOperation(question.access) else { return .fileJudgement(.allowed(limit: nil)) }
        let policy = bastion.running.policy
        let judgement = policy.judge(
            file: operation,
            in: Situation(
                user: UserName(identity.name), target: route.grant.target, login: route.grant.login, channel: .sftp,
                at: bastion.now().milliseconds))
        let subject = "\(question.access.operation) \(escaped(question.access.path.absolute, limit: 120))"
        func refusal(_ verdict: PolicyVerdict, _ rule: String?, _ message: String?) -> Refusal? {
            PolicyRefusal(subject: subject, verdict: verdict, rule: rule, message: message, howToAsk: policy.howToAsk).refusal
        }

        var refused = declined ?? refusal(judgement.verdict, judgement.rule, judgement.message)
        let isAsked = declined == nil && judgement.verdict == .approve && !judgement.approvals.isEmpty
        // What is refused by the path that was asked for need not be resolved.
        if refused == nil || isAsked, judgement.needsResolvedPath, question.access.path.resolved == nil {
            return .fileJudgement(.resolve)
        }
        if isAsked {
            if let approval {
                refused = use(approval, on: judgement.approvals)
            } else {
                let asked = ApprovalQuestion(session, from: route.request.from, of: question.access, judgement)
                switch try hold(asked, .file(question), number) {
                case nil: return nil
                case .covered: refused = nil
                case .refused(let refusal): refused = refusal
                }
            }
        }
        try state.withLock { state throws(FileDecisions.Violation) in
            try state.sessions[question.channel]?.files.add(
                FileDecisions.Decision(
                    access: question.access, verdict: judgement.verdict, rule: judgement.rule, limit: judgement.sizeLimit,
                    shadow: judgement.shadow, isRefused: refused != nil))
        }
        if let refused {
            logger.notice(
                "file refused",
                metadata: [
                    "session": "\(session.id)", "operation": "\(question.access.operation)",
                    "path": "\(escaped(question.access.path.resolved ?? question.access.path.absolute))",
                    "rule": "\(judgement.rule ?? "none")",
                ])
            return .refused(refused)
        }
        let limit = judgement.sizeLimit.flatMap { limit in
            refusal(limit.verdict, limit.rule, limit.message).map { SizeLimit(bytes: limit.bytes, refusal: $0.message) }
        }
        return .fileJudgement(.allowed(limit: limit))
    }
}

extension Policy.FileOperation {
    /// Nil for what rules do not speak of.
    init?(_ access: FileAccess) {
        let kind: Kind
        switch access.operation {
        case .read: kind = .read
        case .write: kind = .write
        case .remove: kind = .remove
        case .rename: kind = .rename
        case .mkdir: kind = .mkdir
        case .setstat: kind = .setstat
        case .symlink: kind = .symlink
        case .list: kind = .list
        case .stat, .unknown: return nil
        }
        func text(_ path: [UInt8]?) -> String? { path.map { String(decoding: $0, as: UTF8.self) } }
        self.init(
            kind, String(decoding: access.path.absolute, as: UTF8.self), resolvedPath: text(access.path.resolved),
            secondPath: text(access.second?.absolute), resolvedSecondPath: text(access.second?.resolved))
    }
}
