/// The moment at which a rule ends, as `access.yaml` writes it.
package enum Deadline {
    /// Reads a date, which counts to its end in UTC (`2026-12-31`), or an RFC 3339 time (`2026-12-31T18:00:00+01:00`).
    ///
    /// Years 1970…9999. Gives the first moment that is too late: milliseconds since 1970. Nil for anything else.
    package static func moment(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        guard
            let year = DecimalText.number(bytes[0..<4]), let month = DecimalText.number(bytes[5..<7]),
            let day = DecimalText.number(bytes[8..<10]),
            year >= 1970, (1...12).contains(month), (1...daysInMonth(month, year)).contains(day)
        else { return nil }
        let midnight = Int64(days(year, month, day)) * 86_400_000
        if bytes.count == 10 { return midnight + 86_400_000 }
        return timeOfDay(bytes[10...]).map { midnight + $0 }
    }

    /// `T18:00:00.5+01:00` in milliseconds of the day. Leap seconds count as the second after.
    private static func timeOfDay(_ text: ArraySlice<UInt8>) -> Int64? {
        var rest = text
        guard let separator = rest.popFirst(), [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(separator)
        else { return nil }
        guard
            let hour = DecimalText.take(2, from: &rest), hour < 24, rest.popFirst() == UInt8(ascii: ":"),
            let minute = DecimalText.take(2, from: &rest), minute < 60, rest.popFirst() == UInt8(ascii: ":"),
            let second = DecimalText.take(2, from: &rest), second <= 60
        else { return nil }
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { DecimalText.isDigit($0) }
            guard (1...9).contains(fraction.count) else { return nil }
            rest = rest[fraction.endIndex...]  // below a second nothing is decided
        }
        guard let zone = rest.popFirst() else { return nil }
        var offset = 0
        switch zone {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): break
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            guard
                let hours = DecimalText.take(2, from: &rest), hours < 24, rest.popFirst() == UInt8(ascii: ":"),
                let minutes = DecimalText.take(2, from: &rest), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (zone == UInt8(ascii: "+") ? -60 : 60)
        default: return nil
        }
        guard rest.isEmpty else { return nil }
        return Int64(hour * 3600 + minute * 60 + second + offset) * 1000
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let before = year - 1
        let leapDays = (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
        return (year - 1970) * 365 + leapDays + (1..<month).reduce(0) { $0 + daysInMonth($1, year) } + day - 1
    }
}

/// Unsigned decimal numbers of fixed width.
enum DecimalText {
    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Nil unless all bytes are digits. At most 9 of them.
    static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    static func take(_ count: Int, from rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return number(rest.prefix(count))
    }
}
