internal import Foundation
internal import GRDB
package import MonitorProtocol

/// The ledger: one row for each session channel.
extension Store {
    /// An exec command has at most 64 KiB, and each byte that is not UTF-8 becomes three (U+FFFD).
    private static let longestCommand = 3 * 64 * 1024

    /// Begins a row. It stays open until `endSession`, or until `markInterrupted` finds it at the next start.
    ///
    /// - Parameter decision: the policy's, on the command of the session; in the ledger before the command runs.
    package func beginSession(_ session: SessionSummary, decision: PolicyEvent? = nil) throws {
        for (text, field) in [
            (session.connectionID, "connection"), (session.user, "user"), (session.certificateAuthority, "authority"),
            (session.from, "address"),
            (session.target, "target"), (session.login, "login"), (session.recording, "recording"),
        ] { try Self.check(text, field, limit: 1024) }
        let command = session.command.map { Data($0.utf8) }
        guard command?.count ?? 0 <= Self.longestCommand else {
            throw StoreError.tooLong(field: "command", limit: Self.longestCommand)
        }
        try write { database in
            if let decision { try Self.insert(decision, in: database) }
            try database.execute(
                sql: """
                    INSERT INTO session (id, connectionID, user, certificateSerial, certificateAuthority, origin, target, login, kind,
                        command, hasTerminal, startedAt, bytesIn, bytesOut, recording)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)
                    """,
                arguments: [
                    session.id.text, session.connectionID, session.user, Int64(bitPattern: session.certificateSerial),
                    session.certificateAuthority, session.from, session.target, session.login, Int64(session.kind.rawValue),
                    command,
                    session.hasTerminal, session.startedAt.milliseconds, session.recording,
                ])
        }
    }

    /// The most bytes that are kept of how a session ended.
    private static let longestExit = 4096

    /// Ends a row. An end before the start, after the clock was set back, becomes the start.
    /// - Throws: `notFound` if there is none that is open.
    package func endSession(
        _ id: SessionID, exit: String, exitStatus: UInt32?, bytesIn: UInt64, bytesOut: UInt64, at: Timestamp
    ) throws {
        let exit = Self.cut(exit, limit: Self.longestExit)
        try write { database in
            try database.execute(
                sql: """
                    UPDATE session SET endedAt = max(startedAt, ?), exit = ?, exitStatus = ?, bytesIn = ?, bytesOut = ? WHERE id = ? AND endedAt IS NULL
                    """,
                arguments: [
                    at.milliseconds, exit, exitStatus.map { Int64($0) }, Int64(clamping: bytesIn), Int64(clamping: bytesOut),
                    id.text,
                ])
            guard database.changesCount == 1 else { throw StoreError.notFound("open session \(id)") }
        }
    }

    /// Cut between characters to `limit` bytes, with U+FFFD for a zero byte: an end is written whatever was said last.
    static func cut(_ text: String, limit: Int) -> String {
        var kept = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            let scalar = scalar == "\0" ? "\u{FFFD}" : scalar
            length += scalar.utf8.count
            if length > limit { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// A column with how many values were found of each mask rule, as a JSON object.
    private static let maskCounts = "(SELECT json_group_object(rule, count) FROM mask WHERE mask.session = session.id) AS masks"

    package func session(_ id: SessionID) throws -> SessionSummary? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT *, \(Self.maskCounts) FROM session WHERE id = ?", arguments: [id.text]).map(
                SessionSummary.init(row:))
        }
    }

    /// Newest first. The filter's limit is taken as 1…10000.
    package func sessions(_ filter: AdminRequest.SessionFilter) throws -> [SessionSummary] {
        try Self.check(filter.user, "user", limit: 1024)
        try Self.check(filter.target, "target", limit: 1024)
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT *, \(Self.maskCounts) FROM session
                    WHERE (?1 IS NULL OR user = ?1) AND (?2 IS NULL OR target = ?2) AND (NOT ?3 OR endedAt IS NULL)
                    ORDER BY startedAt DESC, id DESC LIMIT ?4
                    """,
                arguments: [filter.user, filter.target, filter.activeOnly, min(max(filter.limit, 1), 10_000)]
            ).map(SessionSummary.init(row:))
        }
    }

    /// Ends every open row as `interrupted`: at a start nothing can be running, so the machine or the daemon stopped while these were.
    /// - Returns: how many there were.
    package func markInterrupted(at: Timestamp) throws -> Int {
        try write { database in
            try database.execute(
                sql: "UPDATE session SET endedAt = max(startedAt, ?), exit = 'interrupted' WHERE endedAt IS NULL",
                arguments: [at.milliseconds])
            return database.changesCount
        }
    }
}

extension SessionSummary {
    fileprivate init(row: Row) throws {
        guard let id = SessionID(row["id"]), let kindNumber = UInt8(exactly: row["kind"] as Int64),
            let kind = ChannelKind(rawValue: kindNumber)
        else { throw StoreError.malformedRow("session") }
        self.init(
            id: id, connectionID: row["connectionID"], user: row["user"],
            certificateSerial: UInt64(bitPattern: row["certificateSerial"]), certificateAuthority: row["certificateAuthority"],
            from: row["origin"], target: row["target"], login: row["login"], kind: kind,
            command: (row["command"] as Data?).map { String(decoding: $0, as: UTF8.self) },
            hasTerminal: row["hasTerminal"], startedAt: Timestamp(milliseconds: row["startedAt"]),
            endedAt: (row["endedAt"] as Int64?).map(Timestamp.init(milliseconds:)), exit: row["exit"],
            exitStatus: (row["exitStatus"] as Int64?).map { UInt32(clamping: $0) },
            bytesIn: UInt64(clamping: row["bytesIn"] as Int64),
            bytesOut: UInt64(clamping: row["bytesOut"] as Int64), recording: row["recording"],
            masks: (try? JSONDecoder().decode([String: UInt64].self, from: Data((row["masks"] as String).utf8))) ?? [:])
    }
}
