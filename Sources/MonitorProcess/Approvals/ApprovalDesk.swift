internal import Configuration
internal import Foundation
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

/// All requests for approvals that wait: between the connections that ask, the people who decide, and the ledger.
///
/// What may happen to a request is decided by `ApprovalBook` alone. This writes each step into the ledger before anybody acts on it, and tells whoever
/// waits. Safe from any thread.
final class ApprovalDesk: Sendable {
    /// A request as long as somebody may still ask what came of it.
    struct Entry: Sendable {
        var approval: Approval
        let bond: ApprovalRequest.Bond
        /// Who waits; nil for access, for which nobody does.
        let connection: ConnectionMonitor?
        /// Where the requester comes from.
        let from: IPAddress
        let deadline: UInt64
        /// Nil while it waits.
        var outcome: ApprovalOutcome?
    }

    struct State: Sendable {
        var book = ApprovalBook()
        var entries: [Int64: Entry] = [:]
    }

    let state = Mutex(State())
    let store: Store
    let now: WallClock
    let logger: Logger
    let clock: WakeUp
    private let configuration: CurrentConfiguration
    /// Something is to be delivered.
    let notify: @Sendable () -> Void

    init(
        store: Store, configuration: CurrentConfiguration, now: @escaping WallClock, logger: Logger,
        notify: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        self.store = store
        self.now = now
        self.logger = logger
        self.configuration = configuration
        self.notify = notify
        clock = try WakeUp()
    }

    /// Nanoseconds of a clock that is never set.
    static func moment() -> UInt64 { UInt64(monotonicMilliseconds()) * 1_000_000 }

    func running() -> RunningConfiguration { configuration.running }
    var nextEndOfAccess: Timestamp? { configuration.nextEnd }

    /// Access was given, or has ended: reads anew what there is.
    func changeAccess() {
        do { configuration.replace(timed: try store.timedAccesses(activeAt: now())) } catch {
            logger.error("access that was given for a time could not be read", metadata: ["error": "\(error)"])
        }
    }

    func check(_ running: RunningConfiguration) -> ApproverCheck {
        ApproverCheck(
            access: running.access, at: now().milliseconds, allowsLocal: running.policy.allowsLocalApprovals)
    }

    var channelNames: [String] { running().daemon.notify.map(\.name) }

    // MARK: Asking

    enum Asked {
        case waits(HeldNotice)
        /// An approval of late covers this too.
        case covered(Int64)
        /// Why nobody can be asked, a sentence.
        case refused(String)
    }

    /// Asks people about what a connection wants to do. The request is in the ledger when this returns.
    ///
    /// - Parameters:
    ///   - place: which of the connection's waiting places it is for.
    ///   - connection: hears by `wakeToAnswerHeld` when `outcome(of:)` has something; nil where nobody waits.
    /// - Throws: errors of the ledger.
    func ask(_ question: ApprovalQuestion, at place: UInt64, for connection: ConnectionMonitor?) throws -> Asked {
        guard let requester = UserName(question.user), let kind = ApprovalKind(rawValue: question.kind.rawValue) else {
            return .refused("your name cannot ask for approvals.")
        }
        let bond = ApprovalRequest.Bond(
            kind: kind, requester: requester, connection: question.connectionID, session: question.session?.text, place: place,
            target: question.target, login: question.login, digest: sha256(question.bytes), rule: question.rule)
        let running = running()
        let check = check(running)
        let moment = Self.moment()
        let (covering, bound) = state.withLock { state in
            (
                state.book.number(covering: bond, question.terms, at: moment),
                state.book.lacksRoom(connection: bond.connection, requester: requester)
            )
        }
        if let covering {
            try store.record(step(covering, .used, through: .bastion, "again, by the same user for the same"))
            return .covered(covering)
        }
        guard bound == nil else { return .refused("too many requests wait already: try again when some of them are decided.") }
        guard check.canBeDecided(question.terms, on: question.target, not: requester) else {
            return .refused(
                "an approval is wanted, and there is nobody who could give it"
                    + (question.rule.map { " (rule \"\($0)\")" } ?? "") + ". \(running.policy.howToAsk)")
        }
        var approval = Approval(question, at: now())
        approval.number = try store.add(approval, notifying: channelNames)
        let number = approval.number
        let admission = state.withLock { state in
            let admission = state.book.add(number, bond, question.terms, at: moment, check)
            if case .waiting(let deadline) = admission {
                state.entries[number] = Entry(
                    approval: approval, bond: bond, connection: connection, from: question.from, deadline: deadline)
            }
            return admission
        }
        clock.wake()
        notify()
        guard case .waiting = admission else {
            try store.record(step(number, .void, through: .bastion, "no room, or nobody to ask"), state: .void)
            return .refused("too many requests wait already: try again when some of them are decided.")
        }
        return .waits(approval.notice)
    }

    // MARK: Those who wait

    /// What came of it; nil while it waits. An end is told once.
    func outcome(of number: Int64) -> ApprovalOutcome? {
        state.withLock { state in
            guard let entry = state.entries[number] else { return .void("it is over") }
            guard let outcome = entry.outcome else { return nil }
            // One that may be used is still there for that.
            if outcome != .approved { state.entries[number] = nil }
            return outcome
        }
    }

    func kind(of number: Int64) -> Approval.Kind? { state.withLock { $0.entries[number]?.approval.kind } }

