/// The hours of the week at which a rule holds, in UTC.
///
/// UTC only: a zone's rules change with the seasons and with laws, and a bastion whose zone data is old would let people in at the
/// wrong hours.
package struct AccessHours: Hashable, Sendable {
    /// One line such as `Mon-Fri 08:00-18:00 UTC`.
    private struct Window: Hashable, Sendable {
        /// Bit 0 is Monday.
        var days: UInt8
        /// Minutes of the day, 0…1439.
        var start: Int
        /// Minutes of the day, 1…1440; not after `start` when the window ends on the next day.
        var end: Int

        func contains(day: Int, minute: Int) -> Bool {
            func has(_ day: Int) -> Bool { days & (1 << UInt8((day + 7) % 7)) != 0 }
            if start < end { return has(day) && (start..<end).contains(minute) }
            return has(day) && minute >= start || has(day - 1) && minute < end
        }
    }

    private var windows: [Window]

    /// Reads `[DAYS] HH:MM-HH:MM UTC`. Days are `Mon`…`Sun`, ranges of them and lists of both (`Mon-Thu,Sat`); without days, every day.
    ///
    /// An end before the start is on the next day: `Fri 22:00-06:00` ends on Saturday morning. `24:00` ends a day. Nil for anything else.
    package init?(_ text: String) {
        var words = text.split(separator: " ")
        guard words.popLast() == "UTC", let times = words.popLast(), words.count <= 1 else { return nil }
        let ends = times.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = Self.minutes(ends[0]), let end = Self.minutes(ends[1]) else { return nil }
        guard start < 1440, end > 0 || start > 0, start != end else { return nil }
        guard let days = words.first.map(Self.days) ?? 0x7F else { return nil }
        windows = [Window(days: days, start: start, end: end == 0 ? 1440 : end)]
    }

    /// All windows of all of them.
    package init(joining hours: [AccessHours]) { windows = hours.flatMap(\.windows) }

    /// - Parameter moment: milliseconds since 1970.
    package func contains(_ moment: Int64) -> Bool {
        let minutes = Self.quotient(moment, 60_000)
        let days = Self.quotient(minutes, 1440)
        // 1970-01-01 was a Thursday.
        let day = Int(days + 3 - 7 * Self.quotient(days + 3, 7))
        return windows.contains { $0.contains(day: day, minute: Int(minutes - days * 1440)) }
    }

    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    private static func days(_ text: Substring) -> UInt8? {
        var days: UInt8 = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: $0.lowercased()) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
            // `Sat-Mon` goes over the end of the week.
            for day in first...(last < first ? last + 7 : last) { days |= 1 << UInt8(day % 7) }
        }
        return days
    }

    /// `HH:MM`, up to `24:00`.
    private static func minutes(_ text: Substring) -> Int? {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":") else { return nil }
        guard let hour = DecimalText.number(digits[0..<2]), let minute = DecimalText.number(digits[3..<5]) else { return nil }
        guard hour < 24 && minute < 60 || hour == 24 && minute == 0 else { return nil }
        return hour * 60 + minute
    }

    /// Rounds down, also before 1970.
    private static func quotient(_ a: Int64, _ b: Int64) -> Int64 { a / b - (a % b < 0 ? 1 : 0) }
}
