/// Bytes of a peer, cut into rows of the screen. Only where rows begin is kept; a row is made when it is drawn.
struct WrappedText: Sendable {
    private let bytes: [UInt8]
    /// Where each row begins.
    private let starts: [Int]
    /// How many marks stand for what cannot be shown, line feeds not counted, and how many characters are not ASCII.
    let marks: Int
    let foreign: Int
    let lines: Int

    /// - Parameter columns: the width of a row. A mark that is wider has a row of its own.
    init(_ bytes: [UInt8], columns: Int) {
        self.bytes = bytes
        var reader = VisibleReader(bytes)
        var starts = [0]
        var (marks, foreign, lines, used) = (0, 0, bytes.isEmpty ? 0 : 1, 0)
        var start = 0
        while let character = reader.next() {
            // No character is wider than that anywhere: nothing can be pushed off the right edge and so hidden.
            if used > 0, used + character.widest > columns {
                starts.append(start)
                used = 0
            }
            used += character.widest
            start = reader.position
            if character.endsLine {
                guard start < bytes.count else { break }
                starts.append(start)
                lines += 1
                used = 0
            } else if character.isMark {
                marks += 1
            } else if character.widest != 1 {
                foreign += 1
            }
        }
        (self.starts, self.marks, self.foreign, self.lines) = (starts, marks, foreign, lines)
    }

    var rowCount: Int { starts.count }

    func append(row: Int, to screenRow: inout ScreenRow) {
        var reader = VisibleReader(bytes, from: starts[row])
        let end = row + 1 < starts.count ? starts[row + 1] : bytes.count
        while reader.position < end, let character = reader.next() { screenRow.append(character, []) }
    }
}
