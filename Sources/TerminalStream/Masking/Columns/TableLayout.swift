/// Where the masked columns of a table are, as its header says.
enum TableLayout: Equatable {
    /// Cells of the screen, for tables that are aligned: `psql`, `mysql`, `kubectl get`. `begin`: each row begins with this byte, and a line that does not is
    /// none.
    case cells([Range<Int>], begin: UInt8?)
    /// Numbers of fields from 0, for tables whose fields end with this byte.
    case fields(Set<Int>, delimiter: UInt8)
    /// One field a line, its name first, behind one of these separators: `psql -x`, `mysql \G`.
    case expanded(separator: UInt8)

    /// A line that follows a header of one column, and makes it one.
    static func isRule(_ row: [UInt8]) -> Bool {
        row.contains(0x2D) && row.allSatisfy { $0 == 0x2D || $0 == 0x2B || $0 == 0x20 || $0 == 0x7C || $0 == 0x3D }
    }

    /// What a line makes of the table that it begins; nil if it begins none.
    ///
    /// - Parameters:
    ///   - row: the line, a byte for each cell; what is not ASCII as 0xFF.
    ///   - written: the same in the order in which it came, with its tabs.
    ///   - names: of masked columns, in lower case.
    init?(header row: [UInt8], written: [UInt8], names: Set<String>) {
        if row.starts(with: Array("-[ RECORD ".utf8)) {
            self = .expanded(separator: 0x7C)
        } else if row.starts(with: Array("****".utf8)), Self.text(row[...]).contains(". row *") {
            self = .expanded(separator: 0x3A)
        } else if let layout = Self.delimited(written, names) ?? Self.piped(row, names) ?? Self.spaced(row, names) {
            self = layout
        } else {
            return nil
        }
    }

    /// A header of one column: a table if the next line is a rule.
    static func onlyColumn(_ row: [UInt8], _ names: Set<String>) -> TableLayout? {
        names.contains(text(row[...])) ? aligned([0..<Int.max], row) : nil
    }

    /// ` id | ssn ` and `| id | ssn |`: the cells between the bars.
    private static func piped(_ row: [UInt8], _ names: Set<String>) -> TableLayout? {
        let bars = row.indices.filter { row[$0] == 0x7C }
        guard !bars.isEmpty else { return nil }
        let starts = [0] + bars.map { $0 + 1 }
        let ends = bars + [row.count]
        let ranges = zip(starts, ends).enumerated().compactMap { index, field -> Range<Int>? in
            guard names.contains(text(row[field.0..<field.1])) else { return nil }
            // Nothing stands behind the last column of a table without a frame, and its values may be longer than its name.
            return field.0..<(field.1 == row.count ? Int.max : field.1)
        }
        return ranges.isEmpty ? nil : aligned(ranges, row)
    }

    /// `NAME   READY   SSN`: from one name to the next.
    private static func spaced(_ row: [UInt8], _ names: Set<String>) -> TableLayout? {
        var starts: [Int] = []
        for index in row.indices where row[index] != 0x20 {
            if index == 0 || (row[index - 1] == 0x20 && (index == 1 || row[index - 2] == 0x20)) { starts.append(index) }
        }
        guard starts.count > 1 else { return nil }
        let ranges = starts.indices.compactMap { index -> Range<Int>? in
            let end = index + 1 < starts.count ? starts[index + 1] : row.count
            guard names.contains(text(row[starts[index]..<end])) else { return nil }
            return starts[index]..<(index + 1 < starts.count ? end : Int.max)
        }
        return ranges.isEmpty ? nil : .cells(ranges, begin: nil)
    }

    /// Rows with a margin or a frame begin with it.
    private static func aligned(_ ranges: [Range<Int>], _ row: [UInt8]) -> TableLayout {
        guard let first = row.first, first == 0x20 || first == 0x7C else { return .cells(ranges, begin: nil) }
        return .cells(ranges.map { max(1, $0.lowerBound)..<$0.upperBound }, begin: first)
    }

    /// `id,ssn,name` and `"id";"ssn"`, `id|ssn`: nothing but names between the delimiters, and no blanks around them.
    private static func delimited(_ row: [UInt8], _ names: Set<String>) -> TableLayout? {
        for delimiter in [UInt8](",;\t|".utf8) {
            let fields = row.split(separator: delimiter, omittingEmptySubsequences: false)
            guard fields.count > 1, fields.allSatisfy({ $0.first != 0x20 && $0.last != 0x20 }) else { continue }
            let wanted = fields.indices.filter { names.contains(text(unquoted(fields[$0]))) }
            if !wanted.isEmpty { return .fields(Set(wanted), delimiter: delimiter) }
        }
        return nil
    }

    private static func unquoted(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        field.count >= 2 && field.first == 0x22 && field.last == 0x22 ? field.dropFirst().dropLast() : field
    }

    /// Without blanks around it, in lower case.
    static func text(_ cells: ArraySlice<UInt8>) -> String {
        let trimmed = cells.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed()
        return String(decoding: trimmed, as: UTF8.self).lowercased()
    }
}
