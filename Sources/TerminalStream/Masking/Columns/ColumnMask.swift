/// Masks the columns of tables by their names, as the bytes come: nothing is held back.
///
/// A header line opens a table, an empty line, a count of rows (`(3 rows)`) or the prompt of a line editor (bracketed paste switched on) ends it. What is
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
    private static let longestRow = 4096
    /// Bytes of a value that are kept for its fingerprint.
    private static let longestValue = 1024

    private let names: Set<String>
    private var parser = EscapeParser()
    private var carried = CarriedCharacter.none
    private var table: TableLayout?
    /// A line that is a header if the next one is a rule.
    private var possible: TableLayout?
    /// The line so far, by cells.
    private var row: [UInt8] = []
    /// The same as it was written, with its tabs.
    private var written: [UInt8] = []
    private var column = 0
    /// In a row with delimiters.
    private var field = 0
    private var isQuoted = false
    /// In a row of an expanded table: behind the separator of a masked name.
    private var isBehindName = false
    /// Only what rules are made of so far.
    private var isRule = true
    private var found: [Found] = []
    private var current: Found?
    private var offset: UInt64 = 0

    init(_ names: Set<String>) { self.names = names }

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

    private mutating func take(_ byte: UInt8, _ output: inout [UInt8]) {
        if parser.isGround, byte >= 0x80 { return takeCharacter(byte, &output) }
        giveUpCharacter(&output)
        guard parser.isGround, byte >= 0x20, byte != 0x7F else {
            output.append(byte)
            return control(byte, parser.take(byte))
        }
        print(byte, width: 1, bytes: [byte], &output)
    }

    private mutating func takeCharacter(_ byte: UInt8, _ output: inout [UInt8]) {
        if !carried.isUnfinished {
            guard let character = CarriedCharacter(leadByte: byte) else { return print(0xFF, width: 1, bytes: [byte], &output) }
            carried = character
            // What is masked is a whole character; what is not may go on byte by byte.
            if !isMasked(at: column) { output.append(byte) }
            return
        }
        let wasMasked = isMasked(at: column)
        switch carried.take(byte) {
        case .unfinished: if !wasMasked { output.append(byte) }
        case .complete(let scalar):
            if !wasMasked { output.append(byte) }
            print(0xFF, width: CharacterWidths.width(of: scalar), bytes: wasMasked ? Array(String(scalar).utf8) : [], &output)
        case .illFormed:
            if wasMasked { print(0xFF, width: 1, bytes: UTF8Decoder.replacement, &output) }
            take(byte, &output)
        }
    }

    /// What began as a character goes on as something else.
    private mutating func giveUpCharacter(_ output: inout [UInt8]) {
        guard carried.isUnfinished else { return }
        carried = .none
        if isMasked(at: column) { print(0xFF, width: 1, bytes: UTF8Decoder.replacement, &output) }
    }

    /// - Parameter bytes: what goes out if it is not masked.
    private mutating func print(_ cell: UInt8, width: Int, bytes: [UInt8], _ output: inout [UInt8]) {
        if ![0x20, 0x2B, 0x2D, 0x3D, 0x7C].contains(cell) { isRule = false }
        let masked = isMasked(at: column) && !isFrame(cell)
        if masked {
            output += [UInt8](repeating: 0x2A, count: width)
            note(bytes, width)
        } else {
            output += bytes
            if case .cells? = table, cell == 0x20, isMasked(at: column) { current?.value.append(cell) } else { endValue() }
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

    /// Blanks and lines around a value.
    private func isFrame(_ cell: UInt8) -> Bool {
        switch table {
        case .cells: cell == 0x20 || (isRule && cell != 0xFF)
        case .fields(_, let delimiter): !isQuoted && cell == delimiter || cell == 0x22
        case .expanded: cell == 0x20 && current == nil
        case nil: true
        }
    }

    private func isMasked(at column: Int) -> Bool {
        switch table {
        case .cells(let ranges, let begin):
            ranges.contains { $0.contains(column) } && (begin == nil || row.first == nil || row.first == begin)
        case .fields(let wanted, _): wanted.contains(field)
        case .expanded: isBehindName
        case nil: false
        }
    }

    /// Follows the fields of a row.
    private mutating func step(_ cell: UInt8) {
        switch table {
        case .fields(_, let delimiter):
            if cell == 0x22 { isQuoted.toggle() }
            if cell == delimiter, !isQuoted { field += 1 }
        case .expanded(let separator):
            if cell == separator, !isBehindName { isBehindName = names.contains(TableLayout.text(row.prefix(column)[...])) }
        case .cells, nil: break
        }
    }

    private mutating func note(_ bytes: [UInt8], _ width: Int) {
        if current == nil { current = Found(offset: offset, cells: 0, value: []) }
        current?.cells += width
        if let count = current?.value.count, count < Self.longestValue { current?.value += bytes }
    }

    private mutating func endValue() {
        guard var value = current else { return }
        while value.value.last == 0x20 { value.value.removeLast() }
        found.append(value)
        current = nil
    }

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
        case (.controlSequence, 0x48), (.controlSequence, 0x66): goTo(max(1, parser.parameter(1)) - 1)
        case (.controlSequence, 0x47), (.controlSequence, 0x60): goTo(max(1, parser.parameter(0)) - 1)
        case (.controlSequence, 0x43): goTo(column + max(1, parser.parameter(0)))
        case (.controlSequence, 0x44): goTo(max(0, column - max(1, parser.parameter(0))))
        default: break
        }
    }

    private mutating func goTo(_ column: Int) {
        endValue()
        self.column = column
        if column == 0 {
            field = 0
            isBehindName = false
        }
    }

    /// What the line that ends makes of the table.
    private var header: TableLayout? {
        let layout = TableLayout(header: row, written: written, names: names)
        // In an expanded table every line looks like the header of another.
        guard case .expanded? = table else { return layout }
        if case .expanded? = layout { return layout }
        return nil
    }

    private mutating func endTable() {
        endValue()
        table = nil
        possible = nil
    }

    private mutating func endLine() {
        endValue()
        while let last = row.last, last == 0x20 { row.removeLast() }
        if row.isEmpty {
            endTable()
        } else if TableLayout.isRule(row) {
            if let possible, table == nil { table = possible }
        } else if let layout = header {
            table = layout
        } else if row.first == 0x28, TableLayout.text(row[...]).hasSuffix(" rows)") || row.elementsEqual("(1 row)".utf8) {
            endTable()
        }
        possible = TableLayout.onlyColumn(row, names)
        row.removeAll(keepingCapacity: true)
        written.removeAll(keepingCapacity: true)
        column = 0
        field = 0
        isQuoted = false
        isBehindName = false
        isRule = true
    }
}
