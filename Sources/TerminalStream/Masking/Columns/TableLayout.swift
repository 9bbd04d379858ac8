/// Where the masked columns of a table are, as its header says.
enum TableLayout: Equatable {
    /// Cells of the screen, for tables that are aligned: `psql`, `mysql`, `sqlite3`, `kubectl get`. `begin`: each row begins with this byte, and a line that
    /// does not is none.
    case cells([Range<Int>], begin: UInt8?)
    /// Numbers of fields from 0, for tables whose fields end with this byte. What stands behind the last of the header belongs to that one: an unquoted value
    /// may have the delimiter in it.
    case fields(Set<Int>, last: Int, delimiter: UInt8)
    /// One field a line, its name first, behind one of these separators: `psql -x`, `mysql \G`.
    case expanded(separator: UInt8)

    /// Columns of one table; where more are named everything is masked.
    private static let mostRanges = 64

    /// A line of dashes and the like, as under a header.
    static func isRule(_ row: [UInt8]) -> Bool {
        row.contains(0x2D) && row.allSatisfy { [0x2D, 0x2B, 0x20, 0x7C, 0x3D].contains($0) }
    }

    /// What a line makes of the table that it begins; nil if it begins none.
    ///
    /// - Parameters:
    ///   - row: the line, a byte for each cell; what is not ASCII as `ColumnNames.other`, the lines of boxes as `-`, `|` and `+`.
    ///   - written: the same in the order in which it came, with its tabs.
    init?(header row: [UInt8], written: [UInt8], names: ColumnNames) {
        if row.prefix(4).contains(0x5B), row.drop(while: { $0 == 0x2D || $0 == 0x2B }).starts(with: Array("[ RECORD ".utf8)) {
            self = .expanded(separator: 0x7C)
        } else if row.starts(with: Array("****".utf8)), String(decoding: row, as: UTF8.self).contains(". row *") {
            self = .expanded(separator: 0x3A)
        } else if let layout = Self.delimited(written, names) ?? Self.piped(row, names) ?? Self.spaced(row, names)
            ?? Self.onlyColumn(row, written, names)
        {
            self = layout
        } else {
            return nil
        }
    }

    /// A line of names over one of dashes that says how wide each column is: `psql` without a border, `sqlite3 -column`.
    ///
    /// - Parameters:
    ///   - header: the line before the rule.
    ///   - width: how long that was with the blanks at its end.
    init?(header: [UInt8], width: Int, rule: [UInt8], names: ColumnNames) {
        guard rule.allSatisfy({ $0 == 0x2D || $0 == 0x20 }) else { return nil }
        let starts = rule.indices.filter { rule[$0] == 0x2D && ($0 == 0 || rule[$0 - 1] == 0x20) }
        // With a margin the only column's header is as long as its rule, and its rows begin with a blank.
        if starts.count == 1, width == rule.count, header.first == 0x20 { return nil }
        let ranges = starts.indices.compactMap { index -> Range<Int>? in
            let end = index + 1 < starts.count ? starts[index + 1] : Int.max
            let cells = header.indices.clamped(to: starts[index]..<end)
            return names.contains(header[cells]) ? starts[index]..<end : nil
        }
        guard !ranges.isEmpty else { return nil }
        self = .cells(ranges, begin: nil)
    }

    /// What is masked when a line of this table looks like the header of another one: both, as the line may be a row that has a column's name in it.
    func joined(with other: TableLayout) -> TableLayout {
        switch (self, other) {
        case (.cells(let old, let begin), .cells(let new, let newBegin)):
            let ranges = old + new.filter { !old.contains($0) }
            let all = ranges.count > Self.mostRanges ? [0..<Int.max] : ranges
            return .cells(all, begin: begin == newBegin ? begin : nil)
        case (.fields(let old, let last, let delimiter), .fields(let new, let newLast, let newDelimiter))
        where delimiter == newDelimiter:
            return .fields(old.union(new), last: max(last, newLast), delimiter: delimiter)
        case (_, .expanded), (.expanded, _): return other
        case (.cells, .fields), (.fields, .cells), (.fields, .fields): return .cells([0..<Int.max], begin: nil)
        }
    }

    /// A header of one column without a frame: `psql`, `kubectl -o custom-columns`, and what has fields with delimiters, but only one.
    private static func onlyColumn(_ row: [UInt8], _ written: [UInt8], _ names: ColumnNames) -> TableLayout? {
        if names.contains(row[...]) { return aligned([0..<Int.max], row) }
        guard let first = written.first, first == 0x22 || first == 0x27, names.contains(unquoted(written[...])) else {
            return nil
        }
        return .fields([0], last: 0, delimiter: 0x2C)
    }

    /// ` id | ssn ` and `| id | ssn |`: the cells between the bars.
    private static func piped(_ row: [UInt8], _ names: ColumnNames) -> TableLayout? {
        let bars = row.indices.filter { row[$0] == 0x7C }
        guard !bars.isEmpty else { return nil }
        let starts = [0] + bars.map { $0 + 1 }
        let ends = bars + [row.count]
        let ranges = zip(starts, ends).compactMap { start, end -> Range<Int>? in
            guard names.contains(row[start..<end]) else { return nil }
            // Nothing stands behind the last column of a table without a frame, and its values may be longer than its name.
            return start..<(end == row.count ? Int.max : end)
        }
        return ranges.isEmpty ? nil : aligned(ranges, row)
    }

    /// `NAME   READY   SSN`: from one name to the next.
    private static func spaced(_ row: [UInt8], _ names: ColumnNames) -> TableLayout? {
        var starts: [Int] = []
        for index in row.indices where row[index] != 0x20 {
            if index == 0 || (row[index - 1] == 0x20 && (index == 1 || row[index - 2] == 0x20)) { starts.append(index) }
        }
        guard starts.count > 1 else { return nil }
        let ranges = starts.indices.compactMap { index -> Range<Int>? in
            let end = index + 1 < starts.count ? starts[index + 1] : row.count
            guard names.contains(row[starts[index]..<end]) else { return nil }
            return starts[index]..<(index + 1 < starts.count ? end : Int.max)
        }
        return ranges.isEmpty ? nil : .cells(ranges, begin: nil)
    }

    /// Rows with a margin or a frame begin with it.
    private static func aligned(_ ranges: [Range<Int>], _ row: [UInt8]) -> TableLayout {
        guard let first = row.first, first == 0x20 || first == 0x7C else { return .cells(ranges, begin: nil) }
        return .cells(ranges.map { max(1, $0.lowerBound)..<$0.upperBound }, begin: first)
    }

    /// `id,ssn,name` and `"id";"ssn"`, `'id','ssn'`, `id|ssn`: nothing but names between the delimiters, and no blanks around them.
    private static func delimited(_ row: [UInt8], _ names: ColumnNames) -> TableLayout? {
        for delimiter in [UInt8](",;\t|".utf8) where row.contains(delimiter) {
            let fields = row.split(separator: delimiter, omittingEmptySubsequences: false)
            guard fields.allSatisfy({ $0.first != 0x20 && $0.last != 0x20 }) else { continue }
            let wanted = fields.indices.filter { names.contains(unquoted(fields[$0])) }
            if !wanted.isEmpty { return .fields(Set(wanted), last: fields.count - 1, delimiter: delimiter) }
        }
        return nil
    }

    private static func unquoted(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard field.count >= 2, let first = field.first, first == 0x22 || first == 0x27, field.last == first else { return field }
        return field.dropFirst().dropLast()
    }
}
