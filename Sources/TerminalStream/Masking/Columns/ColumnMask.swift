/// Masks the columns of tables by their names, as the bytes come: nothing is held back.
///
/// A header line opens a table; an empty line, a count of rows (`(3 rows)`) or the prompt of a line editor (bracketed paste switched on) ends it. What is
/// masked stays as wide as it was. The result depends on the bytes alone, not on how they were cut.
struct ColumnMask: Sendable {
    /// A value that was masked. Its text, for the fingerprint, without blanks at its ends.
    struct Found: Equatable {
        /// Of its first byte in the stream.
        var offset: UInt64
        var cells: Int
        var value: [UInt8]
    }

    /// Cells of a line that are looked at for a header.
    static let longestRow = 4096
    /// Bytes of a value that are kept for its fingerprint.
    private static let longestValue = 1024
    /// Quoted fields that may go on in the next line at once.
    private static let mostCursors = 4

    private let names: ColumnNames
    private var parser = EscapeParser()
    private var carried = CarriedCharacter.none
    private var table: TableLayout?
    /// Behind an empty line, where a row that fits goes on with the table, and anything else ends it.
    private var isSuspended = false
    /// The line so far, by cells.
    private var row: [UInt8] = []
    /// The same as it was written, with its tabs.
    private var written: [UInt8] = []
    private var column = 0
    /// The cursor was sent back to the line's beginning: what is printed next is a row from its beginning.
    private var isReturned = false
    /// In a row with delimiters: one that begins with this line, and those of quoted fields that may have gone on from the last.
    private var cursors = [FieldCursor()]
    /// Behind the separator that ends the name of a field that has a line for itself, and whether there was one.
    private var isBehindName = false
    private var hasName = false
    /// What the last name of an expanded table was: a line without one goes on with its value.
    private var wasMaskedName = false
    /// The line before, and how long it was with the blanks at its end.
    private var previous: (row: [UInt8], width: Int) = ([], 0)
    /// Only what rules are made of so far.
    private var isRule = true
    private var found: [Found] = []
    /// How many were found beside those of `takeFound`, because there were too many at once.
    private(set) var untold = 0
    private var current: Found?
    private var offset: UInt64 = 0

    /// - Parameter names: of columns, whatever their case.
    init(_ names: Set<String>) { self.names = ColumnNames(names) }

    /// Takes the next bytes of the stream.
    mutating func feed(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) {
        for byte in bytes {
            take(byte, &output)
            offset += 1
        }
    }

    mutating func takeFound() -> [Found] {
        defer { found = [] }
        return found
    }

    // MARK: Bytes

    private mutating func take(_ byte: UInt8, _ output: inout [UInt8]) {
        if parser.isGround, byte >= 0x80 { return takeCharacter(byte, &output) }
        giveUpCharacter(&output)
        guard parser.isGround, byte >= 0x20, byte != 0x7F else {
            output.append(byte)
            return control(byte, parser.take(byte))
        }
        if isReturned { beginRow() }
        print(byte, width: 1, bytes: [byte], &output)
    }

    private mutating func takeCharacter(_ byte: UInt8, _ output: inout [UInt8]) {
        if isReturned { beginRow() }
        if !carried.isUnfinished {
            guard let character = CarriedCharacter(leadByte: byte) else {
                return print(ColumnNames.other, width: 1, bytes: [byte], &output)
            }
            carried = character
            // What is masked is a whole character; what is not may go on byte by byte.
            if !isMasked { output.append(byte) }
            return
        }
        let wasMasked = isMasked
        switch carried.take(byte) {
        case .unfinished: if !wasMasked { output.append(byte) }
        case .complete(let scalar):
            if !wasMasked { output.append(byte) }
            print(
                Self.cell(of: scalar), width: CharacterWidths.width(of: scalar),
                bytes: wasMasked ? Array(String(scalar).utf8) : [], &output)
        case .illFormed:
            if wasMasked { print(ColumnNames.other, width: 1, bytes: UTF8Decoder.replacement, &output) }
            take(byte, &output)
        }
    }

