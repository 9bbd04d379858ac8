/// SM, RM, and DEC's private modes.
extension Emulator {
    mutating func setModes(to isOn: Bool) {
        for index in 0..<min(parser.parameterCount, EscapeParser.maximumParameters) {
            switch parser.parameter(index) {
            case 4: set(.insert, to: isOn)
            case 20: set(.newLine, to: isOn)
            default: break
            }
        }
    }

    mutating func setPrivateModes(to isOn: Bool) {
        for index in 0..<min(parser.parameterCount, EscapeParser.maximumParameters) {
            setPrivateMode(parser.parameter(index), to: isOn)
        }
    }

    private mutating func set(_ mode: Modes, to isOn: Bool) {
        if isOn { modes.insert(mode) } else { modes.remove(mode) }
    }

    private mutating func setPrivateMode(_ number: Int, to isOn: Bool) {
        switch number {
        case 6:
            set(.origin, to: isOn)
            moveHome()
        case 69: if isOn { sightings.insert(.unsupported) }  // DECLRMM: left and right margins
        case 47: if isOn { showAlternate() } else { showMain(restoring: false) }
        case 1047:
            if isOn {
                showAlternate()
            } else if isAlternate {
                clearScreen()
                showMain(restoring: false)
            }
        case 1048: if isOn { saveCursor() } else { restoreCursor() }
        case 1049:
            if isOn {
                saveCursor()
                showAlternate()
                clearScreen()
            } else if isAlternate {
                showMain(restoring: true)
            } else {
                restoreCursor()
            }
        case 2004:
            if !isOn, modes.contains(.bracketedPaste) { pasteModeEnds += 1 }
            set(.bracketedPaste, to: isOn)
        default: if let mode = Modes(privateNumber: number) { set(mode, to: isOn) }
        }
        if !modes.contains(.autowrap) { isWrapPending = false }
    }

    private mutating func clearScreen() {
        for row in 0..<screen.rows { screen.fill(row, with: blank) }
    }

    // MARK: The alternate screen

    /// Shows the alternate screen. It keeps no history, and what it showed when it was left.
    private mutating func showAlternate() {
        guard !isAlternate else { return }
        var alternate = other ?? Grid(columns: screen.columns, rows: screen.rows, historyLimit: 0)
        if alternate.columns != screen.columns || alternate.rows != screen.rows {
            alternate = Grid(columns: screen.columns, rows: screen.rows, historyLimit: 0)
        }
        alternate.generation = generation
        (other, screen) = (screen, alternate)
        swap(&saved, &savedOnOther)
        isAlternate = true
    }

    /// Shows the main screen; it gets the size that the alternate screen has now.
    mutating func showMain(restoring: Bool) {
        guard isAlternate, let main = other else { return }
        let (columns, rows) = (screen.columns, screen.rows)
        (other, screen) = (screen, main)
        screen.generation = generation
        isAlternate = false
        swap(&saved, &savedOnOther)
        if restoring { restoreCursor() }
        if columns != screen.columns || rows != screen.rows {
            resizeScreen(columns: columns, rows: rows)
        }
    }
}
