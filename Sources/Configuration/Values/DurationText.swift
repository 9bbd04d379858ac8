/// Durations as the files write them: `30s`, `5m`, `8h`, `1d`, `2w`, and joined ones such as `1h30m`.
package enum DurationText {
    static let examples = "30s, 5m, 8h or 1d"

    private static let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    /// Whole seconds. `0` needs no unit. Nil for anything else, and for what does not fit into 64 bits.
    package static func seconds(_ text: String) -> UInt64? {
        if text == "0" { return 0 }
        var total: UInt64 = 0
        var digits = ""
        guard text.utf8.count <= 64, let last = text.last, units[last] != nil else { return nil }
        for character in text {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard let unit = units[character], let number = UInt64(digits) else { return nil }
            let (part, isTooBig) = number.multipliedReportingOverflow(by: unit)
            let (sum, isTooLong) = total.addingReportingOverflow(part)
            guard !isTooBig, !isTooLong else { return nil }
            total = sum
            digits = ""
        }
        return total
    }

    /// In the largest unit that gives a whole number.
    static func text(_ seconds: UInt64) -> String {
        for (unit, size) in [("d", 86_400), ("h", 3600), ("m", 60)] as [(String, UInt64)] where seconds > 0 && seconds % size == 0
        {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}

extension Value {
    /// - Parameter range: seconds.
    func duration(_ range: ClosedRange<UInt64>) -> UInt64? {
        guard let text = text("a duration such as \(DurationText.examples)") else { return nil }
        guard let seconds = DurationText.seconds(text) else {
            let hint = DecimalNumber.parse(text).map { _ in
                ": it has no unit; \(shown(text))s are seconds, \(shown(text))m minutes"
            }
            report("\(quoted(text)) is not a duration\(hint ?? ": write a number and a unit, such as \(DurationText.examples)")")
            return nil
        }
        guard range.contains(seconds) else {
            report("\(quoted(text)) is not from \(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))")
            return nil
        }
        return seconds
    }

    func shortDuration(_ range: ClosedRange<UInt64>) -> UInt32? { duration(range).flatMap { UInt32(exactly: $0) } }

    func number<T: FixedWidthInteger>(_ range: ClosedRange<T>) -> T? {
        text("a number from \(range.lowerBound) to \(range.upperBound)") { text in
            DecimalNumber.parse(text).flatMap { T(exactly: $0) }.flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

enum DecimalNumber {
    /// Digits alone, without leading zeros: YAML 1.1 takes `010` for eight.
    static func parse(_ text: some StringProtocol) -> UInt64? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        guard text == "0" || text.utf8.first != UInt8(ascii: "0") else { return nil }
        return UInt64(text)
    }
}
