internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

/// What is shown to those who decide, and what they decide.
extension ApprovalDesk {
    // MARK: Lists

    struct Page {
        var rows: [DeskApprovalRow]
        var total: Int
    }

    /// Requests that this person may decide, in the order in which they were asked.
    ///
    /// - Parameters:
    ///   - after: the number of the last one that is known; 0 for the beginning.
    ///   - theNewest: the last ones, where there are more.
    func page(for visitor: DeskVisitor, after: Int64, atMost most: Int, theNewest: Bool = false) -> Page {
        guard let name = UserName(visitor.user) else { return Page(rows: [], total: 0) }
        let check = check(running())
        let moment = Self.moment()
        return state.withLock { state in
            let all = state.book.page(
                decidableBy: .person(name), from: visitor.client.ip, after: after, atMost: state.book.bounds.everywhere, check)
            let rows = (theNewest ? all.suffix(most) : all.prefix(most)).compactMap { request in
                state.entries[request.number].map { row(request, $0, at: moment).shortened }
            }
            return Page(rows: rows, total: all.count)
        }
    }

    /// One of them, whole. Nil if there is no such request, or none that they may decide.
    func row(_ number: Int64, for visitor: DeskVisitor) -> DeskApprovalRow? {
        guard let name = UserName(visitor.user) else { return nil }
        let check = check(running())
        return state.withLock { state in
            guard let request = state.book[number], request.state == .waiting, let entry = state.entries[number],
                check.terms(of: request, for: .person(name), from: visitor.client.ip) != nil
            else { return nil }
            return row(request, entry, at: Self.moment())
        }
    }

    /// The session that it belongs to. Nil if there is none.
    func session(of number: Int64) -> SessionID? { state.withLock { $0.entries[number]?.approval.session } }

    private func row(_ request: ApprovalRequest, _ entry: Entry, at moment: UInt64) -> DeskApprovalRow {
        let approval = entry.approval
        let command = approval.bytes
        return DeskApprovalRow(
            number: UInt64(request.number), kind: approval.kind.rawValue, user: approval.user, target: approval.target,
            login: approval.login, command: Array(command.prefix(DeskApprovalRow.longestCommand)),
            isCut: command.count > DeskApprovalRow.longestCommand,
            understood: approval.commands.filter { !$0.words.isEmpty }.map(\.line),
            rule: approval.rule, uncertain: approval.uncertain,
            askedSecondsAgo: (moment - min(moment, request.askedAt)) / 1_000_000_000,
            expiresInSeconds: (max(moment, request.deadline) - moment) / 1_000_000_000, approvedBy: request.deciders.map(\.text),
            needed: UInt32(request.terms.map(\.count).max() ?? 1), needsReason: request.needsReason,
            requesterReason: approval.reason)
    }

    // MARK: Decisions

    struct Decided {
        /// A sentence for whoever decided.
        var text: String
        var isDone: Bool
    }

    func decide(_ number: Int64, approves: Bool, reason: String?, by visitor: DeskVisitor) -> Decided {
        guard let name = UserName(visitor.user) else { return unknown(number) }
        // The certificate is the signature. A desk that was left open does not sign for longer than that.
        guard visitor.isValid(at: now()) else { return Decided(text: DeskVisitor.hasExpired, isDone: false) }
        return decide(
            number, ApprovalBallot(.person(name), saysYes: approves, reason: reason, from: visitor.client.ip), through: .desk)
    }

    /// By whoever administers this machine.
    func decide(_ number: Int64, approves: Bool, reason: String?, uid: UInt32) -> Decided {
        decide(number, ApprovalBallot(.localAdministrator(uid: uid), saysYes: approves, reason: reason), through: .local)
    }

    private func unknown(_ number: Int64) -> Decided {
        Decided(text: "there is no request \(number) that you may decide.", isDone: false)
    }

