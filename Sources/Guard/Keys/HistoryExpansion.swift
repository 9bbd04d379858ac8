/// What bash and zsh put other text in the place of before they read a line (bash(1), HISTORY EXPANSION).
enum HistoryExpansion {
    /// Whether a shell with the usual `histchars` could change this line. One that is told apart by quotes is taken for one that could: shells differ there.
    static func mayChange(_ line: [UInt8]) -> Bool {
        if line.first == UInt8(ascii: "^") { return true }
        for (index, byte) in line.enumerated() where byte == UInt8(ascii: "!") {
            guard index + 1 < line.count else { continue }
            // A blank, the line's end, `=` and `(` do not begin a designator.
            switch line[index + 1] {
            case 0x20, 0x09, 0x0A, UInt8(ascii: "="), UInt8(ascii: "("): continue
            default: return true
            }
        }
        return false
    }
}
