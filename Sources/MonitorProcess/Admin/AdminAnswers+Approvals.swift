internal import MonitorProtocol
internal import Store

extension AdminAnswers {
    func answerListApprovals(_ filter: AdminRequest.ApprovalFilter) throws -> [Approval] {
        guard (1...1000).contains(filter.limit) else {
            throw AdminFailure(.invalid, "a list has 1 to 1000 requests, not \(filter.limit)")
        }
        return try bastion.store.approvals(filter)
    }

    func answerShowApproval(_ number: Int64) throws -> AdminReply {
        guard let (request, steps) = try bastion.store.approval(number) else { throw Self.unknown(number) }
        return .approval(request, steps)
    }

    /// A decision of the local administrator's, marked as one in the ledger.
    func answerDecideApproval(_ number: Int64, approves: Bool, reason: String?, uid: UInt32) throws -> String {
        try Self.check(reason)
        guard try bastion.store.approval(number) != nil else { throw Self.unknown(number) }
        return try Self.sentence(bastion.approvals.decide(number, approves: approves, reason: reason, uid: uid))
    }

    /// Access ends before its time.
    func answerRevokeAccess(_ number: Int64, reason: String, uid: UInt32) throws -> String {
        try Self.check(reason)
        guard try bastion.store.timedAccess(of: number) != nil else {
            throw AdminFailure(.notFound, "no access was given by request \(number)")
        }
        let revoked = try bastion.approvals.revoke(number, by: "uid \(uid)", through: .local, because: reason)
        // Sessions that it let begin.
        for connection in bastion.connections.all { _ = connection.endIfWithdrawn() }
        return try Self.sentence(revoked)
    }

    private static func unknown(_ number: Int64) -> AdminFailure { AdminFailure(.notFound, "there is no request \(number)") }

    /// As long as the ledger keeps it.
    private static func check(_ reason: String?) throws {
        guard let reason else { return }
        guard !reason.isEmpty, reason.utf8.count <= DeskCommand.longestReason, !reason.utf8.contains(0) else {
            throw AdminFailure(.invalid, "a reason is 1 to \(DeskCommand.longestReason) bytes of text")
        }
    }

    private static func sentence(_ decided: ApprovalDesk.Decided) throws -> String {
        guard decided.isDone else { throw AdminFailure(.refused, decided.text) }
        return decided.text.prefix(1).uppercased() + decided.text.dropFirst()
    }
}
