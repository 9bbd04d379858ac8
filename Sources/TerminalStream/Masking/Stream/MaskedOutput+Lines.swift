extension MaskedOutput {
    /// Where printable ASCII, CR, LF and TAB end, or what may be a line that was broken at the window's width.
    ///
    /// - Parameters:
    ///   - columns: the window's width; 0 if there is none.
    ///   - column: the cursor's, from 0 to `columns`; nil if it is not known. Moved along.
    func endOfPlainLines(from start: Int, columns: Int, column: inout Int?) -> Int {
        let span = raw.span
        var position = start - base
        var current = column ?? -1
        defer { column = current < 0 ? nil : current }
        while position < span.count {
            let byte = span[position]
            if byte == 0x0D {
                if current == columns, columns > 0 { break }
                current = columns > 0 ? 0 : -1
            } else if byte == 0x09 {
                if current >= 0 { current = min((current / 8 + 1) * 8, max(columns - 1, 0)) }
            } else if byte != 0x0A {
                let end = span.endOfPrintableASCII(from: position)
                guard end > position else { break }
                let length = end - position
                if current >= 0, columns > 0 {
                    // readline's space and CR: the slow way knows.
                    if current == columns, byte == 0x20 { break }
                    let total = current + length
                    if total > columns {
                        if (total - 1) % columns == 0, span[end - 1] == 0x20 { break }
                        current = (total - 1) % columns + 1
                    } else {
                        current = total
                    }
                }
                position = end
                continue
            }
            position += 1
        }
        return position + base
    }
}
