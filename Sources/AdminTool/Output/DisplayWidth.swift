/// How many terminal cells text takes.
///
/// Limit: an emoji of several characters counts each of them, as most terminals draw it.
enum DisplayWidth {
    /// East Asian Wide and Fullwidth of Unicode Standard Annex #11, without the emoji that `isEmojiPresentation` tells.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x4dbf, 0x4e00...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff,
        0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18cff, 0x1aff0...0x1b2ff,
        0x1f200...0x1f251,
        0x20000...0x3fffd,
    ]

    /// Characters that are not visible count one cell: nothing is printed before `SafeText` has escaped it.
    static func cells(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + cells($1) } }

    private static func cells(_ scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        return scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// As many whole characters from the front as fit into `limit` cells, with `…` as the last if something was cut.
    static func truncated(_ text: String, to limit: Int) -> String {
        guard cells(text) > limit else { return text }
        var result = ""
        var width = 0
        for character in text {
            width += cells(String(character))
            if width > limit - 1 { break }
            result.append(character)
        }
        return result + "…"
    }
}
