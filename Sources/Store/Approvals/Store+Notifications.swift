internal import Foundation
internal import GRDB
package import MonitorProtocol

/// One notification that has not been delivered yet.
package struct QueuedNotification: Equatable, Sendable {
    /// Never used again.
    package let id: Int64
    package let approval: Int64
    /// Of the step that it tells.
    package let kind: ApprovalStep.Kind
    /// The name of the channel that it goes to.
    package let channel: String
    package let queuedAt: Timestamp
    /// How often it has been tried.
    package let attempts: Int

    package init(
        id: Int64, approval: Int64, kind: ApprovalStep.Kind, channel: String, queuedAt: Timestamp, attempts: Int
    ) {
        self.id = id
        self.approval = approval
        self.kind = kind
        self.channel = channel
        self.queuedAt = queuedAt
        self.attempts = attempts
    }
}

/// The queue of notifications. Nothing about a request depends on it.
extension Store {
    /// The most that wait; of more the oldest are given up.
    package static let mostNotifications = 10_000
    /// Nothing is put off for longer, so what seems due later was put off before the clock was set back.
    package static let longestPutOff: Int64 = 3_600_000

    static func queue(_ step: ApprovalStep, to channels: [String], in database: Database) throws {
        guard !channels.isEmpty else { return }
        for channel in channels {
            try check(channel, "channel", limit: 256)
            try database.cachedStatement(
                sql:
                    "INSERT INTO notification (approval, kind, channel, queuedAt, dueAt, attempts) VALUES (?1, ?2, ?3, ?4, ?4, 0)"
            ).execute(arguments: [step.approval, step.kind.rawValue, channel, step.at.milliseconds])
        }
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM notification") ?? 0
        guard count > mostNotifications else { return }
        let oldest = try Int64.fetchAll(
            database, sql: "SELECT id FROM notification ORDER BY id LIMIT ?", arguments: [count - mostNotifications])
        for id in oldest { try giveUp(id, at: step.at, because: "too many wait", in: database) }
    }

    /// Those whose time has come, the one that has waited longest first. `limit` is taken as 1…1000.
    /// - Parameter channels: whose notifications are left alone.
    package func dueNotifications(
        at moment: Timestamp, limit: Int, except channels: [String] = []
    ) throws -> [QueuedNotification] {
        let list = String(decoding: try JSONEncoder().encode(channels), as: UTF8.self)
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM notification
                    WHERE (dueAt <= ?1 OR dueAt > ?1 + ?2) AND channel NOT IN (SELECT value FROM json_each(?3))
                    ORDER BY dueAt, id LIMIT ?4
                    """,
                arguments: [moment.milliseconds, Self.longestPutOff, list, min(max(limit, 1), 1000)]
            ).map(QueuedNotification.init(row:))
        }
    }

    /// When the next one is due; nil if none waits.
    /// - Parameter channels: whose notifications do not count.
    package func nextNotification(except channels: [String] = []) throws -> Timestamp? {
        let list = String(decoding: try JSONEncoder().encode(channels), as: UTF8.self)
        return try read { database in
            try Int64.fetchOne(
                database, sql: "SELECT min(dueAt) FROM notification WHERE channel NOT IN (SELECT value FROM json_each(?))",
                arguments: [list]
            ).map(Timestamp.init(milliseconds:))
        }
    }

    /// It went out: it leaves the queue, with the step `notified`. Nothing if it is not in the queue any more.
    package func delivered(_ id: Int64, at: Timestamp) throws {
        try write { database in
            guard let notification = try Self.remove(id, in: database) else { return }
            try Self.insert(
                ApprovalStep(
                    approval: notification.approval, at: at, kind: .notified, person: nil, through: .bastion,
                    text: "\(notification.channel): \(notification.kind.rawValue)"), in: database)
        }
    }

    /// It did not go out, and will be tried again.
    package func failed(_ id: Int64, next: Timestamp) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE notification SET attempts = attempts + 1, dueAt = ? WHERE id = ?",
                arguments: [next.milliseconds, id])
        }
    }

    /// It will not go out: it leaves the queue, with the step `notificationFailed`. Nothing if it is not in the queue any more.
    /// - Parameter reason: cut to 512 bytes.
    package func giveUp(_ id: Int64, at: Timestamp, because reason: String) throws {
        try write { database in try Self.giveUp(id, at: at, because: reason, in: database) }
    }

    /// Gives up whatever has waited since before `moment`.
    package func giveUpNotifications(queuedBefore moment: Timestamp, at: Timestamp, because reason: String) throws {
        try write { database in
            let old = try Int64.fetchAll(
                database, sql: "SELECT id FROM notification WHERE queuedAt < ? ORDER BY id", arguments: [moment.milliseconds])
            for id in old { try Self.giveUp(id, at: at, because: reason, in: database) }
        }
    }

    private static func giveUp(_ id: Int64, at: Timestamp, because reason: String, in database: Database) throws {
        guard let notification = try remove(id, in: database) else { return }
        try insert(
            ApprovalStep(
                approval: notification.approval, at: at, kind: .notificationFailed, person: nil, through: .bastion,
                text: "\(notification.channel): \(notification.kind.rawValue): \(cut(reason, limit: 512))"), in: database)
    }

    private static func remove(_ id: Int64, in database: Database) throws -> QueuedNotification? {
        try Row.fetchOne(database, sql: "DELETE FROM notification WHERE id = ? RETURNING *", arguments: [id])
            .map(QueuedNotification.init(row:))
    }
}

extension QueuedNotification {
    fileprivate init(row: Row) throws {
        guard let kind = ApprovalStep.Kind(rawValue: row["kind"]) else { throw StoreError.malformedRow("notification") }
        self.init(
            id: row["id"], approval: row["approval"], kind: kind, channel: row["channel"],
            queuedAt: Timestamp(milliseconds: row["queuedAt"]), attempts: Int(row["attempts"] as Int64))
    }
}
