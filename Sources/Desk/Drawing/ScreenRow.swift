/// How a character looks. No colours: what is said is said in letters.
struct Style: OptionSet, Sendable {
    let rawValue: UInt8

    static let bold = Style(rawValue: 1)
    static let reverse = Style(rawValue: 2)

    /// SGR that selects it, whatever was selected before (ECMA-48 8.3.117).
    var selection: String { "\u{1B}[0" + (contains(.bold) ? ";1" : "") + (contains(.reverse) ? ";7" : "") + "m" }
}

/// One row of the screen while it is composed. Text comes in only as visible characters; what does not fit is cut.
struct ScreenRow: Equatable, Sendable {
    struct Cell: Equatable, Sendable {
        /// A character, with those that join it.
        var text: String
        var width: Int
        var style: Style
    }

    let columns: Int
    private(set) var cells: [Cell] = []
    /// Columns in use.
    private(set) var width = 0
    /// Something did not fit.
    private(set) var isCut = false

    init(columns: Int) { self.columns = columns }

    init(columns: Int, _ text: String, _ style: Style = []) {
        self.init(columns: columns)
        append(text, style)
    }

    /// Appends text of any origin.
    mutating func append(_ text: String, _ style: Style = []) { append(Array(text.utf8), style) }

    /// Appends bytes of any origin in one line.
    mutating func append(_ bytes: [UInt8], _ style: Style = []) {
        var reader = VisibleReader(bytes)
        while !isCut, let character = reader.next() { append(character, style) }
    }

    /// Appends one character; a mark is in reverse video.
    mutating func append(_ character: VisibleCharacter, _ style: Style) {
        let style = character.isMark ? style.symmetricDifference(.reverse) : style
        if character.width == 0 {
            if !isCut, !cells.isEmpty { cells[cells.count - 1].text += character.text }
        } else if isCut || width + character.width > columns {
            isCut = true
        } else if character.isMark {
            // Cell by cell, so that each is one column.
            for scalar in character.text.unicodeScalars { cells.append(Cell(text: String(scalar), width: 1, style: style)) }
            width += character.width
        } else {
            cells.append(Cell(text: character.text, width: character.width, style: style))
            width += character.width
        }
    }

    /// Appends blanks up to a column.
    mutating func pad(to column: Int, _ style: Style = []) {
        while width < min(column, columns) {
            cells.append(Cell(text: " ", width: 1, style: style))
            width += 1
        }
    }

    /// If something was cut, says so with three dots at the end.
    mutating func showCut() {
        guard isCut, columns > 3 else { return }
        let style = cells.last?.style ?? []
        while width > columns - 3, let last = cells.popLast() { width -= last.width }
        pad(to: columns - 3, style)
        for _ in 0..<3 { cells.append(Cell(text: ".", width: 1, style: style)) }
        width = columns
    }

    /// The same text, in this style too.
    func adding(_ style: Style) -> ScreenRow {
        var row = self
        for index in row.cells.indices { row.cells[index].style.insert(style) }
        return row
    }

    func appending(_ text: String) -> ScreenRow {
        var row = self
        row.append(text)
        return row
    }

    /// True if each cell is where we think it is on any terminal.
    var isASCII: Bool { cells.allSatisfy { $0.text.utf8.count == 1 } }
}
