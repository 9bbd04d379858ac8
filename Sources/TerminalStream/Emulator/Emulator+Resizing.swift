/// Another size of the window.
extension Emulator {
    /// Changes the size, cut to the maximum as in `init`. Lines of the main screen are cut anew, and cursor and anchors move with what stands there; the
    /// main screen waits with that while the alternate one is shown.
    package mutating func resize(columns: Int, rows: Int) {
        beginChange()
        let size = Self.allowed(columns: columns, rows: rows)
        guard size.columns != screen.columns || size.rows != screen.rows else { return }
        resizeScreen(columns: size.columns, rows: size.rows)
    }

    mutating func resizeScreen(columns: Int, rows: Int) {
        var places = anchors.map { anchor in anchor.flatMap { place(of: $0) } }
        var cursor = Grid.Place(row: cursor.row, column: isWrapPending ? screen.columns : cursor.column)
        if columns != screen.columns { tabStops = Self.initialTabStops(columns: columns) }
        screen.resize(columns: columns, rows: rows, reflow: !isAlternate, cursor: &cursor, places: &places)
        scrollRegion = 0...(rows - 1)
        self.cursor = (cursor.row, min(cursor.column, columns - 1))
        isWrapPending = cursor.column == columns && modes.contains(.autowrap)
        for (id, place) in places.enumerated() where anchors[id]?.isAlternate == isAlternate {
            anchors[id] = place.map { Anchor(isAlternate: isAlternate, line: screen.identity($0.row), column: $0.column) }
        }
    }

    /// Where an anchor is on the screen that is shown.
    func place(of anchor: Anchor) -> Grid.Place? {
        guard anchor.isAlternate == isAlternate, let row = screen.row(of: anchor.line) else { return nil }
        return Grid.Place(row: row, column: anchor.column)
    }
}
