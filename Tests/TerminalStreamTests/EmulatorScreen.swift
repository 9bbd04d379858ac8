import TerminalStream

/// An emulator after some output, and its screen as text.
extension Emulator {
    init(_ columns: Int, _ rows: Int, after output: String = "") {
        self.init(columns: columns, rows: rows)
        feed(Array(output.utf8)[...])
    }

    mutating func feed(_ output: String) { feed(Array(output.utf8)[...]) }

    /// The rows, without blank ones at the end; `\` marks a row that wraps.
    var shown: [String] {
        var rows = (0..<rows).map { String(decoding: text(row: $0), as: UTF8.self) + (isWrapped(row: $0) ? "\\" : "") }
        while rows.last == "" { rows.removeLast() }
        return rows
    }

    /// The cursor's row and column; the column is one past the last while a wrap is pending.
    var place: [Int] { [position.row, position.column] }

    /// What was read between an anchor and the cursor.
    func typed(since anchor: Int) -> String? {
        self.anchor(anchor).map { String(decoding: text(from: $0, to: position).bytes, as: UTF8.self) }
    }
}
