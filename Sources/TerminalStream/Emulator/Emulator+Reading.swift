/// What is on the screen.
extension Emulator {
    /// The rows that can be read: negative ones have scrolled off the top.
    package var readableRows: Range<Int> { screen.readableRows }

    /// The cursor's place; while a wrap is pending, one past the last column.
    package var position: ScreenPosition {
        ScreenPosition(row: cursor.row, column: isWrapPending ? screen.columns : cursor.column)
    }

    /// What a cell shows. Row and column are on the screen or in what scrolled off.
    package func cell(row: Int, column: Int) -> ScreenCell {
        let cell = screen[row, column]
        var text: [UInt8] = []
        if !cell.isBlank { clusters.append(cell.content, to: &text) }
        return ScreenCell(
            text: text, width: Int(cell.width), attributes: cell.attributes, foreground: cell.foreground,
            background: cell.background)
    }

    /// True if the next row continues this one.
    package func isWrapped(row: Int) -> Bool { screen.line(row).isWrapped }

    /// A row as UTF-8, without the blanks at its end; blanks before that are spaces.
    package func text(row: Int) -> [UInt8] {
        var text: [UInt8] = []
        for column in 0..<screen.usedColumns(row) {
            let cell = screen[row, column]
            if !cell.isSecondHalf { clusters.append(cell.content, to: &text) }
        }
        return text
    }

    /// When a cell of these rows was last changed, as `generation` was then. Rows that cannot be read are left out.
    package func lastChange(rows: ClosedRange<Int>) -> UInt64 {
        let readable = readableRows
        guard rows.upperBound >= readable.lowerBound, rows.lowerBound < readable.upperBound else { return 0 }
        return rows.clamped(to: readable.lowerBound...(readable.upperBound - 1)).reduce(0) { max($0, screen.line($1).generation) }
    }

    /// What stands between two places, `end` not included: nothing if `end` is before `start`. In the last row blanks count up to `end`. Rows that
    /// cannot be read are left out.
    package func text(from start: ScreenPosition, to end: ScreenPosition) -> ScreenText {
        var text = ScreenText()
        var leftColumn = false
        let firstRow = max(start.row, readableRows.lowerBound)
        for row in firstRow..<max(firstRow, min(end.row, readableRows.upperBound - 1) + 1) {
            let line = screen.line(row)
            var last =
                row == end.row ? min(end.column, screen.columns) : line.isWrapped ? screen.columns : screen.usedColumns(row)
            if row < end.row, line.isWrapped, line.leavesColumn { last -= 1 }
            let first = row == start.row ? max(0, start.column) : 0
            for column in first..<max(first, last) {
                append(row: row, column: column, leftColumn: &leftColumn, to: &text)
            }
            guard row < end.row else { break }
            leftColumn = line.isWrapped && line.leavesColumn
            if !line.isWrapped {
                text.bytes.append(0x0A)
                text.characters.append(
                    .init(
                        range: (text.bytes.count - 1)..<text.bytes.count,
                        position: ScreenPosition(row: row, column: screen.columns),
                        attributes: [], isBlank: false, leftColumn: false))
            }
        }
        return text
    }

    private func append(row: Int, column: Int, leftColumn: inout Bool, to text: inout ScreenText) {
        let cell = screen[row, column]
        guard !cell.isSecondHalf else { return }
        let start = text.bytes.count
        clusters.append(cell.content, to: &text.bytes)
        text.characters.append(
            .init(
                range: start..<text.bytes.count, position: ScreenPosition(row: row, column: column), attributes: cell.attributes,
                isBlank: cell.isBlank, leftColumn: leftColumn))
        leftColumn = false
    }

    // MARK: Anchors

    /// Puts an anchor at the cursor: a place that moves with its line when the screen scrolls, when lines are inserted and deleted, and when a resize cuts
    /// lines anew. `id` is below `anchorCount`.
    package mutating func setAnchor(_ id: Int) { setAnchor(id, at: position) }

    /// Puts an anchor there, in one of `readableRows`.
    package mutating func setAnchor(_ id: Int, at position: ScreenPosition) {
        anchors[id] = Anchor(isAlternate: isAlternate, line: screen.identity(position.row), column: position.column)
    }

    package mutating func removeAnchor(_ id: Int) { anchors[id] = nil }

    /// Where an anchor is; nil if its line is gone, or is on the screen that is not shown.
    package func anchor(_ id: Int) -> ScreenPosition? {
        anchors[id].flatMap { place(of: $0) }.map { ScreenPosition(row: $0.row, column: $0.column) }
    }

    // MARK: Doubt

    /// The states that are on now and the sightings since `forgetSightings()`.
    package var oddities: Oddities {
        var oddities = sightings
        if pen.attributes.contains(.conceal) { oddities.insert(.conceal) }
        if modes.contains(.insert) { oddities.insert(.insertMode) }
        if modes.contains(.origin) { oddities.insert(.originMode) }
        if scrollRegion.count != screen.rows { oddities.insert(.scrollRegion) }
        if !modes.contains(.autowrap) { oddities.insert(.autowrapOff) }
        if !characterSets.isPlain { oddities.insert(.characterSet) }
        if isAlternate { oddities.insert(.alternateScreen) }
        return oddities
    }

    /// Forgets what was only seen, not what is on.
    package mutating func forgetSightings() { sightings.subtract(Oddities.sightings) }
}
