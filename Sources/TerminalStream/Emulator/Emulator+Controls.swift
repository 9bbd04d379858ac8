/// C0 controls and escape sequences.
extension Emulator {
    mutating func obeyControl(_ byte: UInt8) {
        repeatable = nil
        joinsNext = false
        switch byte {
        case 0x08: backspace()
        case 0x09: tabForward(1)
        case 0x0A, 0x0B, 0x0C:
            index(with: blank)
            if modes.contains(.newLine) { returnCarriage() }
        case 0x0D: returnCarriage()
        case 0x0E: characterSets.lock(1)
        case 0x0F: characterSets.lock(0)
        default: break
        }
    }

    /// Obeys an escape sequence by its last byte; the parser has the others.
    mutating func obeyEscape(_ byte: UInt8) {
        repeatable = nil
        joinsNext = false
        switch parser.intermediate {
        case 0: obeyPlainEscape(byte)
        case 0x28, 0x29, 0x2A, 0x2B:  // ( ) * +
            if !characterSets.designate(Int(parser.intermediate) - 0x28, final: byte) { sightings.insert(.unsupported) }
        case UInt16(UInt8(ascii: "#")):
            switch byte {
            case UInt8(ascii: "8"): align()
            case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): sightings.insert(.unsupported)  // lines of double size
            default: break
            }
        case UInt16(UInt8(ascii: "%")):  // another coding system than UTF-8
            if byte == UInt8(ascii: "@") { sightings.insert(.unsupported) }
        default: break
        }
    }

    private mutating func obeyPlainEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "7"): saveCursor()
        case UInt8(ascii: "8"): restoreCursor()
        case UInt8(ascii: "="): modes.insert(.applicationKeypad)
        case UInt8(ascii: ">"): modes.remove(.applicationKeypad)
        case UInt8(ascii: "D"): index(with: blank)
        case UInt8(ascii: "E"):
            returnCarriage()
            index(with: blank)
        case UInt8(ascii: "H"): tabStops[cursor.column] = true
        case UInt8(ascii: "M"): reverseIndex()
        case UInt8(ascii: "N"): characterSets.shiftOnce(2)
        case UInt8(ascii: "O"): characterSets.shiftOnce(3)
        case UInt8(ascii: "n"): characterSets.lock(2)
        case UInt8(ascii: "o"): characterSets.lock(3)
        case UInt8(ascii: "V"): sightings.insert(.unsupported)  // SPA: protected characters
        case UInt8(ascii: "c"): reset()
        default: break
        }
    }

    // MARK: Moving

    mutating func returnCarriage() {
        cursor.column = 0
        isWrapPending = false
    }

    private mutating func backspace() {
        if isWrapPending, !modes.contains(.reverseWrap) {
            isWrapPending = false
            cursor.column = max(0, cursor.column - 1)
        } else if isWrapPending {
            isWrapPending = false
        } else if cursor.column > 0 {
            cursor.column -= 1
        } else if modes.isSuperset(of: [.reverseWrap, .autowrap]), cursor.row > 0, screen.line(cursor.row - 1).isWrapped {
            cursor = (cursor.row - 1, screen.columns - 1)
        }
    }

    mutating func tabForward(_ count: Int) {
        for _ in 0..<min(count, screen.columns) where cursor.column < screen.columns - 1 {
            cursor.column = tabStops[(cursor.column + 1)...].firstIndex(of: true) ?? screen.columns - 1
        }
    }

    mutating func tabBackward(_ count: Int) {
        for _ in 0..<min(count, screen.columns) where cursor.column > 0 {
            cursor.column = tabStops[..<cursor.column].lastIndex(of: true) ?? 0
        }
        isWrapPending = false
    }

    /// Down one row; at the end of the scroll region, the region goes up (IND).
    mutating func index(with blank: Cell) {
        isWrapPending = false
        if cursor.row == scrollRegion.upperBound {
            screen.scrollUp(scrollRegion, by: 1, with: blank)
        } else if cursor.row < screen.rows - 1 {
            cursor.row += 1
        }
    }

    /// Up one row; at the top of the scroll region, the region goes down (RI).
    private mutating func reverseIndex() {
        isWrapPending = false
        if cursor.row == scrollRegion.lowerBound {
            screen.move(scrollRegion, by: 1, with: blank)
        } else if cursor.row > 0 {
            cursor.row -= 1
        }
    }

    // MARK: Saving and resetting

    mutating func saveCursor() {
        saved = SavedCursor(
            row: cursor.row, column: cursor.column, isWrapPending: isWrapPending, isOrigin: modes.contains(.origin), pen: pen,
            characterSets: characterSets)
    }

    mutating func restoreCursor() {
        cursor = (min(saved.row, screen.rows - 1), min(saved.column, screen.columns - 1))
        isWrapPending = saved.isWrapPending && cursor.column == screen.columns - 1
        pen = saved.pen
        characterSets = saved.characterSets
        if saved.isOrigin { modes.insert(.origin) } else { modes.remove(.origin) }
    }

    /// Fills the screen with E (DECALN).
    private mutating func align() {
        scrollRegion = 0...(screen.rows - 1)
        modes.remove(.origin)
        cursor = (0, 0)
        isWrapPending = false
        let letter = Cell(content: UInt32(UInt8(ascii: "E")), width: 1, pen: Pen())
        for row in 0..<screen.rows { screen.fill(row, with: letter) }
    }

    /// As after switching on (RIS). What scrolled off stays, and so do anchors.
    private mutating func reset() {
        if isAlternate { showMain(restoring: false) }
        modes = .initial
        pen = Pen()
        characterSets = CharacterSets()
        saved = SavedCursor()
        savedOnOther = SavedCursor()
        scrollRegion = 0...(screen.rows - 1)
        tabStops = Self.initialTabStops(columns: screen.columns)
        cursor = (0, 0)
        isWrapPending = false
        sightings.remove(.unsupported)
        for row in 0..<screen.rows { screen.fill(row, with: .blank) }
    }

    /// Modes back to what programs expect, and the screen as it is (DECSTR; xterm's).
    mutating func softReset() {
        modes.formUnion([.autowrap, .cursorVisible])
        modes.subtract([.insert, .origin, .applicationCursor, .applicationKeypad, .reverseWrap])
        pen = Pen()
        characterSets = CharacterSets()
        saved = SavedCursor()
        scrollRegion = 0...(screen.rows - 1)
        isWrapPending = false
    }
}
