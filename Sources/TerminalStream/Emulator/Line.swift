/// What is known of one line besides its cells.
struct Line: Sendable {
    /// Tells this line from the one that had its memory before.
    var serial: UInt64 = 0
    /// When a cell was last changed, in the emulator's count.
    var generation: UInt64 = 0
    /// The same, but a line that only went to another row keeps it.
    var written: UInt64 = 0
    /// While `isFilled`, what every cell is; the memory of the cells holds something old.
    /// So erasing costs the same for lines of any length, and a flood of erasing costs little.
    var fill = Cell.blank
    var isFilled = true
    /// The next line continues this one: the cursor went there by itself, after the last column.
    var isWrapped = false
    /// A wide character did not fit into the last column and went to the next line: that column is not part of the text.
    var leavesColumn = false

    mutating func unwrap() {
        isWrapped = false
        leavesColumn = false
    }
}