    /// It is about to be done. False if it may not be, any more or again.
    ///
    /// - Parameter terms: on which it would be asked for now.
    /// - Throws: errors of the ledger; then it must not be done.
    func use(_ number: Int64, on terms: [ApprovalTerms]) throws -> Bool {
        let used = state.withLock { state -> Bool in
            guard let entry = state.entries.removeValue(forKey: number), let request = state.book[number],
                Set(request.terms) == Set(terms)
            else { return false }
            return state.book.use(number, by: entry.bond, at: Self.moment()) != nil
        }
        guard used else {
            void(number, .policyChanged)
            return false
        }
        try store.record(step(number, .used, through: .bastion), state: .used, notifying: [])
        return true
    }

    /// Whoever asked takes it back or is gone.
    func withdraw(_ number: Int64) {
        let ending = state.withLock { state in
            state.entries[number].flatMap { state.book.withdraw(number, by: $0.bond.requester) }
        }
        if let ending { end([ending]) }
    }

    /// What it was bound to is different now. Nothing happens to one that is over.
    func void(_ number: Int64, _ cause: ApprovalEndCause) {
        if let ending = state.withLock({ $0.book.void(number, cause) }) { end([ending]) }
        state.withLock { state in
            // Whoever waited has gone on by another way.
            if cause == .policyChanged { state.entries[number] = nil }
        }
    }

    /// Nobody waits any more on a connection that is over, and nothing of it is kept.
    func connectionEnded(_ id: String) {
        end(state.withLock { $0.book.end(connection: id) })
        state.withLock { state in
            state.entries = state.entries.filter { $0.value.bond.connection != id || $0.value.connection == nil }
        }
    }

    // MARK: Ends

    /// Writes down what has ended without anybody's decision, and tells who waits.
    func end(_ endings: [ApprovalEnding]) {
        guard !endings.isEmpty else { return }
        for ending in endings {
            let number = ending.request.number
            let (kind, outcome, state): (ApprovalStep.Kind, ApprovalOutcome, Approval.State) =
                switch ending.cause.state {
                case .expired: (.expired, .expired, .expired)
                case .withdrawn: (.withdrawn, .withdrawn, .withdrawn)
                default: (.void, .void(ending.cause.rawValue), .void)
                }
            do {
                try store.record(
                    step(number, kind, through: .bastion, ending.cause.rawValue), state: state, notifying: channelNames)
            } catch {
                logger.error("an approval's end could not be written", metadata: ["approval": "\(number)", "error": "\(error)"])
            }
            logger.notice("approval over", metadata: ["approval": "\(number)", "because": "\(ending.cause.rawValue)"])
            settle(number, outcome)
        }
        notify()
    }

    /// From now on this is what came of it.
    func settle(_ number: Int64, _ outcome: ApprovalOutcome) {
        let connection = state.withLock { state -> ConnectionMonitor? in
            guard let entry = state.entries[number] else { return nil }
            guard let connection = entry.connection else {
                state.entries[number] = nil
                return nil
            }
            state.entries[number]?.outcome = outcome
            return connection
        }
        connection?.wakeToAnswerHeld()
    }

    func step(
        _ number: Int64, _ kind: ApprovalStep.Kind, by person: String? = nil, through channel: ApprovalStep.Channel,
        _ text: String? = nil
    ) -> ApprovalStep {
        ApprovalStep(
            approval: number, at: now(), kind: kind, person: person, through: channel,
            text: text.map { cut($0, atBytes: 1000) })
    }
}

extension Approval {
    init(_ question: ApprovalQuestion, at now: Timestamp) {
        let seconds = question.terms.map(\.timeLimitSeconds).min() ?? 0
        self.init(
            kind: question.kind, createdAt: now, expiresAt: Timestamp(milliseconds: now.milliseconds + Int64(seconds) * 1000),
            connectionID: question.connectionID, session: question.session, user: question.user, target: question.target,
            login: question.login, bytes: question.shown, commands: Array(question.commands.prefix(CommandAction.most)),
            rule: question.rule, uncertain: Array(question.uncertain.prefix(MessageLimit.reasons)),
            approvers: ApprovalTerms.names(question.terms),
            count: ApprovalTerms.fewestPeople(question.terms), needsReason: question.terms.contains(where: \.needsReason),
            reason: question.reason, seconds: question.seconds)
    }

    /// What whoever waits is told: what is asked of whom, and under which number.
    fileprivate var notice: HeldNotice {
        let people =
            approvers.count == 1 ? approvers[0] : approvers.prefix(4).joined(separator: ", ") + (approvers.count > 4 ? ", …" : "")
        let howMany = count > 1 ? "\(count) of " : ""
        let seconds = UInt32(clamping: (expiresAt.milliseconds - createdAt.milliseconds) / 1000)
        let because =
            rule.map { kind == .session ? "grant \($0)" : "rule \($0)" }
            ?? (uncertain.isEmpty ? "no rule allows it" : "it is uncertain")
        let why = uncertain.first.map { ": \(escaped($0, limit: 160))" } ?? ""
        return HeldNotice(
            approval: UInt64(number),
            message:
                "request \(number) waits for an approval by \(howMany)\(escaped(people, limit: 200)) (\(because)\(why)), at most \(DeskText.duration(UInt64(seconds))). Ctrl-C takes it back.",
            approvers: approvers, seconds: seconds, rule: rule)
    }
}
