/// Control sequences (CSI): ECMA-48 8.3, DEC and xterm ("XTerm Control Sequences").
extension Emulator {
    mutating func obeyControlSequence(_ byte: UInt8) {
        let repeated = repeatable
        repeatable = nil
        joinsNext = false
        if asksForReply(byte) { questions &+= 1 }
        switch (parser.marker, parser.intermediate) {
        case (0, 0):
            if byte == UInt8(ascii: "b") { repeatable = repeated }
            obeyPlain(byte)
        case (UInt8(ascii: "?"), 0): obeyPrivate(byte)
        case (0, UInt16(UInt8(ascii: "!"))):
            if byte == UInt8(ascii: "p") { softReset() }
        case (0, UInt16(UInt8(ascii: "\""))):
            if byte == UInt8(ascii: "q"), parser.parameter(0) == 1 { sightings.insert(.unsupported) }  // DECSCA
        case (0, UInt16(UInt8(ascii: "$"))), (0, UInt16(UInt8(ascii: " "))), (0, UInt16(UInt8(ascii: "'"))):
            // Rectangles (DECFRA, DECERA …), shifts of columns (SL, SR, DECIC, DECDC). Space q, the cursor's shape, shows nothing.
            if Self.changesRectangles(parser.intermediate, byte) { sightings.insert(.unsupported) }
        default: break
        }
    }

    /// Device status and attributes, and the state of a mode: the terminal answers by itself (DSR, DA, DECRQM).
    private func asksForReply(_ byte: UInt8) -> Bool {
        switch (parser.intermediate, byte) {
        case (0, UInt8(ascii: "n")):
            (parser.marker == 0 || parser.marker == UInt8(ascii: "?")) && (5...6).contains(parser.parameter(0))
        // With ? it is the cursor's shape on Linux' console.
        case (0, UInt8(ascii: "c")): parser.marker != UInt8(ascii: "?")
        case (UInt16(UInt8(ascii: "$")), UInt8(ascii: "p")): true
        default: false
        }
    }

    private static func changesRectangles(_ intermediate: UInt16, _ byte: UInt8) -> Bool {
        switch UInt8(truncatingIfNeeded: intermediate) {
        case UInt8(ascii: "$"): "rtvxz{".utf8.contains(byte)
        case UInt8(ascii: "'"): "}~".utf8.contains(byte)
        default: "@A".utf8.contains(byte)
        }
    }

    private mutating func obeyPlain(_ byte: UInt8) {
        let count = max(1, parser.parameter(0))
        switch byte {
        case UInt8(ascii: "A"): moveUp(count)
        case UInt8(ascii: "B"), UInt8(ascii: "e"): moveDown(count)
        case UInt8(ascii: "C"), UInt8(ascii: "a"): moveTo(column: cursor.column + count)
        case UInt8(ascii: "D"): moveTo(column: cursor.column - count)
        case UInt8(ascii: "E"):
            moveDown(count)
            cursor.column = 0
        case UInt8(ascii: "F"):
            moveUp(count)
            cursor.column = 0
        case UInt8(ascii: "G"), UInt8(ascii: "`"): moveTo(column: count - 1)
        case UInt8(ascii: "H"), UInt8(ascii: "f"):
            moveTo(row: count - 1)
            moveTo(column: max(1, parser.parameter(1)) - 1)
        case UInt8(ascii: "d"): moveTo(row: count - 1)
        case UInt8(ascii: "I"): tabForward(count)
        case UInt8(ascii: "Z"): tabBackward(count)
        case UInt8(ascii: "g"): clearTabStops()
        case UInt8(ascii: "s"): saveCursor()
        case UInt8(ascii: "u"): restoreCursor()
        case UInt8(ascii: "r"): setScrollRegion()
        case UInt8(ascii: "b"): repeatCharacter(count)
        case UInt8(ascii: "m"): selectGraphicRendition()
        case UInt8(ascii: "h"): setModes(to: true)
        case UInt8(ascii: "l"): setModes(to: false)
        default: obeyEditing(byte, count)
        }
    }

    private mutating func obeyPrivate(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "h"): setPrivateModes(to: true)
        case UInt8(ascii: "l"): setPrivateModes(to: false)
        case UInt8(ascii: "J"), UInt8(ascii: "K"): obeyEditing(byte, 1)  // spares protected characters, of which there are none
        default: break
        }
    }

    // MARK: Moving

    /// Up, but not over the scroll region's top from below it.
    private mutating func moveUp(_ count: Int) {
        let limit = cursor.row < scrollRegion.lowerBound ? 0 : scrollRegion.lowerBound
        cursor.row = max(limit, cursor.row - count)
        isWrapPending = false
    }

    /// Down, but not over the scroll region's end from above it.
    private mutating func moveDown(_ count: Int) {
        let limit = cursor.row > scrollRegion.upperBound ? screen.rows - 1 : scrollRegion.upperBound
        cursor.row = min(limit, cursor.row + count)
        isWrapPending = false
    }

    private mutating func moveTo(column: Int) {
        cursor.column = max(0, min(column, screen.columns - 1))
        isWrapPending = false
    }

    private mutating func moveTo(row: Int) {
        if modes.contains(.origin) {
            cursor.row = min(scrollRegion.lowerBound + row, scrollRegion.upperBound)
        } else {
            cursor.row = min(row, screen.rows - 1)
        }
        isWrapPending = false
    }

    /// The cursor to the first place (of the scroll region in origin mode).
    mutating func moveHome() {
        moveTo(row: 0)
        moveTo(column: 0)
    }

    private mutating func clearTabStops() {
        switch parser.parameter(0) {
        case 0: tabStops[cursor.column] = false
        case 3: tabStops = Array(repeating: false, count: screen.columns)
        default: break
        }
    }

    /// DECSTBM. A region has at least two rows.
    private mutating func setScrollRegion() {
        let first = max(1, parser.parameter(0))
        let last = parser.parameter(1) == 0 ? screen.rows : min(parser.parameter(1), screen.rows)
        guard first < last else { return }
        scrollRegion = (first - 1)...(last - 1)
        moveHome()
    }
}
