/// Shows an emulator's screen on another terminal, of any size: what does not fit at the right and below is cut, as long as the cursor is in view.
///
/// Each update writes only what is different from the one before, so a slow terminal may leave out as many as it likes. Nothing but characters, styles and
/// the cursor gets through: no title, clipboard or question of the recorded program.
package struct ScreenMirror: Sendable {
    private let columns: Int
    private let rows: Int
    private var shown: [[ScreenCell]]?
    private var cursor: (row: Int, column: Int, isVisible: Bool)?

    /// - Parameters:
    ///   - columns: the size of the terminal that shows it, with `rows`. After a resize, begin anew.
    package init(columns: Int, rows: Int) {
        self.columns = max(1, min(columns, Emulator.maximumColumns))
        self.rows = max(1, min(rows, Emulator.maximumRows))
    }

    /// The bytes that show `screen` as it is now. The first time they begin with a blank screen.
    package mutating func update(from screen: borrowing Emulator) -> [UInt8] {
        // The cursor's row is in view, and as much above it as there is room.
        let first = max(0, screen.cursor.row - rows + 1)
        let now = (0..<rows).map { cells(of: $0 + first, screen) }
        var output: [UInt8] = []
        if shown == nil {
            output += Array("\u{1B}[?25l\u{1B}(B\u{0F}\u{1B}[r\u{1B}[?6l\u{1B}[4l\u{1B}[?7l\u{1B}[0m\u{1B}[H\u{1B}[2J".utf8)
        }
        for (row, cells) in now.enumerated() where shown.map({ $0[row] != cells }) ?? !cells.isEmpty {
            Self.paint(cells, row: row, columns: columns, to: &output)
        }
        shown = now
        let place = (
            row: min(screen.cursor.row - first, rows - 1), column: min(screen.cursor.column, columns - 1),
            isVisible: screen.modes.contains(.cursorVisible)
        )
        if !output.isEmpty || cursor.map({ $0 == place }) != true {
            output += Array("\u{1B}[\(place.row + 1);\(place.column + 1)H".utf8)
            if cursor?.isVisible != place.isVisible { output += Array("\u{1B}[?25\(place.isVisible ? "h" : "l")".utf8) }
        }
        cursor = place
        return output
    }

    /// The cells of a row that fit, without blanks at the end.
    private func cells(of row: Int, _ screen: borrowing Emulator) -> [ScreenCell] {
        guard row < screen.rows else { return [] }
        var cells: [ScreenCell] = []
        for column in 0..<min(columns, screen.columns) {
            let cell = screen.cell(row: row, column: column)
            // Half a character does not fit.
            if column + cell.width <= columns { cells.append(cell) }
        }
        while let last = cells.last, last.text.isEmpty, last.width == 1, last.background == .standard { cells.removeLast() }
        return cells
    }

    private static func paint(_ cells: [ScreenCell], row: Int, columns: Int, to output: inout [UInt8]) {
        output += Array("\u{1B}[\(row + 1);1H\u{1B}[0m\u{1B}[K".utf8)
        var pen = Pen()
        for (column, cell) in cells.enumerated() where cell.width > 0 {
            let next = Pen(
                foreground: cell.foreground, background: cell.background, attributes: cell.attributes.subtracting(.lineDrawing))
            if next != pen { output += next.selection }
            pen = next
            // Without wrapping, the cursor stays on the last column, and an accent would go to the character before.
            let isLast = column + cell.width == columns
            if isLast, cell.text.count > 1 { output += Array("\u{1B}[?7h".utf8) }
            output += cell.text.isEmpty ? [0x20] : cell.text
            if isLast, cell.text.count > 1 { output += Array("\u{1B}[?7l".utf8) }
            // The other terminal may take it for wider or narrower than it is.
            let isPlain = cell.text.count <= 1
            if !isPlain, !isLast { output += Array("\u{1B}[\(column + cell.width + 1)G".utf8) }
        }
        if pen != Pen() { output += Array("\u{1B}[0m".utf8) }
    }
}
