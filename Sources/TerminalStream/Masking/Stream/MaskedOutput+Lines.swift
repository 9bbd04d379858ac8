/// Printable ASCII, CR, LF and TAB: nearly everything.
enum PlainLines {
    /// Where they end, or what may be a line that was broken at the window's width, or an underscore that may underline what comes.
    ///
    /// - Parameters:
    ///   - columns: the window's width; 0 if there is none.
    ///   - column: the cursor's, from 0 to `columns`; nil if it is not known. Moved along.
    static func end(in span: Span<UInt8>, from start: Int, columns: Int, column: inout Int?) -> Int {
        var position = start
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
                var end = span.endOfPrintableASCII(from: position)
                guard end > position else { break }
                let isCut = span[end - 1] == UInt8(ascii: "_") && (end == span.count || span[end] == 0x08)
                if isCut { end -= 1 }
                let length = end - position
                if current >= 0, columns > 0, length > 0 {
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
                if isCut { break }
                continue
            }
            position += 1
        }
        return position
    }
}

extension MaskedOutput {
    /// As `PlainLines.end`, of what came in.
    func endOfPlainLines(from start: Int, columns: Int, column: inout Int?) -> Int {
        base + PlainLines.end(in: raw.span, from: start - base, columns: columns, column: &column)
    }
}
