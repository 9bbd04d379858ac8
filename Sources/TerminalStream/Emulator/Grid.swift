/// The cells of one screen, and of the lines that have scrolled off its top.
///
/// Rows are counted from the screen's top; those that scrolled off have negative numbers. All cells are in one array; a line stays where it is in that
/// array while it moves over the screen, and only its place in `order` changes.
struct Grid: Sendable {
    private(set) var columns: Int
    private(set) var rows: Int
    /// How many rows that scrolled off are kept.
    let historyLimit: Int
    private(set) var historyCount = 0
    /// What changes are dated with.
    var generation: UInt64 = 0

    private var cells: [Cell]
    private var lines: [Line]
    /// A ring of the numbers of lines, oldest first; `top` is where the screen begins.
    private var order: [Int32]
    private var top: Int
    private var nextSerial: UInt64 = 0

    /// A blank screen. `columns` and `rows` are at least 1.
    init(columns: Int, rows: Int, historyLimit: Int) {
        self.columns = columns
        self.rows = rows
        self.historyLimit = historyLimit
        let count = rows + historyLimit
        cells = Array(repeating: .blank, count: count * columns)
        lines = Array(repeating: Line(), count: count)
        order = (0..<Int32(count)).map { $0 }
        top = historyLimit
        for number in 0..<count { lines[number].serial = takeSerial() }
    }

    private mutating func takeSerial() -> UInt64 {
        nextSerial += 1
        return nextSerial
    }

    /// The number of the line at a row.
    private func number(_ row: Int) -> Int {
        let index = top + row
        return Int(order[index < 0 ? index + order.count : index >= order.count ? index - order.count : index])
    }

    private mutating func setNumber(_ row: Int, _ number: Int) {
        let index = top + row
        order[index < 0 ? index + order.count : index >= order.count ? index - order.count : index] = Int32(number)
    }

    // MARK: Reading

    /// The rows that can be read.
    var readableRows: Range<Int> { -historyCount..<rows }

    subscript(row: Int, column: Int) -> Cell {
        let number = number(row)
        return lines[number].isFilled ? lines[number].fill : cells[number * columns + column]
    }

    func line(_ row: Int) -> Line { lines[number(row)] }

    /// How many columns of a row are in use: up to the last that is not blank.
    func usedColumns(_ row: Int) -> Int {
        let number = number(row)
        if lines[number].isFilled { return lines[number].fill.isBlank ? 0 : columns }
        var used = columns
        while used > 0, cells[number * columns + used - 1].isBlank {
            // The second half of a wide character is blank, and in use.
            if cells[number * columns + used - 1].isSecondHalf { break }
            used -= 1
        }
        return used
    }

    /// What tells the line at `row` from all others of this grid.
    func identity(_ row: Int) -> LineIdentity {
        let number = number(row)
        return LineIdentity(number: number, serial: lines[number].serial)
    }

    /// Where a line is now; nil if it is gone.
    func row(of identity: LineIdentity) -> Int? {
        guard identity.number < lines.count, lines[identity.number].serial == identity.serial else { return nil }
        return readableRows.first { number($0) == identity.number }
    }

    // MARK: Writing

    /// Calls `edit` with all cells and where the row's begin, and dates the change.
    @inline(__always) private mutating func edit(_ row: Int, _ edit: (_ cells: inout MutableSpan<Cell>, _ start: Int) -> Void) {
        let number = number(row)
        let start = number * columns
        let end = start + columns
        let fill = lines[number].isFilled ? lines[number].fill : nil
        lines[number].isFilled = false
        lines[number].generation = generation
        lines[number].written = generation
        var span = cells.mutableSpan
        if let fill {
            for index in start..<end { span[index] = fill }
        }
        edit(&span, start)
    }

