/// Knows what the terminal shows, and writes only what is different now.
struct ScreenPainter: Sendable {
    private var shown: [ScreenRow] = []
    private var cursor: (row: Int, column: Int)?

    /// Forgets what the terminal shows: the next frame is drawn whole.
    mutating func forget() {
        shown = []
        cursor = nil
    }

    /// The bytes that turn what is shown into `rows`, and put the cursor where it belongs. Empty if nothing changed.
    ///
    /// - Parameter scrolling: rows that may have moved together, which is cheaper to say than to draw.
    mutating func paint(_ rows: [ScreenRow], cursor place: (row: Int, column: Int), scrolling: Range<Int>) -> [UInt8] {
        var output = ""
        let isWhole = shown.count != rows.count
        if isWhole {
            output += "\u{1B}[0m\u{1B}[H\u{1B}[2J"
            shown = rows.map { ScreenRow(columns: $0.columns) }
        } else if let shift = shift(of: scrolling, to: rows) {
            scroll(scrolling, by: shift, to: &output)
        }
        for (number, row) in rows.enumerated() where row != shown[number] {
            Self.paint(row, over: shown[number], number: number, to: &output)
        }
        shown = rows
        if !output.isEmpty || cursor.map({ $0 == place }) != true {
            output += "\u{1B}[\(place.row + 1);\(place.column + 1)H"
        }
        cursor = place
        return Array(output.utf8)
    }

    /// By how many rows the text in `region` went up, or down if negative: nil if it stayed or is another.
    private func shift(of region: Range<Int>, to rows: [ScreenRow]) -> Int? {
        guard region.count > 2, region.upperBound <= rows.count, rows[region] != shown[region] else { return nil }
        // Less than half of the rows staying is not worth it.
        for distance in 1...(region.count / 2) {
            if rows[region.dropLast(distance)] == shown[region.dropFirst(distance)] { return distance }
            if rows[region.dropFirst(distance)] == shown[region.dropLast(distance)] { return -distance }
        }
        return nil
    }

    /// Has the terminal scroll a region (DECSTBM, then ECMA-48 8.3.147 SU or 8.3.113 SD), and knows what it shows then.
    private mutating func scroll(_ region: Range<Int>, by shift: Int, to output: inout String) {
        let command = shift > 0 ? "\(shift)S" : "\(-shift)T"
        output += "\u{1B}[\(region.lowerBound + 1);\(region.upperBound)r\u{1B}[\(command)\u{1B}[r"
        let blank = (0..<abs(shift)).map { _ in ScreenRow(columns: shown[region.lowerBound].columns) }
        let kept = Array(shift > 0 ? shown[region.dropFirst(shift)] : shown[region.dropLast(-shift)])
        shown.replaceSubrange(region, with: shift > 0 ? kept + blank : blank + kept)
    }

    private static func paint(_ row: ScreenRow, over old: ScreenRow, number: Int, to output: inout String) {
        var first = 0
        // Behind a character of doubtful width we do not know where a cell is.
        let isPlain = row.isASCII && old.isASCII
        if isPlain {
            while first < min(row.cells.count, old.cells.count), row.cells[first] == old.cells[first] { first += 1 }
        }
        output += "\u{1B}[\(number + 1);\(first + 1)H" + (isPlain ? "" : "\u{1B}[K")
        var style = Style()
        var column = row.cells[..<first].reduce(0) { $0 + $1.width }
        for cell in row.cells[first...] {
            if cell.style != style { output += cell.style.selection }
            style = cell.style
            column += cell.width
            // Without wrapping, the cursor stays on the last column, and an accent would go to the character before.
            let isLastAndJoined = column == row.columns && cell.text.unicodeScalars.count > 1
            output += isLastAndJoined ? "\u{1B}[?7h" + cell.text + "\u{1B}[?7l" : cell.text
        }
        if style != [] { output += "\u{1B}[0m" }
        // At the right edge the cursor stands on the last character, and erasing would take it.
        if isPlain, row.width < min(old.width, row.columns) { output += "\u{1B}[K" }
    }
}
