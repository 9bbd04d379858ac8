internal import Foundation
internal import GRDB
package import MonitorProtocol

/// Requests for approvals, and what happens to them.
extension Store {
    /// More `refused` steps of one request are not kept: whoever goes on trying to decide what they may not must not fill the ledger.
    package static let mostRefusedSteps = 100

    /// Adds a request with its first step, `requested`, and queues one notification for each of the channels; all or nothing.
    ///
    /// - Parameter approval: its number and `approvedBy` are not looked at.
    /// - Returns: the number under which it is known from now on.
    /// - Throws: `tooLong`, `zeroByte`.
    package func add(_ approval: Approval, notifying channels: [String] = []) throws -> Int64 {
        precondition(!approval.state.isOver && approval.endedAt == nil, "a request begins before it ends")
        for (text, field) in [
            (approval.connectionID, "connection"), (approval.user, "user"), (approval.target, "target"),
            (approval.login, "login"), (approval.rule, "rule"), (approval.reason, "reason"),
        ] { try Self.check(text, field, limit: 1024) }
        let facts = try JSONEncoder().encode(ApprovalFacts(approval))
        guard facts.count <= Self.longestApproval else { throw StoreError.tooLong(field: "facts", limit: Self.longestApproval) }
        return try write { database in
            try database.execute(
                sql: """
                    INSERT INTO approval (kind, state, createdAt, expiresAt, connectionID, session, user, target, login, rule, facts)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    approval.kind.rawValue, approval.state.rawValue, approval.createdAt.milliseconds,
                    approval.expiresAt.milliseconds, approval.connectionID, approval.session?.text, approval.user,
                    approval.target, approval.login, approval.rule, facts,
                ])
            let number = database.lastInsertedRowID
            let step = ApprovalStep(
                approval: number, at: approval.createdAt, kind: .requested, person: approval.user,
                through: .desk, text: approval.reason)
            try Self.insert(step, in: database)
            try Self.queue(step, to: channels, in: database)
            return number
        }
    }

    /// Adds a step, puts the request into its new state, and queues notifications of the step; all or nothing.
    ///
    /// - Parameters:
    ///   - state: nil leaves it. `waiting` is only the first one.
    ///   - endedAt: of a state that is over; nil is the step's time. An end before the beginning, after the clock was set back, becomes that.
    /// - Throws: `approvalDecided` if the request is over or in that state already, `notFound`, `tooLong`, `zeroByte`.
    package func record(
        _ step: ApprovalStep, state: Approval.State? = nil, endedAt: Timestamp? = nil, notifying channels: [String] = []
    ) throws {
        precondition(state != .waiting, "a request does not wait again")
        try write { database in
            try Self.change(step.approval, to: state, at: endedAt ?? step.at, in: database)
            guard try step.kind != .refused || Self.refusals(of: step.approval, in: database) < Self.mostRefusedSteps else {
                return
            }
            try Self.insert(step, in: database)
            try Self.queue(step, to: channels, in: database)
        }
    }

    /// Ends as void, with a step each, whatever waits or is approved and not used: at a start nobody can be waiting for it any more.
    /// - Returns: how many there were.
    package func voidOpenApprovals(at: Timestamp, because reason: String, notifying channels: [String] = []) throws -> Int {
        try write { database in
            let open = try Int64.fetchAll(database, sql: "SELECT number FROM approval WHERE endedAt IS NULL ORDER BY number")
            for number in open {
                let step = ApprovalStep(
                    approval: number, at: at, kind: .void, person: nil, through: .bastion, text: reason)
                try Self.change(number, to: .void, at: at, in: database)
                try Self.insert(step, in: database)
                try Self.queue(step, to: channels, in: database)
            }
            return open.count
        }
    }

    /// - Parameter state: nil only looks whether there is such a request.
    static func change(_ number: Int64, to state: Approval.State?, at: Timestamp, in database: Database) throws {
        guard
            let text = try String.fetchOne(database, sql: "SELECT state FROM approval WHERE number = ?", arguments: [number])
        else { throw StoreError.notFound("request \(number)") }
        guard let current = Approval.State(rawValue: text) else { throw StoreError.malformedRow("approval") }
        guard let state else { return }
        guard !current.isOver, state != current else { throw StoreError.approvalDecided(number: number, current) }
        try database.execute(
            sql: "UPDATE approval SET state = ?1, endedAt = CASE WHEN ?2 THEN max(createdAt, ?3) END WHERE number = ?4",
            arguments: [state.rawValue, state.isOver, at.milliseconds, number])
    }

    static func insert(_ step: ApprovalStep, in database: Database) throws {
        try check(step.person, "person", limit: 1024)
        try check(step.text, "reason", limit: 1024)
        try database.cachedStatement(
            sql: "INSERT INTO approvalStep (approval, at, kind, person, through, text) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            step.approval, step.at.milliseconds, step.kind.rawValue, step.person, step.through.rawValue, step.text,
        ])
    }

    private static func refusals(of number: Int64, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM approvalStep WHERE approval = ? AND kind = 'refused'", arguments: [number]) ?? 0
    }

    /// A command of 64 KiB in base64, and what was understood of it.
    private static let longestApproval = 1 << 20
}