    /// Writes printable ASCII; it fits into the row. Wide characters that lose a half become blank.
    mutating func write(_ text: Span<UInt8>, row: Int, column: Int, pen: Pen) {
        let end = column + text.count
        if end == columns { lines[number(row)].leavesColumn = false }
        let columns = columns
        edit(row) { cells, start in
            cells.splitWide(at: column, of: start..<(start + columns))
            cells.splitWide(at: end, of: start..<(start + columns))
            var cell = Cell(content: 0, width: 1, pen: pen)
            for index in text.indices {
                cell.content = UInt32(text[index])
                cells[start + column + index] = cell
            }
        }
    }

    /// Writes a character of one or two columns; it fits into the row.
    mutating func write(_ cell: Cell, row: Int, column: Int) {
        let end = column + Int(cell.width)
        if end == columns { lines[number(row)].leavesColumn = false }
        let columns = columns
        edit(row) { cells, start in
            cells.splitWide(at: column, of: start..<(start + columns))
            cells.splitWide(at: end, of: start..<(start + columns))
            cells[start + column] = cell
            if cell.width == 2 {
                var second = cell
                second.content = 0
                second.width = 0
                cells[start + column + 1] = second
            }
        }
    }

    /// Replaces what a cell holds, and leaves its style.
    mutating func setContent(_ content: UInt32, row: Int, column: Int) {
        edit(row) { cells, start in cells[start + column].content = content }
    }

    /// Erases columns of a row. Erasing the last column ends a wrapped line there, as in xterm.
    mutating func erase(row: Int, columns range: Range<Int>, with blank: Cell) {
        if range == 0..<columns { return fill(row, with: blank) }
        let columns = columns
        edit(row) { cells, start in
            cells.splitWide(at: range.lowerBound, of: start..<(start + columns))
            cells.splitWide(at: range.upperBound, of: start..<(start + columns))
            for column in range { cells[start + column] = blank }
        }
        if range.upperBound == columns { lines[number(row)].unwrap() }
    }

    /// Makes all cells of a row the same.
    mutating func fill(_ row: Int, with cell: Cell) {
        let number = number(row)
        lines[number].fill = cell
        lines[number].isFilled = true
        lines[number].generation = generation
        lines[number].written = generation
        lines[number].unwrap()
    }

    /// Shifts what stands from `column` on to the right by `count` columns; what leaves the row is lost.
    mutating func insert(_ count: Int, row: Int, column: Int, with blank: Cell) {
        let columns = columns
        edit(row) { cells, start in
            let count = min(count, columns - column)
            cells.splitWide(at: column, of: start..<(start + columns))
            cells.splitWide(at: columns - count, of: start..<(start + columns))
            var target = columns - 1
            while target >= column + count {
                cells[start + target] = cells[start + target - count]
                target -= 1
            }
            for target in column..<(column + count) { cells[start + target] = blank }
        }
        lines[number(row)].leavesColumn = false
    }

    /// Removes `count` columns and shifts what stands behind them to the left.
    mutating func delete(_ count: Int, row: Int, column: Int, with blank: Cell) {
        let columns = columns
        edit(row) { cells, start in
            let count = min(count, columns - column)
            cells.splitWide(at: column, of: start..<(start + columns))
            cells.splitWide(at: column + count, of: start..<(start + columns))
            for target in column..<(columns - count) { cells[start + target] = cells[start + target + count] }
            for target in (columns - count)..<columns { cells[start + target] = blank }
        }
        lines[number(row)].unwrap()
    }

    /// The cursor leaves a row over its end.
    mutating func wrap(_ row: Int, leavingColumn: Bool) {
        let number = number(row)
        lines[number].isWrapped = true
        lines[number].leavesColumn = leavingColumn
    }

    // MARK: Moving lines

    /// Makes the line at a row a new one.
    private mutating func renew(_ row: Int, with blank: Cell) {
        fill(row, with: blank)
        lines[number(row)].serial = takeSerial()
    }

    /// Scrolls rows up by `count`. What leaves the screen's first row goes to the history, if one is kept.
    mutating func scrollUp(_ region: ClosedRange<Int>, by count: Int, with blank: Cell) {
        let count = min(count, region.count)
        if region.lowerBound == 0, historyLimit > 0 {
            scrollIntoHistory(count, through: region.upperBound, with: blank)
        } else {
            move(region, by: -count, with: blank)
        }
    }

