/// Rows for people: columns aligned by what a terminal shows, every cell escaped.
struct Table {
    /// The widest a cell gets; `show` has the whole text.
    private static let widestCell = 60

    private var rows: [[String]]

    init(_ heading: [String]) { rows = [heading] }

    mutating func add(_ cells: [String?]) {
        precondition(cells.count == rows[0].count, "a row has a cell for each column")
        rows.append(cells.map { $0.map { SafeText.escaped($0) } ?? "-" })
    }

    /// Lines without trailing spaces, each ended by a line feed.
    var text: String {
        let shown = rows.map { row in row.map { DisplayWidth.truncated($0, to: Self.widestCell) } }
        let widths = rows[0].indices.map { column in shown.map { DisplayWidth.cells($0[column]) }.max() ?? 0 }
        return shown.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                guard column < row.count - 1 else { break }
                line += String(repeating: " ", count: widths[column] - DisplayWidth.cells(cell) + 2)
            }
            return line + "\n"
        }.joined()
    }

    /// `name:  value` lines for one thing, whole and escaped.
    static func facts(_ facts: [(name: String, value: String?)]) -> String {
        let longest = facts.map(\.name.count).max() ?? 0
        return facts.compactMap { fact in
            fact.value.map { value in
                fact.name + ":" + String(repeating: " ", count: longest - fact.name.count + 2) + SafeText.escaped(value) + "\n"
            }
        }.joined()
    }
}
