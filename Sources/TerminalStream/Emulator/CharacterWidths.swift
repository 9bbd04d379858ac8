/// How many columns a character takes, after the data of Unicode 18 and the rules of tmux 3.3a.
///
/// Two columns: East Asian Width W and F. None: Mn, Me, Cf and default-ignorable characters, and Hangul vowels and finals, which join the syllable before
/// them. All others one, characters that are not assigned too. Where terminals disagree:
/// - spacing marks (Mc) take one column, as in tmux and xterm with the C library's `wcwidth`; newer terminals join them to the character before;
/// - East Asian Width A (ambiguous) takes one;
/// - regional indicators take one each, as in tmux 3.3a; kitty, VTE and libvterm 0.3 differ among themselves;
/// - U+FE0F does not make the character before it wide, and U+200D joins the next character to it without making it wider (tmux 3.3a; xterm and
///   libvterm show each part of such an emoji by itself);
/// - U+2630–2637, U+268A–268F, U+1D300–1D356 and U+1D360–1D376 take two since Unicode 16 and one in tmux with Debian 12's C library (Unicode 15);
/// - U+302E–302F, U+3164 and U+16FF0–16FF1 take none or one and U+3248–324F one, each two in that library; U+FFA0 none and U+1171E one, there the other;
/// - a character that the C library does not know is not shown at all by tmux 3.3a; here it takes what Unicode 18 says.
package enum CharacterWidths {
    /// 0, 1 or 2 columns. Controls are not asked about: they are no characters.
    package static func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        if contains(value, in: zeroWidth) { return 0 }
        if value < 0x1100 { return 1 }
        return contains(value, in: doubleWidth) ? 2 : 1
    }

    private static func contains(_ value: UInt32, in table: [(first: UInt32, last: UInt32)]) -> Bool {
        var low = 0
        var high = table.count
        while low < high {
            let middle = (low + high) / 2
            if table[middle].last < value { low = middle + 1 } else { high = middle }
        }
        return low < table.count && table[low].first <= value
    }
}
