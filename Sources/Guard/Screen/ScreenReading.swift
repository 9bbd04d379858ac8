internal import TerminalStream

/// What the screen shows of a line that is being edited.
struct ScreenReading: Equatable {
    /// What stands before the line on its first row: the last row of a prompt.
    var prompt: [UInt8]
    /// The line itself, over wraps, without what is shown faint and without blanks at its end.
    var text: [UInt8]
    /// Where the line begins.
    var column: Int
    /// The last row that was looked at: below the cursor there may be more of a line over several rows, or a list of completions.
    var lastRow: Int?
    /// Nothing of it stands behind the cursor.
    var endsAtCursor = false
}

extension ScreenReading {
    /// The anchor at which the line that is being edited began.
    static let anchor = 0
    /// Where an Enter went on to a program.
    static let programAnchor = 1

    /// What stands behind the anchor; nil if its row is gone.
    init?(behindAnchorOf screen: Emulator) {
        guard let start = screen.anchor(Self.anchor) else { return nil }
        self.init(from: start, on: screen)
    }

    /// What stands behind this prompt in the row of the cursor and those that wrap into it; nil if it is not there.
    init?(behind prompt: [UInt8], on screen: Emulator) {
        let row = Self.firstRow(of: screen.cursor.row, on: screen)
        guard !prompt.isEmpty, let column = Self.column(behind: prompt, row: row, on: screen) else { return nil }
        self.init(from: ScreenPosition(row: row, column: column), on: screen)
    }

    /// What stands in the row of a place, which an editor may have moved to the left or to the right.
    init(indentedAt start: ScreenPosition, on screen: Emulator) {
        let row = ScreenPosition(row: start.row, column: 0)
        let found = Self.line(from: row, on: screen)
        text = Array(found.drop { $0 == 0x20 })
        prompt = []
        column = found.count - text.count
    }

    private init(from start: ScreenPosition, on screen: Emulator) {
        var last = start.row
        while last + 1 < screen.readableRows.upperBound, screen.isWrapped(row: last) || last < screen.cursor.row { last += 1 }
        text = Self.text(from: start, to: last, on: screen)
        prompt = Self.prompt(before: start, on: screen)
        column = start.column
        lastRow = last
        endsAtCursor = Self.text(from: max(start, screen.position), to: last, on: screen).isEmpty
    }

    /// With the rows below it, where the cursor does not stand in the last row of what was recalled from the history. Nil if nothing stands there.
    func withRowsBelow(on screen: Emulator) -> ScreenReading? {
        guard let lastRow, !text.isEmpty, lastRow + 1 < screen.readableRows.upperBound else { return nil }
        let start = ScreenPosition(row: lastRow + 1, column: 0)
        let below = Self.text(from: start, to: screen.readableRows.upperBound - 1, on: screen)
        guard !below.isEmpty else { return nil }
        var all = self
        all.text += [0x0A] + below
        all.lastRow = nil
        return all
    }

    /// What stands from a place to the end of a row, without what is faint and without blanks at the end.
    private static func text(from start: ScreenPosition, to last: Int, on screen: Emulator) -> [UInt8] {
        let found = screen.text(from: start, to: ScreenPosition(row: last, column: screen.columns))
        var text: [UInt8] = []
        var isRowFull = false
        for character in found.characters {
            let bytes = found.bytes[character.range]
            // Some editors go to the next row themselves instead of letting the terminal wrap.
            let isWrap = bytes.elementsEqual([0x0A]) && isRowFull
            isRowFull = !character.isBlank && screen.isLastColumn(of: character.position)
            if !isWrap, !character.isFaint, !isSuggestion(character.position, on: screen) { text += bytes }
        }
        while text.last == 0x20 || text.last == 0x0A { text.removeLast() }
        return text
    }

    /// What an editor suggests stands behind the cursor in grey: fish's and zsh's suggestions are not faint.
    private static func isSuggestion(_ place: ScreenPosition, on screen: Emulator) -> Bool {
        guard place >= screen.position, place.column < screen.columns else { return false }
        return greys.contains(screen.cell(row: place.row, column: place.column).foreground)
    }

    /// Bright black, and what `fish_color_autosuggestion` becomes where there are more colours.
    private static let greys: [Colour] = [.palette(8), .palette(240), .palette(59), .rgb(0x55, 0x55, 0x55)]

    /// The row where the one that wraps into this one begins.
    static func firstRow(of row: Int, on screen: Emulator) -> Int {
        var row = row
        while row > screen.readableRows.lowerBound, screen.isWrapped(row: row - 1) { row -= 1 }
        return row
    }

    /// What stands from a place on, over wraps.
    static func line(from start: ScreenPosition, on screen: Emulator) -> [UInt8] {
        var last = start.row
        while last + 1 < screen.readableRows.upperBound, screen.isWrapped(row: last) { last += 1 }
        return text(from: start, to: last, on: screen)
    }

