internal import ArgumentParser

/// How long a certificate is good for, as people write it: `8h`, `30m`, `1d12h`, `90s`, `2w`. Whole seconds, more than none.
struct Lifetime: ExpressibleByArgument, Equatable {
    let seconds: UInt64

    private static let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    init?(argument: String) {
        var total: UInt64 = 0
        var digits = ""
        guard !argument.isEmpty else { return nil }
        for character in argument {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else if let unit = Self.units[character], let number = UInt64(digits) {
                let (part, isTooBig) = number.multipliedReportingOverflow(by: unit)
                let (sum, isTooLong) = total.addingReportingOverflow(part)
                guard !isTooBig, !isTooLong else { return nil }
                total = sum
                digits = ""
            } else {
                return nil
            }
        }
        guard digits.isEmpty, total > 0 else { return nil }
        seconds = total
    }
}
