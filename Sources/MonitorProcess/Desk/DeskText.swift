internal import Foundation
internal import MonitorProtocol
internal import Policy

/// Texts of the desk for people and, as JSON, for programs. Plain text for a terminal, `\n` its only control character.
enum DeskText {
    struct Target: Encodable, Equatable, Sendable {
        var target: String
        var aliases: [String]
        var logins: [String]
    }

    struct Person: Equatable, Sendable {
        var user: String
        var serial: UInt64
        /// Seconds since 1970; `UInt64.max` for never (PROTOCOL.certkeys).
        var validUntil: UInt64
    }

    static func greeting(_ person: Person, at now: Timestamp) -> String {
        "You are \(escaped(person.user)). Your certificate (serial \(person.serial)) is valid \(validity(person, at: now)).\n"
    }

    private static func validity(_ person: Person, at now: Timestamp) -> String {
        let now = UInt64(max(0, now.seconds))
        guard person.validUntil < UInt64(Int64.max) / 1000 else { return "without end" }
        let left = person.validUntil > now ? (person.validUntil - now) / 60 : 0
        return "until \(minute(Int64(person.validUntil) * 1000)), \(left / 60) h \(left % 60) min from now"
    }

    static func targets(_ targets: [Target]) -> String {
        guard !targets.isEmpty else { return "You may reach no target now. Ask the administrator for a grant.\n" }
        return table(
            ["TARGET", "LOGINS"],
            targets.map { row in
                [
                    escaped(
                        row.aliases.isEmpty ? row.target : "\(row.target) (\(row.aliases.joined(separator: ", ")))", limit: 80),
                    escaped(row.logins.joined(separator: ", "), limit: 200),
                ]
            })
    }

    static let usage = """
        ssh -J BASTION LOGIN@TARGET    a session on a target
        ssh LOGIN@TARGET@BASTION       the same, without -J
        ssh -t BASTION                 choose a target, and decide about requests, on the screen
        ssh BASTION WORD               one of these:
          targets [--json]             where you may go
          whoami [--json]              who you are, and how long your certificate is valid
          sessions [--all] [--json]    sessions that go on, or all: yours, and those you may see
          commands SESSION [--json]    what was run in it
          watch SESSION                look on while it goes on
          play SESSION                 replay its recording; without a terminal, print the asciicast file
          kill SESSION [--reason WHY]  end it
          request TARGET --login LOGIN --for 2h --reason WHY
                                       ask for access that you do not have
          approvals [--json]           requests that you may decide
          approvals NUMBER             one of them, whole
          approve NUMBER [--reason WHY]
          deny NUMBER [--reason WHY]
          help                         these lines

        """

    // MARK: Forms

    /// Columns as wide as their widest cell; cells are safe already.
    static func table(_ heading: [String], _ rows: [[String]]) -> String {
        let all = [heading] + rows
        let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
            }
            return line + "\n"
        }.joined()
    }

    /// `2026-11-24 10:04 UTC`.
    static func minute(_ milliseconds: Int64) -> String {
        "\(LineLog.time(milliseconds).prefix(16).replacing("T", with: " ")) UTC"
    }

    /// A list of documents, or one. Sorted keys; no raw control or formatting character.
    static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        guard let data = try? encoder.encode(value) else { return "null\n" }
        return VisibleJSON.text(String(decoding: data, as: UTF8.self)) + "\n"
    }

    /// Messages are at most 128 KiB long; a list that is longer is cut at a line.
    static func bounded(_ text: String) -> String {
        guard text.utf8.count > longest else { return text }
        var result = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if result.utf8.count + line.utf8.count > longest { break }
            result += line + "\n"
        }
        return result + "… (the list is longer than can be shown)\n"
    }

    static let longest = 60_000
}
