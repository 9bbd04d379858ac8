/// What rows of a screen show, as text for the rules, with the cell of each byte.
struct RowText: Sendable {
    /// A cell of the screen. The column is -1 where no cell stands behind a byte.
    struct Place: Equatable, Sendable {
        var row: Int32
        var column: Int32
    }

    private(set) var bytes: [UInt8] = []
    private(set) var places: [Place] = []
    /// Where a vertical line stands: perhaps between two panes.
    private(set) var borders: [Place] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        borders.removeAll(keepingCapacity: true)
    }

    /// Adds a byte that no cell shows: the end of a line, or of what stands together.
    mutating func add(_ separator: UInt8) {
        bytes.append(separator)
        places.append(Place(row: -1, column: -1))
    }

    /// Adds a row. Characters that were joined to others are left out, and wide digits are digits, as in the stream.
    ///
    /// - Parameter isJoined: its text goes on in the next row, so that blanks at its end count.
    mutating func add(_ row: Int, of emulator: borrowing Emulator, isJoined: Bool) {
        let line = emulator.screen.line(row)
        let end = isJoined ? emulator.screen.columns - (line.leavesColumn ? 1 : 0) : emulator.screen.usedColumns(row)
        add(PaneRows.Part(row: row, columns: 0..<end), of: emulator)
    }

    /// Adds some columns of a row.
    mutating func add(_ part: PaneRows.Part, of emulator: borrowing Emulator) {
        for column in part.columns {
            let cell = emulator.screen[part.row, column]
            if cell.isSecondHalf { continue }
            let place = Place(row: Int32(part.row), column: Int32(column))
            let value = cell.content & Clusters.mark == 0 ? cell.content : emulator.clusters.base(of: cell.content)
            switch value {
            case 0: add(0x20, place)
            case 0x7C:
                borders.append(place)
                add(0x7C, place)
            case 1..<0x80: add(UInt8(truncatingIfNeeded: value), place)
            case 0xFF10...0xFF19: add(UInt8(value - 0xFF10 + 0x30), place)
            case 0xFF0D: add(UInt8(ascii: "-"), place)
            default:
                if value == 0x2502 { borders.append(place) }
                for byte in (Unicode.Scalar(value) ?? "\u{FFFD}").utf8 { add(byte, place) }
            }
        }
    }

    private mutating func add(_ byte: UInt8, _ place: Place) {
        bytes.append(byte)
        places.append(place)
    }
}
