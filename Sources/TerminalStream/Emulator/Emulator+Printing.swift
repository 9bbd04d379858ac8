/// Characters on the screen.
extension Emulator {
    var blank: Cell { Cell(erasedBy: pen) }

    /// Writes printable ASCII.
    mutating func print(_ text: Span<UInt8>) {
        guard characterSets.isPlain, !modes.contains(.insert) else {
            for index in text.indices { printOne(text[index]) }
            return
        }
        joinsNext = false
        var position = 0
        while position < text.count {
            makeRoom(for: 1)
            let count = min(screen.columns - cursor.column, text.count - position)
            screen.write(text.extracting(position..<(position + count)), row: cursor.row, column: cursor.column, pen: pen)
            position += count
            advance(by: count)
        }
        repeatable = Unicode.Scalar(text[text.count - 1])
    }

    /// Writes one byte of printable ASCII, whatever it stands for.
    private mutating func printOne(_ byte: UInt8) {
        joinsNext = false
        let character = characterSets.character(byte)
        var cell = Cell(content: character.value, width: 1, pen: pen)
        if character.isLineDrawing { cell.attributes.insert(.lineDrawing) }
        put(cell)
        repeatable = Unicode.Scalar(byte)
    }

    /// Writes a character that is not ASCII.
    mutating func print(_ scalar: Unicode.Scalar) {
        characterSets.endSingleShift()
        let width = CharacterWidths.width(of: scalar)
        if width == 0 || joinsNext {
            joinsNext = scalar.value == 0x200D
            join(scalar)
            return
        }
        repeatable = scalar
        put(Cell(content: scalar.value, width: UInt8(truncatingIfNeeded: width), pen: pen))
    }

    /// Repeats the last character (ECMA-48 8.3.103, REP), at most to the end of the row, as in tmux.
    mutating func repeatCharacter(_ count: Int) {
        guard let scalar = repeatable, !isWrapPending else { return }
        if scalar.isASCII {
            let text = [UInt8](repeating: UInt8(scalar.value), count: min(count, screen.columns - cursor.column))
            print(text.span)
        } else {
            let width = max(1, CharacterWidths.width(of: scalar))
            for _ in 0..<min(count, (screen.columns - cursor.column) / width) { print(scalar) }
        }
    }

    private mutating func put(_ cell: Cell) {
        let width = Int(cell.width)
        // No column can hold it, and it is not shown.
        guard width <= screen.columns else { return }
        makeRoom(for: width)
        // Without autowrap there is no room for the second half.
        guard cursor.column + width <= screen.columns else { return }
        if modes.contains(.insert) { screen.insert(width, row: cursor.row, column: cursor.column, with: .blank) }
        screen.write(cell, row: cursor.row, column: cursor.column)
        advance(by: width)
    }

    /// Wraps if the next character does not fit into the row.
    private mutating func makeRoom(for width: Int) {
        let fits = !isWrapPending && cursor.column + width <= screen.columns
        guard !fits, modes.contains(.autowrap) else { return }
        screen.wrap(cursor.row, leavingColumn: !isWrapPending)
        isWrapPending = false
        cursor.column = 0
        index(with: .blank)
    }

    private mutating func advance(by count: Int) {
        cursor.column += count
        guard cursor.column >= screen.columns else { return }
        cursor.column = screen.columns - 1
        isWrapPending = modes.contains(.autowrap)
    }

    /// Joins a character to the one before the cursor.
    private mutating func join(_ scalar: Unicode.Scalar) {
        var column = isWrapPending ? cursor.column : cursor.column - 1
        if column > 0, screen[cursor.row, column].isSecondHalf { column -= 1 }
        guard column >= 0 else { return }
        if clusters.isFull { collectClusters() }
        guard let content = clusters.joining(scalar, to: screen[cursor.row, column].content) else { return }
        screen.setContent(content, row: cursor.row, column: column)
    }

    private mutating func collectClusters() {
        let old = clusters.beginCollection()
        screen.keepClusters(in: &clusters, of: old)
        other?.keepClusters(in: &clusters, of: old)
        clusters.endCollection(cells: screen.cellCount + (other?.cellCount ?? 0))
    }
}
