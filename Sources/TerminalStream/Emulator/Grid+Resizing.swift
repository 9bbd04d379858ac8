/// Another size, as tmux gives it. (xterm does not reflow; VTE and kitty do, with the same result for text.)
///
/// - Fewer rows: those below the cursor go first, then the top ones scroll off. More rows: what scrolled off comes back, then blank ones follow.
/// - Other columns: lines are cut anew. What follows the last character of a line is not kept (tmux keeps what was
///   erased there), and a place there goes to the line's end.
/// - The alternate screen is cut or filled up on the right: its programs draw it again. (tmux keeps what it cut and shows it when there is room again.)
extension Grid {
    /// A place that stays with its character. `column` may be one past the last.
    struct Place: Equatable {
        var row: Int
        var column: Int
    }

    /// Changes the size. `cursor` and `places` move with what stands there; a place whose row is gone becomes nil.
    mutating func resize(columns newColumns: Int, rows newRows: Int, reflow: Bool, cursor: inout Place, places: inout [Place?]) {
        let below = max(0, min(rows - 1 - cursor.row, rows - newRows))
        let kept = readableRows.lowerBound..<(rows - below)
        // Places are counted from the oldest row while lines are cut.
        var all = [cursor] + places.map { $0 ?? Place(row: rows, column: 0) }
        for index in all.indices { all[index].row -= kept.lowerBound }
        var cutting = LineCutting(columns: newColumns)
        if reflow, newColumns != columns {
            cutRows(kept, into: &cutting, places: &all)
        } else {
            for row in kept { cutting.copy(row, of: self) }
        }
        // As tmux does, rows come in at the bottom before lines are cut: if cutting makes more rows, the top ones scroll off.
        let missing = max(0, newRows - rows - historyCount, newRows - cutting.rows.count)
        cutting.rows += Array(repeating: LineCutting.Row(), count: missing)
        let oldest = cutting.rows.count - newRows
        self = Grid(replacing: self, with: cutting, rows: newRows)
        for index in all.indices { all[index].row -= oldest }
        cursor = all[0].row >= 0 ? all[0] : Place(row: 0, column: 0)
        cursor.row = min(cursor.row, newRows - 1)
        cursor.column = min(cursor.column, newColumns)
        places = zip(places, all.dropFirst()).map { old, new in
            guard old != nil, readableRows.contains(new.row) else { return nil }
            return Place(row: new.row, column: min(new.column, newColumns))
        }
    }

    private func cutRows(_ kept: Range<Int>, into cutting: inout LineCutting, places: inout [Place]) {
        // Sorted by row, so that each is looked at once.
        var waiting = places.indices.sorted { places[$0].row > places[$1].row }
        var row = kept.lowerBound
        while row < kept.upperBound {
            // Offsets of the places that stand on this line, counted in columns from its beginning.
            var offsets: [(place: Int, offset: Int)] = []
            var length = 0
            while true {
                let isWrapped = line(row).isWrapped && row + 1 < kept.upperBound
                while let place = waiting.last, places[place].row == row - kept.lowerBound {
                    offsets.append((place, length + places[place].column))
                    waiting.removeLast()
                }
                let used = isWrapped ? columns - (line(row).leavesColumn ? 1 : 0) : usedColumns(row)
                cutting.append(row, columns: used, of: self)
                length += used
                row += 1
                if !isWrapped { break }
            }
            cutting.endLine { start, range in
                for (place, offset) in offsets where range.contains(min(offset, length)) {
                    places[place] = Place(row: start, column: min(offset, length) - range.lowerBound)
                }
            }
        }
        // What was below the rows that are kept.
        for place in waiting { places[place] = Place(row: Int.max / 2, column: 0) }
    }

    /// A grid of another size with rows that were cut for it.
    private init(replacing old: Grid, with cutting: LineCutting, rows: Int) {
        self.init(columns: cutting.columns, rows: rows, historyLimit: old.historyLimit)
        takeOver(from: old, historyCount: min(cutting.rows.count - rows, historyLimit))
        for row in readableRows {
            let cut = cutting.rows[cutting.rows.count - rows + row]
            setRow(row, to: cutting.cells[cut.cells], isWrapped: cut.isWrapped, leavesColumn: cut.leavesColumn)
        }
    }
}

/// Rows of a new width that are being cut from lines.
struct LineCutting {
    struct Row {
        /// Which of `LineCutting.cells`; what is missing to the row's end is blank.
        var cells = 0..<0
        var isWrapped = false
        var leavesColumn = false
    }

    let columns: Int
    private(set) var cells: [Cell] = []
    var rows: [Row] = []
    private var lineStart = 0

    init(columns: Int) { self.columns = columns }

    /// Adds columns of a row to the line.
    mutating func append(_ row: Int, columns count: Int, of grid: Grid) {
        for column in 0..<count { cells.append(grid[row, column]) }
    }

    /// Cuts the line, and tells for each row which columns of the line it has. The last row has one more: the line's end.
    mutating func endLine(tell: (_ row: Int, _ columns: Range<Int>) -> Void) {
        var start = lineStart
        var position = lineStart
        while position < cells.count {
            let width = max(1, Int(cells[position].width))
            if width > columns {  // no room for a wide character in any row
                cells[position] = .blank
                cells[position + 1] = .blank
                continue
            }
            if position + width - start > columns {
                tell(rows.count, (start - lineStart)..<(position - lineStart))
                rows.append(Row(cells: start..<position, isWrapped: true, leavesColumn: position - start < columns))
                start = position
            }
            position += width
        }
        tell(rows.count, (start - lineStart)..<(position - lineStart + 1))
        rows.append(Row(cells: start..<position))
        lineStart = cells.count
    }

    /// Takes a row as it is, cut or filled up on the right.
    mutating func copy(_ row: Int, of grid: Grid) {
        var used = min(grid.usedColumns(row), columns)
        if used < grid.columns, used > 0, grid[row, used].isSecondHalf { used -= 1 }
        append(row, columns: used, of: grid)
        let line = grid.line(row)
        let isWrapped = line.isWrapped && columns == grid.columns
        rows.append(Row(cells: lineStart..<cells.count, isWrapped: isWrapped, leavesColumn: isWrapped && line.leavesColumn))
        lineStart = cells.count
    }
}
