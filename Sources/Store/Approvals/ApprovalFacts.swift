internal import Foundation
internal import GRDB
internal import MonitorProtocol

/// What of a request is in the column `facts`: nobody searches for it.
struct ApprovalFacts: Codable {
    var base64: String
    var commands: [UnderstoodCommand]
    var uncertain: [String]
    var approvers: [String]
    var count: Int
    var needsReason: Bool
    var reason: String?
    var seconds: UInt32?

    init(_ approval: Approval) {
        base64 = approval.base64
        commands = approval.commands
        uncertain = approval.uncertain
        approvers = approval.approvers
        count = approval.count
        needsReason = approval.needsReason
        reason = approval.reason
        seconds = approval.seconds
    }
}

extension Approval {
    /// - Parameter approvedBy: from the steps of this request.
    init(row: Row, approvedBy: [String]) throws {
        guard let kind = Kind(rawValue: row["kind"]), let state = State(rawValue: row["state"]),
            let facts = try? JSONDecoder().decode(ApprovalFacts.self, from: row["facts"] as Data)
        else { throw StoreError.malformedRow("approval") }
        self.init(
            number: row["number"], kind: kind, state: state, createdAt: Timestamp(milliseconds: row["createdAt"]),
            expiresAt: Timestamp(milliseconds: row["expiresAt"]),
            endedAt: (row["endedAt"] as Int64?).map(Timestamp.init(milliseconds:)), connectionID: row["connectionID"],
            session: (row["session"] as String?).flatMap { SessionID($0) }, user: row["user"], target: row["target"],
            login: row["login"], bytes: [], commands: facts.commands, rule: row["rule"], uncertain: facts.uncertain,
            approvers: facts.approvers, count: facts.count, needsReason: facts.needsReason, reason: facts.reason,
            seconds: facts.seconds, approvedBy: approvedBy)
        base64 = facts.base64
    }
}

extension ApprovalStep {
    init(row: Row) throws {
        guard let kind = Kind(rawValue: row["kind"]), let through = Channel(rawValue: row["through"]) else {
            throw StoreError.malformedRow("approvalStep")
        }
        self.init(
            approval: row["approval"], at: Timestamp(milliseconds: row["at"]), kind: kind, person: row["person"],
            through: through, text: row["text"])
    }
}
