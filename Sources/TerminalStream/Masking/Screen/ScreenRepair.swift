/// What writes `*` over cells that are shown, and leaves everything else as the program believes it to be: cursor, colours, modes, character sets.
///
/// DECSC and DECRC would be shorter, but the program may have saved a place of its own. What the emulator does not know is not restored either: the colour and the
/// kind of an underline.
struct ScreenRepair {
    private(set) var bytes: [UInt8] = []
    /// The row where the cursor stands, if its number in the user's window is not known: then all moves are relative.
    private var relativeRow: Int?

    /// - Parameters:
    ///   - cells: by row and column, first halves of wide ones; in order.
    ///   - isPlaced: the emulator's rows are those of the user's window (`ScreenSwitch.isPlaced`).
    ///   - emulator: between two sequences (`isGround`).
    init(_ cells: [(row: Int, column: Int)], isPlaced: Bool, on emulator: Emulator) {
        guard !cells.isEmpty else { return }
        if !isPlaced { relativeRow = emulator.cursor.row }
        let modes = emulator.modes
        if modes.contains(.insert) { add("\u{1B}[4l") }
        if modes.contains(.origin) { add("\u{1B}[?6l") }
        if !emulator.characterSets.isPlain { add("\u{1B}(B\u{0F}") }
        overwrite(cells, on: emulator)
        var overwritten = emulator
        overwritten.feed(bytes[...])
        if modes.contains(.origin) { add("\u{1B}[?6h") }
        restorePlace(of: emulator, on: overwritten)
        if modes.contains(.insert) { add("\u{1B}[4h") }
    }

    private mutating func add(_ text: String) { bytes += Array(text.utf8) }

    private mutating func go(_ row: Int, _ column: Int) {
        guard let from = relativeRow else { return add("\u{1B}[\(row + 1);\(column + 1)H") }
        relativeRow = row
        add("\r")
        if row < from { add("\u{1B}[\(from - row)A") }
        if row > from { add("\u{1B}[\(row - from)B") }
        if column > 0 { add("\u{1B}[\(column)C") }
    }

    private mutating func overwrite(_ cells: [(row: Int, column: Int)], on emulator: borrowing Emulator) {
        var next: (row: Int, column: Int)?
        var pen: Pen?
        for (row, column) in cells {
            let cell = emulator.screen[row, column]
            if next.map({ $0 == (row, column) }) != true { go(row, column) }
            if pen != cell.pen { bytes += cell.pen.selection }
            pen = cell.pen
            let width = max(1, Int(cell.width))
            bytes += [UInt8](repeating: UInt8(ascii: "*"), count: width)
            next = (row, column + width)
        }
    }

    /// The cursor, the character sets, the pen; and what a pending wrap and REP depend on: the character before the cursor is printed
    /// once more. In insert mode that would move others, and REP is lost.
    private mutating func restorePlace(of emulator: borrowing Emulator, on overwritten: borrowing Emulator) {
        let (row, column) = emulator.cursor
        let line = row - (emulator.modes.contains(.origin) ? emulator.scrollRegion.lowerBound : 0)
        var previous = emulator.isWrapPending ? column : column - 1
        if let scalar = emulator.repeatable, !emulator.modes.contains(.autowrap), column == emulator.columns - 1,
            [scalar.value, 0x2A].contains(overwritten.screen[row, column].content)
        {
            previous = column  // where the cursor stays
        }
        if previous > 0, overwritten.screen[row, previous].isSecondHalf { previous -= 1 }
        if let scalar = emulator.repeatable, previous >= 0, !emulator.modes.contains(.insert) {
            bytes += emulator.characterSets.selection + emulator.pen.selection
            go(line, previous)
            let isMasked = overwritten.screen[row, previous].content == UInt32(UInt8(ascii: "*"))
            bytes += isMasked ? [UInt8(ascii: "*")] : Array(scalar.utf8)
        } else if emulator.isWrapPending {
            let cell = overwritten.screen[row, previous]
            go(line, previous)
            bytes += cell.pen.selection
            overwritten.clusters.append(cell.content, to: &bytes)
            bytes += emulator.characterSets.selection + emulator.pen.selection
        } else {
            bytes += emulator.characterSets.selection + emulator.pen.selection
            go(line, column)
        }
    }
}

extension Cell {
    fileprivate var pen: Pen { Pen(foreground: foreground, background: background, attributes: attributes) }
}