    private mutating func scrollIntoHistory(_ count: Int, through last: Int, with blank: Cell) {
        top += count
        if top >= order.count { top -= order.count }
        historyCount = min(historyCount + count, historyLimit)
        // The whole screen went up. Rows below the region go back down, and the lines that came in go between.
        if last < rows - 1 {
            let numbers = ((last + 1 - count)..<rows).map { number($0) }
            for (index, row) in ((last + 1 - count)..<rows).enumerated() {
                setNumber(row, numbers[index < count ? index + numbers.count - count : index - count])
                touch(row)
            }
            if last >= count || historyCount > 0 { lines[number(last - count)].unwrap() }
        }
        for row in (last + 1 - count)...last { renew(row, with: blank) }
    }

    /// Moves rows within a region, up or down; those that leave it are lost, and new ones come in from the other side.
    mutating func move(_ region: ClosedRange<Int>, by distance: Int, with blank: Cell) {
        let count = min(abs(distance), region.count)
        guard count > 0 else { return }
        let numbers = region.map { number($0) }
        for (index, row) in region.enumerated() {
            let from = distance < 0 ? index + count : index - count
            setNumber(row, numbers[from < 0 ? from + numbers.count : from >= numbers.count ? from - numbers.count : from])
            touch(row)
        }
        for row in distance < 0 ? region.suffix(count) : region.prefix(count) { renew(row, with: blank) }
        // What was one line over a border of what moved is two now.
        if region.lowerBound > -historyCount { lines[number(region.lowerBound - 1)].unwrap() }
        if distance > 0 {
            lines[number(region.upperBound)].unwrap()
        } else if count < region.count {
            lines[number(region.upperBound - count)].unwrap()
        }
    }

    /// Dates a row that shows another line than before.
    private mutating func touch(_ row: Int) { lines[number(row)].generation = generation }

    /// What scrolled off cannot be read any more.
    mutating func forgetHistory() {
        for row in readableRows.lowerBound..<0 { renew(row, with: .blank) }
        historyCount = 0
    }

    // MARK: Clusters

    /// Renumbers the clusters in use.
    mutating func keepClusters(in clusters: inout Clusters, of old: [Clusters.Cluster]) {
        for number in lines.indices where !lines[number].isFilled {
            for index in (number * columns)..<(number * columns + columns) where cells[index].content & Clusters.mark != 0 {
                cells[index].content = clusters.keep(cells[index].content, of: old)
            }
        }
    }

    // MARK: Resizing

    /// Begins as the successor of `old`: no line of it is taken for one of this grid.
    mutating func takeOver(from old: Grid, historyCount: Int) {
        self.historyCount = historyCount
        generation = old.generation
        nextSerial = old.nextSerial
        for number in lines.indices {
            lines[number].serial = takeSerial()
            lines[number].generation = generation
            lines[number].written = generation
        }
    }

    /// Sets a row's first cells; the others are blank.
    mutating func setRow(_ row: Int, to contents: ArraySlice<Cell>, isWrapped: Bool, leavesColumn: Bool) {
        if !contents.isEmpty {
            edit(row) { cells, start in
                for (column, cell) in contents.enumerated() { cells[start + column] = cell }
            }
        }
        lines[number(row)].isWrapped = isWrapped
        lines[number(row)].leavesColumn = leavesColumn
    }

    /// How many cells there is memory for.
    var cellCount: Int { cells.count }
}

/// What tells a line from all others that a grid has or had.
struct LineIdentity: Equatable, Sendable {
    let number: Int
    let serial: UInt64
}

extension MutableSpan<Cell> {
    /// A wide character of which one half is before `column` and one behind becomes two blanks.
    mutating func splitWide(at column: Int, of row: Range<Int>) {
        let index = row.lowerBound + column
        guard column > 0, index < row.upperBound, self[index].isSecondHalf else { return }
        self[index] = .blank
        self[index - 1] = .blank
    }
}
