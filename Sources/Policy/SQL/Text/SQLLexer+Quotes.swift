/// Strings and quoted names. An open one ends with the text, and is an oddity.
extension SQLLexer {
    /// Stands at the opening quote; ends behind the closing one. A doubled quote is one in the text.
    mutating func scanQuoted(_ quote: UInt8, escapes: Bool, open oddity: Oddities) {
        position += 1
        while position < end {
            let byte = text.bytes[position]
            position += 1
            if byte == quote {
                guard peek() == quote, position < end else { return }
                position += 1
            } else if byte == UInt8(ascii: "\\") {
                if escapes { position = min(end, position + 1) }
                // mysql, the client, escapes in names too, and its server does not.
                if quote == UInt8(ascii: "`"), dialect == .mysql { oddities.insert(.oddName) }
            }
        }
        oddities.insert(oddity)
    }

    /// `'…'`. PostgreSQL joins what follows on a later line to it, under the same rules: `E'a'⏎'b\'c'` is one string.
    mutating func scanString(escapes: Bool) {
        scanQuoted(UInt8(ascii: "'"), escapes: escapes, open: .openString)
        guard dialect == .postgres, escapes else { return }
        while let quote = continuation() {
            joinedStringLines = true
            guard syntax.joinsStringLines else { return }
            position = quote
            scanQuoted(UInt8(ascii: "'"), escapes: true, open: .openString)
        }
    }

    /// Where the quote stands that goes on with the string: behind white space with a line's end in it, or comments to a line's end.
    private func continuation() -> Int? {
        var index = position
        var sawLineEnd = false
        while index < end {
            let byte = text.bytes[index]
            if byte == UInt8(ascii: "'") { return sawLineEnd ? index : nil }
            if byte == UInt8(ascii: "-"), index + 1 < end, text.bytes[index + 1] == UInt8(ascii: "-") {
                while index < end, !isLineEnd(text.bytes[index]) { index += 1 }
                continue
            }
            guard byte.isSQLSpace else { return nil }
            if isLineEnd(byte) { sawLineEnd = true }
            index += 1
        }
        return nil
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// SQLite's `[name]` has no escape.
    mutating func scanBracketed() {
        while position < end {
            position += 1
            if text.bytes[position - 1] == UInt8(ascii: "]") { return }
        }
        oddities.insert(.openName)
    }

    /// The `$tag$` that stands here, if one does. A tag is a name without `$`, and has no digit first.
    func dollarQuote() -> Range<Int>? {
        var index = position + 1
        while index < end {
            let byte = text.bytes[index]
            if byte == UInt8(ascii: "$") { return position..<index + 1 }
            let isFirst = index == position + 1
            guard byte.isSQLLetter || byte == UInt8(ascii: "_") || byte >= 0x80 || (byte.isSQLDigit && !isFirst) else {
                return nil
            }
            index += 1
        }
        return nil
    }

    /// Linear: a tag has no `$` in it, so that a comparison ends at the next `$` at the latest.
    mutating func scanDollarQuoted(_ opening: Range<Int>) {
        let tag = text.bytes[opening]
        position = opening.upperBound
        while position + tag.count <= end {
            if text.bytes[position] == UInt8(ascii: "$"), text.bytes[position..<position + tag.count].elementsEqual(tag) {
                position += tag.count
                return
            }
            position += 1
        }
        position = end
        oddities.insert(.openString)
    }
}
