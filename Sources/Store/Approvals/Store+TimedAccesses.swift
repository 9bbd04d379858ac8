internal import Foundation
internal import GRDB
package import MonitorProtocol

/// Access for some time, as it was asked for and approved.
extension Store {
    /// The most that are told at once. Each was approved by people, so more are not expected.
    private static let mostAccesses = 10_000

    /// Grants what was approved: the request is `used`, with the step `granted`.
    /// - Throws: `approvalDecided` if the request is in another state than `approved`, `notFound`, `tooLong`, `zeroByte`.
    package func grant(_ access: TimedAccess, notifying channels: [String] = []) throws {
        precondition(access.state == .granted, "access begins before it ends")
        for (text, field) in [
            (access.user, "user"), (access.target, "target"), (access.login, "login"), (access.guardMode, "guard"),
            (access.rule, "rule"),
        ] { try Self.check(text, field, limit: 1024) }
        let list = String(decoding: try JSONEncoder().encode(access.channels), as: UTF8.self)
        try Self.check(list, "channels", limit: 4096)
        let step = ApprovalStep(
            approval: access.approval, at: access.from, kind: .granted, person: nil, through: .bastion)
        try write { database in
            let state = try String.fetchOne(
                database, sql: "SELECT state FROM approval WHERE number = ?", arguments: [access.approval]
            ).flatMap(Approval.State.init(rawValue:))
            if let state, state != .approved { throw StoreError.approvalDecided(number: access.approval, state) }
            try Self.change(access.approval, to: .used, at: access.from, in: database)
            try database.execute(
                sql: """
                    INSERT INTO timedAccess
                        (approval, state, user, target, login, channels, guardMode, validFrom, validUntil, endsSessions, rule)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    access.approval, access.state.rawValue, access.user, access.target, access.login, list, access.guardMode,
                    access.from.milliseconds, access.until.milliseconds, access.endsSessions, access.rule,
                ])
            try Self.insert(step, in: database)
            try Self.queue(step, to: channels, in: database)
        }
    }

    /// What has not ended, the one that ends first before the others. A beginning in the future is the past of a clock that was set back.
    package func timedAccesses(activeAt moment: Timestamp) throws -> [TimedAccess] { try granted("> ?", moment) }

    /// What should have ended and has not been said to have: while the daemon was down.
    package func overdueAccesses(at moment: Timestamp) throws -> [TimedAccess] { try granted("<= ?", moment) }

    private func granted(_ condition: String, _ moment: Timestamp) throws -> [TimedAccess] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM timedAccess WHERE state = 'granted' AND validUntil \(condition)
                    ORDER BY validUntil, approval LIMIT \(Self.mostAccesses)
                    """,
                arguments: [moment.milliseconds]
            ).map(TimedAccess.init(row:))
        }
    }

    /// The access that came of a request, whatever has become of it; nil if none did.
    package func timedAccess(of approval: Int64) throws -> TimedAccess? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM timedAccess WHERE approval = ?", arguments: [approval])
                .map(TimedAccess.init(row:))
        }
    }

    /// Ends access for good, with a step.
    ///
    /// - Parameters:
    ///   - person: who revoked it; nil for the bastion itself.
    ///   - reason: at most 1 KiB.
    /// - Returns: false if it had ended before, which stays as it was.
    /// - Throws: `notFound`, `tooLong`, `zeroByte`.
    package func end(
        access approval: Int64, as state: TimedAccess.State, at: Timestamp, by person: String?,
        through channel: ApprovalStep.Channel = .bastion, because reason: String? = nil, notifying channels: [String] = []
    ) throws -> Bool {
        let kind: ApprovalStep.Kind
        switch state {
        case .granted: preconditionFailure("access does not end as granted")
        case .expired: kind = .accessExpired
        case .revoked: kind = .revoked
        }
        let step = ApprovalStep(approval: approval, at: at, kind: kind, person: person, through: channel, text: reason)
        return try write { database in
            guard try Row.fetchOne(database, sql: "SELECT 1 FROM timedAccess WHERE approval = ?", arguments: [approval]) != nil
            else { throw StoreError.notFound("access of request \(approval)") }
            try database.execute(
                sql: "UPDATE timedAccess SET state = ? WHERE approval = ? AND state = 'granted'",
                arguments: [state.rawValue, approval])
            guard database.changesCount == 1 else { return false }
            try Self.insert(step, in: database)
            try Self.queue(step, to: channels, in: database)
            return true
        }
    }
}

extension TimedAccess {
    fileprivate init(row: Row) throws {
        guard let state = State(rawValue: row["state"]),
            let channels = try? JSONDecoder().decode([String].self, from: Data((row["channels"] as String).utf8))
        else { throw StoreError.malformedRow("timedAccess") }
        self.init(
            approval: row["approval"], state: state, user: row["user"], target: row["target"], login: row["login"],
            channels: channels, guardMode: row["guardMode"], from: Timestamp(milliseconds: row["validFrom"]),
            until: Timestamp(milliseconds: row["validUntil"]), endsSessions: row["endsSessions"], rule: row["rule"])
    }
}
