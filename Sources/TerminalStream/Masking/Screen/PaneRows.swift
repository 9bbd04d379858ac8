/// Lines that a program has broken itself, at the end of the window or of a pane in it: the parts of one after the other.
///
/// A part goes on in the next row, between the same borders, if it is full and the next one begins at its beginning or behind a margin. That may join what does not
/// belong together; so rows are read without, too.
struct PaneRows {
    struct Part {
        var row: Int
        var columns: Range<Int>
    }

    /// Those of at least two parts.
    private(set) var chains: [[Part]] = []

    private static let mostBorders = 16
    private static let widestMargin = 12

    /// - Parameter borders: by row.
    init(_ spans: [ClosedRange<Int>], borders: [RowText.Place], on emulator: borrowing Emulator) {
        var next = 0
        for span in spans {
            /// Chains that reach the row before, by where their pane begins.
            var open: [(columns: Range<Int>, chain: [Part])] = []
            for row in span {
                let first = next
                while next < borders.count, borders[next].row == row { next += 1 }
                let panes = Self.panes(borders[first..<next].prefix(Self.mostBorders), columns: emulator.columns)
                var reaching: [(columns: Range<Int>, chain: [Part])] = []
                for pane in panes where !pane.isEmpty {
                    var chain: [Part] = []
                    if let index = open.firstIndex(where: { $0.columns == pane }) { chain = open.remove(at: index).chain }
                    let margin = chain.isEmpty ? 0 : Self.margin(row, pane, on: emulator)
                    if !chain.isEmpty, margin == 0, emulator.screen[row, pane.lowerBound].content <= 0x20 {
                        close(chain)
                        chain = []
                    }
                    chain.append(Part(row: row, columns: (pane.lowerBound + margin)..<pane.upperBound))
                    let last = emulator.screen[row, pane.upperBound - 1]
                    if last.content > 0x20 || last.isSecondHalf { reaching.append((pane, chain)) } else { close(chain) }
                }
                for (_, chain) in open { close(chain) }
                open = reaching
            }
            for (_, chain) in open { close(chain) }
        }
    }

    private mutating func close(_ chain: [Part]) { if chain.count > 1 { chains.append(chain) } }

    private static func panes(_ borders: ArraySlice<RowText.Place>, columns: Int) -> [Range<Int>] {
        var panes: [Range<Int>] = []
        var start = 0
        for border in borders {
            panes.append(start..<Int(border.column))
            start = Int(border.column) + 1
        }
        return panes + [start..<max(start, columns)]
    }

    /// How wide a margin is, as editors and pagers number lines: blanks, perhaps digits and blanks. 0 if there is none.
    private static func margin(_ row: Int, _ pane: Range<Int>, on emulator: borrowing Emulator) -> Int {
        var column = pane.lowerBound
        let end = min(column + widestMargin, pane.upperBound - 1)
        while column < end, emulator.screen[row, column].content <= 0x20 { column += 1 }
        guard column > pane.lowerBound, column < end else { return 0 }
        let digits = column
        while column < end, (0x30...0x39).contains(emulator.screen[row, column].content) { column += 1 }
        if column == digits { return column - pane.lowerBound }
        let blanks = column
        while column < end, emulator.screen[row, column].content <= 0x20 { column += 1 }
        return column > blanks && column < end ? column - pane.lowerBound : 0
    }
}
