/// Numbers of payment cards: ISO/IEC 7812, and the ranges of braintree/credit-card-type and of Wikipedia, "Payment card number".
enum PaymentCard {
    /// First digits, and the lengths that are issued under them.
    struct Network {
        let name: String
        /// Of the first six digits.
        let ranges: [ClosedRange<Int>]
        let lengths: [ClosedRange<Int>]
    }

    static let networks: [Network] = [
        Network(name: "Visa", ranges: [400_000...499_999], lengths: [13...13, 16...16, 19...19]),
        Network(name: "Mastercard", ranges: [510_000...559_999, 222_100...272_099], lengths: [16...16]),
        Network(name: "American Express", ranges: [340_000...349_999, 370_000...379_999], lengths: [15...15]),
        Network(
            name: "Diners Club", ranges: [300_000...305_999, 309_500...309_599, 360_000...369_999, 380_000...399_999],
            lengths: [14...14, 16...16, 19...19]),
        Network(name: "Discover", ranges: [601_100...601_199, 644_000...659_999], lengths: [16...19]),
        Network(name: "JCB", ranges: [352_800...358_999], lengths: [16...19]),
        Network(name: "UnionPay", ranges: [620_000...629_999, 810_000...817_199], lengths: [16...19]),
        // 50 and 56 to 69 in full would take a tenth of all long numbers: these are the ones in use.
        Network(
            name: "Maestro",
            ranges: [
                501_800...501_899, 502_000...502_099, 503_800...503_899, 561_200...561_299, 589_300...589_399, 630_400...630_499,
                639_000...639_099, 675_900...675_999, 676_100...676_399, 677_000...677_199,
            ], lengths: [13...19]),
        Network(name: "Dankort", ranges: [501_900...501_999], lengths: [16...16]),
        Network(name: "Mir", ranges: [220_000...220_499], lengths: [16...19]),
        // 60 in full is not theirs alone; of 81 and 82 UnionPay has the beginning.
        Network(
            name: "RuPay",
            ranges: [508_500...508_999, 606_985...607_984, 608_001...608_500, 652_150...653_149, 817_200...829_999],
            lengths: [16...16]),
        // A nine, and the number of the country.
        Network(name: "Troy", ranges: [979_200...979_299], lengths: [16...16]),
        Network(name: "Verve", ranges: [506_099...506_198, 650_002...650_027, 507_865...507_964], lengths: [16...16, 18...19]),
        Network(
            name: "Elo",
            ranges: [
                504_175...504_175, 506_699...506_778, 509_000...509_999, 627_780...627_780, 636_297...636_297, 636_368...636_368,
            ], lengths: [16...16]),
        Network(name: "Hipercard", ranges: [606_282...606_282], lengths: [16...16]),
        Network(name: "Naranja", ranges: [589_562...589_562], lengths: [16...16]),
        Network(name: "InstaPayment", ranges: [637_000...639_999], lengths: [16...16]),
        Network(name: "InterPayment", ranges: [636_000...636_999], lengths: [16...19]),
        Network(name: "UATP", ranges: [100_000...199_999], lengths: [15...15]),
    ]

    /// The network whose range and length the number has.
    static func network(of value: ArraySlice<UInt8>) -> Network? {
        let start = value.digits.prefix(6).reduce(0) { $0 * 10 + $1 }
        let length = value.digitCount
        return networks.first { network in
            network.ranges.contains { $0.contains(start) } && network.lengths.contains { $0.contains(length) }
        }
    }

    static func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        guard CheckDigits.luhn(value), !value.hasOneDigitOnly, hasOneSeparator(value), !isTable(value),
            let network = network(of: value)
        else {
            return false
        }
        // Numbers of 15 digits that begin with 1 are rarely cards of airlines, and often times in microseconds.
        return network.name != "UATP" || value.digitCount < value.count
    }

    /// `4111 1111-1111 1111` is no card.
    private static func hasOneSeparator(_ value: ArraySlice<UInt8>) -> Bool {
        guard let separator = value.first(where: { !$0.isDigit }) else { return true }
        return value.allSatisfy { $0.isDigit || $0 == separator }
    }

    /// Four numbers that are neighbours, as in tables of offsets, of days and of characters: `4646 4677 4708 4740`, `4100 7944 7945 7946`.
    private static func isTable(_ value: ArraySlice<UInt8>) -> Bool {
        let pieces = value.split(whereSeparator: { !$0.isDigit })
        guard pieces.count >= 4, pieces.allSatisfy({ $0.count <= 6 }) else { return false }
        let groups = pieces.map { $0.digits.reduce(0) { $0 * 10 + $1 } }
        let steps = zip(groups, groups.dropFirst()).prefix(3).map { $1 - $0 }
        guard let least = steps.min(), let most = steps.max() else { return false }
        if least > 0, most - least <= max(2, most / 8) { return true }
        // Cards for tests repeat a group (`4242 4242 …`); a table does not.
        let areClose = steps.map { $0 != 0 && abs($0) <= 64 }
        return areClose[0] && areClose[2] || areClose[1] && (areClose[0] || areClose[2])
    }
}
