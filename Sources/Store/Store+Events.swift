internal import Foundation
internal import GRDB
package import MonitorProtocol

/// The policy's decisions, in the ledger.
extension Store {
    /// All of them in one transaction.
    package func add(_ events: [PolicyEvent]) throws {
        guard !events.isEmpty else { return }
        try write { database in
            for event in events { try Self.insert(event, in: database) }
        }
    }

    /// All of them in one transaction, which is in the file when this returns but perhaps not on the disk: it outlives this process, however that
    /// ends, and not the power. Somebody waits for a line that was typed (docs/decisions/0011).
    package func addQuickly(_ events: [PolicyEvent]) throws {
        guard !events.isEmpty else { return }
        try quickly(isOneStatement: events.count == 1) { database in
            for event in events { try Self.insert(event, in: database) }
        }
    }

    static func insert(_ event: PolicyEvent, in database: Database) throws {
        for (text, field) in [
            (event.connectionID, "connection"), (event.user, "user"), (event.target, "target"), (event.login, "login"),
            (event.rule, "rule"), (event.verdict, "verdict"),
        ] { try check(text, field, limit: 1024) }
        let facts: Data
        if case .line(let line) = event.action {
            facts = Data(LineFacts(event, line).json)
        } else {
            facts = try JSONEncoder().encode(EventFacts(event))
        }
        guard facts.count <= longestFacts else { throw StoreError.tooLong(field: "facts", limit: longestFacts) }
        try database.cachedStatement(
            sql: """
                INSERT INTO event (at, connectionID, session, user, target, login, channel, verdict, outcome, rule, action, facts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                event.at.milliseconds, event.connectionID, event.session?.text, event.user, event.target, event.login,
                Int64(event.channel.rawValue), event.verdict, event.outcome.rawValue, event.rule, event.action.number, facts,
            ])
    }

    /// The oldest first, those after `filter.after`. The limit is taken as 1…10000, and a page ends before its facts are larger than
    /// `largestPage`.
    package func events(_ filter: AdminRequest.EventFilter) throws -> [PolicyEvent] {
        try Self.check(filter.user, "user", limit: 1024)
        try Self.check(filter.target, "target", limit: 1024)
        return try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT * FROM event
                    WHERE number > ?1 AND (?2 IS NULL OR session = ?2) AND (?3 IS NULL OR user = ?3) AND (?4 IS NULL OR target = ?4)
                        AND (?5 IS NULL OR at >= ?5) AND action <= ?6 AND (?7 OR action <> 2)
                    ORDER BY number LIMIT ?8
                    """,
                arguments: [
                    filter.after, filter.session?.text, filter.user, filter.target, filter.since?.milliseconds,
                    filter.content == .commands ? 3 : filter.content == .lines ? 5 : 6, filter.content == .all,
                    min(max(filter.limit, 1), 10_000),
                ])
            var events: [PolicyEvent] = []
            var size = 0
            while let row = try rows.next() {
                size += (row["facts"] as Data).count + Self.sizeBesideFacts
                if size > Self.largestPage, !events.isEmpty { break }
                events.append(try PolicyEvent(row: row))
            }
            return events
        }
    }

    /// A command of 64 KiB in base64, and what was understood of it: `Answer+Channel` cuts its words.
    private static let longestFacts = 1 << 20
    /// Half of what fits into a reply on the admin socket, because JSON escapes grow.
    private static let largestPage = 4 << 20
    private static let sizeBesideFacts = 512
}

/// What of an event is in the column `facts`. `LineFacts` writes the same.
struct EventFacts: Codable {
    var uncertain: [PolicyEvent.Reason]
    var shadows: [PolicyEvent.Shadow]
    var action: PolicyEvent.Action
    /// Not there in rows of older versions.
    var approval: Int64?

    init(_ event: PolicyEvent) {
        uncertain = event.uncertain
        shadows = event.shadows
        action = event.action
        approval = event.approval
    }
}

extension PolicyEvent.Action {
    /// In the column `action`: 3 is a typed line, 4 what was told of one, 5 a value that was found in the output, 6 what was done at the desk.
    fileprivate var number: Int64 {
        switch self {
        case .command: 1
        case .file: 2
        case .line: 3
        case .lineReport: 4
        case .masked: 5
        case .desk: 6
        }
    }
}

extension PolicyEvent {
    fileprivate init(row: Row) throws {
        guard let kindNumber = UInt8(exactly: row["channel"] as Int64), let channel = ChannelKind(rawValue: kindNumber),
            let outcome = Outcome(rawValue: row["outcome"]),
            let facts = try? JSONDecoder().decode(EventFacts.self, from: row["facts"] as Data)
        else { throw StoreError.malformedRow("event") }
        self.init(
            number: row["number"], at: Timestamp(milliseconds: row["at"]), connectionID: row["connectionID"],
            session: (row["session"] as String?).flatMap { SessionID($0) }, user: row["user"], target: row["target"],
            login: row["login"], channel: channel, verdict: row["verdict"], outcome: outcome, rule: row["rule"],
            uncertain: facts.uncertain, shadows: facts.shadows, action: facts.action,
            approval: facts.approval)
    }
}
