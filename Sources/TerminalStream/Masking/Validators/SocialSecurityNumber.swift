/// Of the United States: area, group, serial. Since June 2011 areas say nothing of places (SSA, "Social Security Number Randomization").
enum SocialSecurityNumber {
    static func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.digitCount == 9, hasOneSeparator(value) else { return false }
        let number = value.digits.reduce(0) { $0 * 10 + $1 }
        let area = number / 1_000_000
        // Never given out: areas 000, 666 and from 900 (those are taxpayers' numbers), group 00, serial 0000.
        guard area != 0, area != 666, area < 900, number / 10_000 % 100 != 0, number % 10_000 != 0 else { return false }
        return !samples.contains(number) && !value.hasOneDigitOnly
    }

    /// `123-45 6789` is none.
    private static func hasOneSeparator(_ value: ArraySlice<UInt8>) -> Bool {
        guard let separator = value.first(where: { !$0.isDigit }) else { return true }
        return value.allSatisfy { $0.isDigit || $0 == separator }
    }

    /// The one on the wallet of 1938 and those of advertisements (SSA, "Social Security Cards Issued by Woolworth"; POS RM 10201.035),
    /// and what everybody types.
    private static let samples: Set<Int> = [
        078_05_1120, 219_09_9999, 457_55_5462, 123_45_6789, 111_22_3333, 987_65_4321, 123_45_9999,
    ]
}
