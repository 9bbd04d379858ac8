/// How `env -S TEXT` makes words of one text: blanks, quotes and escapes as in GNU coreutils 9, "env invocation". No shell is
/// involved.
enum EnvironmentSplit {
    /// Nil if it cannot be told: something in the text is unknown, `${NAME}` is in it, or it is not well-formed.
    static func words(of word: CommandWord) -> [CommandWord]? {
        guard let text = word.known else { return nil }
        var words: [CommandWord] = []
        var current: [UInt8] = []
        var isOpen = false
        var quote: UInt8?
        var bytes = text.utf8.makeIterator()
        func finish() {
            if isOpen { words.append(CommandWord(String(decoding: current, as: UTF8.self))) }
            current = []
            isOpen = false
        }
        func append(_ byte: UInt8) {
            current.append(byte)
            isOpen = true
        }
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "$") where quote != UInt8(ascii: "'"): return nil
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                if let open = quote {
                    if open == byte { quote = nil } else { append(byte) }
                } else {
                    quote = byte
                    isOpen = true
                }
            case UInt8(ascii: "\\"):
                guard let next = bytes.next() else { return nil }
                if quote == UInt8(ascii: "'"), next != UInt8(ascii: "'"), next != UInt8(ascii: "\\") {
                    append(byte)
                    append(next)
                } else if quote == nil, next == UInt8(ascii: "c") {
                    finish()
                    return words
                } else if quote == nil, next == UInt8(ascii: "_") {
                    finish()
                } else {
                    guard let escaped = escapes[next] else { return nil }
                    append(escaped)
                }
            case UInt8(ascii: "#") where quote == nil && !isOpen: return words
            case let blank where blank.isSpace && quote == nil: finish()
            default: append(byte)
            }
        }
        guard quote == nil else { return nil }
        finish()
        return words
    }

    private static let escapes: [UInt8: UInt8] = Dictionary(
        uniqueKeysWithValues: zip("fnrtv_#$\"'\\".utf8, [0x0C, 0x0A, 0x0D, 0x09, 0x0B, 0x20] + Array("#$\"'\\".utf8)))
}
