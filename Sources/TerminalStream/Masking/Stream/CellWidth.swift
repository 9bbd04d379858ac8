/// How wide bytes are on a screen.
enum CellWidth {
    /// - Parameter text: UTF-8; an ill-formed sequence is one cell, a control none.
    static func of(_ text: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8Decoder()
        var position = 0
        var cells = 0
        let span = text.span
        while let piece = decoder.next(in: span, from: &position) {
            switch piece {
            case .text(let range):
                let first = text.startIndex + range.lowerBound
                let run = text[first..<first + range.count]
                if run.allSatisfy({ $0 < 0x80 }) {
                    cells += run.reduce(0) { $0 + ($1 >= 0x20 && $1 != 0x7F ? 1 : 0) }
                } else {
                    cells += String(decoding: run, as: UTF8.self).unicodeScalars.reduce(0) { $0 + of($1) }
                }
            case .joined(let scalar): cells += of(scalar)
            case .illFormed: cells += 1
            }
        }
        return cells + (decoder.finish() ? 1 : 0)
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        scalar.value < 0x20 || scalar.value == 0x7F ? 0 : CharacterWidths.width(of: scalar)
    }
}