    private func decide(_ number: Int64, _ ballot: ApprovalBallot, through channel: ApprovalStep.Channel) -> Decided {
        // What the ledger does not take must not decide.
        if let reason = ballot.reason, reason.utf8.contains(0) || reason.utf8.count > DeskCommand.longestReason {
            return Decided(text: "a reason is at most \(DeskCommand.longestReason) bytes of text.", isDone: false)
        }
        let check = check(running())
        let person = ballot.voter.text
        let isTooLong = state.withLock { $0.entries[number]?.approval.bytes.count ?? 0 > DeskApprovalRow.longestCommand }
        if ballot.saysYes, isTooLong, channel == .desk {
            return Decided(
                text: "request \(number) is longer than anybody can look through at the desk: it can only be denied.",
                isDone: false)
        }
        let answer = state.withLock { $0.book.vote(number, ballot, at: Self.moment(), check) }
        logger.notice(
            "decision",
            metadata: ["approval": "\(number)", "by": "\(escaped(person))", "yes": "\(ballot.saysYes)", "answer": "\(answer)"])
        switch answer {
        case .counted(let lacking):
            let more = lacking.max() ?? 0
            guard wrote(step(number, .approved, by: person, through: channel, ballot.reason), state: nil) else {
                return failed(number)
            }
            note(person, in: number)
            return Decided(
                text: "your approval of request \(number) counts; \(more) more \(more == 1 ? "is" : "are") needed.", isDone: true)
        case .approved:
            // In the ledger before anything may run.
            guard wrote(step(number, .approved, by: person, through: channel, ballot.reason), state: .approved) else {
                return failed(number)
            }
            note(person, in: number)
            if state.withLock({ $0.entries[number]?.approval.kind }) == .access { return give(number) }
            settle(number, .approved)
            clock.wake()
            return Decided(text: "request \(number) is approved.", isDone: true)
        case .denied:
            if !wrote(step(number, .denied, by: person, through: channel, ballot.reason), state: .denied) {
                logger.error("a denial could not be written", metadata: ["approval": "\(number)"])
            }
            settle(number, .denied(by: person, reason: ballot.reason))
            return Decided(text: "request \(number) is denied.", isDone: true)
        case .alreadyCounted(let lacking):
            let more = lacking.max() ?? 0
            return Decided(
                text: "you have approved request \(number) before; \(more) more \(more == 1 ? "is" : "are") needed.",
                isDone: false)
        case .alreadyDecided(let state, let deciders):
            refused(number, person, channel, "it was over: \(state.rawValue)")
            let by = deciders.isEmpty ? "" : " by \(deciders.map { escaped($0.text, limit: 80) }.joined(separator: ", "))"
            return Decided(text: "request \(number) is over already: \(state.rawValue)\(by).", isDone: false)
        case .mayNot(let obstacle):
            refused(number, person, channel, "\(obstacle)")
            switch obstacle {
            case .isRequester: return Decided(text: "nobody decides about a request of their own.", isDone: false)
            case .localIsOff:
                return Decided(
                    text: "approvals by the local administrator are switched off (approvals: {local: false}).", isDone: false)
            case .isNoApprover, .hasNoRight: return unknown(number)
            }
        case .needsReason:
            return Decided(text: "a decision about request \(number) needs a reason: --reason WHY.", isDone: false)
        case .unknown: return unknown(number)
        }
    }

    private func note(_ person: String, in number: Int64) {
        state.withLock { $0.entries[number]?.approval.approvedBy.append(person) }
    }

    private func wrote(_ step: ApprovalStep, state: Approval.State?) -> Bool {
        do {
            try store.record(step, state: state, notifying: channelNames)
            notify()
            return true
        } catch {
            logger.error("a decision could not be written", metadata: ["approval": "\(step.approval)", "error": "\(error)"])
            return false
        }
    }

    /// Nothing runs that the ledger does not know of.
    private func failed(_ number: Int64) -> Decided {
        void(number, .changed)
        return Decided(text: "request \(number) is void: the ledger does not take the decision.", isDone: false)
    }

    private func refused(_ number: Int64, _ person: String, _ channel: ApprovalStep.Channel, _ why: String) {
        do { try store.record(step(number, .refused, by: person, through: channel, why)) } catch {
            logger.warning("a refused decision could not be written", metadata: ["approval": "\(number)", "error": "\(error)"])
        }
    }
}

extension ApprovalVoter {
    /// For the ledger and for people.
    var text: String {
        switch self {
        case .person(let name): name.text
        case .localAdministrator(let uid): "uid \(uid)"
        }
    }
}

extension DeskApprovalRow {
    /// For a list of several, which has to fit into one message.
    fileprivate var shortened: DeskApprovalRow {
        var row = self
        if row.command.count > Self.longestInList {
            row.command = Array(row.command.prefix(Self.longestInList))
            row.isCut = true
        }
        row.understood = row.understood.prefix(3).map { String($0.prefix(300)) }
        row.uncertain = row.uncertain.prefix(3).map { String($0.prefix(300)) }
        row.approvedBy = row.approvedBy.prefix(4).map { String($0.prefix(80)) }
        return row
    }
}
