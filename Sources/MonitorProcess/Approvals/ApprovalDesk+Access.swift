internal import Configuration
internal import Guard
internal import Logging
internal import MonitorProtocol
internal import OpenSSHKeys
internal import Policy
internal import Store
internal import Synchronization

/// Access that is asked for, given for a time, and ends.
extension ApprovalDesk {
    /// `ssh BASTION request …`. - Returns: a sentence for the requester.
    func request(_ wish: DeskCommand.AccessWish, by visitor: DeskVisitor) throws(DeskCommand.Mistake) -> String {
        let access = running().access
        let rule: RequestRule
        let target: Target
        switch access.mayRequest(user: visitor.user, target: wish.target, login: wish.login, seconds: wish.seconds) {
        case .may(let allowed, let found): (rule, target) = (allowed, found)
        case .mayNot(let why): throw DeskCommand.Mistake(text: "\(why).")
        }
        let text = "\(wish.login)@\(target.name) for \(DeskText.duration(UInt64(wish.seconds)))"
        let question = ApprovalQuestion(
            kind: .access, connectionID: visitor.client.id, from: visitor.client.ip, user: visitor.user, target: target.name,
            login: wish.login,
            bytes: Array(text.utf8), shown: Array(text.utf8), rule: rule.name, terms: [rule.approval], reason: wish.reason,
            seconds: wish.seconds)
        do {
            switch try ask(question, at: 0, for: nil) {
            case .waits(let notice):
                return
                    "Request \(notice.approval) is asked of \(notice.approvers.joined(separator: ", ")), for at most \(DeskText.duration(UInt64(notice.seconds))). When it is approved, `ssh -J BASTION \(wish.login)@\(target.name)` works."
            case .covered(let number): return "Request \(number) covers this already."
            case .refused(let why): throw DeskCommand.Mistake(text: why)
            }
        } catch let mistake as DeskCommand.Mistake { throw mistake } catch {
            logger.error("a request could not be written", metadata: ["error": "\(error)"])
            throw DeskCommand.Mistake(text: "the ledger does not answer, so nothing was asked.")
        }
    }

    /// What was asked for is approved: it begins now.
    func give(_ number: Int64) -> Decided {
        let entry = state.withLock { state -> Entry? in
            guard let entry = state.entries.removeValue(forKey: number),
                state.book.use(number, by: entry.bond, at: Self.moment()) != nil
            else { return nil }
            return entry
        }
        let running = running()
        guard let entry, let seconds = entry.approval.seconds,
            let rule = running.access.requestRules.first(where: { $0.name == entry.approval.rule })
        else { return Decided(text: "request \(number) is void: what it was asked by has changed.", isDone: false) }
        let from = now()
        let access = TimedAccess(
            approval: number, user: entry.approval.user, target: entry.approval.target, login: entry.approval.login,
            channels: rule.channels.map(\.rawValue).sorted(), guardMode: rule.guardMode.rawValue, from: from,
            until: Timestamp(milliseconds: from.milliseconds + Int64(seconds) * 1000), endsSessions: rule.endsSessions,
            rule: rule.name)
        do { try store.grant(access, notifying: channelNames) } catch {
            logger.error("access could not be written", metadata: ["approval": "\(number)", "error": "\(error)"])
            return Decided(text: "request \(number) is void: the ledger does not take it.", isDone: false)
        }
        notify()
        changeAccess()
        clock.wake()
        return Decided(
            text:
                "request \(number) is approved: \(escaped(access.user, limit: 80)) has access until \(DeskText.minute(access.until.milliseconds)).",
            isDone: true)
    }

    /// A session has begun. Where access that was asked for let it, that is a step of the request.
    func noteUse(of grant: Grant, by session: SessionID) {
        for name in grant.name.split(separator: ", ") where name.hasPrefix(TimedAccess.rulePrefix) {
            guard let number = Int64(name.dropFirst(TimedAccess.rulePrefix.count)) else { continue }
            do { try store.record(step(number, .used, through: .bastion, "session \(session)")) } catch {
                logger.error("use of access could not be written", metadata: ["approval": "\(number)", "error": "\(error)"])
            }
        }
    }

    /// Takes access back before its time; sessions that it let begin end. - Returns: a sentence.
    func revoke(_ number: Int64, by person: String, through channel: ApprovalStep.Channel, because reason: String?) throws
        -> Decided
    {
        let isFirst = try store.end(
            access: number, as: .revoked, at: now(), by: person, through: channel, because: reason, notifying: channelNames)
        changeAccess()
        notify()
        return isFirst
            ? Decided(text: "The access of request \(number) is revoked.", isDone: true)
            : Decided(text: "the access of request \(number) has ended before.", isDone: false)
    }
}

extension TimedAccess {
    /// Before the number, in the name of its grant. No grant of a file can have this name.
    static let rulePrefix = "request #"

    /// As a grant. Nil where a word of it is no longer one, or its entry in `requests:` is gone: then it gives nothing.
    func rule(in access: AccessRules) -> AccessRule? {
        guard state == .granted, access.requestRules.contains(where: { $0.name == rule }), let user = UserName(user),
            let target = TargetName(target), let login = LoginName(login), let guardMode = GuardMode(rawValue: guardMode)
        else { return nil }
        return AccessRule(
            name: "\(Self.rulePrefix)\(approval)", to: [.user(user)], targets: [.name(target)], logins: [login],
            channels: Set(channels.compactMap(AccessChannel.init)), until: until.milliseconds, guardMode: guardMode,
            endsSessions: endsSessions)
    }
}
