internal import Foundation
internal import GRDB
package import MonitorProtocol

extension Store {
    /// The most steps that are told of one request.
    package static let mostStepsTold = 1000

    /// In the order of their numbers, or the other way. The limit is taken as 1…1000, and a page ends before it is larger than a reply.
    package func approvals(_ filter: AdminRequest.ApprovalFilter) throws -> [Approval] {
        try Self.check(filter.user, "user", limit: 1024)
        // Only what is asked for is in the statement, so that SQLite finds the index for it. The words of states are ours.
        var conditions: [String] = []
        var arguments = StatementArguments()
        func require(_ condition: String, _ argument: (any DatabaseValueConvertible)? = nil) {
            conditions.append(condition)
            if let argument { arguments += [argument] }
        }
        if let user = filter.user { require("user = ?", user) }
        if filter.after > 0 { require("number \(filter.newestFirst ? "<" : ">") ?", filter.after) }
        if !filter.states.isEmpty {
            require("state IN (\(filter.states.map { "'\($0.rawValue)'" }.joined(separator: ", ")))")
            if !filter.states.contains(where: \.isOver) { require("endedAt IS NULL") }
        }
        arguments += [min(max(filter.limit, 1), 1000)]
        return try read { [conditions, arguments] database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT * FROM approval \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
                    ORDER BY number \(filter.newestFirst ? "DESC" : "ASC") LIMIT ?
                    """,
                arguments: arguments)
            var approvals: [Approval] = []
            var size = 0
            while let row = try rows.next() {
                size += (row["facts"] as Data).count + 512
                if size > Self.largestApprovalPage, !approvals.isEmpty { break }
                approvals.append(try Approval(row: row, approvedBy: Self.approvers(of: row["number"], in: database)))
            }
            return approvals
        }
    }

    /// A request with its steps, in their order; nil if there is none. The first `mostStepsTold`.
    package func approval(_ number: Int64) throws -> (approval: Approval, steps: [ApprovalStep])? {
        try read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM approval WHERE number = ?", arguments: [number])
            else { return nil }
            let steps = try Row.fetchAll(
                database, sql: "SELECT * FROM approvalStep WHERE approval = ? ORDER BY number LIMIT ?",
                arguments: [number, Self.mostStepsTold]
            ).map(ApprovalStep.init(row:))
            return (try Approval(row: row, approvedBy: Self.approvers(of: number, in: database)), steps)
        }
    }

    /// Who said yes, in that order and each once.
    private static func approvers(of number: Int64, in database: Database) throws -> [String] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT person FROM approvalStep WHERE approval = ? AND kind = 'approved' AND person IS NOT NULL
                GROUP BY person ORDER BY min(number) LIMIT 1000
                """)
        return try String.fetchAll(statement, arguments: [number])
    }

    /// Half of what fits into a reply on the admin socket, because JSON escapes grow; less the words of a thousand approvers.
    private static let largestApprovalPage = 4 << 20
}