    /// What began as a character goes on as something else.
    private mutating func giveUpCharacter(_ output: inout [UInt8]) {
        guard carried.isUnfinished else { return }
        carried = .none
        if isMasked { print(ColumnNames.other, width: 1, bytes: UTF8Decoder.replacement, &output) }
    }

    /// The lines of boxes count as those of ASCII.
    private static func cell(of scalar: Unicode.Scalar) -> UInt8 {
        switch scalar.value {
        case 0x2500, 0x2501, 0x2550: 0x2D
        case 0x2502, 0x2503, 0x2551: 0x7C
        case 0x2500...0x257F: 0x2B
        default: ColumnNames.other
        }
    }

    /// - Parameter bytes: what goes out if it is not masked.
    private mutating func print(_ cell: UInt8, width: Int, bytes: [UInt8], _ output: inout [UInt8]) {
        if ![0x20, 0x2B, 0x2D, 0x3D, 0x7C].contains(cell) { isRule = false }
        if isMasked, !isFrame(cell) {
            output += [UInt8](repeating: 0x2A, count: width)
            note(bytes, width)
        } else {
            output += bytes
            if case .cells? = table, cell == 0x20, isMasked { current?.value.append(cell) } else { endValue() }
        }
        step(cell)
        if written.count < Self.longestRow { written.append(cell) }
        for _ in 0..<width {
            if column < Self.longestRow {
                while row.count <= column { row.append(0x20) }
                row[column] = cell
            }
            column += 1
        }
    }

    // MARK: Where the cursor is

    /// Blanks and lines around a value.
    private func isFrame(_ cell: UInt8) -> Bool {
        if isBehindName { return cell == 0x20 && current == nil }
        switch table {
        case .cells: return cell == 0x20 || (isRule && cell != ColumnNames.other)
        case .fields(let wanted, let last, let delimiter):
            return cursors.allSatisfy { !wanted.contains(min($0.field, last)) || $0.isFrame(cell, delimiter: delimiter) }
        case .expanded, nil: return true
        }
    }

    private var isMasked: Bool {
        if isBehindName { return true }
        switch table {
        case .cells(let ranges, let begin):
            return ranges.contains { $0.contains(column) && (!isSuspended || isBehindGap($0.lowerBound)) }
                && (begin == nil || row.first == nil || row.first == begin)
        case .fields(let wanted, let last, _): return cursors.contains { wanted.contains(min($0.field, last)) }
        case .expanded, nil: return false
        }
    }

    /// Two blanks before a column, as between those of a table. The first has none to know it by.
    private func isBehindGap(_ column: Int) -> Bool {
        column < 2 || (column - 2..<column).allSatisfy { $0 >= row.count || row[$0] == 0x20 }
    }

    /// Follows the fields of a row.
    private mutating func step(_ cell: UInt8) {
        if case .fields(_, _, let delimiter)? = table {
            for index in cursors.indices { cursors[index].step(cell, delimiter: delimiter) }
        }
        guard !hasName else { return }
        if case .expanded(let separator)? = table, cell == separator {
            // A frame has a bar in front.
            hasName = column > 0
            let name = row.prefix(column).drop { $0 == 0x7C }
            isBehindName = name.allSatisfy { $0 == 0x20 } ? hasName && wasMaskedName : names.contains(name)
            if hasName { wasMaskedName = isBehindName }
        } else if cell == 0x7C, column > 0, column <= row.count, row[0] != 0x20, row[column - 1] != 0x20 {
            // Nor has `psql -A -x`. That this may be a header too costs the names behind it.
            hasName = true
            isBehindName = names.contains(row.prefix(column))
        } else if cell == 0x3D, column > 0, column <= row.count, row[column - 1] == 0x20 {
            // `sqlite3 -line` has no header.
            hasName = true
            isBehindName = names.contains(row.prefix(column))
        }
    }

    // MARK: Values

    private mutating func note(_ bytes: [UInt8], _ width: Int) {
        if current == nil { current = Found(offset: offset, cells: 0, value: []) }
        current?.cells += width
        if let count = current?.value.count, count < Self.longestValue { current?.value += bytes }
    }

