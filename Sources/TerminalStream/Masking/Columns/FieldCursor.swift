/// Where a row with delimiters is read (RFC 4180 for commas and semicolons; where bars or tabs delimit nothing is quoted).
struct FieldCursor: Equatable, Sendable {
    /// From 0.
    private(set) var field = 0
    /// What the quoted field that is being read began with.
    private(set) var quote: UInt8?
    private var isAtStart = true

    /// Whether this cell belongs to the row's form, and not to a value.
    func isFrame(_ cell: UInt8, delimiter: UInt8) -> Bool {
        if let quote { return cell == quote }
        return cell == delimiter || isAtStart && Self.isQuote(cell, delimiter)
    }

    mutating func step(_ cell: UInt8, delimiter: UInt8) {
        if let quote {
            // One that is doubled closes and opens.
            if cell == quote { self.quote = nil }
            isAtStart = cell == quote
        } else if cell == delimiter {
            field += 1
            isAtStart = true
        } else {
            if isAtStart, Self.isQuote(cell, delimiter) { quote = cell }
            isAtStart = false
        }
    }

    private static func isQuote(_ cell: UInt8, _ delimiter: UInt8) -> Bool {
        (cell == 0x22 || cell == 0x27) && (delimiter == 0x2C || delimiter == 0x3B)
    }
}
