/// The names of masked columns, as the cells of a header show them.
struct ColumnNames: Sendable {
    /// What stands in a row for a character that is not ASCII.
    static let other: UInt8 = 0xFF

    private var cells = Set<[UInt8]>()
    private var lengths = Set<Int>()

    /// - Parameter names: whatever their case.
    init(_ names: Set<String>) {
        for name in names {
            for countsWidths in [true, false] {
                let cells = name.unicodeScalars.flatMap { scalar -> [UInt8] in
                    guard !scalar.isASCII else { return [Self.lowercased(UInt8(scalar.value))] }
                    return [UInt8](repeating: Self.other, count: countsWidths ? CharacterWidths.width(of: scalar) : 1)
                }
                self.cells.insert(cells)
                lengths.insert(cells.count)
            }
        }
    }

    /// Whether these cells are a name, with blanks around it.
    func contains(_ field: ArraySlice<UInt8>) -> Bool {
        let trimmed = Self.trimmed(field)
        return lengths.contains(trimmed.count) && cells.contains(trimmed.map(Self.lowercased))
    }

    static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var field = field
        while field.first == 0x20 { field.removeFirst() }
        while field.last == 0x20 { field.removeLast() }
        return field
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
}