    private mutating func endValue() {
        guard var value = current else { return }
        while value.value.last == 0x20 { value.value.removeLast() }
        if found.count < MaskedStream.mostFindings { found.append(value) } else { untold += 1 }
        current = nil
    }

    // MARK: Controls

    private mutating func control(_ byte: UInt8, _ event: EscapeParser.Event) {
        switch (event, byte) {
        case (.control, 0x0A): endLine()
        case (.control, 0x0D): goTo(0)
        case (.control, 0x08): goTo(max(0, column - 1))
        case (.control, 0x09):
            if case .fields? = table { step(byte) }
            endValue()
            if written.count < Self.longestRow { written.append(byte) }
            column = (column / 8 + 1) * 8
        case (.controlSequence, 0x68) where parser.marker == 0x3F && parser.parameter(0) == 2004: endTable()
        case (.controlSequence, 0x48), (.controlSequence, 0x66):
            // On another line, of which nothing is known.
            row.removeAll(keepingCapacity: true)
            goTo(max(1, parser.parameter(1)) - 1)
        case (.controlSequence, 0x47), (.controlSequence, 0x60): goTo(max(1, parser.parameter(0)) - 1)
        case (.controlSequence, 0x43): goTo(column + max(1, parser.parameter(0)))
        case (.controlSequence, 0x44): goTo(max(0, column - max(1, parser.parameter(0))))
        case (.controlSequence, 0x4B) where parser.parameter(0) <= 0: row.removeLast(max(0, row.count - column))
        default: break
        }
    }

    private mutating func goTo(_ column: Int) {
        endValue()
        self.column = column
        isReturned = column == 0
    }

    private mutating func beginRow() {
        isReturned = false
        written.removeAll(keepingCapacity: true)
        cursors = [FieldCursor()] + cursors.dropFirst()
        isBehindName = false
        hasName = false
    }

    // MARK: Lines

    /// What the line that ends makes of the table.
    private var header: TableLayout? {
        guard let layout = TableLayout(header: row, written: written, names: names) else { return nil }
        // In an expanded table every line looks like the header of another.
        if case .expanded? = table { if case .expanded = layout { return layout } else { return nil } }
        return table.map { $0.joined(with: layout) } ?? layout
    }

    private mutating func endTable() {
        endValue()
        table = nil
        isSuspended = false
        cursors = [FieldCursor()]
    }

    private mutating func endLine() {
        endValue()
        let isEmpty = row.isEmpty
        let width = row.count
        while let last = row.last, last == 0x20 { row.removeLast() }
        let open = cursors.filter { $0.quote != nil }
        if isEmpty {
            if open.isEmpty { suspendTable() }
        } else if row.isEmpty {
            // A row of blanks: a value that is none.
            isSuspended = false
        } else {
            if isSuspended {
                isSuspended = false
                if case .cells(let ranges, _)? = table, !ranges.allSatisfy({ isBehindGap($0.lowerBound) }) { endTable() }
            }
            if TableLayout.isRule(row) {
                table = TableLayout(header: previous.row, width: previous.width, rule: row, names: names) ?? table
            } else if let layout = header {
                table = layout
            } else if row.first == 0x28, row.suffix(6).elementsEqual(" rows)".utf8) || row.elementsEqual("(1 row)".utf8) {
                endTable()
            }
        }
        var continued: [FieldCursor] = []
        for cursor in open where continued.count < Self.mostCursors && !continued.contains(cursor) { continued.append(cursor) }
        swap(&previous.row, &row)
        previous.width = width
        row.removeAll(keepingCapacity: true)
        written.removeAll(keepingCapacity: true)
        column = 0
        cursors = [FieldCursor()] + (table == nil ? [] : continued)
        isReturned = false
        isBehindName = false
        hasName = false
        isRule = true
    }

    /// `sqlite3 -column` puts empty lines between rows of which one has several lines, and a NULL that is the only column of its row is an empty line.
    private mutating func suspendTable() {
        if case .cells(_, nil)? = table, !isSuspended {
            isSuspended = true
        } else {
            endTable()
        }
    }
}
