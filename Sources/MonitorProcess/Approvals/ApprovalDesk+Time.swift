internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

/// What happens although nobody does anything.
extension ApprovalDesk {
    /// Ends requests and access whose time is over. In a thread of its own, for ever.
    ///
    /// - Parameter look: called every few seconds, for what else ends by the time of day.
    func keepTime(look: @Sendable () -> Void) {
        // What ended while the daemon was down.
        endOverdueAccess()
        while true {
            let next = state.withLock { $0.book.nextDeadline }
            let moment = Self.moment()
            // The time of day can be set, so what ends by it is looked at again and again.
            var wait: Int32 = Self.longestWait
            if let next { wait = min(wait, Int32(clamping: (max(next, moment) - moment) / 1_000_000 + 1)) }
            _ = try? waitForReadiness(of: [(clock.descriptorNumber, .readable)], timeoutMilliseconds: wait)
            clock.reset()
            end(state.withLock { $0.book.expire(at: Self.moment()) })
            if let end = nextEndOfAccess, end <= now() { endOverdueAccess() }
            look()
        }
    }

    private static let longestWait: Int32 = 2000

    func endOverdueAccess() {
        do {
            let overdue = try store.overdueAccesses(at: now())
            guard !overdue.isEmpty else { return }
            for access in overdue {
                guard try store.end(access: access.approval, as: .expired, at: now(), by: nil, notifying: channelNames) else {
                    continue
                }
                logger.notice("access expired", metadata: ["approval": "\(access.approval)", "user": "\(escaped(access.user))"])
            }
            changeAccess()
            notify()
        } catch { logger.error("access that is over could not be written", metadata: ["error": "\(error)"]) }
    }

    /// After a reload: what is not asked for like this any more, or cannot be decided any more, is void.
    func recheck() {
        let running = running()
        let check = check(running)
        let endings = state.withLock { state in
            let entries = state.entries
            return state.book.recheck(check) { request in
                entries[request.number].map { Self.standing(of: request, $0, in: running, at: check.at) } ?? .notGranted
            } isCovered: { covering in
                switch covering.key.kind {
                case .session, .access: false
                case .command, .line, .file: running.policy.asks(Array(covering.terms), by: covering.key.rule)
                }
            }
        }
        end(endings)
    }

    /// What the configuration says to a request. Its bytes are judged again before they run; this is what can be known without them.
    private static func standing(
        of request: ApprovalRequest, _ entry: Entry, in running: RunningConfiguration, at moment: Int64
    ) -> ApprovalStanding {
        let bond = request.bond
        if bond.kind == .access {
            let rule = entry.approval.requestRule(in: running.access)
            return rule.map { .needs([$0.approval]) } ?? .notGranted
        }
        guard
            case .granted(let grant) = running.access.decide(
                AccessRequest(user: bond.requester.text, target: bond.target, login: bond.login, from: entry.from, at: moment))
        else { return .notGranted }
        if bond.kind == .session {
            let terms = AccessChannel.allCases.map { grant.approvals(for: $0) }
            return .needs(terms.first { Set($0) == Set(request.terms) } ?? [])
        }
        return .needs(running.policy.asks(request.terms, by: bond.rule) ? request.terms : [])
    }
}
