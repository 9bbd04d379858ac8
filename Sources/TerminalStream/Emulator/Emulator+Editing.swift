/// Erasing, inserting and deleting.
extension Emulator {
    mutating func obeyEditing(_ byte: UInt8, _ count: Int) {
        switch byte {
        case UInt8(ascii: "@"): screen.insert(count, row: cursor.row, column: cursor.column, with: blank)
        case UInt8(ascii: "P"): screen.delete(count, row: cursor.row, column: cursor.column, with: blank)
        case UInt8(ascii: "X"): erase(cursor.column..<min(cursor.column + count, screen.columns))
        case UInt8(ascii: "J"): eraseDisplay()
        case UInt8(ascii: "K"): eraseLine()
        case UInt8(ascii: "L"): moveLines(count)
        case UInt8(ascii: "M"): moveLines(-count)
        case UInt8(ascii: "S"): screen.scrollUp(scrollRegion, by: count, with: blank)
        // With more parameters, T is about tracking the mouse.
        case UInt8(ascii: "T") where parser.parameterCount <= 1: screen.move(scrollRegion, by: count, with: blank)
        case UInt8(ascii: "^"): screen.move(scrollRegion, by: count, with: blank)
        default: return
        }
        isWrapPending = false
    }

    private mutating func erase(_ columns: Range<Int>) {
        screen.erase(row: cursor.row, columns: columns, with: blank)
    }

    /// EL
    private mutating func eraseLine() {
        switch parser.parameter(0) {
        case 0: erase(cursor.column..<screen.columns)
        case 1: erase(0..<(cursor.column + 1))
        case 2: erase(0..<screen.columns)
        default: break
        }
    }

    /// ED
    private mutating func eraseDisplay() {
        switch parser.parameter(0) {
        case 0:
            erase(cursor.column..<screen.columns)
            for row in (cursor.row + 1)..<max(cursor.row + 1, screen.rows) { screen.fill(row, with: blank) }
        case 1:
            for row in 0..<cursor.row { screen.fill(row, with: blank) }
            erase(0..<(cursor.column + 1))
        case 2:
            for row in 0..<screen.rows { screen.fill(row, with: blank) }
        case 3: screen.forgetHistory()
        default: break
        }
    }

    /// IL and DL, from the cursor to the end of the scroll region; nothing outside of it.
    private mutating func moveLines(_ distance: Int) {
        guard scrollRegion.contains(cursor.row) else { return }
        screen.move(cursor.row...scrollRegion.upperBound, by: distance, with: blank)
    }
}
