/// The score of many results, for each shell and each group.
struct ScoreTable {
    let mode: Mode
    let results: [ScenarioResult]

    var text: String {
        var rows = [header]
        for shell in Shell.allCases {
            let ofShell = results.filter { $0.shell == shell }
            guard !ofShell.isEmpty else { continue }
            for group in Scenario.Group.allCases {
                let ofGroup = ofShell.filter { $0.scenario.group == group }
                if !ofGroup.isEmpty { rows.append(row(shell.rawValue, group.rawValue, ofGroup)) }
            }
            rows.append(row(shell.rawValue, "all", ofShell))
        }
        rows.append(row("all", "all", results))
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < 2 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private let header = [
        "SHELL", "GROUP", "SCENARIOS", "PERFECT", "LINES", "INSIDE", "EXACT", "UNCERTAIN", "WRONG", "MISSED", "INVENTED",
        "CHANGED",
        "LEAKED", "RAN",
        "FAILED",
    ]

    private func row(_ shell: String, _ group: String, _ results: [ScenarioResult]) -> [String] {
        let sum = results.reduce(into: Comparison()) { $0 += $1.comparison }
        let isToldNothing = mode == .direct
        return [
            shell, group, "\(results.count)", isToldNothing ? "-" : "\(results.count { $0.comparison.isPerfect })",
            "\(results.reduce(0) { $0 + $1.truth.count })", "\(results.reduce(0) { $0 + $1.insideCount })",
        ] + [sum.exact, sum.uncertain, sum.wrong, sum.missed, sum.invented].map { isToldNothing ? "-" : "\($0)" } + [
            mode.isDenying || isToldNothing ? "-" : "\(results.count { $0.isChanged })", "\(results.count { $0.secretLeaked })",
            "\(results.count { $0.ranForbidden })",
            "\(results.count { $0.failure != nil })",
        ]
    }
}