    /// The line at a place, and then what stands behind each prompt in the rows below, up to a row that is not looked at.
    static func lines(behind prompt: [UInt8], from start: ScreenPosition, before end: Int, on screen: Emulator) -> [[UInt8]] {
        var lines: [[UInt8]] = start.column > 0 || prompt.isEmpty ? [line(from: start, on: screen)] : []
        guard !prompt.isEmpty else { return lines }
        let first = start.column > 0 ? start.row + 1 : start.row
        for row in first..<max(first, end) {
            guard let column = column(behind: prompt, row: row, on: screen) else { continue }
            lines.append(line(from: ScreenPosition(row: row, column: column), on: screen))
        }
        return lines
    }

    /// Whether this prompt stands anywhere on the row of the cursor, or on those that wrap into it: it may be back, behind what was typed before.
    static func shows(_ prompt: [UInt8], on screen: Emulator) -> Bool {
        let row = firstRow(of: screen.cursor.row, on: screen)
        let end = ScreenPosition(row: screen.cursor.row, column: screen.columns)
        return screen.text(from: ScreenPosition(row: row, column: 0), to: end).bytes[...].firstRange(of: prompt) != nil
    }

    /// How many rows begin with this prompt since an Enter went on to a program.
    static func promptsBehindProgram(_ prompt: [UInt8], on screen: Emulator) -> Int {
        // Nearly always there is none where the cursor is, and that is quickly seen.
        guard !prompt.isEmpty, !screen.isAlternate, column(behind: prompt, row: screen.cursor.row, on: screen) != nil,
            let start = screen.anchor(Self.programAnchor), start.row <= screen.cursor.row
        else { return 0 }
        return (start.row...screen.cursor.row).filter { column(behind: prompt, row: $0, on: screen) != nil }.count
    }

    /// What stands before a place on its row.
    static func prompt(before place: ScreenPosition, on screen: Emulator) -> [UInt8] {
        screen.text(from: ScreenPosition(row: place.row, column: 0), to: place).bytes
    }

    /// The first column behind this text at the start of a row.
    static func column(behind prompt: [UInt8], row: Int, on screen: Emulator) -> Int? {
        let found = screen.text(from: ScreenPosition(row: row, column: 0), to: ScreenPosition(row: row, column: screen.columns))
        var length = 0
        for character in found.characters {
            if length == prompt.count { return character.position.column }
            length = character.range.upperBound
            guard length <= prompt.count, found.bytes[character.range] == prompt[character.range] else { return nil }
        }
        return nil
    }
}

extension Emulator {
    /// Whether the character there reaches the edge.
    fileprivate func isLastColumn(of place: ScreenPosition) -> Bool {
        place.column < columns && place.column + cell(row: place.row, column: place.column).width >= columns
    }
}

/// How an editor, or the terminal itself, shows a line.
enum ShownLine {
    /// Control characters as `^X`, a tab as blanks up to the next stop, without blanks at the end.
    ///
    /// - Parameter column: where it begins.
    static func text(_ line: [UInt8], from column: Int) -> [UInt8] {
        var shown: [UInt8] = []
        var column = column
        for byte in line {
            switch byte {
            case 0x09:
                let blanks = 8 - column % 8
                shown += [UInt8](repeating: 0x20, count: blanks)
                column += blanks
            // Of a command over several lines that was recalled.
            case 0x0A:
                shown.append(byte)
                column = 0
            case 0..<0x20:
                shown += [0x5E, byte + 0x40]
                column += 2
            case 0x7F:
                shown += [0x5E, 0x3F]
                column += 2
            default:
                shown.append(byte)
                // Wide characters move the stops; a line with both is not read alike, and so uncertain.
                if byte & 0xC0 != 0x80 { column += 1 }
            }
        }
        while shown.last == 0x20 { shown.removeLast() }
        return shown
    }
}

/// Compares what the keys made of a line with what the screen shows.
enum Agreement {
    /// Whether the screen shows this line but for the case of letters.
    static func holdsButForCase(_ line: [UInt8], _ shown: ScreenReading) -> Bool {
        let text = ShownLine.text(line, from: shown.column)
        return text != shown.text && text.map(lowercase) == shown.text.map(lowercase)
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }

    /// Whether the screen shows these pieces one after the other, with anything between them.
    static func holds(_ pieces: [[UInt8]], _ shown: [UInt8], from column: Int) -> Bool {
        if pieces.count == 1 { return ShownLine.text(pieces[0], from: column) == shown }
        guard let first = pieces.first, let last = pieces.last, shown.starts(with: first) else { return false }
        var rest = shown[first.count...]
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        // Blanks at the end cannot be seen; a completion puts one there.
        let end = last.reversed().drop { $0 == 0x20 }
        return rest.reversed().starts(with: end)
    }
}

extension ArraySlice<UInt8> {
    func firstRange(of wanted: [UInt8]) -> Range<Int>? {
        guard count >= wanted.count, !wanted.isEmpty else { return nil }
        for start in startIndex...(endIndex - wanted.count) where self[start..<(start + wanted.count)].elementsEqual(wanted) {
            return start..<(start + wanted.count)
        }
        return nil
    }
}
