extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isUppercase: Bool { self >= 0x41 && self <= 0x5A }
    var isLowercase: Bool { self >= 0x61 && self <= 0x7A }
    var isLetter: Bool { isUppercase || isLowercase }
    /// What names in programs are made of, the first byte apart.
    var isIdentifier: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
    var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
    var isHexadecimal: Bool { isDigit || (lowercased >= 0x61 && lowercased <= 0x66) }
}

extension ArraySlice<UInt8> {
    /// The values of its digits, without the separators between them.
    var digits: some Sequence<Int> { lazy.filter(\.isDigit).map { Int($0) - 0x30 } }

    var digitCount: Int { reduce(0) { $0 + ($1.isDigit ? 1 : 0) } }

    /// Whether `piece` is in it somewhere; `piece` is short.
    func holds(_ piece: String) -> Bool {
        guard count >= piece.utf8.count else { return false }
        return (startIndex...(endIndex - piece.utf8.count)).contains { self[$0...].starts(with: piece.utf8) }
    }

    var hasOneDigitOnly: Bool {
        guard let first = first(where: \.isDigit) else { return false }
        return allSatisfy { !$0.isDigit || $0 == first }
    }
}
