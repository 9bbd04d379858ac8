/// What bash and zsh put other text in the place of before they read a line (bash(1), HISTORY EXPANSION).
enum HistoryExpansion {
    /// Whether a shell with the usual `histchars` could change this line.
    ///
    /// - Parameter isWhole: no earlier line of the command can have left a quote open.
    static func mayChange(_ line: [UInt8], isWhole: Bool) -> Bool {
        if line.first == UInt8(ascii: "^") { return true }
        // Where both kinds of quotes are, shells differ in what is quoted.
        let areQuotesPlain = isWhole && !line.contains(UInt8(ascii: "\""))
        var isQuoted = false
        var isEscaped = false
        for (index, byte) in line.enumerated() {
            if areQuotesPlain {
                if isEscaped {
                    isEscaped = false
                    continue
                }
                if byte == UInt8(ascii: "'") { isQuoted.toggle() }
                isEscaped = byte == UInt8(ascii: "\\") && !isQuoted
            }
            guard byte == UInt8(ascii: "!"), !isQuoted, index + 1 < line.count else { continue }
            // A blank, the line's end, `=` and `(` do not begin a designator.
            switch line[index + 1] {
            case 0x20, 0x09, 0x0A, UInt8(ascii: "="), UInt8(ascii: "("): continue
            default: return true
            }
        }
        return false
    }
}
